"""Activations with an affine piece: four samples, one output; ReLU, or the activation that a result is about."""

from collections.abc import Callable

from flint import arb, fmpq

from symproof.instances.value_family import table, vector
from symproof.proof.meeting_point import MeetingPoint
from theorems.points import relu_like
from theorems.points.relu_like import ROWS, SLOPES, TARGETS

RESULTS = (
    "affine_region", "affine_tails", "best_affine_maps_exist", "candidate", "celu_spurious", "descent", "elu_spurious",
    "exponential_tail", "hard_sigmoid_spurious", "hard_swish_spurious", "hard_tanh_spurious", "leaky_relu_spurious",
    "local_minimum", "lowest_risk", "relu6_spurious", "selu_spurious", "soft_shrink_spurious", "spurious",
    "spurious_candidate", "spurious_minimum",
)  # fmt: skip
GENERAL = {
    "no_affine_fit": "no affine function fits: decided by exact least squares in the instance",
    "best": "about all affine functions: true for exact least squares",
    "piece": "about all t of an interval: true by the definition of the activation",
    "left": "about all t of a half line: true by the definition of the activation",
    "right": "about all t of a half line: true by the definition of the activation",
    "tail": "about all t of a half line: ELU is exp(t) - 1 there",
    "discriminatory": "about all r: true for ReLU by its affine tails",
    "activation": "about all real t: the activation is this function (tried at samples in test_affine_piece)",
    **{
        f"{name}_def": "a definition: met by what it defines"
        for name in ("W1", "b1", "W2", "b2", "V1", "c1", "V2", "c2")
    },
}

SHAPE, SIZE = fmpq(1, 2), fmpq(2)

ACTIVATIONS: dict[str, Callable[[fmpq], fmpq | arb]] = {
    "elu": lambda t: t if t >= 0 else SHAPE * (arb(t).exp() - 1),
    "selu": lambda t: SIZE * t if t >= 0 else SIZE * SHAPE * (arb(t).exp() - 1),
    "celu": lambda t: t if t >= 0 else SHAPE * (arb(t / SHAPE).exp() - 1),
    "leaky_relu": lambda t: t if t >= 0 else SHAPE * t,
    "relu6": lambda t: min(max(t, fmpq(0)), fmpq(6)),
    "hard_tanh": lambda t: min(max(t, fmpq(-1)), fmpq(1)),
    "hard_sigmoid": lambda t: min(max((t + 3) / 6, fmpq(0)), fmpq(1)),
    "hard_swish": lambda t: t * min(max(t + 3, fmpq(0)), fmpq(6)) / 6,
    "soft_shrink": lambda t: max(t - SHAPE, fmpq(0)) + min(t + SHAPE, fmpq(0)),
}
"""The activations, by the results about them; not from their definitions, but in the forms in which they are known."""


def unit_elu(t: fmpq) -> fmpq | arb:
    """ELU with parameter 1: on the left of 0 it is exp(t) - 1."""
    return t if t > 0 else arb(t).exp() - 1


def chapter_values() -> dict[str, object]:
    """One small instance of the whole chapter, by the names of the variables."""
    base = relu_like.chapter_values()
    slope, intercept, alpha, beta = fmpq(7, 5), fmpq(-3, 5), fmpq(1, 20), fmpq(1, 2)
    unit, bias, phi, outgoing = base["p"], base["b"], base["phi"], base["u"]
    weight = unit(1)  # type: ignore[operator]
    return {
        "m": 4, "dx": 1, "dy": 1, "d1": 2, "q": 1, "o": 1, "n": 1, "x": table(ROWS), "Y": table([[t] for t in TARGETS]),
        "h": SLOPES, "s": fmpq(1), "a": fmpq(0), "lo": fmpq(0), "hi": fmpq(1),
        "A": table([[slope]]), "c": vector([intercept]),
        "U": table([[fmpq(1)]]), "V": table([[slope]]), "alpha": alpha, "beta": beta,
        "gap": fmpq(1, 2), "rho": fmpq(1, 16),
        "w": unit, "b": bias, "u": vector([outgoing]), "phi": vector([phi]), "H": base["H"],
        "W1": table([[alpha * slope], [fmpq(0)]]), "b1": vector([beta, beta]), "W2": table([[1 / alpha, fmpq(0)]]),
        "b2": vector([intercept - beta / alpha]),
        "V1": table([[alpha * slope], [weight]]), "c1": vector([beta, bias]), "V2": table([[1 / alpha, outgoing]]),
        "c2": vector([intercept - beta / alpha]),
        "left_end": fmpq(-1), "left_slope": fmpq(0), "left_offset": fmpq(0), "right_end": fmpq(0),
        "right_slope": fmpq(1), "right_offset": fmpq(0), "p": fmpq(0), "d": fmpq(1),
        "factor": fmpq(1), "rate": fmpq(1), "level": fmpq(-1), "end": fmpq(0), "shape": SHAPE, "size": SIZE,
    }  # fmt: skip


def points() -> dict[str, MeetingPoint]:
    values = chapter_values()
    still = {**values, "V1": values["W1"], "c1": values["b1"]}

    def point(name: str) -> MeetingPoint:
        own = unit_elu if name == "exponential_tail" else ACTIVATIONS.get(name.removesuffix("_spurious"))
        source = still if name == "affine_region" else values
        return MeetingPoint(source if own is None else {**source, "h": own}, GENERAL)

    return {f"affine_piece.{name}": point(name) for name in RESULTS}
