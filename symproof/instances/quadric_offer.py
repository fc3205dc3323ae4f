"""The instances of ``jensen.quadric``: which case inputs are in, and a spurious local minimum for any activation."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import flint
from flint import fmpq, fmpq_mat

from symproof.errors import InputError
from symproof.instances.ball_number import number_text, short_text
from symproof.instances.closed_form import rational_bounds
from symproof.instances.csv_file import MAX_FILE_BYTES, load_dataset
from symproof.instances.excerpt import describe
from symproof.instances.file_bytes import open_text
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import Parameter, at_least, path, rational, read_parameters, text
from symproof.instances.piecewise_activation import T
from symproof.instances.quadric_bend import Bend
from symproof.instances.quadric_direction import ConvexQuadric, Definite
from symproof.instances.quadric_evaluation import evaluate_quadric
from symproof.instances.quadric_hypotheses import decide_quadric
from symproof.instances.quadric_minimum import BetterPoint, Inputs, QuadricInstance, build_quadric, outputs
from symproof.instances.rational import format_rational
from symproof.instances.smooth_activation import SmoothActivation, read_activation
from symproof.instances.symmetric_inertia import certify_inertia

__all__ = ["QUADRIC_OFFER"]

NO_DIRECTION = "jensen.no_direction_on_quadric"
RADIUS = "jensen.quadric_radius"
MOST_SAMPLES = 500
MOST_FEATURES = 20
MOST_UNITS = 200
RECHECK_PRECISION = 320


def _numbers(value: object, where: str, base_dir: Path) -> tuple[fmpq, ...]:
    """A list of rationals; on the command line they are separated by commas."""
    entries = value.split(",") if isinstance(value, str) else value
    if not isinstance(entries, list) or not entries or len(entries) > MOST_SAMPLES:
        raise InputError("not a list of numbers", where, f"a list of at most {MOST_SAMPLES} numbers", describe(value))
    return tuple(rational(each, where, base_dir) for each in entries)


def _rows(value: object, where: str, base_dir: Path) -> tuple[tuple[fmpq, ...], ...]:
    """A list of inputs, each a list of rationals; on the command line 0,0; 1,0; 0,1."""
    entries = value.split(";") if isinstance(value, str) else value
    if not isinstance(entries, list) or not entries or len(entries) > MOST_SAMPLES:
        raise InputError("not a list of inputs", where, f"a list of at most {MOST_SAMPLES} inputs", describe(value))
    rows = tuple(_numbers(each, where, base_dir) for each in entries)
    if len({len(row) for row in rows}) != 1 or len(rows[0]) > MOST_FEATURES:
        raise InputError("the inputs have no common length", where, f"one, at most {MOST_FEATURES}", describe(value))
    return rows


PARAMETERS = (
    Parameter("inputs", _rows, required=False),
    Parameter("data", path, required=False),
    Parameter("target", text, required=False),
    Parameter("r", _numbers, required=False),
    Parameter("activation", lambda value, where, base: read_activation(text(value, where, base), where)),
    Parameter("width", at_least(1), required=False, default=1),
    Parameter("v", rational, required=False),
)


def _build(request: InstanceRequest) -> QuadricInstance:
    values = read_parameters(request, PARAMETERS)
    activation, width, v = values["activation"], values["width"], values["v"]
    if not isinstance(activation, SmoothActivation) or not isinstance(width, int):
        raise InputError("a parameter has the wrong type", request.source)
    if width > MOST_UNITS:
        raise InputError("too many units", request.where("width"), f"at most {MOST_UNITS}", str(width))
    inputs = _inputs(values, request)
    request.advance("looking for weights of definite second moment")
    found = build_quadric(inputs, activation, width, v if isinstance(v, fmpq) else None)
    _recheck(found)
    return found


def _inputs(values: Mapping[str, object], request: InstanceRequest) -> Inputs:
    """The inputs, with the weights that are given: as such, or by the targets of a file."""
    rows, data, target, weights = (values[name] for name in ("inputs", "data", "target", "r"))
    if (rows is None) == (data is None):
        what = "inputs and data are both given" if rows is not None else "no inputs are given"
        raise InputError(what, request.source, "inputs = [[...], ...], or data = FILE", "both" if rows else "neither")
    if target is not None and (rows is not None or weights is not None):
        raise InputError("target goes with data, and without r", request.where("target"), "one of them", "more")
    name, sha256, constant = "inputs", "", fmpq(0)
    if isinstance(data, Path):
        column = target if isinstance(target, str) else _last_column(data)
        dataset = load_dataset(data, column, request.advance)
        if dataset.sample_count > MOST_SAMPLES or dataset.feature_count > MOST_FEATURES:
            found = f"{dataset.sample_count} rows, {dataset.feature_count} features"
            raise InputError("too many numbers", str(data), f"at most {MOST_SAMPLES} rows of {MOST_FEATURES}", found)
        name, sha256, targets = dataset.name, dataset.sha256, list(dataset.targets)
        if target is None:
            rows = tuple((*row, last) for row, last in zip(dataset.features, targets, strict=True))
        else:
            constant = sum(targets, fmpq(0)) / len(targets)
            rows, weights = tuple(map(tuple, dataset.features)), tuple(constant - y for y in targets)
    if not isinstance(rows, tuple) or not (weights is None or isinstance(weights, tuple)):
        raise InputError("a parameter has the wrong type", request.source)
    if weights is not None and len(weights) != len(rows):
        expected = f"{len(rows)} numbers, one for each input"
        raise InputError("a wrong number of weights", request.where("r"), expected, str(len(weights)))
    return Inputs(rows, weights, constant, name, sha256)


def _last_column(data: Path) -> str:
    """The name of the last column; whether the file is a table is seen when it is loaded."""
    with open_text(data, MAX_FILE_BYTES) as stream:
        first = next(csv.reader(iter(stream)), [])
    if len(first) < 2:
        expected = "at least two columns, of which all are features unless a target is named"
        raise InputError("too few columns", str(data), expected, str(len(first)), "Give one feature as inputs.")
    return first[-1].strip()


def _recheck(instance: QuadricInstance) -> None:
    """Evaluate the better point anew, from its parameters. Raises InstanceMismatchError if its risk is not smaller."""
    point = instance.better
    if point is None:
        return
    with flint.ctx.workprec(RECHECK_PRECISION):
        pairs = zip(outputs(instance, point), instance.targets, strict=True)
        smaller = sum(((f - y) * (f - y) for f, y in pairs), fmpq(0)) / 2 < instance.risk
    if not smaller:
        raise InstanceMismatchError("re-check failed: the risk at the better point is not smaller")


def _data(instance: QuadricInstance) -> dict[str, object]:
    inputs = instance.inputs
    found: dict[str, object] = {
        "data": inputs.name,
        "samples": len(inputs.rows),
        "dimension": len(inputs.rows[0]),
        "activation": instance.activation.text,
        "activation_term": str(instance.activation.term),
        "width": instance.width,
    }
    return found | ({"sha256": inputs.sha256} if inputs.sha256 else {"inputs": _texts(inputs.rows)})


def _texts(rows: Any) -> Any:
    return [_texts(each) for each in rows] if isinstance(rows, (list, tuple)) else format_rational(rows)


def _result(instance: QuadricInstance) -> dict[str, object]:
    direction, bend, better = instance.direction, instance.bend, instance.better
    if not isinstance(direction, Definite) or not isinstance(bend, Bend) or better is None:
        return {}
    width = instance.width
    return {
        "r": _texts(direction.weights),
        "S": _texts(direction.moment),
        "mu": format_rational(direction.mu),
        "squares": [[format_rational(p), _texts(g)] for p, g in direction.squares],
        "targets": _texts(instance.targets),
        "v": format_rational(bend.v),
        "sigma": bend.sigma,
        "second_derivative_bounds": {
            "reach": format_rational(bend.reach),
            "low": format_rational(bend.low),
            "high": format_rational(bend.high),
        },
        "radius": None if instance.radius is None else format_rational(instance.radius),
        "risk_local_minimum": format_rational(instance.risk),
        "risk_better_point": number_text(better.risk),
        "parameters_local_minimum": {
            "W1": [["0"] * len(instance.inputs.rows[0])] * width,
            "b1": [format_rational(bend.v)] * width,
            "W2": [str(bend.sigma)] * width,
            "b2": str(instance.output_bias()),
        },
        "parameters_better_point": _better(better, width),
    }


def _better(point: BetterPoint, width: int) -> dict[str, object]:
    zeros = ["0"] * (width - 1)
    return {
        "W1": [_texts(point.weights), *[["0"] * len(point.weights)] * (width - 1)],
        "b1": [format_rational(point.bias)] * width,
        "W2": [format_rational(point.outgoing), *zeros],
        "b2": format_rational(point.constant),
    }


def _summary(instance: QuadricInstance) -> list[str]:
    inputs, direction, bend = instance.inputs, instance.direction, instance.bend
    lines = [
        f"inputs: {inputs.name}, {len(inputs.rows)} points, dimension {len(inputs.rows[0])}",
        f"activation: {instance.activation.text}, width {instance.width}",
    ]
    if isinstance(direction, ConvexQuadric):
        return [*lines, f"the inputs lie on a convex quadric: {_equation(direction)}"]
    if not isinstance(direction, Definite) or not isinstance(bend, Bend) or instance.better is None:
        return lines
    return [
        *lines,
        f"weights: r = ({_few(direction.weights)}); S - mu G is positive semidefinite for mu = {_short(direction.mu)}",
        f"targets: y = ({_few(instance.targets)})",
        f"local minimum: incoming weights 0, biases {bend.v}, outgoing weights {bend.sigma}, output {inputs.constant}; "
        f"h''({bend.v}) = {bend.shown}",
        f"risk at the local minimum: {short_text(instance.risk)} (exact in --json)",
        f"risk at the better point:  {short_text(instance.better.risk)}",
        f"radius: {_short(instance.radius or fmpq(0))} ({RADIUS})",
    ]


def _equation(quadric: ConvexQuadric) -> str:
    squares = " + ".join(f"{_factor(p)}({_sum(g)})^2" for p, g in quadric.squares)
    right = _sum(quadric.linear)
    return f"{squares} = {right}" + (f" + {quadric.constant}" if quadric.constant != 0 else "")


def _sum(row: Sequence[fmpq]) -> str:
    terms = [f"{_factor(g)}x{j}" for j, g in enumerate(row, 1) if g != 0]
    return " + ".join(terms[:6] + (["..."] if len(terms) > 6 else [])) or "0"


def _factor(value: fmpq) -> str:
    return "" if value == 1 else f"{_short(value)} "


def _short(value: fmpq) -> str:
    exact = format_rational(value)
    return exact if len(exact) <= 24 else f"about {short_text(value)}"


def _few(values: tuple[fmpq, ...]) -> str:
    return ", ".join([*map(_short, values[:6]), *(["..."] if len(values) > 6 else [])])


def _exact_numbers(instance: QuadricInstance) -> dict[str, object]:
    """Everything from which the hypotheses and both points can be decided again."""
    direction, bend, better = instance.direction, instance.bend, instance.better
    rows = fmpq_mat([list(row) for row in instance.inputs.rows])
    found: dict[str, object] = {
        "inputs": rows.tolist(),
        "activation": instance.activation.term,
        "variable": T,
        "width": instance.width,
    }
    if isinstance(direction, Definite):
        first = rows.tolist()[0]
        apart = fmpq_mat([[x - y for x, y in zip(row, first, strict=True)] for row in rows.tolist()])
        moment = fmpq_mat([list(row) for row in direction.moment])
        shown = certify_inertia(moment - apart.transpose() * apart * direction.mu).numbers()
        found |= {"weights": direction.weights, "mu": direction.mu, "constant": instance.inputs.constant}
        found |= shown or {}
    elif isinstance(direction, ConvexQuadric):
        matrix = fmpq_mat([list(row) for row in direction.matrix])
        shown = certify_inertia(matrix).numbers()
        found["quadric"] = {
            "matrix": matrix.tolist(),
            "linear": direction.linear,
            "constant": direction.constant,
            **(shown or {}),
        }
    if isinstance(bend, Bend):
        within = (instance.proof_bend or bend).reach
        bounds = {"reach": bend.reach, "low": bend.low, "high": bend.high}
        found["bend"] = {"v": bend.v, "sigma": bend.sigma, "within": within, **bounds}
    if better is not None and instance.radius is not None:
        point = {name: getattr(better, name) for name in ("weights", "bias", "outgoing", "constant")}
        found["construction"] = {
            "radius": instance.radius,
            "risk_local_minimum": instance.risk,
            "better_point": point,
            "risk_better_point": rational_bounds(better.risk)[1],
        }
    return found


QUADRIC_OFFER = InstanceOffer(
    build=_build,
    hypotheses=decide_quadric,
    evaluate=evaluate_quadric,
    result=_result,
    data=_data,
    summary=_summary,
    numbers=_exact_numbers,
    lemmas=("jensen.quadric_convex_loss", RADIUS),
    rests_on=(NO_DIRECTION, RADIUS, "jensen.definite_by_squares"),
)
