"""Terms and steps as Python read back as what they were."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symproof.library import load_library
from symproof.logic import syntax
from symproof.logic.term import BINDERS, Term
from symproof.logic.text import open_binder
from symproof.proof import author
from symproof.proof.python_source import steps_source, term_source
from symproof.proof.step import Step
from symproof.proof.theorem import walk

LIBRARY = load_library().theorems


def names_of(term: Term, names: dict[str, object]) -> None:
    """The variables and definitions of a term by name, bound ones included."""
    if term.op == "var":
        names[term.name] = term
    if term.op == "call":
        names[term.data.name.split(".")[-1]] = term.data
    if term.op in BINDERS:
        variables, body = open_binder(term)
        names.update({v.name: v for v in variables})
        names_of(body, names)
    for arg in term.args[:-1] if term.op in BINDERS else term.args:
        names_of(arg, names)


def read(text: str, *terms: Term) -> object:
    names: dict[str, object] = {name: getattr(syntax, name) for name in syntax.__all__}
    names |= {name: getattr(author, name) for name in author.__all__} | {"Fraction": Fraction, "Term": Term}
    for term in terms:
        names_of(term, names)
    return eval(text, names)


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_the_terms_of_the_library_read_back(name: str) -> None:
    theorem = LIBRARY[name]
    claims = [step.claim for step in walk(theorem.proof) if step.claim is not None]
    for term in (theorem.conclusion, *(p for _, p in theorem.hypotheses), *claims):
        assert read(term_source(term), term) == term


x, y = syntax.real("x y")
TRICKY = [-(x**2), (-x) ** 2, syntax.num(2) ** 3, syntax.num(-2) * x, -syntax.num(2), syntax.num(1) / 2 * x,
          x - (y - x), x / (y / x), syntax.num(0) <= x, x * syntax.num(Fraction(-1, 2)), 2 - syntax.num(3),
          syntax.unary("sin", x), Term("pi") * x, syntax.Diff(x, x**2, y)]  # fmt: skip


@pytest.mark.parametrize("term", TRICKY, ids=str)
def test_python_computes_nothing_and_turns_nothing_around(term: Term) -> None:
    assert read(term_source(term), term, x, y) == term


def test_steps_read_back() -> None:
    steps: tuple[Step, ...] = (
        author.have("a", x**2 >= 0, author.by("sign")),
        author.have("b", x >= 0, proof=[author.contradiction("no", author.qed(author.by("linear", author.at("f", x))))]),  # noqa: E501
        author.calc("c", x, ("=", y, "ring"), ("<=", x + 1, author.by("linear", "a", rewrite=["b"]))),
        author.cases(author.case("up", x > 0, author.qed("sign")), author.case("down", x <= 0, author.qed("sign")),
                     exhaustive=author.by("logic", "a")),
        author.conjunction([author.qed("ring")], [author.witness(x, 1), author.qed("ring")]),
        author.obtain((x, y), ("p", "q"), author.at("f", 1)),
        author.apply("z", "own.other", {"x": y}, using={"h": "a"}),
        author.suffices("s", x > 1, "sign"), author.let("l", y, x + 1), author.take(x), author.assume("u", "v"),
        author.unfold("w", "goal"), author.cite("k", x > 0, "Gauss"), author.open_step("o", x > 0),
    )  # fmt: skip
    assert read(f"[{steps_source(steps)}]", x, y) == list(steps)
