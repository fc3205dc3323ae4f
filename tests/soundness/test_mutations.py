"""Every proof of the library, changed in small ways: the kernel refuses the mutant, or what it says is still true.

A mutant that is accepted has to be shown to be true in one of these ways:

* ``construction``: only a term was changed that the author was free to choose (a ``let``, a witness, a substitution);
  the statement is the same, and so is every claim, so that there is nothing to show;
* ``implied``: the changed claim is a weaker form of the claim before the change (which is proved);
* ``evaluated``: the changed claim is true at several random points where nothing in reach is known to fail;
* ``reviewed``: it is listed below with the reason why it is true.

A claim that is false at a point where all hypotheses in reach hold fails the test whatever else is said of it.

``make mutants`` tries more than 10,000 mutants; ``make test`` tries every sixth of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby

import pytest

from symproof.kernel.check import CheckResult, check_theorem
from symproof.kernel.discharge import Discharger, introduce
from symproof.kernel.normal_form import Normalizer
from symproof.kernel.sequent import Sequent
from symproof.library import load_library
from symproof.logic.syntax import FALSE, Eq, Or
from symproof.logic.term import Term, instantiate
from symproof.proof.author import have
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import EvidenceTable, SearchingEvidence, prove_theorem
from tests.soundness.mutation import Mutant, from_place, mutants_of
from tests.soundness.random_points import truth_values

pytestmark = pytest.mark.slow

LIBRARY = load_library().theorems
PROVED = sorted(name for name, t in LIBRARY.items() if t.proof)
MOST = 60
"""Of a theorem with more mutants, each operator is applied at one place of each claim only."""
CLAIMS = 6
"""Of those, each operator is applied to at most so many claims of the proof, the first, the last and some between."""
SHARE = 1 if os.environ.get("SYMPROOF_MUTANTS") == "all" else 6
"""One in so many of the mutants is tried."""
POINTS = 6
CHOSEN = frozenset({"let", "witness", "apply"})
"""Kinds of steps with terms that the author is free to choose."""

REVIEWED: Mapping[tuple[str, str, str], str] = {
    ("relu_like.candidate", "hypothesis eta_negative", "dropped"): "the outputs are the fit for any eta below it",
    (
        "calculus.small_step",
        "conclusion",
        "coefficient",
    ): "the proof gives t**2 B < t G, enough for the factor 3/2 as well",
    ("calculus.glued_derivative", "11.1.3.2.4", "sign"): "|s| <= b - a, so both a + s and a - s are at most b",
    ("calculus.glued_derivative", "11.2.3.2.4", "sign"): "|s| <= (a - b)/2, so both a + s and a - s are above b",
    ("calculus.glued_derivative", "11.3.2.2.8.2.2", "strict relation"): "a + s is above b = a: neither relation holds",
    ("calculus.glued_derivative", "11.3.2.2.8.2.2", "reversed relation"): "a = b: both relations hold",
    **{
        ("calculus.nonnegative_derivative", "1.7", change): "t <= b is among the premises that are left"
        for change in ("exponent", "opposite relation", "reversed relation")
    },
    ("calculus.nonnegative_derivative", "1.19.1.11", "strict relation"): "a <= c and s > 0",
    ("calculus.coefficients_of_positive_steps", "conclusion", "sign"): "only x = v + eta is left, one of those before",
    (
        "calculus.difference_coefficients",
        "conclusion",
        "sign",
    ): "only x = v + eta or x = v - eta is left, one of those before",
    ("calculus.nearly_constant", "conclusion", "exponent"): "81/100 of a positive number is less than 9/10 of it",
    ("calculus.unique_derivative", "3.18", "exponent"): "a weaker bound, since s > 0",
    **{
        ("deep_linear.factorization", place, change): "a row a > d(k): no c <= d(k) is a"
        for place, change in (
            ("1.1.4.1.2.11.2.1", "opposite relation"),
            ("1.1.4.1.2.11.2.1", "reversed relation"),
            ("1.2.4.1.2.11.2.1", "reversed relation"),
        )
    },
    ("deep_linear.factorization", "1.2.4.1.2.11.2.2", "range"): "the terms are 0 in a row a > d(k) >= d(L) anyway",
    ("deep_linear.narrow_minimum", "conclusion", "coefficient"): "the objective does not see a third layer",
    ("deep_linear.narrow_minimum", "6.1.3.2.9", "strict relation"): "second is strict",
    **{
        (f"deep_linear.no_width{kind}_refutation", "conclusion", change): "the witness has two layers"
        for kind in ("", "_convex")
        for change in ("coefficient", "strict relation")
    },
    ("deep_linear.no_width_refutation", "conclusion", "premise"): "the witness is a local minimum",
    **{
        (f"deep_linear.no_width{kind}_refutation", place, change): why
        for kind in ("", "_convex")
        for place, change, why in (
            ("conclusion", "index", "the sizes of the witness go on with 2"),
            ("5", "coefficient", "the sizes of the witness go on with 2"),
            ("5", "strict relation", "neither 2 = 1 nor 2 < 1"),
        )
    },
    ("deep_linear.no_width", "conclusion", "index"): "both sizes are 2, and the entry that is not 0 is on the diagonal",
    ("optimization.small_move", "conclusion", "sign"): "the same for the direction -D",
    ("smooth.bent_point", "5.2.9.3", "strict relation"): "u <= s and delta > 0",
    ("smooth.bent_point", "5.2.9.4", "strict relation"): "s <= u + t and t <= delta/2",
    ("smooth.cube", "3", "exponent"): "1**0 = 1**1",
    ("smooth.elu", "3", "strict relation"): "neither -1 >= 0 nor -1 > 0",
    ("smooth.hard_swish", "3", "branches"): "the value is 0 in every branch",
    ("smooth.softsign", "3", "coefficient"): "both terms are 3/8 (evaluated exactly)",
    ("smooth.softsign", "3", "exponent"): "both terms are 3/8 (evaluated exactly)",
    ("smooth.independent_differences", "26", "coefficient"): "a weaker bound, since S > 0",
    **{
        (
            "smooth.independent_differences",
            place,
            "strict relation",
        ): "s is at most t away from v, and t is at most half of it"
        for place in ("26.6", "25.8", "23.3")
    },
    **{
        ("smooth.local_minimum", place, "strict relation"): "everything moves by less than rho, half of the bound"
        for place in ("12.2.11", "12.2.13", "12.2.18", "12.2.20")
    },
    ("smooth.paper_spurious_minimum", "hypothesis analytic", "dropped"): "two continuous derivatives suffice",
    ("jensen.bent_nearby", "conclusion", "strict relation"): "the proof gives A + B = 2 sigma h''(v) > 0",
    ("jensen.no_direction_on_quadric", "conclusion", "premise"): "fewer r are excluded",
    ("jensen.no_direction_on_quadric", "conclusion", "coefficient"): "fewer mu are excluded",
    ("jensen.quadric_radius", "8.5.3", "strict relation"): "weights_move is strict",
    **{
        ("jensen.quadric_radius", "conclusion", change): "the output bias may move as far as one likes: sum r_i = 0"
        for change in ("range", "index", "exponent", "sign")
    },
    ("relu_like.squared_loss", "conclusion", "sign"): "(f + y)**2/2 is convex in f too",
    ("relu_like.squared_loss", "conclusion", "coefficient"): "3/2 (f - y)**2 is convex in f too",
    ("calculus.interval_tangent", "conclusion", "sign"): "only a = v + r is left, one of those before",
    ("calculus.interval_growth", "conclusion", "sign"): "only one end is left for a, one of the points before",
    ("calculus.interval_growth", "conclusion", "opposite relation"): "v + r < a <= b <= v + r holds for no a and b",
    ("calculus.interval_growth", "conclusion", "reversed relation"): "v + r <= a <= b <= v + r: both sides are 0",
    ("jensen.descent", "10", "strict relation"): "sample o is one of them",
    ("jensen.nearby", "2.1.2.15", "coefficient"): "S is twice a number that is at least 1",
    ("relu_like.paper_descent_shifted", "7", "strict relation"): "some sample is missed, so there is one",
    ("relu_like.paper_descent_shifted", "7", "coefficient"): "some sample is missed, so there is one",
    ("relu_like.paper_descent_unshifted", "27", "premise"): "an identity, for every index: tau is 0",
    ("relu_like.split", "18.1.4.4.5", "premise"): "an identity by the definitions of D, q and s, for every index",
    ("relu_like.split", "18.2.4.4.5", "premise"): "an identity by the definitions of D, q and s, for every index",
    ("relu_like.split", "18.1.4.4.6.3.2.1.2.1", "strict relation"): "the threshold is beneath sample o: 3 kappa tau",
    ("relu_like.split", "18.2.4.4.6.3.2.1.1.1", "strict relation"): "the threshold is above sample o: 3 kappa tau",
    ("yu_chen.refutation", "conclusion", "coefficient"): "the witness has P = 3 samples",
    ("yu_chen.refutation", "conclusion", "strict relation"): "the witness has P = 3 samples",
    ("yu_chen.refutation", "conclusion", "reversed relation"): "the witness has the dimension d = 1",
    ("affine_piece.affine_region", "2.5.3.1", "strict relation"): "weights_near is strict",
    ("affine_piece.affine_region", "2.6.3.1", "strict relation"): "weights_near is strict",
    ("affine_piece.affine_tails", "12.3.2.4.2.5", "sign"): "both points lie in the left tail, by z <= -reach",
    **{
        ("affine_piece.affine_tails", f"12.3.2.4.{side}.{step}", "strict relation"): "reach has a 1 to spare"
        for side, step in ((1, 5), (1, 7), (2, 5), (2, 7), (2, 9))
    },
    ("affine_piece.candidate", "2", "premise"): "an identity by the definitions of W1 and b1, for every sample index",
    ("affine_piece.exponential_tail", "36", "premise"): "an identity by the definitions of F and z, for every index",
}
"""(theorem, place, operator) to the reason why the accepted mutants there are true."""


def mutants(name: str) -> list[Mutant]:
    """The mutants of a theorem that are tried, always the same ones."""
    found = list(mutants_of(LIBRARY[name]))
    if len(found) > MOST:
        found = list({(m.place, m.operator, m.before): m for m in reversed(found)}.values())
        steps = groupby(sorted((m for m in found if m.place[0].isdigit()), key=_operator), _operator)
        found = [m for m in found if not m.place[0].isdigit()]
        found += [m for _, same in steps for m in _spread(list(same))]
    return found[::SHARE]


def _operator(mutant: Mutant) -> str:
    return mutant.operator


def _spread(found: list[Mutant]) -> list[Mutant]:
    """At most ``CLAIMS`` of them, evenly."""
    if len(found) <= CLAIMS:
        return found
    return [found[k * (len(found) - 1) // (CLAIMS - 1)] for k in range(CLAIMS)]


@cache
def proved(name: str) -> tuple[CheckResult, EvidenceTable]:
    return prove_theorem(LIBRARY[name], LIBRARY)


def check(place: str, changed: Theorem) -> CheckResult:
    """Check a theorem that was changed at one place, up to the first mistake; what comes before is granted."""
    result, table = proved(changed.id)
    if place[0].isdigit():
        changed = from_place(changed, result.steps, place)
    return check_theorem(changed, LIBRARY, SearchingEvidence(dict(table.entries)), first_only=True)


@pytest.mark.parametrize("name", PROVED)
def test_a_mutant_is_refused_or_true(name: str, record_property: Callable[[str, object], None]) -> None:
    """The accepted mutants with the reason for each are recorded in the report (``--junitxml``)."""
    tried = mutants(name)
    unexplained = []
    for mutant in tried:
        if check(mutant.place, mutant.theorem).accepted:
            reason = why_true(mutant)
            record_property(reason or "unexplained", str(mutant))
            if not reason:
                unexplained.append(str(mutant))
    assert tried
    assert unexplained == []


@pytest.mark.parametrize("name", PROVED)
def test_the_control_is_accepted(name: str) -> None:
    """Without a change every proof is accepted, from every place on: the mutants fail because of the change."""
    result, _ = proved(name)
    assert result.accepted
    places = [step.path for step in result.all_steps()]
    assert all(check(place, LIBRARY[name]).accepted for place in places[:: max(1, len(places) // 4)])


def test_an_untrue_mutant_is_noticed() -> None:
    """The control for the evaluation: a false claim is not explained away."""
    theorem = LIBRARY["calculus.quadratic_nonnegative"]
    mutant = next(m for m in mutants_of(theorem) if m.operator == "opposite relation" and m.place != "conclusion")
    assert why_true(mutant) == ""


# Why an accepted mutant is true --------------------------------------------------------------------------------------


def why_true(mutant: Mutant) -> str:
    """One of the classes above, or "" if the mutant may be false."""
    listed = "reviewed" if (mutant.theorem.id, mutant.place, mutant.operator) in REVIEWED else ""
    if mutant.before is None or mutant.after is None:
        return listed
    sequent = sequent_at(mutant)
    if mutant.after.sort.kind != "bool":
        if step_at(mutant).kind in CHOSEN:
            return "construction"
        same = weaker(Eq(mutant.before, mutant.before), Eq(mutant.before, mutant.after), sequent)
        return "implied" if same else listed
    before, after = claims_of(mutant)
    known, likely = truth_values(*reversed(introduce(sequent, after)), 2 * POINTS)
    if False in known:
        return ""
    if weaker(before, after, sequent):
        return "implied"
    return "evaluated" if likely.count(True) >= POINTS and False not in likely else listed


def claims_of(mutant: Mutant) -> tuple[Term, Term]:
    """The claim before and after the change; for the assumption of a case, that the cases are all there are."""
    if mutant.before is None or mutant.after is None:
        raise LookupError(mutant.place)
    if not mutant.place[0].isdigit() or (step := step_at(mutant)).kind != "cases":
        return mutant.before, mutant.after
    assumptions = [b.assumption for b in step.branches if b.assumption is not None]
    return Or(*(mutant.before if p == mutant.after else p for p in assumptions)), Or(*assumptions)


def weaker(before: Term, after: Term, sequent: Sequent) -> bool:
    """Whether ``after`` follows from ``before`` part by part, each part by its normal form and signs."""
    if before == after:
        return True
    if before.op == after.op and before.op in ("and", "or") and len(before.args) == len(after.args):
        return all(weaker(b, a, sequent) for b, a in zip(before.args, after.args, strict=True))
    if before.op == after.op and before.op in ("forall", "exists") and before.data[0].sort == after.data[0].sort:
        variable = sequent.fresh("v", before.data[0].sort, before, after)
        parts = (instantiate(t, (variable,)) for t in (before, after))
        return weaker(*parts, sequent.with_variable(variable))
    if after.op == "implies":
        return weaker(before, after.args[1], sequent.with_hypothesis("", after.args[0]))
    if before.op == "implies":
        return Discharger()(sequent, before.args[0]) and weaker(before.args[1], after, sequent)
    sequent = sequent.with_hypothesis("", before)
    return Discharger()(sequent, after) or Discharger()(sequent, Normalizer(sequent, Discharger()).canonical(after))


def step_at(mutant: Mutant) -> Step:
    """The step of a mutant that was changed."""
    steps, step = mutant.theorem.proof, None
    numbers = [int(part) - 1 for part in mutant.place.split(".")]
    while numbers:
        step = steps[numbers.pop(0)]
        steps = step.branches[numbers.pop(0)].steps if numbers and step.branches else step.steps
    if step is None:
        raise LookupError(mutant.place)
    return step


def sequent_at(mutant: Mutant) -> Sequent:
    """What is in reach at the changed step: a probe that cannot succeed is put before it and reports it."""
    theorem, place = LIBRARY[mutant.theorem.id], mutant.place
    if not place[0].isdigit():
        probed = replace(mutant.theorem, proof=(have("probe", FALSE, "ring"),))
        return check(place, probed).diagnostics[0].sequent
    probed = replace(theorem, proof=_with_probe(theorem.proof, [int(part) - 1 for part in place.split(".")]))
    return check(place, probed).diagnostics[0].sequent


def _with_probe(steps: tuple[Step, ...], numbers: list[int]) -> tuple[Step, ...]:
    here, *rest = numbers
    if not rest:
        return (*steps[:here], have("probe", FALSE, "ring"), *steps[here:])
    step = steps[here]
    if step.branches:
        branch = step.branches[rest[0]]
        changed = replace(branch, steps=_with_probe(branch.steps, rest[1:]))
        inner = replace(step, branches=(*step.branches[: rest[0]], changed, *step.branches[rest[0] + 1 :]))
    else:
        inner = replace(step, steps=_with_probe(step.steps, rest))
    return (*steps[:here], inner, *steps[here + 1 :])
