"""The instances of ``deep_linear.gradient_bound``: how far trained weights are above the global minimum, at most."""

from __future__ import annotations

from collections.abc import Mapping

from flint import arb, fmpq, fmpq_mat

from symproof.instances.ball_number import short_text
from symproof.instances.constructions import Constructions, Value
from symproof.instances.deep_linear_gap import GapBound
from symproof.instances.deep_linear_gap_request import deep_linear_gap
from symproof.instances.deep_linear_network import bits, is_zero
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.form_bound import FormBound
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.offer import InstanceOffer
from symproof.instances.rational import format_rational
from symproof.instances.step_evaluation import evaluate_steps
from symproof.instances.symmetric_inertia import certify_inertia
from symproof.instances.value_family import table
from symproof.kernel.check import CheckResult

__all__ = ["GAP_OFFER"]

THEOREM = "deep_linear.gradient_bound"
MOST_PARAMETERS = 60
MOST_LAYERS = 6
MOST_SAMPLES = 50
MOST_BITS = 20_000
"""Of the largest entries of all matrices together; the steps are evaluated entry by entry."""


def _hypotheses(found: GapBound) -> tuple[DecidedHypothesis, ...]:
    layer = found.layer
    return (
        DecidedHypothesis(
            "layer", "there is such a layer", True, f"layer {layer} of {len(found.gradients)}", covers=("layer", "last")
        ),
        _rank(found, "suffix", "sigma", found.sigma[layer - 1]),
        _rank(found, "prefix", "tau", found.tau[layer - 1]),
        DecidedHypothesis(
            "curved",
            "on the span of the samples, mu |v|^2 is at most the sum of the (v . x_i)^2, and mu > 0",
            True,
            _curvature(found),
            covers=("mu", "kept", "curved"),
        ),
    )


def _rank(found: GapBound, side: str, name: str, bound: FormBound | None) -> DecidedHypothesis:
    sizes, layer = found.network.sizes, found.layer
    place, form = ("after", "|S^T v|^2") if side == "suffix" else ("before", "|P v|^2")
    statement = f"{name} |v|^2 is at most {form} for the layers {place} layer {layer}, and {name} > 0"
    if bound is not None:
        reason = f"{name} = {_short(bound.factor)}, by a congruence to a diagonally dominant matrix, exactly"
        return DecidedHypothesis(side, statement, True, reason, covers=(name, side))
    product = found.network.suffixes[layer] if side == "suffix" else found.network.prefixes[layer - 1]
    needed, rank = sizes[-1 if side == "suffix" else 0], product.rank()
    witness = {"layer": layer, "rank": rank, "needed": needed}
    reason = f"that product has rank {rank} < {needed} for layer {layer}; around no layer both have full rank"
    return DecidedHypothesis(side, statement, False, reason, witness, covers=(name, side))


def _curvature(found: GapBound) -> str:
    rank, size = found.span.nrows(), found.network.sizes[0]
    if found.mu is None:
        return "all samples are 0"
    whole = "" if rank == size else f"; the samples span {rank} of {size} dimensions, T is the projection onto the span"
    return f"mu = {_short(found.mu.factor)}, by a congruence to a diagonally dominant matrix, exactly{whole}"


def _known(found: GapBound) -> dict[str, object]:
    """What holds whether or not there is a bound."""
    return {
        "critical": all(map(is_zero, found.gradients)),
        "loss": format_rational(found.network.loss),
        "gradient_norm_squared": format_rational(sum(found.squares, fmpq(0))),
        "gap": format_rational(found.gap),
        "gap_to": _least(found).replace(" ", "_"),
        "bound": None,
    }


def _result(found: GapBound) -> dict[str, object]:
    layers = [
        {
            "layer": j,
            "gradient_norm_squared": format_rational(square),
            "sigma": _factor(found.sigma[j - 1]),
            "tau": _factor(found.tau[j - 1]),
            "bound": format_rational(found.bounds[j]) if j in found.bounds else None,
        }
        for j, square in enumerate(found.squares, 1)
    ]
    return {
        **_known(found),
        "bound": format_rational(found.bounds[found.layer]),
        "layer": found.layer,
        "mu": format_rational(found.least_curvature),
        "rank_of_samples": found.span.nrows(),
        "best_product": _texts(found.best),
        "layers": layers,
    }


def _factor(bound: FormBound | None) -> str | None:
    return None if bound is None else format_rational(bound.factor)


def _texts(matrix: fmpq_mat) -> list[list[str]]:
    return [[format_rational(x) for x in row] for row in matrix.tolist()]


def _data(found: GapBound) -> dict[str, object]:
    network = found.network
    return {
        "inputs": _texts(network.inputs),
        "targets": _texts(network.targets),
        "weights": [_texts(w) for w in network.weights],
        "loss": "squared",
        "samples": network.inputs.ncols(),
        "widths": list(network.sizes),
    }


def _summary(found: GapBound) -> list[str]:
    network = found.network
    sizes = ", ".join(map(str, network.sizes))
    lines = [f"network: widths {sizes}; {network.inputs.ncols()} samples, squared loss {_short(network.loss)}"]
    square = sum(found.squares, fmpq(0))
    if square == 0:
        lines.append("exactly critical: the gradient is 0 (deep_linear.critical_points says more)")
    else:
        lines.append(f"not exactly critical: the norm of the gradient is {_root(square)}")
    if found.bounds:
        bound = found.bounds[found.layer]
        lines.append(f"certified bound: the loss is above {_least(found)} by at most {_above(bound)}")
        lines.append(f"  |gradient in layer {found.layer}|^2 / (2 mu sigma tau), other layers give no smaller one")
    else:
        lines.append("no bound: around no layer the products of the others have full rank")
    lines.append(f"exact gap, by the normal equations: {_short(found.gap)}")
    if not _small(found):
        lines.append("the steps of the proof were not evaluated, the numbers are too many or too long")
    return lines


def _numbers(found: GapBound) -> dict[str, object] | None:
    """Everything from which the hypotheses and the bound can be decided again; None if the evidence is too long."""
    network, layer, kept = found.network, found.layer, found.projection
    curved = network.inputs * network.inputs.transpose() - kept * kept.transpose() * found.least_curvature
    factors = {"mu": (found.least_curvature, certify_inertia(curved))}
    for name, side in (("sigma", found.sigma[layer - 1]), ("tau", found.tau[layer - 1])):
        if side is not None:
            factors[name] = (side.factor, side.certificate)
    shown = {name: certificate.numbers() for name, (_, certificate) in factors.items()}
    if None in shown.values():
        return None
    return {
        "inputs": network.inputs.tolist(),
        "targets": network.targets.tolist(),
        "weights": [w.tolist() for w in network.weights],
        "layer": layer,
        "projection": kept.tolist(),
        "loss": network.loss,
        "best_product": found.best.tolist(),
        "gap": found.gap,
        "bound": found.bounds.get(layer),
        **{name: {"factor": factor, **(shown[name] or {})} for name, (factor, _) in factors.items()},
    }


def _least(found: GapBound) -> str:
    return "the global minimum" if found.narrow is None else "the best linear map"


def _short(value: fmpq) -> str:
    exact = format_rational(value)
    return exact if len(exact) <= 24 else f"about {short_text(value)}"


def _root(square: fmpq) -> str:
    return f"about {arb(square).sqrt().str(6, radius=False)}"


def _above(value: fmpq) -> str:
    """A number of few digits that is not smaller."""
    exact = format_rational(value)
    if len(exact) <= 12:
        return exact
    exponent = len(str(value.floor())) - 4 if value >= 1 else -len(str((1 / value).floor())) - 3
    unit = fmpq(10) ** exponent
    digits = int((value / unit).ceil())
    return f"{digits // 1000}.{digits % 1000:03d}e{exponent + 3}" if digits < 10_000 else f"{digits}e{exponent}"


def _small(found: GapBound) -> bool:
    network = found.network
    matrices = (network.inputs, network.targets, *network.weights)
    few = len(network.weights) <= MOST_LAYERS and network.inputs.ncols() <= MOST_SAMPLES
    small = sum(len(w.entries()) for w in network.weights) <= MOST_PARAMETERS
    return few and small and sum(map(bits, matrices)) <= MOST_BITS


def _evaluate(found: GapBound, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    """The steps of the proof on the numbers; () for networks that are not small."""
    if not _small(found):
        return ()
    network, layer = found.network, found.layer
    sizes, count = network.sizes, len(network.weights)
    layers = [table(w.tolist()) for w in network.weights]
    sigma, tau = found.sigma[layer - 1], found.tau[layer - 1]
    values: dict[str, Value] = {
        "L": fmpq(count),
        "d": lambda j: fmpq(sizes[j]) if 0 <= j <= count else fmpq(0),
        "m": fmpq(network.inputs.ncols()),
        "x": table(network.inputs.transpose().tolist()),
        "y": table(network.targets.transpose().tolist()),
        "W": lambda j, a, b: layers[j - 1](a, b) if 1 <= j <= count else fmpq(0),
        "j": fmpq(layer),
        "sigma": fmpq(0) if sigma is None else sigma.factor,
        "tau": fmpq(0) if tau is None else tau.factor,
        "T": table(found.projection.tolist()),
        "mu": found.least_curvature,
    }
    return evaluate_steps(THEOREM, results, values, Constructions())


GAP_OFFER = InstanceOffer(
    build=deep_linear_gap,
    hypotheses=_hypotheses,
    evaluate=_evaluate,
    result=_result,
    refused=_known,
    data=_data,
    summary=_summary,
    numbers=_numbers,
)
