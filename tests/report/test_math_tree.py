import pytest
from hypothesis import given
from hypothesis import strategies as st

from symproof.report.math_symbols import COMMANDS
from symproof.report.math_tree import Fence, FormulaError, Script, Symbol, parse_math, to_latex

from .hostile_document import FORMULAS

GOOD = [
    r"\sum_{i=1}^{m} r_i \tilde{x}_i = 0",
    r"h(t) = \begin{cases} s_+ t & \text{if } t \ge 0 \\ s_- t & \text{if } t < 0 \end{cases}",
    r"\left\lVert x \right\rVert_1 + \left|y\right|",
    r"\forall i \in \{1, \dots, m\} :\; a_i \le b",
    r"\frac12 x^2 + \tfrac{1}{2}\sqrt[3]{x} + \binom{n}{k}",
    r"f''(x)^2 + x_12 + f^{\prime}",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \mathbb{R}^{n \times m}",
    r"\underbrace{a + b}_{c} \overset{!}{=} \operatorname*{arg\,max}_x",
    r"[a, b) \cup (c, d]",
    r"\bigl( a + b \bigr)^2 \big/ 2",
]


@pytest.mark.parametrize("latex", GOOD)
def test_writing_and_parsing_again_gives_the_same(latex):
    written = to_latex(parse_math(latex))
    assert to_latex(parse_math(written)) == written


@pytest.mark.parametrize(
    "latex",
    [
        "{",
        "}",
        "x^",
        r"\frac{1}",
        r"\left( x",
        r"x \right)",
        r"\begin{cases} x",
        r"\begin{evil} x \end{evil}",
        "x_1_2",
        "x^1^2",
    ],
)
def test_malformed_formulas_are_refused(latex):
    with pytest.raises(FormulaError):
        parse_math(latex)


def test_nesting_is_limited():
    with pytest.raises(FormulaError, match="nesting"):
        parse_math("{" * 5000 + "}" * 5000)


@pytest.mark.parametrize("latex", FORMULAS)
def test_unknown_commands_become_text(latex):
    written = to_latex(parse_math(latex))
    for command in ("input", "write", "csname", "href", "def"):
        assert f"\\{command}" not in written.replace(r"\textbackslash{}", "")


LETTERS = st.sampled_from(
    [*"ab+=<^_{}()[]|&\\$%#~ 12", r"\left", r"\right", r"\frac", r"\text", r"\input", r"\begin{cases}"]
)


@given(st.lists(LETTERS, max_size=25).map("".join))
def test_any_text_parses_or_is_refused_and_what_parses_is_stable(latex):
    try:
        nodes = parse_math(latex)
    except FormulaError:
        return
    written = to_latex(nodes)
    assert "\\input" not in written.replace(r"\textbackslash{}input", "")
    assert to_latex(parse_math(written)) == written


def test_brackets_pair_up_with_scripts():
    (node,) = parse_math("(a + b)^2")
    assert isinstance(node, Script) and isinstance(node.base, Fence)


def test_an_assignment_sign_is_one_relation():
    node = parse_math("x := 1")[1]
    assert isinstance(node, Symbol) and node.kind == "rel" and node.latex == ":="


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_of_the_allow_list_parses(name):
    assert to_latex(parse_math(f"x \\{name} y"))
