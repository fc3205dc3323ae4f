"""The instances of ``deep_linear.critical_points``: a critical point is a global minimum or a saddle, shown exactly."""

from __future__ import annotations

from dataclasses import asdict

from flint import fmpq, fmpq_mat

from symproof.instances.ball_number import short_text
from symproof.instances.deep_linear_evaluation import evaluate_deep_linear, is_small
from symproof.instances.deep_linear_hessian import MOST_PARAMETERS
from symproof.instances.deep_linear_loss_offer import (
    SADDLE_THEOREM,
    THEOREM,
    loss_applied,
    loss_data,
    loss_hypotheses,
    loss_numbers,
    loss_refused,
    loss_result,
    loss_summary,
)
from symproof.instances.deep_linear_loss_point import LossPoint
from symproof.instances.deep_linear_network import Weights
from symproof.instances.deep_linear_point import DEGENERATE, SADDLE, DeepLinearPoint
from symproof.instances.deep_linear_request import deep_linear_point
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.loss_convexity import ConvexityProof
from symproof.instances.offer import InstanceOffer
from symproof.instances.rational import format_rational

__all__ = ["DEEP_LINEAR_OFFER", "deep_linear_offer"]

TOO_LARGE = f"too large, the Hessian of more than {MOST_PARAMETERS} parameters, or with very many digits, is left out"


def _hypotheses(point: DeepLinearPoint) -> tuple[DecidedHypothesis, ...]:
    return (
        DecidedHypothesis("depth", "there is at least one layer", True, f"L = {len(point.network.weights)}"),
        _widths(point),
        DecidedHypothesis(
            "gradient",
            "the loss is differentiable, with gradient G at the product of the layers",
            True,
            "the squared loss has the gradient (R X - Y) X^T at every R (optimization.squared_loss_gradient)",
            covers=("differentiable", "gradient"),
        ),
        _critical(point),
    )


def _widths(point: DeepLinearPoint | LossPoint) -> DecidedHypothesis:
    sizes = point.network.sizes
    statement = "every hidden layer is at least as wide as the input or the output, whichever is smaller"
    if point.narrow is None:
        return DecidedHypothesis("widths", statement, True, "widths " + ", ".join(map(str, sizes)))
    width, needed = sizes[point.narrow], min(sizes[0], sizes[-1])
    witness = {"layer": point.narrow, "width": width, "at_least": needed}
    return DecidedHypothesis("widths", statement, False, f"layer {point.narrow} has {width} < {needed}", witness)


def _critical(point: DeepLinearPoint) -> DecidedHypothesis:
    statement, layer = "the gradient of the objective is 0 in every layer", point.moving
    if layer is None:
        return DecidedHypothesis("critical", statement, True, "S^T G P^T = 0 for all layers, exactly")
    block = point.gradients[layer - 1].tolist()
    row, column = next((i, j) for i, entries in enumerate(block) for j, x in enumerate(entries) if x != 0)
    entry = format_rational(block[row][column])
    witness = {"layer": layer, "row": row + 1, "column": column + 1, "entry": entry, "gradient": _texts(block)}
    reason = f"the derivative in entry ({row + 1}, {column + 1}) of W{layer} is not 0"
    return DecidedHypothesis("critical", statement, False, reason, witness)


def _result(point: DeepLinearPoint) -> dict[str, object]:
    network, left, hessian = point.network, point.escape, point.hessian
    dy, dx = network.sizes[-1], network.sizes[0]
    before = [p.rank() for p in network.prefixes]
    after = [s.rank() for s in network.suffixes]
    layers = range(1, len(network.weights) + 1)
    found: dict[str, object] = {
        **_refused(point),
        "loss": format_rational(network.loss),
        "minimum": format_rational(point.best_network.loss),
        "best_product": _texts(point.best.tolist()),
        "product_gradient": _texts(network.product_gradient.tolist()),
        "prefix_ranks": before[1:],
        "suffix_ranks": after[:-1],
        "full_rank_layers": [j for j in layers if after[j] == dy and before[j - 1] == dx],
        "radius": format_rational(point.radius),
        "escape": None,
        "lower_point": None,
        "higher_point": None,
        "hessian_inertia": None if hessian is None else asdict(hessian.inertia),
        "saddle_type": point.saddle_type,
    }
    if hessian is None:
        found["hessian_note"] = TOO_LARGE
    if left is not None:
        gradient = _texts(left.gradient.tolist())
        found["escape"] = {"weights": _layers(left.weights), "layer": left.layer, "gradient": gradient}
        found["lower_point"] = {"weights": _layers(left.lower), "loss": _loss(point, left.lower)}
        found["higher_point"] = {"weights": _layers(left.higher), "loss": _loss(point, left.higher)}
    return found


def _refused(point: DeepLinearPoint) -> dict[str, object]:
    """What is known whether or not the hypotheses hold; the gap needs wide layers."""
    gap = format_rational(point.gap) if point.narrow is None else None
    return {"classification": point.classification, "gap": gap}


def _loss(point: DeepLinearPoint, weights: Weights) -> str:
    return format_rational(point.network.at(weights).loss)


def _layers(weights: Weights) -> list[object]:
    return [_texts(w.tolist()) for w in weights]


def _texts(rows: list[list[fmpq]]) -> list[list[str]]:
    return [[format_rational(x) for x in row] for row in rows]


def _data(point: DeepLinearPoint) -> dict[str, object]:
    network = point.network
    matrices: tuple[fmpq_mat, ...] = (network.inputs, network.targets)
    inputs, targets = (_texts(m.tolist()) for m in matrices)
    return {
        "inputs": inputs,
        "targets": targets,
        "weights": _layers(network.weights),
        "loss": "squared",
        "samples": network.inputs.ncols(),
        "widths": list(network.sizes),
    }


def _summary(point: DeepLinearPoint) -> list[str]:
    network, left = point.network, point.escape
    sizes = ", ".join(map(str, network.sizes))
    lines = [f"network: widths {sizes}; {network.inputs.ncols()} samples, squared loss {_short(network.loss)}"]
    if point.classification is None:
        return [*lines, "critical, but the theorem says nothing: a layer is too narrow"]
    lines.append(f"classification: {point.classification.replace('_', ' ')}")
    if point.narrow is None:
        lines.append(f"gap to the global minimum: {_short(point.gap)}")
    if point.classification == SADDLE and left is not None:
        size = _short(point.radius)
        lines += [
            f"same loss, gradient in W{left.layer} not 0: a point within {size} in every entry (exact in --json)",
            f"within that distance: a point with a loss smaller by {_change(point, left.lower)},",
            f"and one with a loss larger by {_change(point, left.higher)}",
        ]
    if point.moving is not None:
        lines.append("the theorem deep_linear.gradient_bound bounds the gap by the gradient, for such weights")
    else:
        lines.append(f"eigenvalues of the Hessian: {_eigenvalues(point)}")
        steps = (
            ""
            if is_small(point)
            else "; the steps of the proof were not evaluated, the numbers are too many or too long"
        )
        lines.append(f"losses and gradients were evaluated again, by back-propagation{steps}")
    return lines


def _eigenvalues(point: DeepLinearPoint) -> str:
    """How many there are of either sign, and what that says of a saddle."""
    if point.hessian is None:
        return f"not counted: {TOO_LARGE}"
    found = point.hessian.inertia
    counts = f"{found.positive} positive, {found.negative} negative, {found.zero} zero"
    if point.saddle_type is None:
        return counts
    if point.saddle_type != DEGENERATE:
        return f"{counts}: a strict saddle"
    flat = "the Hessian is 0" if not found.positive else "none is negative"
    return f"{counts}: a degenerate saddle, {flat}, so that second derivatives do not show it"


def _numbers(point: DeepLinearPoint) -> dict[str, object]:
    """Everything from which the hypotheses and the classification can be decided again."""
    network, left, hessian = point.network, point.escape, point.hessian
    found: dict[str, object] = {
        "inputs": network.inputs.tolist(),
        "targets": network.targets.tolist(),
        "weights": [w.tolist() for w in network.weights],
        "radius": point.radius,
        "classification": point.classification,
        "loss": network.loss,
        "best_product": point.best.tolist(),
        "gap": point.gap if point.narrow is None else None,
        "inertia": None if hessian is None else {**asdict(hessian.inertia), **(hessian.certificate.numbers() or {})},
    }
    if left is not None:
        found |= {
            name: [w.tolist() for w in getattr(left, name.split("_")[0])] for name in ("lower_point", "higher_point")
        }
    return found


def _change(point: DeepLinearPoint, weights: Weights) -> str:
    """By how much the loss at a point nearby differs from that at the point."""
    return _short(abs(point.network.at(weights).loss - point.network.loss))


def _short(value: fmpq) -> str:
    exact = format_rational(value)
    return exact if len(exact) <= 24 else f"about {short_text(value)}"


def deep_linear_offer(proof: ConvexityProof | None = None) -> InstanceOffer:
    """The offer, given how the library proves that a loss is convex; the squared loss has exact numbers throughout."""
    return InstanceOffer(
        build=lambda request: deep_linear_point(request, proof),
        hypotheses=lambda point: loss_hypotheses(point, _widths(point)) if _any(point) else _hypotheses(point),
        evaluate=lambda point, results: () if _any(point) else evaluate_deep_linear(point, results),
        result=lambda point: loss_result(point) if _any(point) else _result(point),
        refused=lambda point: loss_refused(point) if _any(point) else _refused(point),
        data=lambda point: loss_data(point) if _any(point) else _data(point),
        summary=lambda point: loss_summary(point) if _any(point) else _summary(point),
        numbers=lambda point: loss_numbers(point) if _any(point) else _numbers(point),
        applied=lambda point: loss_applied(point) if _any(point) else THEOREM,
        rests_on=(
            "optimization.squared_loss_gradient",
            "deep_linear.critical_point",
            "deep_linear.escape",
            "deep_linear.squared_loss",
            "deep_linear.convex_minimum",
            "optimization.forms_loss_gradient",
            "optimization.forms_loss_convex",
            SADDLE_THEOREM,
        ),
    )


def _any(point: DeepLinearPoint | LossPoint) -> bool:
    """Whether the loss is another than the squared one."""
    return isinstance(point, LossPoint)


DEEP_LINEAR_OFFER = deep_linear_offer()
