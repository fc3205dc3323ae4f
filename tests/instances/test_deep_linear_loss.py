"""Deep linear networks with any differentiable loss: what is 0 and what is not, attacks on both, and files."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flint import arb, fmpq, fmpq_mat
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from symproof.errors import InputError
from symproof.instances.convex_gap import gap_bound
from symproof.instances.deep_linear_loss_offer import loss_data, loss_result
from symproof.instances.deep_linear_loss_point import LossPoint, classify_loss
from symproof.instances.deep_linear_loss_recheck import recheck_loss, recheck_texts
from symproof.instances.deep_linear_network import DeepLinearNetwork
from symproof.instances.deep_linear_offer import DEEP_LINEAR_OFFER
from symproof.instances.deep_linear_point import classify
from symproof.instances.instance_file import InstanceRequest, load_instance_file
from symproof.instances.instance_run import offer_of, run_instance
from symproof.instances.loss import at, parse_loss
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.offer import InstanceReport
from symproof.instances.sample_loss import parse_sample_loss
from symproof.kernel.check import CheckResult
from symproof.library import load_library
from symproof.library_check import check_library
from tests.instances.test_deep_linear_random import critical_points

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
THEOREM = "deep_linear.critical_points"
UNIT, ZERO = [[1, 0], [0, 1]], [[0, 0], [0, 0]]
SOFTMAX = "log(exp(f1) + exp(f2)) - y1*f1 - y2*f2"


@cache
def results() -> dict[str, CheckResult]:
    names = [THEOREM, *DEEP_LINEAR_OFFER.rests_on]
    return {name: each.result for name, each in check_library(load_library(), names).items()}


def run(parameters: Mapping[str, object], base: Path = EXAMPLES, convex: bool = True) -> InstanceReport:
    """Whether a loss is convex takes a second; ``convex`` says whether it is asked."""
    request = InstanceRequest(THEOREM, parameters, base)
    offer = offer_of(request, load_library().theorems) if convex else DEEP_LINEAR_OFFER
    return run_instance(request, offer, results(), "proved", True)


def given(
    loss: str, weights: object, inputs: object = UNIT, targets: object = UNIT, **others: object
) -> dict[str, object]:
    return {"inputs": inputs, "targets": targets, "weights": weights, "loss": loss, **others}


def one(loss: str, weight: object, target: object = 1, depth: int = 1) -> InstanceReport:
    """One sample x = 1 and layers of size 1, all but the first 1; no loss is known to be convex."""
    return run(given(loss, [[[weight]], *[[[1]]] * (depth - 1)], [[1]], [[target]]), convex=False)


def holds(report: InstanceReport, label: str) -> bool | None:
    return next(h.holds for h in report.hypotheses if h.label == label)


def demand_saddle(report: InstanceReport) -> Any:
    found: Any = report.result
    assert report.verdict == "certified" and found["classification"] == "saddle"
    assert found["lower_point"]["change"].startswith("-") and not found["higher_point"]["change"].startswith("-")
    assert found["hessian_inertia"] is None and found["hessian_note"]
    assert found["gap"] is None and found["gap_note"]
    return found


def test_the_example() -> None:
    request = load_instance_file(EXAMPLES / "deep_linear_logistic.toml")
    demand_saddle(run_instance(request, offer_of(request, load_library().theorems), results(), "proved", True))


@pytest.mark.parametrize("loss", ["logistic", "pseudo_huber(1/3)", "cosh(f - y) + f/7", "quartic", SOFTMAX])
def test_zero_weights_are_a_saddle(loss: str) -> None:
    report = run(given(loss, [ZERO, ZERO, ZERO]))
    demand_saddle(report)
    assert report.trust == ("cited" if loss == SOFTMAX else "proved")


def test_a_stationary_logistic_loss_is_a_global_minimum() -> None:
    """Targets 1 and -1 at one input; the weights 1, 0 have output 0."""
    report = run(given("logistic", [[[1]], [[0]]], [[1, 1]], [[1, -1]]))
    assert report.verdict == "certified" and report.trust == "cited"
    assert (report.result["classification"], report.result["gap"]) == ("global_minimum", "0")


def test_a_loss_that_is_not_convex() -> None:
    """At f = y the loss (f-y)**4 - (f-y)**2 has a maximum: nothing more than its zero gradient is claimed."""
    report = one("(f-y)**4 - (f-y)**2", 1, depth=2)
    assert report.verdict == "certified" and report.result["classification"] == "zero_loss_gradient"
    assert report.result["gap"] is None and report.result["minimum"] is None


@pytest.mark.parametrize("depth", [1, 2])
def test_a_gradient_of_ten_to_the_minus_forty(depth: int) -> None:
    assert one("exp(f) - E*f", 1, depth=depth).result["classification"] == "zero_loss_gradient"
    for tiny in ("1e-40", "1e-300"):
        report = one(f"exp(f) - E*f - {tiny}*f", 1, depth=depth)
        assert report.result["classification"] == "not_critical" and report.verdict == "not_applicable"


def test_weights_that_are_off_by_ten_to_the_minus_thirty() -> None:
    digits = "1." + "3" * 50
    exact = [[[1]], [[digits]]]
    shifted = [[[1]], [[digits[:32] + "4" + digits[33:]]]]
    for loss in ("pseudo_huber(1)", "log(cosh(f - y))"):
        assert run(given(loss, exact, [[1]], [[digits]])).result["classification"] == "global_minimum"
        assert run(given(loss, shifted, [[1]], [[digits]])).result["classification"] == "not_critical"


@pytest.mark.parametrize(
    ("zero", "almost"),
    [
        ("sqrt(8) - 2*sqrt(2)", "sqrt(8) - 2.8284271247461900976033774484193961571393437507539"),
        ("log(4) - 2*log(2)", "log(4) - 1.3862943611198906188344642429163531361510002687205"),
        ("sin(pi/6) - 1/2", "sin(pi/6) - 0.49999999999999999999999999999999999999999"),
        ("4*atan(1) - pi", "4*atan(1) - 3.1415926535897932384626433832795028841971693993751"),
        ("exp(log(3)) - 3", "exp(log(3)) - 3.0000000000000000000000000000000000000000000001"),
    ],
)
def test_equal_constants_that_are_written_differently(zero: str, almost: str) -> None:
    assert one(f"({zero})*f + (f - y)**4", 1).result["classification"] == "zero_loss_gradient"
    assert one(f"({almost})*f + (f - y)**4", 1).result["classification"] == "not_critical"


def test_a_zero_without_a_proof_stays_undecided() -> None:
    """sin(1)**2 + cos(1)**2 = 1 has a proof; of erf(sqrt(2)) - erf(2**(1/2)) + ... whatever has none stays open."""
    report = one("(erf(sin(1)**2) - erf(1 - cos(1)**2))*f + (f - y)**4", 1)
    assert report.verdict in ("undecided", "certified")
    assert report.result == {} or report.result["classification"] in ("global_minimum", "zero_loss_gradient")


@pytest.mark.parametrize(
    ("loss", "weight", "answer"),
    [
        ("log(f)", 0, False),
        ("log(f - y)", "1/2", False),
        ("1/f", 0, False),
        ("sqrt(f - y)", "1/2", False),
        ("acosh(f)", "1/2", False),
        ("sqrt(f - y)", 1, None),
        ("Abs(f - y)", 1, False),
        ("exp(-Abs(sin(f - y)))", 1, False),
        ("Max(f, y, f/2)", 1, False),
        ("Min(f, 2*f - y)", 1, False),
        ("Abs(sqrt(2)*f - sqrt(2)*y)", 1, False),
        ("Abs(f - y)*(f - y)", 1, None),
        ("Abs((f - y)**2)", 1, None),
        ("floor(f)", 1, None),
        ("f if f <= y else 2*f - y", 1, False),
        ("f if f <= y else f + 1", 1, False),
        ("f if f <= y else f + (f - y)**2", 1, True),
        ("Abs(f - y)", "1.00000000000000000000000000000000001", True),
    ],
)
def test_poles_and_kinks(loss: str, weight: object, answer: bool | None) -> None:
    report = one(loss, weight)
    assert holds(report, "gradient") is answer
    if answer is None:
        assert report.verdict == "undecided" and report.result == {}
    elif answer is False:
        assert report.verdict == "not_applicable" and report.result["classification"] is None


def test_a_loss_that_is_differentiable_at_the_product_only() -> None:
    """The theorem on saddles is applied: |f - y| has a kink elsewhere, y - log(1 + f) no value for f <= -1."""
    for loss in ("Abs(f - y)", "y*f - log(1 + f)"):
        report = run(given(loss, [[[0]], [[0]]], [[1]], [[3]]), convex=False)
        demand_saddle(report)
        assert report.applied == "deep_linear.saddle"


def test_a_zero_gradient_of_a_loss_with_kinks_elsewhere() -> None:
    """The theorem asks for a loss that is differentiable everywhere."""
    report = one("floor(f)", "5/2")
    assert report.verdict == "undecided" and holds(report, "critical") is True and report.result == {}


def test_numbers_that_are_too_long_stay_short() -> None:
    """The derivative has 1.6 million bits."""
    report = one("f**10000", "1e50")
    assert report.result["classification"] == "not_critical" and len(str(report.result)) < 2_000


def test_the_hint_for_rows_as_samples() -> None:
    with pytest.raises(InputError) as caught:
        run(given("logistic", [[[1, 0, 0]]], [[1, 0, 0], [0, 1, 0]], [[1, 1, 1]]))
    assert "transpose" in str(caught.value) or "transpose" in caught.value.hint


def test_layers_that_are_too_narrow() -> None:
    report = run(given("logistic", [[[0, 0]], [[0], [0]]]))
    assert report.verdict == "not_applicable" and report.result["classification"] is None


@pytest.mark.parametrize(
    ("loss", "targets", "words"),
    [
        ("logistic", [[1, 0]], "a target for every output"),
        ("f1 + f3", UNIT, "not a loss"),
        ("f1 + y3", UNIT, "not a loss"),
        ("f1*I", UNIT, "not a real function"),
        ("f*sqrt(-1)*I", UNIT, "not a real function"),
        ("f == y", UNIT, "not a loss"),
        ("__import__('os')", UNIT, "not a loss"),
        ("f" + "+f" * 300, UNIT, "too long"),
        ("huber(0)", UNIT, "not positive"),
        ("logistic", [[1, 1, 0], [0, 0, 1]], "another number of samples.*row of a .csv"),
        ("sqaured", UNIT, "Did you mean 'squared'"),
        ("max(0, f - y)", UNIT, "Did you mean 'Max'"),
        ("f^2", UNIT, r"Write \*\* for powers"),
    ],
)
def test_bad_losses(loss: str, targets: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        run(given(loss, [ZERO, ZERO], targets=targets))


def test_targets_of_another_size() -> None:
    """A loss of all outputs may use one label for each sample."""
    demand_saddle(run(given("log(exp(f1) + exp(f2)) - y1*f1 - (1 - y1)*f2", [ZERO, ZERO], targets=[[1, 0]])))


@settings(max_examples=12, deadline=None)
@drawn(critical_points(), st.sampled_from([fmpq(1), fmpq(1, 1000)]))
def test_half_a_square_is_the_squared_loss(made: tuple[DeepLinearNetwork, fmpq], radius: fmpq) -> None:
    network, _ = made
    exact = classify(network, radius)
    point = classify_loss(network, parse_sample_loss("(f - y)**2/2", "", *[network.targets.nrows()] * 2), radius, None)
    recheck_loss(point)
    expected = "zero_loss_gradient" if exact.classification == "global_minimum" else exact.classification
    assert point.classification == expected
    assert point.value is not None and point.value.value(64) == network.loss
    if point.escape is not None:
        for weights, sign in ((point.escape.lower, -1), (point.escape.higher, 1)):
            assert weights is not None and (network.at(weights).loss - network.loss) * sign > 0


@settings(max_examples=10, deadline=None)
@drawn(st.lists(st.tuples(*[st.integers(-3, 3)] * 4), min_size=1, max_size=5), st.sampled_from([0, 1, -2]))
def test_the_bound_of_the_gap_of_half_a_square(rows: list[tuple[int, ...]], weight: int) -> None:
    """Against the exact gap: never below it, and close to it. The inputs may be dependent."""
    inputs, targets = (
        fmpq_mat([[r[0] for r in rows], [r[1] for r in rows]]),
        fmpq_mat([[r[2] for r in rows], [r[3] for r in rows]]),
    )
    network = DeepLinearNetwork(inputs, targets, (fmpq_mat([[weight, 1], [0, weight]]),))
    exact = classify(network, fmpq(1)).gap
    found = gap_bound(parse_loss("(f - y)**2/2"), inputs, targets, network.loss)
    assert found is not None and exact <= found.at_most <= exact + fmpq(1, 10**9)


@pytest.mark.parametrize("loss", ["logistic", "huber(1/2)", "pseudo_huber(2)", "squared_hinge"])
def test_the_bound_of_the_gap(loss: str) -> None:
    """No weights have a loss that is smaller by more than the bound; some have one that is almost as small."""
    data: dict[str, Any] = {"inputs": [[1, 1, 1, 2]], "targets": [[1, -1, 1, 1]], "loss": loss}
    report = run(data | {"weights": [[[0]]]})
    result: Any = report.result
    assert result["classification"] == "not_critical" and result["gap_trust"] == "cited"
    bound, parsed = Fraction(result["gap_at_most"]), parse_loss(loss)

    def total(weight: fmpq) -> arb:
        values = [
            at(parsed, "value", weight * x, fmpq(y), 128) for x, y in zip((1, 1, 1, 2), (1, -1, 1, 1), strict=True)
        ]
        return sum((v for v in values if v is not None), arb(0))

    least = min((total(fmpq(k, 64)) for k in range(-128, 129)), key=lambda ball: ball.mid())
    change = total(fmpq(0)) - least
    assert change <= arb(fmpq(bound.numerator, bound.denominator)) <= change + arb(fmpq(1, 100))
    if loss == "logistic":
        demand_bound_is_rechecked(data | {"weights": [[[0]]]})


def demand_bound_is_rechecked(parameters: dict[str, object]) -> None:
    point = offer_of(InstanceRequest(THEOREM, parameters, EXAMPLES), load_library().theorems).build(
        InstanceRequest(THEOREM, parameters, EXAMPLES)
    )
    data, result = loss_data(point), loss_result(point)
    shown: Any = result["gap_certificate"]
    for change in ({"multipliers": shown["left"]}, {"left": shown["right"]}, {"right": shown["left"]}):
        with pytest.raises(InstanceMismatchError):
            recheck_texts(data, result | {"gap_certificate": shown | change}, None)
    with pytest.raises(InstanceMismatchError, match="larger"):
        recheck_texts(data, result | {"gap_at_most": "1/10"}, None)


def test_no_bound_where_the_smallest_loss_is_not_attained() -> None:
    report = run(given("logistic", [[[0]]], [[1, 2]], [[1, 1]]))
    assert "gap_at_most" not in report.result and "attained" in str(report.result["gap_note"])


def texts(loss: str, weights: object) -> tuple[dict[str, Any], dict[str, Any]]:
    request = InstanceRequest(THEOREM, given(loss, weights), EXAMPLES)
    point = offer_of(request, load_library().theorems).build(request)
    assert isinstance(point, LossPoint)
    return loss_data(point), deepcopy(loss_result(point))


def test_the_second_evaluation_finds_what_is_wrong() -> None:
    data, result = texts("logistic", [ZERO, ZERO])
    recheck_texts(data, result, None)
    lower, higher = result["lower_point"], result["higher_point"]
    wrong: list[dict[str, Any]] = [
        {"lower_point": higher},
        {"higher_point": lower},
        {"lower_point": {**lower, "weights": data["weights"]}},
        {"radius": "1/1000000"},
        {"loss": "2.5"},
        {"classification": "global_minimum", "gap": "0"},
        {"classification": "zero_loss_gradient"},
        {"escape": {**result["escape"], "weights": lower["weights"]}},
        {"escape": {**result["escape"], "layer": 3 - result["escape"]["layer"]}},
        {"product_gradient": [["0", "0"], ["0", "0"]]},
    ]
    for change in wrong:
        with pytest.raises(InstanceMismatchError):
            recheck_texts(data, result | change, None)
    moved = data | {"weights": [[["1/7", "0"], ["0", "0"]], [["0", "0"], ["0", "0"]]]}
    with pytest.raises(InstanceMismatchError):
        recheck_texts(moved, result, None)
    with pytest.raises(InstanceMismatchError):
        recheck_texts(data, {"classification": "not_critical"}, {"layer": 1, "row": 1, "column": 1, "entry": "1"})


def test_files_of_numpy(tmp_path: Path) -> None:
    """Floats are the exact rationals that they are: 0.1 is not one tenth."""
    np.savez(
        tmp_path / "all.npz", X=np.array([[1.0, 0.5]]), Y=np.array([[0.1, 0.05]]), W1=np.array([[0.1]]), W2=np.eye(1)
    )
    np.savez(tmp_path / "plain.npz", np.array([[0.1]]), np.eye(1, dtype="f4"))
    data = {"inputs": "all.npz", "targets": "all.npz:Y", "loss": "quartic"}
    report = run(data | {"weights": "all.npz"}, tmp_path)
    assert Fraction(report.data["weights"][0][0][0]) == Fraction(0.1) != Fraction(1, 10)
    assert report.result["classification"] == "global_minimum"
    assert run(data | {"weights": "plain.npz"}, tmp_path).data == report.data
    (tmp_path / "x.csv").write_text("a,b\n1,0\n0,1\n2,0.5\n", encoding="utf-8")
    table = run(given("quartic", [[[1, 2]]], "x.csv", [[1, 2, 3]]), tmp_path)
    assert table.data["inputs"] == [["1", "0", "2"], ["0", "1", "1/2"]]


@pytest.mark.parametrize(
    ("names", "changed", "words"),
    [
        (("W1", "W3"), {}, "a layer is missing"),
        (("A", "B"), {}, "do not tell which arrays the layers are"),
        (("W1", "W2"), {"inputs": "w.npz"}, "which array of the file"),
        (("W1", "W2"), {"inputs": "w.npz:X"}, "no array 'X'"),
        (("W1", "W2"), {"weights": "w.npz:W1"}, "not a list of layers"),
    ],
)
def test_files_without_what_is_wanted(
    names: tuple[str, str], changed: dict[str, object], words: str, tmp_path: Path
) -> None:
    np.savez(tmp_path / "w.npz", **dict.fromkeys(names, np.eye(2)))
    with pytest.raises(InputError, match=words):
        run(given("logistic", "w.npz") | changed, tmp_path)
