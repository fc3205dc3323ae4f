"""Spurious minima in an affine piece, on numbers: exact candidate, risks in balls, near misses, forged numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import flint
import pytest
from flint import arb, fmpq

from symproof.errors import InputError
from symproof.instances.affine_piece_evaluation import evaluate_affine_piece
from symproof.instances.affine_piece_minimum import AffinePieceInstance, KernelChecks, build_affine_piece
from symproof.instances.affine_piece_recheck import recheck_affine_piece
from symproof.instances.affine_piece_units import _of_the_proof, dot
from symproof.instances.ball_number import compare
from symproof.instances.dataset import dataset_from_rows
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.exponential_sum import exponential_sum
from symproof.instances.instance_file import InstanceRequest, load_instance_file
from symproof.instances.instance_run import run_instance
from symproof.instances.least_squares import fit_affine
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.offer import InstanceReport
from symproof.instances.piecewise_activation import AffinePiece, T, parse_piecewise
from symproof.kernel.check import CheckResult
from symproof.library import load_library
from symproof.library_check import check_library
from symproof.logic.parser import parse_expression
from theorems.affine_piece.activation_lemma import check_piece, check_units
from theorems.affine_piece.spurious_minimum import SPURIOUS_MINIMUM

CHECKS = KernelChecks(check_piece, check_units)
INPUTS = [(0, 0), (0, 1), (1, 0), (1, 1)]
XOR, AND = (0, 1, 1, 0), (0, 0, 0, 1)


def instance(
    activation: str = "elu", width: int = 3, targets: Sequence[Sequence[fmpq | int]] = (XOR, AND),
    inputs: Sequence[Sequence[int]] = INPUTS, beta: fmpq | None = None,
) -> AffinePieceInstance:  # fmt: skip
    outputs = tuple(dataset_from_rows(inputs, column) for column in targets)
    return build_affine_piece(outputs, parse_piecewise(activation), width, CHECKS, beta)


def failed(found: AffinePieceInstance) -> dict[str, bool | None]:
    """The hypotheses that do not hold."""
    assert found.construction is None
    return {h.label: h.holds for h in found.hypotheses if h.holds is not True}


@cache
def gates() -> AffinePieceInstance:
    return instance()


def test_two_outputs_with_elu_have_a_rational_minimum_and_a_ball_below_it() -> None:
    found = gates().construction
    assert found is not None
    assert found.risk_local_minimum == fmpq(5, 8), "1/2 for exclusive or, 1/8 for conjunction"
    assert isinstance(found.risk_better_point, arb)
    assert found.risk_better_point < found.risk_local_minimum
    assert found.radius > 0


def test_rational_activations_stay_exact() -> None:
    found = instance("hard-swish", 2, [XOR]).construction
    assert found is not None
    assert (found.risk_local_minimum, found.risk_better_point) == (fmpq(1, 2), fmpq(1, 4))


@pytest.mark.parametrize(
    "activation", ["selu", "celu(2)", "relu6", "hard_tanh", "hard_sigmoid", "soft_shrink", "leaky_relu(1/10)",
                   "piecewise(2*exp(3*t) - 1; 0; t + 1; 2; log(t + 5))", "piecewise(t; 0; t*t; 1; t)"],
)  # fmt: skip
def test_other_activations_are_certified(activation: str) -> None:
    assert instance(activation, 2, [XOR]).construction is not None


@pytest.mark.parametrize("activation", ["elu", "relu6", "piecewise(t; 0; t*t; 1; t)"])
def test_the_units_of_the_proofs_see_the_residual(activation: str) -> None:
    """What is handed on after the tried ones does it for every data set, if the precision is enough."""
    h, data = parse_piecewise(activation), dataset_from_rows(INPUTS, XOR)
    residual = fit_affine(data).residuals()
    units = list(_of_the_proof(data, residual, h))
    with flint.ctx.workprec(512):
        seen = [sum(r * h(dot(w, x) + b) for r, x in zip(residual, data.features, strict=True)) for w, b in units]
    assert any(compare("ne", phi, fmpq(0)) is True for phi in seen)


def test_a_target_that_is_nearly_affine_is_told_from_one_that_is() -> None:
    nearly = [fmpq(1), fmpq(3), fmpq(2), 4 + fmpq(1, 10**40)]
    found = instance(targets=[nearly]).construction
    assert found is not None
    assert 0 < found.risk_local_minimum < fmpq(1, 10**80)
    assert failed(instance(targets=[[1, 3, 2, 4]])) == {"no_affine_fit": False}


@pytest.mark.parametrize(
    ("changes", "labels"),
    [
        ({"inputs": [(0, 0), (0, 1), (1, 0), (0, 0)]}, {"discriminatory": False}),
        ({"width": 2}, {"width": False}),
        ({"activation": "piecewise(0; 0; 1)"}, {"slope": False}),
        ({"activation": "2*t + 1"}, {"discriminatory": False}),
        ({"activation": "leaky_relu(1)"}, {"discriminatory": None}),
        ({"activation": "piecewise(tanh(t); 0; t)"}, {"discriminatory": None}),
        ({"activation": "piecewise(exp(-t); 0; t)"}, {"discriminatory": None}),
    ],
)
def test_hypotheses_that_fail_and_those_that_are_not_known(changes: dict, labels: dict) -> None:
    assert failed(instance(**changes)) == labels


@pytest.mark.parametrize(
    ("piece", "accepted"),
    [
        (AffinePiece(fmpq(1), fmpq(0), fmpq(0), fmpq(1)), True),
        (AffinePiece(fmpq(1), fmpq(0), fmpq(-1, 10**9), fmpq(1)), False),
        (AffinePiece(1 + fmpq(1, 10**30), fmpq(0), fmpq(0), fmpq(1)), False),
        (AffinePiece(fmpq(1), fmpq(1, 10**30), fmpq(0), fmpq(1)), False),
    ],
)
def test_the_kernel_decides_what_the_affine_piece_is(piece: AffinePiece, accepted: bool) -> None:
    assert check_piece(parse_piecewise("elu"), piece).accepted is accepted


@pytest.mark.parametrize(
    "text", ["t + t**2/10**30", "t + exp(t)/10**30", "exp(t)*exp(-t)*t + t*t", "t*exp(t)", "1/t", "t + exp(1)"]
)
def test_what_is_nearly_affine_is_not_taken_for_affine(text: str) -> None:
    known = exponential_sum(parse_expression(text, {"t": T}), T)
    assert known is None or known.line() is None
    with pytest.raises(InputError, match="does not apply"):
        instance(f"piecewise(exp(t); 0; {text})")


def test_an_affine_function_in_disguise_is_recognised() -> None:
    known = exponential_sum(parse_expression("(t + 1)**2 - t*t + exp(t)*exp(-t)", {"t": T}), T)
    assert known is not None
    assert known.line() == (2, 2)


@pytest.mark.parametrize(
    ("activation", "words"),
    [
        ("tanh", "does not apply"),
        ("softplus", "affine on no interval"),
        ("elv", "Did you mean 'elu'"),
        ("elu(1, 2)", "wrong number of arguments"),
        ("elu(nan)", "not an exact number"),
        ("celu(0)", "divides by its parameter"),
        ("piecewise(t; 0)", "not an activation in pieces"),
        ("piecewise(t; 1; 0; 0; t)", "do not rise"),
        ("piecewise(t; y; 0)", "not an exact number"),
        ("piecewise(y; 0; t)", "not declared"),
        ("piecewise(x; 0; t)", "both x and t occur"),
        ("log(1 + exp(t))", "does not apply"),
        ("t" * 3000, "too long"),
    ],
)
def test_bad_activations_are_refused_in_words(activation: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        instance(activation)


@pytest.mark.parametrize("beta", [fmpq(0), fmpq(1), fmpq(-1)])
def test_beta_on_the_edge_of_the_piece_is_refused(beta: fmpq) -> None:
    with pytest.raises(InputError, match="beta is not inside"):
        instance(beta=beta)


def forged() -> dict[str, dict]:
    found = gates().construction
    assert found is not None
    low, high = found.local_minimum, found.better_point
    edge = replace(low, b1=(fmpq(1), *low.b1[1:]))
    other = replace(low, b2=(low.b2[0] + fmpq(1, 10**60), low.b2[1]))
    tiny = fmpq(1, 10**60)
    with flint.ctx.workprec(found.precision):
        lower = found.risk_better_point - tiny
    return {
        "a larger radius": {"radius": found.radius + tiny},
        "no radius": {"radius": fmpq(0)},
        "a pre-activation on the edge": {"local_minimum": edge},
        "an output bias": {"local_minimum": other},
        "the risk at the minimum": {"risk_local_minimum": found.risk_local_minimum + tiny},
        "the risk at the better point": {"risk_better_point": lower},
        "the better point": {"better_point": replace(high, W2=(low.W2[0], high.W2[1]))},
        "the minimum as the better point": {"better_point": low, "risk_better_point": found.risk_local_minimum},
    }


@pytest.mark.parametrize("name", list(forged()))
def test_forged_numbers_are_noticed(name: str) -> None:
    own = gates()
    assert own.construction is not None
    recheck_affine_piece(own.outputs, own.activation, own.piece, own.fits, own.construction)
    with pytest.raises(InstanceMismatchError):
        changed = replace(own.construction, **forged()[name])
        recheck_affine_piece(own.outputs, own.activation, own.piece, own.fits, changed)


@cache
def results() -> dict[str, CheckResult]:
    names = ["affine_piece.elu_spurious", "affine_piece.soft_shrink_spurious"]
    return {name: each.result for name, each in check_library(load_library(), names).items()}


def statuses(steps: Sequence[EvaluatedStep]) -> dict[str, int]:
    return {status: sum(step.status == status for step in steps) for status in ("true", "agrees", "undecided")}


def test_every_step_of_the_proof_is_evaluated() -> None:
    steps = [step for top in evaluate_affine_piece(gates(), results()) for step in top.walk()]
    found = statuses(steps)
    assert found["true"] > 400
    assert found["agrees"] > 30
    assert found["undecided"] == 0
    (lower,) = {
        step.verdict for step in steps if step.theorem == "affine_piece.spurious_candidate" and step.path == "24"
    }
    assert lower is True, "the strict inequality is decided by balls"
    assert {"affine_piece.candidate", "affine_piece.descent", "affine_piece.affine_region"} <= {
        s.theorem for s in steps
    }


@pytest.mark.parametrize(
    ("name", "shape", "lemma", "exact"),
    [("elu", "1/2", "exponential_tail", False), ("soft_shrink", "2", "affine_tails", True)],
)
def test_theorems_on_one_activation(name: str, shape: str, lemma: str, exact: bool) -> None:
    """With the proof by which the activation sees every residual; the activation is the one of the definition."""
    report = known(name, shape)
    assert report.verdict == "certified"
    steps = [step for top in report.steps for step in top.walk()]
    found = statuses(steps)
    assert found["undecided"] == 0
    assert (found["agrees"] == 0) == exact
    assert sum(step.theorem == f"affine_piece.{lemma}" and step.status == "true" for step in steps) > 30
    assert (" +/- " in str(report.result["risk_better_point"])) != exact


def test_a_parameter_against_the_conditions_is_not_applicable() -> None:
    report = known("elu", "0")
    assert (report.verdict, report.result) == ("not_applicable", {})
    assert [(h.label, h.witness) for h in report.hypotheses if h.holds is False] == [("shape", {"shape": "0"})]


def known(name: str, shape: str) -> InstanceReport:
    theorem = f"affine_piece.{name}_spurious"
    given = {"data": "xor.csv", "target": "y", "width": 2, "shape": shape}
    request = InstanceRequest(theorem, given, Path(__file__).parents[2] / "examples")
    return run_instance(request, results()[theorem].theorem.extra["instance"], results(), "proved", True)


def test_columns_of_targets_that_do_not_fit_the_data(tmp_path: Path) -> None:
    data = tmp_path / "gates.csv"
    data.write_text("p,xor,and\n0,0,0\n1,1,0\n", encoding="utf-8")
    offer = SPURIOUS_MINIMUM.extra["instance"]
    for target, words in (("xor,nand", "no such column"), ("p,xor,and", "no column is left"), ("xor,xor", "different")):
        given = {"data": str(data), "target": target, "activation": "elu", "width": 2}
        with pytest.raises(InputError, match=words):
            offer.build(InstanceRequest("affine_piece.spurious_minimum", given, tmp_path))


@pytest.mark.parametrize(("name", "risk"), [("gates_elu", "5/8"), ("teaching_selu", "2"), ("xor_hard_swish", "1/2")])
def test_the_examples_are_certified_on_their_data(name: str, risk: str) -> None:
    request = load_instance_file(Path(__file__).parents[2] / "examples" / f"{name}.toml")
    offer = SPURIOUS_MINIMUM.extra["instance"]
    assert offer.result(offer.build(request))["risk_local_minimum"] == risk
