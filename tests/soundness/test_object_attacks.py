"""Objects that are not what they say: terms that are equal to everything, notions with the digest of another one.

Authors write Python, so that nothing keeps them from replacing the kernel; but what the language lets a module build
must be refused where it is no honest term, or must mean what it says. Each attack has a control of the same form.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import pytest

from symproof.library import Library
from symproof.library_check import check_library
from symproof.logic.definition import Definition, define
from symproof.logic.matrix_notions import rank
from symproof.logic.sort import BOOL, INT, REAL, Sort
from symproof.logic.syntax import Eq, ForAll, Implies, Ne, integer, literal_matrix, num, real, unary
from symproof.logic.term import Term
from symproof.proof.author import apply, by, have, induction, qed, unfold
from symproof.proof.step import Step
from tests.soundness.checking import FALSE_EQUATION, accepted, codes, result_of, statement
from tests.soundness.test_recheck_attacks import both

x, s = real("x s")
k, n = integer("k n")


class AnyText(str):
    """Equal to every text, with the hash of one of them."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash("int")


class AnyNumber(Fraction):
    """Equal to every number, with the hash of 0."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash(Fraction(0))


class AnyTuple(tuple[Any, ...]):
    """Equal to every tuple, with the hash of the empty one."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash(())


@pytest.mark.parametrize("honest", [Term, Sort, Definition])
def test_what_decides_what_is_equal_has_no_subclasses(honest: type) -> None:
    """A claim 0 = 1 of a class of its own was equal to every fact, and so it was reached by any."""
    with pytest.raises(TypeError, match="no subclasses"):
        type("Own", (honest,), {"__eq__": lambda self, other: True, "__hash__": lambda self: 0})


def test_a_number_that_is_equal_to_every_number_is_none() -> None:
    """1 is what it is by its parts, and it was 0 as well."""
    forged = Term("num", (), AnyNumber(1), INT)
    assert num(0) != forged
    steps = [have("one", Eq(forged, num(1)), "ring"), qed(by("logic", "one"))]
    assert codes(result_of(FALSE_EQUATION, steps)) >= {"SP-SORT-001"}
    honest = Term("num", (), Fraction(1), INT)
    assert accepted(Eq(num(1), 1), [have("one", Eq(honest, num(1)), "ring"), qed(by("logic", "one"))])


@pytest.mark.parametrize(
    "build",
    [
        lambda: Term(AnyText("lt"), (num(0), num(1)), None, BOOL),
        lambda: Term("var", AnyTuple((num(0),)), "x", REAL),
        lambda: Sort(AnyText("real")),
        lambda: Sort("int", AnyTuple((num(0),))),
    ],
    ids=["operator", "arguments", "kind of sort", "parts of a sort"],
)
def test_texts_and_tuples_of_another_class_build_nothing(build: Any) -> None:
    with pytest.raises(TypeError):
        build()


def test_a_variable_with_the_name_of_every_variable_is_none() -> None:
    forged = Term("var", (), AnyText("int"), REAL)
    assert not accepted(Eq(forged, x), [qed("ring")], variables=[x, Term("var", (), "int", REAL)])
    assert accepted(Eq(x, x), [qed("ring")], variables=[x, Term("var", (), "int", REAL)])


# Proofs that say one thing to the kernel and another to the graph -----------------------------------------------------


class TwoFaced(tuple[Any, ...]):
    """Steps that only the kernel sees."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        seen = sys._getframe(1).f_code.co_name == "prove"
        return tuple.__iter__(self) if seen else iter(())


class OwnStep(Step):
    """A step of a class of its own."""


GAP = statement(FALSE_EQUATION, [], name="a.gap")
BORROWED = (apply("q", "a.gap"), qed(by("logic", "q")))
OWN = OwnStep(**{f.name: getattr(BORROWED[0], f.name) for f in fields(Step)})


@pytest.mark.parametrize(
    "proof",
    [
        TwoFaced(BORROWED),
        (replace(have("h", FALSE_EQUATION, "ring"), by=None, steps=TwoFaced(BORROWED)), qed(by("logic", "h"))),
        (OWN, BORROWED[1]),
        (replace(BORROWED[0], target=AnyText("a.gap")), BORROWED[1]),
    ],
    ids=["steps", "inner steps", "a step", "a name"],
)
def test_what_a_proof_rests_on_is_not_hidden(proof: tuple[Step, ...]) -> None:
    """0 = 1 was proved from a result that is open, and rested on nothing."""

    def judged(steps: tuple[Step, ...]) -> tuple[bool, str]:
        user = replace(statement(FALSE_EQUATION, name="b.user"), proof=steps)
        found = check_library(Library({"a.gap": GAP, "b.user": user}, {}), ["b.user"])["b.user"]
        return found.accepted, found.trust

    assert judged(proof) == (False, "open")
    assert judged(BORROWED) == (True, "open")


# Notions -------------------------------------------------------------------------------------------------------------


def values_of(one: Definition, other: Definition) -> list[Step]:
    """One notion is 0 at 0, the other is 1 there."""
    return [
        have("zero", Eq(one(0), 0), by("ring", unfold=[one])),
        have("one", Eq(other(0), 1), by("ring", unfold=[other])),
        qed(by("linear", "zero", "one")),
    ]


def test_a_digest_makes_no_notion_the_same_as_another_one() -> None:
    one, other = define("own.g", (x,), x), define("own.g", (x,), x + 1)
    object.__setattr__(other, "digest", one.digest)
    assert one != other
    assert codes(result_of(FALSE_EQUATION, values_of(one, other))) >= {"SP-DEF-002"}
    renamed = define("own.h", (x,), x + 1)
    assert accepted(Eq(one(0) + 1, renamed(0)), values_of(one, renamed))


def test_a_notion_that_is_made_of_itself_is_refused() -> None:
    """Nothing that ``define`` builds is; with g(x) = g(x) + 1 the check does not come to an end, or refuses."""
    circular = Definition("own.circle", (x,), REAL)
    object.__setattr__(circular, "body", circular(x) + 1)
    proof = [have("a", Eq(circular(0), circular(0)), "ring"), unfold("b", "a", circular), qed(by("linear", "b"))]
    with suppress(RecursionError):
        assert not accepted(FALSE_EQUATION, proof)
    straight = define("own.straight", (x,), define("own.inner", (x,), x)(x) + 1)
    proof = [have("a", Eq(straight(0), straight(0)), "ring"), unfold("b", "a", straight), qed("ring")]
    assert accepted(Eq(num(1), 1), proof)


# Proofs with parts missing -------------------------------------------------------------------------------------------

STEPS = induction(k, base=[qed("linear")], hypothesis="ih", bound="low", step=[qed(by("linear", "ih"))])
TRUE, FALSE = (ForAll(n, Implies(num(0) <= n, n >= start)) for start in (0, 1))


@pytest.mark.parametrize("parts", [(), (0,), (1,), (1, 1), (1, 0), (0, 1, 1)], ids=str)
def test_an_induction_without_one_of_its_parts_proves_nothing(parts: tuple[int, ...]) -> None:
    broken = replace(STEPS, branches=tuple(STEPS.branches[part] for part in parts))
    for claim in (TRUE, FALSE):
        assert both(claim, "ring", {}, [broken]) == (False, False)
    assert accepted(TRUE, [STEPS])
    assert not accepted(FALSE, [STEPS])


# Claims with parameters ----------------------------------------------------------------------------------------------


def test_a_rank_with_a_parameter_is_not_the_one_that_it_mostly_is() -> None:
    """[[s, 0], [0, 1]] has rank 2 except at s = 0; the rule speaks of numbers alone, so it decides neither."""
    evidence = {"rows": (0, 1), "columns": (0, 1), "kernel": ()}
    reason = by("exact_linear_algebra", evidence=evidence)
    mostly = Eq(rank(literal_matrix([[s, 0], [0, 1]])), 2)
    for hypotheses in ({}, {"h": Ne(s, 0)}, {"h": Eq(s, 1)}):
        assert both(mostly, reason, hypotheses) == (False, False)
    singular = literal_matrix([[unary("sin", num(0)), 0], [0, 1]])
    assert both(Eq(rank(singular), 2), reason, {}) == (False, False)
    assert both(Eq(rank(literal_matrix([[1, 0], [0, 1]])), 2), reason, {}) == (True, True)
