"""The instances of the chapter on the claim of Yu and Chen: the local minimum at any width, and the counterexample."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flint import arb, fmpq

from symproof.errors import InputError
from symproof.instances.ball_number import number_text
from symproof.instances.constructions import Constructions, Named, Value
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import Parameter, at_least, read_parameters
from symproof.instances.rational import format_rational
from symproof.instances.sigmoid_minimum import (
    INPUTS,
    RADIUS,
    TARGETS,
    SigmoidInstance,
    SigmoidPoint,
    build_sigmoid_instance,
)
from symproof.instances.step_evaluation import evaluate_steps
from symproof.instances.value_family import vector
from symproof.kernel.check import CheckResult

__all__ = ["COUNTEREXAMPLE_OFFER", "SIGMOID_OFFER"]

MINIMUM = "yu_chen.spurious_minimum"
REFUTATION = "yu_chen.refutation"
MOST_UNITS = 200
"""The steps of a proof speak of every unit; more would take minutes."""
_NEAR_LN_3 = fmpq(11, 10)


def _build(request: InstanceRequest) -> SigmoidInstance:
    units = read_parameters(request, (Parameter("units", at_least(1)),))["units"]
    if not isinstance(units, int):
        raise InputError("a parameter has the wrong type", request.source)
    if units > MOST_UNITS:
        raise InputError("too many units", request.where("units"), f"at most {MOST_UNITS}", str(units))
    return build_sigmoid_instance(units)


def _build_counterexample(request: InstanceRequest) -> SigmoidInstance:
    read_parameters(request, ())
    return build_sigmoid_instance(len(INPUTS) - 1)


def _claimed(instance: SigmoidInstance) -> tuple[DecidedHypothesis, ...]:
    """The hypotheses of the claim at its counterexample; the refutation has none of its own."""
    found = {
        "patterns": ("P >= 2", f"P = {len(INPUTS)}"),
        "dimension": ("d >= 1", "d = 1"),
        "distinct": ("the inputs are distinct", f"{', '.join(map(str, INPUTS))} are"),
        "local": (
            "the parameters are a local minimum",
            f"no parameters closer than {RADIUS} have a smaller risk ({MINIMUM}, which the refutation applies)",
        ),
    }
    distinct = len(set(INPUTS)) == len(INPUTS)
    holds = {
        "patterns": len(INPUTS) >= 2,
        "dimension": True,
        "distinct": distinct,
        "local": instance.minimum is not None,
    }
    return tuple(DecidedHypothesis(label, says, holds[label], why) for label, (says, why) in found.items())


def _evaluate(instance: SigmoidInstance, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    return evaluate_steps(MINIMUM, results, {"n": instance.units}, _constructions(instance))


def _evaluate_counterexample(
    instance: SigmoidInstance, results: Mapping[str, CheckResult]
) -> tuple[EvaluatedStep, ...]:
    return evaluate_steps(REFUTATION, results, {}, _constructions(instance))


def _constructions(instance: SigmoidInstance) -> Constructions:
    """The radius and the better point, which exist; neighbours of the minimum, where the proof takes any parameters."""
    if instance.better is None:
        return Constructions()
    point = instance.better
    obtained: dict[tuple[str, str], Callable[[Named], Value]] = {
        ("", "rho"): lambda _named: RADIUS,
        ("", "V1"): lambda _named: lambda k, _l: _times_ln_3(point.weights[int(k) - 1]),
        ("", "c1"): lambda _named: lambda k: _times_ln_3(point.biases[int(k) - 1]),
        ("", "V2"): lambda _named: vector(point.outgoing),
        ("", "c2"): lambda _named: point.constant,
    }
    named = ("V1", "c1", "V2", "c2")
    samples: dict[tuple[str, str], Callable[[Named], Sequence[tuple[Value, ...]]]] = {
        ("", " ".join(named)): lambda _named: _neighbours(instance.units),
        # The refutation supposes that the minimum is global; the better point says that it is not.
        (REFUTATION, " ".join(named)): lambda known: [
            tuple(obtained["", name](known) for name in named),
            *_neighbours(instance.units),
        ],
    }
    return Constructions(obtained, samples)


def _times_ln_3(multiple: int) -> Value:
    """A multiple of ln 3, with the precision that is set when it is asked for."""
    return multiple * arb(3).log() if multiple else fmpq(0)


def _neighbours(units: int) -> Sequence[tuple[Value, ...]]:
    """Three neighbours of the minimum within the radius, with rational parameters, none with an incoming weight 0."""

    def neighbour(size: fmpq) -> tuple[Value, ...]:
        def sign(k: int) -> int:
            return 1 if k % 2 else -1

        return (
            lambda k, _l: size * sign(int(k)),
            lambda k: -_NEAR_LN_3 + size * sign(int(k)) / 2,
            lambda k: 1 - size * sign(int(k)),
            fmpq(1, 3) - fmpq(units, 4) + size / 3,
        )

    return [neighbour(size) for size in (fmpq(1, 10), fmpq(-9, 10), fmpq(1, 100))]


def _data(instance: SigmoidInstance) -> dict[str, object]:
    return {
        "inputs": list(INPUTS),
        "targets": list(TARGETS),
        "samples": len(INPUTS),
        "activation": "sigmoid",
        "units": instance.units,
    }


def _result(instance: SigmoidInstance) -> dict[str, object]:
    if instance.minimum is None or instance.better is None:
        return {}
    return {
        "local_minimum": _point(instance.minimum),
        "radius": format_rational(RADIUS),
        "better_point": _point(instance.better),
        "difference_of_risks": format_rational(instance.minimum.risk - instance.better.risk),
    }


def _point(point: SigmoidPoint) -> dict[str, object]:
    return {
        "weights": [_multiple(w) for w in point.weights],
        "biases": [_multiple(b) for b in point.biases],
        "outgoing": [format_rational(u) for u in point.outgoing],
        "constant": format_rational(point.constant),
        "outputs": [format_rational(f) for f in point.outputs],
        "risk": format_rational(point.risk),
        "ball": number_text(point.risk_ball),
    }


def _numbers(instance: SigmoidInstance) -> dict[str, object]:
    """Everything from which the hypotheses and both points can be decided again."""
    minimum, better = instance.minimum, instance.better
    if minimum is None or better is None:
        return {"units": instance.units}
    parts = ("weights", "biases", "outgoing", "constant")
    return {
        "units": instance.units,
        "radius": RADIUS,
        "local_minimum": {name: getattr(minimum, name) for name in parts},
        "better_point": {name: getattr(better, name) for name in parts},
        "risk_local_minimum": minimum.risk,
        "risk_better_point": better.risk,
    }


def _multiple(k: int) -> str:
    return {0: "0", 1: "ln 3", -1: "-ln 3"}.get(k, f"{k} ln 3")


def _summary(instance: SigmoidInstance) -> list[str]:
    samples = ", ".join(f"({x}, {y})" for x, y in zip(INPUTS, TARGETS, strict=True))
    lines = [f"samples: {samples}", f"network: {instance.units} sigmoid units and a constant"]
    if instance.minimum is None or instance.better is None:
        return lines
    return [
        *lines,
        _line("local minimum", instance.minimum),
        f"no parameters closer than {RADIUS} (largest change of a parameter) have a smaller risk",
        _line("better point", instance.better),
        "the networks were evaluated exactly, and once more in ball arithmetic",
    ]


def _line(name: str, point: SigmoidPoint) -> str:
    shown = [("weights", map(_multiple, point.weights)), ("biases", map(_multiple, point.biases))]
    words = [f"{what} {_excerpt(list(values))}" for what, values in shown]
    words += [f"outgoing {_excerpt([format_rational(u) for u in point.outgoing])}"]
    return f"{name}: {', '.join(words)}, constant {format_rational(point.constant)}: risk {format_rational(point.risk)}"


def _excerpt(values: Sequence[str]) -> str:
    return f"({', '.join(values[:4])}{', ...' if len(values) > 4 else ''})"


SIGMOID_OFFER = InstanceOffer(
    build=_build,
    hypotheses=lambda instance: instance.hypotheses,
    evaluate=_evaluate,
    result=_result,
    data=_data,
    summary=_summary,
    numbers=_numbers,
    lemmas=("yu_chen.region", "yu_chen.midpoint"),
)
"""The local minimum of a network of ``units`` sigmoid units."""

COUNTEREXAMPLE_OFFER = InstanceOffer(
    build=_build_counterexample,
    hypotheses=_claimed,
    evaluate=_evaluate_counterexample,
    result=_result,
    data=_data,
    summary=_summary,
    numbers=_numbers,
    lemmas=(MINIMUM, "yu_chen.region", "yu_chen.midpoint"),
)
"""The counterexample to the claim, which takes no parameters."""
