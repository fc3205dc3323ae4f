"""Changed evidence: multipliers, cofactors, squares, minors, witnesses, starting points and subdivisions.

Both checkers are asked about every claim of the library whose step needs evidence, with one thing in the evidence
changed; and about claims that are changed themselves, with the evidence of the claim before the change. A changed
multiplier is refused unless exact evaluation says that the combination still shows the claim, or, where the values are
out of reach (facts that contradict each other, unknown functions), the other checker agrees, or the relation is known
to be an equation. A changed claim is
refused unless exact evaluation finds it true wherever the facts hold. ``make mutants`` tries all of the library,
``make test`` a part of it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pytest

from symproof.kernel.rule import UNREADABLE, Refusal
from symproof.library import load_library
from symproof.logic.syntax import Eq, exp, num, real
from symproof.logic.term import Term, free_variables
from symproof.proof.author import by, qed
from symproof.recheck.refused import Refused
from symproof.recheck.rules import exact_linear_algebra
from tests.recheck.from_kernel import Converter
from tests.recheck.test_matrices import ask as recheck_asked
from tests.soundness.checking import statement
from tests.soundness.evidence_mutation import Asked, asked_in, changed, changes_nothing, combination_holds
from tests.soundness.mutation import OPERATORS, changes
from tests.soundness.random_points import truth_values
from tests.soundness.test_matrix_attacks import CONCRETE, exact
from tests.soundness.test_matrix_attacks import ask as kernel_asked

LIBRARY = load_library().theorems
CONVERT = Converter()
SHARE = 1 if os.environ.get("SYMPROOF_MUTANTS") == "all" else 30
"""Every so many theorems of the library are tried."""
MOST = None if SHARE == 1 else 3
"""So many claims of one of them."""
PROVED = [name for name, theorem in LIBRARY.items() if theorem.proof][::SHARE]
x, y, z = real("x y z")


def refused_or_right(asked: Asked, count: Counter[str]) -> Iterator[str]:
    """The changed multipliers that a checker accepts, of which nothing else says that they show the claim."""
    facts = asked.request.facts or tuple(asked.request.sequent.facts())
    goal = asked.request.goal
    for value in changed(asked.value, (goal,)):
        count["tried"] += 1
        if asked.kernel_accepts(value):
            count["accepted"] += 1
            own = CONVERT.evidence(asked.rule, goal, facts, value)
            if not (
                combination_holds(asked, own) or asked.recheck_accepts(own, CONVERT) or changes_nothing(asked, own)
            ):
                yield f"kernel: {asked.theorem}: {goal}: {value}"
    if asked.recheck_accepts(None, CONVERT):  # it finds contradictions by itself
        return
    for own in changed(asked.own, (CONVERT.term(goal),)):
        count["tried"] += 1
        if asked.recheck_accepts(own, CONVERT):
            count["accepted"] += 1
            if not combination_holds(asked, own):
                yield f"recheck: {asked.theorem}: {goal}: {own}"


def refused_or_true(asked: Asked, count: Counter[str]) -> Iterator[str]:
    """The changed claims that a checker accepts with the evidence of the claim, and that are false at some point."""
    for operator in OPERATORS.values():
        for goal in changes(asked.request.goal, operator, limit=1):
            count["tried"] += 1
            kernel = asked.kernel_accepts(asked.value, goal)
            if not (kernel or asked.recheck_accepts(asked.own, CONVERT, goal)):
                continue
            count["accepted"] += 1
            sequent = asked.request.sequent
            for number, fact in enumerate(asked.request.facts):
                sequent = sequent.with_hypothesis(f"cited {number}", fact)
            _, likely = truth_values(goal, sequent, 8)
            if False in likely:
                yield f"{'kernel' if kernel else 'recheck'}: {asked.theorem}: {goal}"


@pytest.mark.slow
@pytest.mark.parametrize("name", PROVED)
def test_changed_evidence_of_the_library_shows_nothing_else(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    count = Counter[str]()
    wrong = []
    for asked in islice(asked_in(LIBRARY[name], LIBRARY, CONVERT), MOST):
        if asked.rule == "linear":
            wrong += refused_or_right(asked, count)
        wrong += refused_or_true(asked, count)
    for what, number in count.items():
        record_property(what, number)
    assert wrong == []


# The rules that the library uses seldom ------------------------------------------------------------------------------

CLAIMS: dict[str, tuple[str, Term, tuple[Term, ...]]] = {
    "a square": ("sos", x**2 + y**2 >= 2 * x * y, ()),
    "three squares": ("sos", (x + y + z) ** 2 <= 3 * (x**2 + y**2 + z**2), ()),
    "a strict square": ("sos", x**2 - x + 1 > 0, ()),
    "a product": ("sos", x * y >= 0, (x >= 0, y >= 0)),
    "a chain": ("ideal", Eq(x, z), (Eq(x, y), Eq(y, z))),
    "a factor": ("ideal", Eq(x**2, y**2), (Eq(x + y, 0),)),
    "a cube": ("ideal", Eq(x**3, x), (Eq(x**2, 1),)),
    "an enclosure": ("ball", exp(x) - x**2 > 0, (num(0) <= x, x <= 1)),
    "a subdivision": ("ball", x**2 * (3 - x) - x + 1 > 0, (num(0) <= x, x <= 2)),
    "monotone": ("monotone", x**3 + x >= 0, (x >= 0,)),
    "monotone, strict": ("monotone", x**3 + x > 0, (x > 0,)),
    "concave": ("concave", x * (1 - x) >= 0, (x >= 0, x <= 1)),
}
CHECKED = frozenset({"sos", "ideal"})
"""Rules whose evidence is an identity. That of the others says where to look: any that shows the claim will do."""


@pytest.mark.parametrize("name", CLAIMS)
def test_changed_evidence_of_other_rules_shows_nothing_else(name: str) -> None:
    rule, goal, hypotheses = CLAIMS[name]
    labels = {f"h{k}": h for k, h in enumerate(hypotheses)}
    free = sorted({v for t in (goal, *hypotheses) for v in free_variables(t)}, key=lambda v: v.name)
    theorem = statement(goal, [qed(by(rule, *labels))], variables=free, hypotheses=labels)
    found = [asked for asked in asked_in(theorem, {}, CONVERT) if asked.rule == rule]
    assert found
    count = Counter[str]()
    for asked in found:
        assert asked.kernel_accepts(asked.value)
        assert asked.recheck_accepts(asked.own, CONVERT)
        answers = [asked.kernel_accepts(new) for new in changed(asked.value, (goal, x, y))]
        answers += [asked.recheck_accepts(new, CONVERT) for new in changed(asked.own, (goal, x, y))]
        count += Counter(tried=len(answers), accepted=sum(answers))
        assert [*refused_or_true(asked, count)] == []
    assert count["tried"] >= 5
    if rule in CHECKED:
        assert count["accepted"] <= count["tried"] / 4


@pytest.mark.parametrize(
    "name", [name for name, ((false, forged), (true, _)) in CONCRETE.items() if forged is not None and false != true]
)
def test_no_change_of_the_evidence_shows_a_false_claim_about_matrices(name: str) -> None:
    """Neither what was forged for it nor what shows the true claim next to it, with any one thing changed."""
    (false, forged), (true, shown) = CONCRETE[name]
    assert accepts(true, shown) == (True, True)
    for evidence in (forged, shown, *changed(forged), *changed(shown)):
        assert accepts(false, evidence) == (False, False), evidence


def accepts(goal: Term, evidence: Any) -> tuple[bool, bool]:
    """Whether the kernel and the re-checker accept a claim about literal matrices with this evidence."""
    return _accepted(kernel_asked, exact, goal, evidence), _accepted(
        recheck_asked, exact_linear_algebra, goal, evidence
    )


def _accepted(ask: Callable[..., Any], rule: Any, goal: Term, evidence: Any) -> bool:
    try:
        return not ask(rule, goal, evidence=evidence).obligations
    except (Refusal, Refused, *UNREADABLE):
        return False
