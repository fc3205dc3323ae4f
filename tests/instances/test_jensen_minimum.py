"""Constant networks with a mean input on numbers: what is certified holds when the network is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import flint
import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.errors import InputError
from symproof.instances.closed_form import number_of, read_number
from symproof.instances.instance_file import InstanceRequest, load_instance_file
from symproof.instances.instance_run import offer_of, run_instance
from symproof.instances.jensen_minimum import JensenData, JensenInstance, build_jensen_instance
from symproof.instances.jensen_offer import JENSEN_OFFER
from symproof.instances.offer import InstanceReport
from symproof.instances.smooth_activation import read_activation
from symproof.instances.smooth_conditions import numbers_of
from symproof.library import load_library
from symproof.library_check import CheckedTheorem, check_library, standing

EXAMPLES = Path(__file__).parents[2] / "examples"
HALF, ONE, ZERO = fmpq(1, 2), fmpq(1), fmpq(0)
PLANE = ((ZERO, ZERO), (fmpq(2), ONE), (ONE, HALF))
NETWORKS = [("tanh", (3, 2)), ("sigmoid", (2, 1, 3)), ("gelu", (2,)), ("t**2", (1,)), ("x*tanh(x)", (2, 2))]
SQUARE = {"activation": "t**2", "inputs": "0; 2; 1", "weights": "1/2, 1/2, 0", "mean": 3, "widths": "2"}


@cache
def instance(activation: str, widths: tuple[int, ...], t: int = 1) -> JensenInstance:
    data = JensenData(PLANE, (HALF, HALF, ZERO), 3, fmpq(t), fmpq(1, 3), widths)
    return build_jensen_instance(data, read_activation(activation))


def risk(found: JensenInstance, move: Callable[[int, int, int], fmpq | arb]) -> arb:
    """The risk after every parameter of the constant network has moved; (layer, unit, 0) is a bias."""
    data, value = found.data, numbers_of(found.activation).value
    assert found.v is not None
    v, total = number_of(found.v), arb(0)
    last = len(data.widths) + 1
    for row, target in zip(data.inputs, data.targets, strict=True):
        layer: Sequence[arb | fmpq] = row
        for n, width in enumerate((*data.widths, 1), 1):
            weight = ZERO if n == 1 else data.t * found.sigma if n == last else fmpq(found.tau)
            bias = (data.c if n == last else v) - (0 if n == 1 else weight * len(layer) * value(v))
            sent = [
                sum(((weight + move(n, k, j)) * o for j, o in enumerate(layer, 1)), arb(bias + move(n, k, 0)))
                for k in range(1, width + 1)
            ]
            layer = sent if n == last else [value(s) for s in sent]
        error = layer[0] - target
        total += error * error
    return total / 2


@pytest.mark.parametrize("t", [1, -2])
@pytest.mark.parametrize(("activation", "widths"), NETWORKS)
def test_the_risks_are_those_of_the_network(activation: str, widths: tuple[int, ...], t: int) -> None:
    found = instance(activation, widths, t)
    assert found.holds and found.risk_better is not None and found.radius is not None
    with flint.ctx.workprec(300):
        assert abs(risk(found, lambda n, k, j: ZERO) - found.data.risk) < fmpq(1, 10**40)
        assert found.data.risk == fmpq(3, 4) * t * t
        assert found.v is not None and found.step is not None and found.outgoing is not None
        by = found.outgoing - found.data.t * found.sigma
        constant = numbers_of(found.activation).value(number_of(found.v))

        def moved(n: int, _k: int, j: int) -> fmpq | arb:
            """The better point; its output bias makes up for the outgoing weights."""
            if n == 1:
                return found.step if j == found.feature else ZERO
            if n <= len(widths):
                return ZERO
            return by if j else -by * widths[-1] * constant

        value = risk(found, moved)
        assert value < found.data.risk and value.overlaps(found.risk_better)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(NETWORKS), st.lists(st.integers(-100, 100), min_size=60, max_size=60))
def test_no_risk_is_smaller_within_the_radius(network: tuple[str, tuple[int, ...]], moves: list[int]) -> None:
    found = instance(*network)
    radius = found.radius
    assert radius is not None

    def move(n: int, k: int, j: int) -> fmpq:
        return fmpq(moves[(7 * n + 3 * k + j) % 60], 100) * radius

    with flint.ctx.workprec(200):
        assert not risk(found, move) < found.data.risk


def test_far_from_the_minimum_there_is_no_region() -> None:
    """With the outgoing weights of the other sign, farther away than the radius, the risk is smaller."""
    found = instance("gelu", (2,))

    def move(n: int, k: int, j: int) -> fmpq:
        if n == 1 and j:
            return fmpq(1, 10) * (-1) ** k
        return fmpq(-2) if n == 2 and j else ZERO

    assert found.radius is not None and found.radius < 2
    with flint.ctx.workprec(200):
        assert risk(found, move) < found.data.risk


FAILING = {
    "mean": JensenData(((ZERO,), (fmpq(2),), (fmpq(3),)), (HALF, HALF, ZERO), 3, ONE, ZERO, (2,)),
    "total": JensenData(((ZERO,), (ONE,), (ONE,)), (ONE, ONE, ZERO), 3, ONE, ZERO, (2,)),
    "weights": JensenData(((ZERO,), (ONE,), (-ONE,)), (fmpq(2), -ONE, ZERO), 3, ONE, ZERO, (2,)),
    "different": JensenData(((ZERO,), (ZERO,), (ONE,)), (HALF, HALF, ZERO), 1, ONE, ZERO, (2,)),
    "scale": JensenData(PLANE, (HALF, HALF, ZERO), 3, ZERO, ZERO, (2,)),
    "o_high": JensenData(PLANE, (HALF, HALF, ZERO), 4, ONE, ZERO, (2,)),
}


@pytest.mark.parametrize("label", FAILING)
def test_each_hypothesis_on_the_data_is_decided(label: str) -> None:
    found = build_jensen_instance(FAILING[label], read_activation("sigmoid"))
    failing = [h.label for h in found.hypotheses if h.holds is False]
    assert label in failing and (found.radius, found.risk_better) == (None, None)


def test_the_first_derivative_matters_for_two_hidden_layers_only() -> None:
    """The square at 0, where its derivative is 0."""
    data = {widths: JensenData(PLANE, (HALF, HALF, ZERO), 3, ONE, ZERO, widths) for widths in ((2,), (2, 1))}
    zero = read_number(0, "v")
    shallow, deep = (build_jensen_instance(each, read_activation("t**2"), zero) for each in data.values())
    assert shallow.holds and shallow.risk_better is not None and shallow.radius is not None
    assert [h.label for h in deep.hypotheses if not h.holds] == ["slope"]


@pytest.mark.parametrize("activation", ["relu", "x"])
def test_an_activation_without_a_bend_is_not_certified(activation: str) -> None:
    found = build_jensen_instance(
        JensenData(PLANE, (HALF, HALF, ZERO), 3, ONE, ZERO, (2,)), read_activation(activation)
    )
    assert not found.holds and found.risk_better is None


def build(**changed: object) -> JensenInstance:
    built: JensenInstance = JENSEN_OFFER.build(InstanceRequest("jensen.spurious", {**SQUARE, **changed}, Path()))
    return built


def test_numbers_are_read_from_texts_and_lists() -> None:
    assert build() == build(inputs=[[0], ["2"], [1]], weights=["1/2", "0.5", 0], widths=[2], mean="3")
    assert build(t="-1/2", c=2).data.targets == (fmpq(9, 4), fmpq(9, 4), fmpq(3, 2))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"weights": "1/2, 1/2"}, "a wrong number of weights"),
        ({"inputs": "0; 2, 1; 1"}, "the inputs differ in length"),
        ({"inputs": 3}, "not a list of inputs"),
        ({"mean": 0}, "not an integer in range"),
        ({"widths": "300"}, "too many units"),
        ({"activation": "nothing_like_it"}, "unknown activation"),
        ({"v": "x"}, "a name that is not declared"),
    ],
)
def test_what_cannot_be_read_is_refused(changed: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        build(**changed)


@cache
def checked() -> dict[str, CheckedTheorem]:
    return dict(check_library(load_library(), ["jensen.spurious", *JENSEN_OFFER.rests_on]))


def run(request: InstanceRequest) -> InstanceReport:
    offer = offer_of(request, load_library().theorems)
    trust, accepted = standing(checked(), (request.theorem, *offer.rests_on))
    return run_instance(request, offer, {name: c.result for name, c in checked().items()}, trust, accepted)


def test_the_example_is_certified() -> None:
    report = run(load_instance_file(EXAMPLES / "mean_input_tanh.toml"))
    assert (report.verdict, report.result["radius"], report.result["risk_local_minimum"]) == ("certified", "1/8", "3/4")
    assert report.counts()["undecided"] == report.counts()["false"] == 0


def test_what_does_not_apply_is_said() -> None:
    report = run(InstanceRequest("jensen.spurious", {**SQUARE, "inputs": "0; 2; 3"}, Path()))
    assert (report.verdict, report.result) == ("not_applicable", {})
