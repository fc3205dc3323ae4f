"""The library: everything is accepted, at the level it claims, and no statement is vacuous."""

from __future__ import annotations

from functools import cache

import pytest
from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.dataset import dataset_from_rows
from symproof.instances.relu_like_minimum import build_relu_like_instance
from symproof.kernel.evaluate import EvaluationError, decide
from symproof.library import load_library
from symproof.library_check import CheckedTheorem, check_library
from symproof.logic.term import Term

PROVED = {
    "relu_like.normal_equations", "relu_like.pythagoras", "relu_like.best_affine_exists", "relu_like.eta_below_fit",
    "relu_like.candidate", "relu_like.affine_region", "relu_like.local_minimum", "relu_like.kink", "relu_like.descent",
    "relu_like.spurious_candidate", "relu_like.spurious_minimum", "relu_like.infinitely_many",
}  # fmt: skip


@cache
def library() -> dict[str, CheckedTheorem]:
    return dict(check_library(load_library()))


def test_every_result_is_accepted() -> None:
    assert [name for name, each in library().items() if not each.accepted] == []


def test_the_chapter_on_relu_like_networks_is_proved_by_kernel_rules_alone() -> None:
    """B1 to B8 cite nothing; B9 rests on cited facts about null sets and says so."""
    assert {name for name in PROVED if library()[name].trust != "proved"} == set()
    almost_all = library()["relu_like.almost_all_datasets"]
    assert almost_all.trust == "cited"
    cited = {ground.id for ground in almost_all.rests_on if ground.trust == "cited"}
    assert cited == {
        "measure.null_subset", "measure.null_union", "measure.polynomial_zero_set", "measure.polynomials",
        "measure.singular_matrix",
    }  # fmt: skip


# Vacuity: for each result values that meet all its hypotheses ----------------------------------------

ROWS = [(fmpq(0),), (fmpq(1),), (fmpq(2),), (fmpq(3),)]
TARGETS = [fmpq(0), fmpq(0), fmpq(2), fmpq(4)]
SLOPES = ReluLike(fmpq(1), fmpq(0))
INSTANCE = build_relu_like_instance(dataset_from_rows(ROWS, TARGETS), SLOPES, 2)


def entry(rows):  # type: ignore[no-untyped-def]
    """Rows of one or more columns as a family of two indices."""
    return lambda k, j: rows[int(k) - 1][int(j) - 1] if 1 <= k <= len(rows) and 1 <= j <= len(rows[0]) else fmpq(0)


def vector(entries):  # type: ignore[no-untyped-def]
    """Numbers as a family of one index."""
    return lambda k: entries[int(k) - 1] if 1 <= k <= len(entries) else fmpq(0)


def values() -> dict[str, object]:
    """One small instance of the whole chapter, by the names of the variables."""
    found = INSTANCE.construction
    assert found is not None
    low, high = found.local_minimum, found.better_point

    return {
        "m": 4, "dx": 1, "d1": 2, "n": 1, "d": 1, "x": entry(ROWS), "y": vector(TARGETS), "h": SLOPES,
        "s_plus": fmpq(1), "s_minus": fmpq(0), "w": vector(INSTANCE.fit.weights), "c": INSTANCE.fit.intercept,
        "alpha": fmpq(1), "eta": found.eta, "W1": entry(low.W1), "b1": vector(low.b1), "W2": vector(low.W2),
        "b2": low.b2, "V1": entry(high.W1), "c1": vector(high.b1), "V2": vector(high.W2), "c2": high.b2,
        "rho": found.radius, "p": vector(found.unit_weights), "b": found.unit_bias, "u": found.outgoing,
        "phi": found.phi, "H": found.square_sum, "r": vector(INSTANCE.residuals), "g": vector(INSTANCE.residuals),
        "a": vector([fmpq(1)] * 4), "v": entry(ROWS), "S": fmpq(1), "A": entry([(fmpq(1),)]),
        "f": vector(TARGETS), "tau": fmpq(1, 10), "s": fmpq(0), "t": fmpq(1), "G": fmpq(1), "B": fmpq(1),
        "limit": fmpq(1), "o": fmpq(1),
    }  # fmt: skip


GENERAL = {
    "C1.1": "no affine function fits: decided by exact least squares in the instance",
    "C1.3 activation": "about all real t: true by the definition of the activation",
    "activation": "about all real t: true by the definition of the activation",
    "best": "about all affine functions: true for exact least squares",
    "nonnegative": "about all real t: with g = 0 and S = 1 the claim is t^2/2 >= 0",
    **{f"{name}_def": "a definition: met by what it defines" for name in ("W1", "b1", "W2", "V1", "c1", "V2")},
}
"""Hypotheses with an unbounded quantifier, and why they hold for the values above."""
ABSTRACT = {"measure.polynomial_zero_set", "measure.null_subset", "measure.null_union", "measure.null_or"}
"""Results about sets of data, with primitive notions: met by the empty set and the polynomial 1."""
OTHER = {
    "calculus.quadratic_nonnegative": {"g": fmpq(0)},
    "relu_like.exceptional_data": {"m": 4},
    "relu_like.two_units": {"g": fmpq(1, 2)},
    "relu_like.paper_network": {
        "p": vector([fmpq(1)]),
        "g": fmpq(1, 2),
        "V1": entry([(fmpq(3, 2),), (fmpq(-3, 2),)]),
        "c1": vector([fmpq(-1, 10), fmpq(11, 10)]),
        "V2": vector([fmpq(1), fmpq(-1)]),
        "c2": fmpq(0),
    },
    "relu_like.affine_region": {"rho": fmpq(1, 8), "V1": None, "c1": None},
}
"""Results whose variables mean something else than in the rest of the chapter; None: as for the local minimum."""


@pytest.mark.parametrize("name", sorted(library()))
def test_the_hypotheses_can_be_met(name: str) -> None:
    """A theorem whose hypotheses contradict each other would say nothing."""
    theorem = library()[name].theorem
    if name in ABSTRACT:
        assert any(v.sort.kind == "fun" for v in theorem.variables)
        return
    point = values()
    for key, value in OTHER.get(name, {}).items():
        point[key] = point[{"V1": "W1", "c1": "b1"}[key]] if value is None else value
    assignment: dict[Term, object] = {v: point[v.name] for v in theorem.variables}
    for label, hypothesis in theorem.hypotheses:
        try:
            truth = decide(hypothesis, assignment)
        except EvaluationError:
            truth = None
        assert truth is True or (truth is None and label in GENERAL), (label, truth)


# Each hypothesis of the main theorem is needed (or noted) ----------------------------------------


def test_without_c11_the_conclusion_fails() -> None:
    """Exact affine data: the best affine fit has risk 0, so no point with that risk is beaten by another."""
    exact = build_relu_like_instance(dataset_from_rows(ROWS, [2 * row[0] + 1 for row in ROWS]), SLOPES, 2)
    assert [h.label for h in exact.hypotheses if h.holds is False] == ["C1.1"]
    assert exact.fit.risk == 0


def test_without_c12_the_conclusion_fails() -> None:
    """One input with targets 0 and 1: every function has risk at least 1/4, which the affine fit reaches."""
    equal = build_relu_like_instance(dataset_from_rows([(fmpq(1),), (fmpq(1),)], [fmpq(0), fmpq(1)]), SLOPES, 2)
    assert "C1.2" in [h.label for h in equal.hypotheses if h.holds is False]
    assert equal.fit.risk == fmpq(1, 4)
    smallest = min(((f - 0) ** 2 + (f - 1) ** 2) / 2 for f in [fmpq(k, 100) for k in range(101)])
    assert smallest == equal.fit.risk


def test_without_a_kink_the_conclusion_fails() -> None:
    """With s+ = s- the network is affine, so nothing beats the best affine fit."""
    linear = build_relu_like_instance(dataset_from_rows(ROWS, TARGETS), ReluLike(fmpq(1), fmpq(1)), 2)
    assert [h.label for h in linear.hypotheses if h.holds is False] == ["C1.3"]


def test_c14_is_decided() -> None:
    """Width 1: the construction of the better point needs a second unit; the theorem does not speak of it.

    That the conclusion can fail then is not shown here: for width 1 a better point may or may not exist.
    """
    narrow = build_relu_like_instance(dataset_from_rows(ROWS, TARGETS), SLOPES, 1)
    assert [h.label for h in narrow.hypotheses if h.holds is False] == ["C1.4"]
