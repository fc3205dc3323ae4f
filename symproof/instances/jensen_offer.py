"""The instances that the theorem on networks of any depth with a mean input offers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from flint import fmpq

from symproof.errors import InputError
from symproof.instances.ball_number import number_text, short_text
from symproof.instances.closed_form import rational_bounds, read_number
from symproof.instances.deep_request import SHAPE_PARAMETERS, hidden_widths
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.excerpt import describe
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.jensen_evaluation import evaluate_jensen
from symproof.instances.jensen_minimum import JensenData, JensenInstance, build_jensen_instance
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import Parameter, at_least, rational, read_parameters, text
from symproof.instances.piecewise_activation import T
from symproof.instances.rational import format_rational
from symproof.instances.simple_rational import simplest_between
from symproof.instances.smooth_activation import SmoothActivation, read_activation
from symproof.kernel.check import CheckResult
from symproof.logic.term import Term

__all__ = ["JENSEN_OFFER"]

MOST_SAMPLES, MOST_FEATURES, MOST_UNITS = 100, 20, 200


def _row(value: object, where: str, base_dir: Path) -> tuple[fmpq, ...]:
    """A list of rationals, or a text with commas."""
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [value]
    if not 1 <= len(parts) <= MOST_SAMPLES:
        raise InputError("not a list of numbers", where, f"1 to {MOST_SAMPLES} exact numbers", describe(value))
    return tuple(rational(part, where, base_dir) for part in parts)


def _rows(value: object, where: str, base_dir: Path) -> tuple[tuple[fmpq, ...], ...]:
    """A list of rows, or a text with semicolons between them."""
    rows = value.split(";") if isinstance(value, str) else value
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_SAMPLES:
        wanted = f"a list of 1 to {MOST_SAMPLES} inputs, such as [[0, 0], [2, 0], [1, 0]]"
        raise InputError("not a list of inputs", where, wanted, describe(value))
    found = tuple(_row(row, where, base_dir) for row in rows)
    if len({len(row) for row in found}) != 1 or len(found[0]) > MOST_FEATURES:
        raise InputError(
            "the inputs differ in length", where, f"1 to {MOST_FEATURES} features in each", describe(value)
        )
    return found


PARAMETERS = (
    Parameter("activation", lambda value, where, base: read_activation(text(value, where, base), where)),
    Parameter("inputs", _rows),
    Parameter("weights", _row),
    Parameter("mean", at_least(1)),
    Parameter("t", rational, required=False, default=fmpq(1)),
    Parameter("c", rational, required=False, default=fmpq(0)),
    Parameter("v", lambda value, where, _base: read_number(value, where), required=False),
    *SHAPE_PARAMETERS,
)


def _build(request: InstanceRequest) -> JensenInstance:
    values = read_parameters(request, PARAMETERS)
    activation, inputs, weights, mean = (values[name] for name in ("activation", "inputs", "weights", "mean"))
    t, c, v = (values[name] for name in ("t", "c", "v"))
    if not (
        isinstance(activation, SmoothActivation)
        and isinstance(inputs, tuple)
        and isinstance(weights, tuple)
        and isinstance(mean, int)
        and isinstance(t, fmpq)
        and isinstance(c, fmpq)
        and (v is None or isinstance(v, Term))
    ):
        raise InputError("a parameter has the wrong type", request.source)
    if len(weights) != len(inputs):
        wanted = f"{len(inputs)}, one for each input"
        raise InputError("a wrong number of weights", request.where("weights"), wanted, str(len(weights)))
    widths = hidden_widths(request, values)
    if sum(widths) > MOST_UNITS:
        raise InputError("too many units", request.where("widths"), f"at most {MOST_UNITS} in all", str(sum(widths)))
    request.advance("searching a point where the activation is bent")
    return build_jensen_instance(JensenData(inputs, weights, mean, t, c, widths), activation, v)


def _hypotheses(instance: JensenInstance) -> tuple[DecidedHypothesis, ...]:
    if not instance.holds or instance.risk_better is not None:
        return instance.hypotheses
    missing = DecidedHypothesis("better_point", "a better point is certified", None, "none of those tried is")
    return (*instance.hypotheses, missing)


def _evaluate(instance: JensenInstance, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    return evaluate_jensen(instance, results)


def _data(instance: JensenInstance) -> dict[str, object]:
    data = instance.data
    return {
        "activation": instance.activation.text,
        "activation_term": str(instance.activation.term),
        "inputs": [[format_rational(f) for f in row] for row in data.inputs],
        "targets": [format_rational(target) for target in data.targets],
        "weights": [format_rational(w) for w in data.weights],
        "mean": data.mean,
        "samples": len(data.inputs),
        "t": format_rational(data.t),
        "c": format_rational(data.c),
        "widths": list(data.widths),
    }


def _result(instance: JensenInstance) -> dict[str, object]:
    if instance.v is None or instance.risk_better is None:
        return {}
    return {
        "v": str(instance.v),
        "sigma": instance.sigma,
        "tau": instance.tau,
        "radius": None if instance.radius is None else format_rational(instance.radius),
        "risk_local_minimum": format_rational(instance.data.risk),
        "risk_better_point": number_text(instance.risk_better),
        "better_point": {
            "feature": instance.feature,
            "first_weight": None if instance.step is None else format_rational(instance.step),
            "outgoing_weight": None if instance.outgoing is None else format_rational(instance.outgoing),
        },
    }


def _numbers(instance: JensenInstance) -> dict[str, object]:
    """Everything from which the hypotheses, the radius and the better point can be decided again."""
    data = instance.data
    found = {name: getattr(data, name) for name in ("inputs", "weights", "mean", "t", "c", "widths")}
    found |= {"activation": instance.activation.term, "variable": T, "v": instance.v, "sigma": instance.sigma}
    found |= {"tau": instance.tau, "within": instance.smooth_within, "radius": instance.radius}
    if instance.risk_better is None:
        return found
    least = rational_bounds(instance.risk_better)[1]
    gap = data.risk - least
    return found | {
        "risk_local_minimum": data.risk,
        "risk_better_point": simplest_between(least + gap / 1000, least + gap / 100),
        "better_point": {
            "feature": instance.feature,
            "first_weight": instance.step,
            "outgoing_weight": instance.outgoing,
        },
    }


def _summary(instance: JensenInstance) -> list[str]:
    data = instance.data
    lines = [
        f"activation: {instance.activation.text}, h(t) = {instance.activation.term}",
        f"samples: {len(data.inputs)}, the mean is input {data.mean}; targets {', '.join(map(str, data.targets[:6]))}"
        + (", ..." if len(data.targets) > 6 else ""),
        f"network: hidden layers of widths {', '.join(map(str, data.widths))}",
    ]
    if instance.v is None or instance.risk_better is None:
        return lines
    region = "no radius is certified; that there is one is what the theorem says"
    if instance.radius is not None:
        region = f"no smaller risk while every parameter moves by at most {instance.radius}, by jensen.region"
    return [
        *lines,
        f"local minimum: first weights 0, weights {instance.tau} between hidden layers, "
        f"{data.t * instance.sigma} to the output, all pre-activations {instance.v}, output {data.c}: risk {data.risk}",
        region,
        f"better point: every unit of the first layer sees feature {instance.feature} with weight {instance.step}, "
        f"outgoing weights {instance.outgoing}: risk {short_text(instance.risk_better)}",
        "certified by ball arithmetic: h, h' and h'' by jets on balls that cover the intervals",
    ]


JENSEN_OFFER = InstanceOffer(
    build=_build,
    hypotheses=_hypotheses,
    evaluate=_evaluate,
    result=_result,
    data=_data,
    summary=_summary,
    numbers=_numbers,
    lemmas=("jensen.region", "jensen.convex_loss"),
    rests_on=("jensen.region", "calculus.interval_tangent", "calculus.interval_growth"),
)
"""The constant network of any depth and widths, any activation by name or written out, any data with a mean input."""
