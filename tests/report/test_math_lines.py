import pytest

from symproof.report.document import DisplayMath, Formula, Proof, Statement, walk_blocks, walk_steps
from symproof.report.math_lines import break_formula, line_latex, line_width
from symproof.report.math_tree import parse_math, to_latex
from symproof.report.number_format import with_exact_numbers

from .sample_document import sample_document

LONG_SUM = " + ".join(f"a_{{{k}}} x_{{{k}}}^2" for k in range(40))
LONG = {
    "sum": f"R = {LONG_SUM}",
    "brackets": rf"R = \left( {LONG_SUM} \right) \left( {LONG_SUM} \right)^2",
    "fraction": rf"R = \frac{{{LONG_SUM}}}{{\sqrt{{{LONG_SUM}}}}}",
    "nested": rf"\min\left( \max\left( {LONG_SUM}, 0 \right), 1 \right) \ge 0",
    "quantifiers": rf"\forall i \in I :\; \exists \rho > 0 :\; {LONG_SUM} \ge 0 \implies {LONG_SUM} < \rho \land i > 0",
    "chain": rf"R(\theta) = {LONG_SUM} \le {LONG_SUM} < 1",
    "cases": rf"h = \begin{{cases}} {LONG_SUM} & \text{{if }} t > 0 \\ {LONG_SUM} & \text{{otherwise}} \end{{cases}}",
    "number": "x = " + "1234567890" * 20,
    "words": r"x \text{ is " + "a long remark about it " * 10 + "}",
    "tuple": r"\left(" + ", ".join(rf"\tfrac{{{k}}}{{7}}" for k in range(60)) + r"\right)",
}


@pytest.mark.parametrize("width", [14.0, 25.0, 40.0])
@pytest.mark.parametrize("name", sorted(LONG))
def test_no_line_is_wider_than_asked(name, width):
    lines = break_formula(LONG[name], width)
    assert len(lines) > 1
    assert all(line_width(line) <= width for line in lines)


@pytest.mark.parametrize("name", ["sum", "chain", "quantifiers"])
def test_breaking_outside_brackets_loses_nothing(name):
    lines = break_formula(LONG[name], 30.0)
    joined = to_latex(tuple(node for line in lines for node in line.nodes))
    assert joined == to_latex(parse_math(LONG[name]))


@pytest.mark.parametrize("name", sorted(LONG))
def test_every_line_is_a_formula_of_its_own(name):
    for line in break_formula(LONG[name], 20.0):
        written = line_latex(line)
        assert written.count("{") - written.count(r"\{") == written.count("}") - written.count(r"\}")
        assert written.count(r"\left") == written.count(r"\right")
        parse_math(written)


def test_a_formula_that_fits_stays_on_its_line():
    assert [line_latex(line) for line in break_formula("-a + b = c", 40.0)] == ["-a+b=c"]


def test_breaks_come_before_relations_and_behind_ranges():
    lines = break_formula(r"\forall i \in I :\; a_{i} + b_{i} + c_{i} + d_{i} = e_{i} + f_{i}", 14.0)
    assert [line_latex(line) for line in lines] == [
        r"\forall i\in I:\;",
        "a_{i}+b_{i}+c_{i}+d_{i}",
        "{}=e_{i}+f_{i}",
    ]


def test_a_chain_lines_up_behind_a_short_left_side():
    lines = break_formula(r"R = a_1 + a_2 + a_3 + a_4 \le b_1 + b_2 + b_3 + b_4", 14.0)
    assert to_latex(lines[1].phantom) == "R" and line_latex(lines[1]).startswith(r"\phantom{R}{}\le")


def all_formulas(document):
    for block in walk_blocks(document):
        if isinstance(block, DisplayMath):
            yield block.formula
        elif isinstance(block, Statement):
            yield from block.conclusions
        elif isinstance(block, Proof):
            for step in walk_steps(block.steps):
                yield from step.formulas
                yield from (value.formula for value in step.values)


def test_the_sample_fits_the_page():
    formulas = list(all_formulas(with_exact_numbers(sample_document())))
    assert len(formulas) > 20 and all(isinstance(formula, Formula) for formula in formulas)
    for formula in formulas:
        assert all(line_width(line) <= 30 for line in break_formula(formula.latex, 30.0))
