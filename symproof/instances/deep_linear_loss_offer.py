"""What an instance of a deep linear network with any differentiable loss says: hypotheses, result and summary."""

from __future__ import annotations

from flint import fmpq, fmpq_mat

from symproof.instances.ball_number import number_text, short_text
from symproof.instances.closed_sum import ClosedMatrix, ClosedSum
from symproof.instances.deep_linear_loss_point import ZERO_LOSS_GRADIENT, LossPoint, Place, loss_change, loss_sum
from symproof.instances.deep_linear_network import Weights
from symproof.instances.deep_linear_point import GLOBAL_MINIMUM, SADDLE
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.loss import F, Y, loss_term
from symproof.instances.rational import format_rational

__all__ = [
    "loss_applied",
    "loss_data",
    "loss_hypotheses",
    "loss_numbers",
    "loss_refused",
    "loss_result",
    "loss_summary",
]

PRECISION = 192
NO_HESSIAN = "computed for the squared loss only"
THEOREM = "deep_linear.critical_points"
SADDLE_THEOREM = "deep_linear.saddle"


def loss_applied(point: LossPoint) -> str:
    """A saddle needs the loss to be differentiable at the product only."""
    return SADDLE_THEOREM if point.everywhere is None and point.critical and point.zero is False else THEOREM


def loss_hypotheses(point: LossPoint, widths: DecidedHypothesis) -> tuple[DecidedHypothesis, ...]:
    """All hypotheses, decided; ``widths`` does not depend on the loss."""
    depth = DecidedHypothesis("depth", "there is at least one layer", True, f"L = {len(point.network.weights)}")
    if loss_applied(point) == SADDLE_THEOREM:
        reason = "an entry of G is certified to be different from 0"
        nonzero = DecidedHypothesis("nonzero", "the gradient G of the loss is not 0", True, reason)
        return (depth, widths, _gradient(point), nonzero, _critical(point))
    found = (depth, widths, _gradient(point), _everywhere(point), _critical(point))
    return (*found, _convex(point)) if point.classification == GLOBAL_MINIMUM else found


def _gradient(point: LossPoint) -> DecidedHypothesis:
    statement = "the loss has the gradient G at the product of the layers"
    if point.obstacle is None:
        reason = "the conditions of the rules of differentiation hold at the outputs for every sample"
        if point.loss.entry is None:
            reason += "; that the partial derivatives make up the gradient is cited (the chain rule)"
            return DecidedHypothesis("gradient", statement, True, reason, trust="cited")
        return DecidedHypothesis("gradient", statement, True, f"{reason}, and optimization.forms_loss_gradient")
    sample, found = point.obstacle
    witness = {"sample": sample, "output": found.output, "reason": found.reason} if found.certain else None
    return DecidedHypothesis(
        "gradient", statement, False if found.certain else None, f"sample {sample}: {found.reason}", witness
    )


def _everywhere(point: LossPoint) -> DecidedHypothesis:
    statement = "the loss is differentiable"
    if point.everywhere is not None:
        reason, trust = point.everywhere
        return DecidedHypothesis("differentiable", statement, True, reason, trust=trust)
    reason = "that it is differentiable at all outputs was not derived"
    return DecidedHypothesis("differentiable", statement, None, reason)


def _critical(point: LossPoint) -> DecidedHypothesis:
    statement = "the gradient of the objective is 0 in every layer"
    if point.moving is not None:
        place = point.moving
        reason = f"the derivative in entry ({place.row}, {place.column}) of W{place.layer} is not 0"
        return DecidedHypothesis("critical", statement, False, reason, _witness(place))
    if point.gradient is None:
        return DecidedHypothesis("critical", statement, None, "the loss is not known to be differentiable")
    if point.doubtful is not None:
        place = point.doubtful
        value = place.value.value(PRECISION)
        shown = "" if value is None else f": it is {short_text(value)}"
        reason = f"whether the derivative in entry ({place.row}, {place.column}) of W{place.layer} is 0{shown}"
        return DecidedHypothesis("critical", statement, None, reason)
    return DecidedHypothesis(
        "critical", statement, True, "S^T G P^T = 0 for all layers, by an exact proof for every entry"
    )


def _convex(point: LossPoint) -> DecidedHypothesis:
    found = point.convexity
    if found is None:
        raise TypeError("a global minimum of a loss whose convexity was not decided")
    statement = "the loss is convex (a sum of convex functions of the outputs: optimization.forms_loss_convex)"
    return DecidedHypothesis("convex", statement, found.holds, found.reason, trust=found.trust)


def _witness(place: Place) -> dict[str, object]:
    return {"layer": place.layer, "row": place.row, "column": place.column, "entry": _text(place.value)}


def loss_result(point: LossPoint) -> dict[str, object]:
    """The result as exact strings, or ``a +/- r`` for numbers that lie in a ball."""
    network, left = point.network, point.escape
    dy, dx = network.sizes[-1], network.sizes[0]
    before = [p.rank() for p in network.prefixes]
    after = [s.rank() for s in network.suffixes]
    layers = range(1, len(network.weights) + 1)
    value = None if point.value is None else _text(point.value)
    found: dict[str, object] = {
        **loss_refused(point),
        "loss": value,
        "minimum": value if point.classification == GLOBAL_MINIMUM else None,
        "product_gradient": None if point.gradient is None else _texts(point.gradient),
        "prefix_ranks": before[1:],
        "suffix_ranks": after[:-1],
        "full_rank_layers": [j for j in layers if after[j] == dy and before[j - 1] == dx],
        "radius": format_rational(point.radius),
        "escape": None,
        "lower_point": None,
        "higher_point": None,
        "hessian_inertia": None,
        "hessian_note": NO_HESSIAN,
    }
    if left is not None:
        gradient = _texts(left.gradient)
        found["escape"] = {"weights": _layers(left.weights), "layer": left.place.layer, "gradient": gradient}
        found["lower_point"] = _neighbour(point, left.lower)
        found["higher_point"] = _neighbour(point, left.higher)
    return found


def loss_refused(point: LossPoint) -> dict[str, object]:
    """What is known whether or not the hypotheses hold."""
    found: dict[str, object] = {"classification": point.classification, "gap": None}
    bound = point.bound
    if point.classification == GLOBAL_MINIMUM:
        found["gap"] = "0"
    elif bound is not None and point.convexity is not None:
        found["gap_note"] = "for this loss a certified upper bound only: gap_at_most"
        found["gap_at_most"] = format_rational(bound.at_most)
        found["gap_trust"] = point.convexity.trust
        found["gap_certificate"] = {
            "multipliers": _rows(bound.multipliers),
            "left": _rows(bound.left),
            "right": _rows(bound.right),
        }
    elif point.convex:
        found["gap_note"] = "no bound was found: the smallest loss may not be attained, or the samples are too many"
    else:
        found["gap_note"] = "the loss is not shown to be convex"
    return found


def _neighbour(point: LossPoint, weights: Weights | None) -> dict[str, object] | None:
    if weights is None:
        return None
    value = loss_sum(point.network, point.loss, weights)
    change = loss_change(point.network, point.loss, weights)
    return {
        "weights": _layers(weights),
        "loss": None if value is None else _text(value),
        "change": None if change is None else _text(change),
    }


def _text(value: ClosedSum) -> str:
    """Exact, or a ball that is small against its midpoint."""
    precision = PRECISION
    found = value.value(precision)
    while found is not None and not isinstance(found, fmpq) and found.rel_accuracy_bits() < 32 and precision < 4096:
        precision *= 2
        found = value.value(precision)
    return "unknown" if found is None else number_text(found)


def _texts(matrix: ClosedMatrix) -> list[list[str]]:
    size = matrix.constant
    return [[_text(matrix.entry(i, j)) for j in range(size.ncols())] for i in range(size.nrows())]


def _layers(weights: Weights) -> list[list[list[str]]]:
    return [_rows(w) for w in weights]


def _rows(matrix: fmpq_mat) -> list[list[str]]:
    return [[format_rational(x) for x in row] for row in matrix.tolist()]


def loss_data(point: LossPoint) -> dict[str, object]:
    """What was put in."""
    network = point.network
    return {
        "inputs": _rows(network.inputs),
        "targets": _rows(network.targets),
        "weights": _layers(network.weights),
        "loss": point.loss.text,
        "loss_expression": point.loss.expression,
        "samples": network.inputs.ncols(),
        "widths": list(network.sizes),
    }


def loss_numbers(point: LossPoint) -> dict[str, object] | None:
    """Everything from which the point can be decided again, for a loss of every output on its own; None for others."""
    network, entry, left, bound = point.network, point.loss.entry, point.escape, point.bound
    if entry is None:
        return None
    found: dict[str, object] = {
        "inputs": network.inputs.tolist(),
        "targets": network.targets.tolist(),
        "weights": [w.tolist() for w in network.weights],
        "radius": point.radius,
        "entry_loss": loss_term(entry),
        "output": F,
        "target": Y,
        "classification": point.classification,
    }
    if left is not None:
        near = {"lower_point": left.lower, "higher_point": left.higher}
        found |= {name: [w.tolist() for w in layers] for name, layers in near.items() if layers is not None}
    if bound is not None:
        found["bound"] = {
            "at_most": bound.at_most,
            **{name: getattr(bound, name).tolist() for name in ("multipliers", "left", "right")},
        }
    return found


def loss_summary(point: LossPoint) -> list[str]:
    """The lines that a person reads."""
    network, left = point.network, point.escape
    sizes = ", ".join(map(str, network.sizes))
    lines = [f"network: widths {sizes}; {network.inputs.ncols()} samples; loss {point.loss.expression}"]
    if point.value is not None:
        lines.append(f"value of the loss: {_short(point.value)}")
    if point.classification is None:
        if point.critical and point.narrow is not None:
            lines.append("critical, but the theorem says nothing: a layer is too narrow")
        elif point.critical and point.zero:
            lines.append("critical, and the gradient of the loss is 0, which need not be differentiable elsewhere")
        return lines
    lines.append(f"classification: {point.classification.replace('_', ' ')}")
    if point.classification == GLOBAL_MINIMUM:
        lines.append("gap to the global minimum: 0")
    if point.bound is not None:
        lines.append(f"gap to the global minimum: at most {short_text(point.bound.at_most)}")
    if point.classification == ZERO_LOSS_GRADIENT:
        lines.append("the weights are a local (global) minimum if the product of the layers is one of the loss, which")
        lines.append("is not decided here: the loss is not shown to be convex")
    if point.classification == SADDLE and left is not None:
        size = format_rational(point.radius)
        lines.append(
            f"same loss, gradient in W{left.place.layer} not 0: a point within {size} in every entry (in --json)"
        )
        for weights, word in ((left.lower, "smaller"), (left.higher, "larger")):
            change = None if weights is None else loss_change(point.network, point.loss, weights)
            lines.append(
                f"no point with a loss certified to be {word} was found"
                if change is None
                else f"within that distance: a point with a loss {word}, by {_short(change).removeprefix('-')}"
            )
    if point.critical:
        lines.append("losses and gradients were evaluated again, sample by sample; the steps of the proof were not")
    return lines


def _short(value: ClosedSum) -> str:
    found = value.value(PRECISION)
    return "unknown" if found is None else short_text(found)
