"""Activations in use that have an affine piece: on data with distinct inputs each has infinitely many spurious minima."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from symproof.instances.known_activation_offer import KnownActivation, known_activation_offer
from symproof.instances.offer import InstanceOffer
from symproof.logic.definition import Definition, define
from symproof.logic.syntax import Eq, ForAll, Implies, Ite, Ne, exp, num, real
from symproof.logic.term import Term, coerce, instantiate
from symproof.proof.author import apply, assume, by, have, qed, take, unfold
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem, theorem
from theorems.affine_piece.network import (
    NOTATION,
    Y,
    affine_on,
    d1,
    distinct,
    dx,
    dy,
    h,
    infinitely_many_spurious,
    m,
    t,
    x,
)  # fmt: skip
from theorems.affine_piece.spurious_minimum import DATA

shape, size = real("shape size")
SYMBOLS = {**NOTATION, "shape": r"\alpha", "size": r"\lambda"}

elu = define(
    "affine_piece.elu", (h, shape), ForAll(t, Eq(h(t), Ite(t >= 0, t, shape * (exp(t) - 1)))),
    latex=r"{0}\text{{ is ELU with }}\alpha = {1}", doc="ELU: $t$ for $t \\ge 0$, $\\alpha(e^t - 1)$ for $t < 0$.",
)  # fmt: skip
selu = define(
    "affine_piece.selu", (h, size, shape), ForAll(t, Eq(h(t), Ite(t >= 0, size * t, size * shape * (exp(t) - 1)))),
    latex=r"{0}\text{{ is SELU with }}\lambda = {1}, \alpha = {2}",
    doc="SELU: $\\lambda t$ for $t \\ge 0$, $\\lambda\\alpha(e^t - 1)$ for $t < 0$.",
)  # fmt: skip
celu = define(
    "affine_piece.celu", (h, shape), ForAll(t, Eq(h(t), Ite(t >= 0, t, shape * (exp(1 / shape * t) - 1)))),
    latex=r"{0}\text{{ is CELU with }}\alpha = {1}", doc="CELU: $t$ for $t \\ge 0$, $\\alpha(e^{t/\\alpha} - 1)$ for $t < 0$.",
)  # fmt: skip
leaky_relu = define(
    "affine_piece.leaky_relu", (h, shape), ForAll(t, Eq(h(t), Ite(t >= 0, t, shape * t))),
    latex=r"{0}\text{{ is leaky ReLU with slope }}{1}", doc="Leaky ReLU: $t$ for $t \\ge 0$, $\\alpha t$ for $t < 0$; ReLU for $\\alpha = 0$.",
)  # fmt: skip
relu6 = define(
    "affine_piece.relu6", (h,), ForAll(t, Eq(h(t), Ite(t <= 0, 0, Ite(t >= 6, 6, t)))),
    latex=r"{0}\text{{ is ReLU6}}", doc="ReLU6: $\\min(\\max(t, 0), 6)$.",
)  # fmt: skip
hard_tanh = define(
    "affine_piece.hard_tanh", (h,), ForAll(t, Eq(h(t), Ite(t <= -1, -1, Ite(t >= 1, 1, t)))),
    latex=r"{0}\text{{ is hard tanh}}", doc="Hard tanh: $\\max(-1, \\min(1, t))$.",
)  # fmt: skip
hard_sigmoid = define(
    "affine_piece.hard_sigmoid", (h,), ForAll(t, Eq(h(t), Ite(t <= -3, 0, Ite(t >= 3, 1, (t + 3) / 6)))),
    latex=r"{0}\text{{ is hard sigmoid}}", doc="Hard sigmoid: $\\max(0, \\min(1, (t + 3)/6))$.",
)  # fmt: skip
hard_swish = define(
    "affine_piece.hard_swish", (h,), ForAll(t, Eq(h(t), Ite(t <= -3, 0, Ite(t >= 3, t, t * (t + 3) / 6)))),
    latex=r"{0}\text{{ is hard swish}}", doc="Hard swish: 0 up to $-3$, $t$ from 3 on, $t(t + 3)/6$ in between.",
)  # fmt: skip
soft_shrink = define(
    "affine_piece.soft_shrink", (h, shape), ForAll(t, Eq(h(t), Ite(t >= shape, t - shape, Ite(t <= -shape, t + shape, 0)))),
    latex=r"{0}\text{{ is soft shrinkage with threshold }}{1}", doc="Soft shrinkage: moved towards 0 by $\\alpha$, 0 between $-\\alpha$ and $\\alpha$.",
)  # fmt: skip

Line = tuple[Any, Any]
"""Slope and offset of an affine function of t."""


def on_piece(line: Line, low: Any, high: Any) -> list[Step]:
    """The activation is affine on (low, high)."""
    return [
        have("piece", affine_on(h, *line, low, high), proof=[
            unfold("", "goal", affine_on), take(t), assume("t_low", "t_high"), qed(by("ring", rewrite=["formula"]))]),
    ]  # fmt: skip


def by_tails(
    left: Line, left_end: Any, right: Line, right_end: Any, bend: tuple[Any, Any, Term, Sequence[str]]
) -> list[Step]:
    """The activation is discriminatory by its affine tails and a second difference.

    ``bend`` is where it is taken, its step, its value and the facts by which the value is not 0.
    """
    middle, step, value, facts = bend
    difference = h(coerce(middle) + step) + h(coerce(middle) - step) - 2 * h(coerce(middle))
    return [
        have("left", ForAll(t, Implies(t <= left_end, Eq(h(t), coerce(left[0]) * t + left[1]))),
             proof=[take(t), assume("t_left"), qed(by("ring", rewrite=["formula"]))]),
        have("right", ForAll(t, Implies(t >= right_end, Eq(h(t), coerce(right[0]) * t + right[1]))),
             proof=[take(t), assume("t_right"), qed(by("ring", rewrite=["formula"]))]),
        have("bend", Ne(difference, 0), proof=[
            have("value", Eq(difference, value), by("ring", rewrite=["formula"])),
            have("nonzero", Ne(value, 0), by("sign", *facts)),
            qed(by("rewrite", "value", "nonzero"))]),
        apply("units", "affine_piece.affine_tails", {
            "left_end": left_end, "left_slope": left[0], "left_offset": left[1], "right_end": right_end,
            "right_slope": right[0], "right_offset": right[1], "p": middle, "d": step}, using={"bent": "bend"}),
    ]  # fmt: skip


def by_exponential(
    factor: Any, rate: Any, level: Any, end: Any, nonzero: Sequence[str], positive: Sequence[str]
) -> list[Step]:
    """The activation is discriminatory by its exponential tail up to ``end``."""
    return [
        have("tail", ForAll(t, Implies(t <= end, Eq(h(t), factor * exp(coerce(rate) * t) + level))),
             proof=[take(t), assume("t_left"), qed(by("ring", rewrite=["formula"]))]),
        have("factor_nonzero", Ne(num(1) * factor, 0), by("sign", *nonzero)),
        have("rate_positive", num(1) * rate > 0, by("sign", *positive)),
        apply("units", "affine_piece.exponential_tail", {"factor": factor, "rate": rate, "level": level, "end": end},
              using={"factor": "factor_nonzero", "rate": "rate_positive"}),
    ]  # fmt: skip


def activation_theorem(
    notion: Definition,
    title: str,
    parameters: Sequence[Term],
    conditions: Mapping[str, Term],
    line: Line,
    interval: Line,
    units: Sequence[Step],
) -> Theorem:
    """Infinitely many spurious local minima for one activation: its affine piece, and why it is discriminatory."""
    low, high = interval
    return theorem(
        f"{notion.name}_spurious",
        title,
        variables=[m, dx, dy, d1, x, Y, h, *parameters],
        hypotheses={**DATA, "dimension": num(1) <= dx, "distinct": distinct, **conditions, "activation": notion(h, *parameters)},
        conclusion=infinitely_many_spurious(m, dx, dy, d1, x, Y, h),
        prose="If the inputs are distinct and no affine map fits the data, and the width is more than the number of inputs or more than the "
        "number of outputs, the risk has infinitely many spurious local minima, with the risk of linear least squares.",
        source="Christof & Kowalczyk 2023 (finite data); this proof is ours.",
        proof=[
            unfold("formula", "activation", notion),
            *on_piece(line, low, high),
            *units,
            have("slope", Ne(num(1) * line[0], 0), by("sign", *conditions)),
            have("interval", num(1) * low < high, by("linear", *conditions)),
            have("dimension_nonnegative", num(0) <= dx, by("linear", "dimension")),
            apply("minima", "affine_piece.spurious_minimum", {"s": line[0], "a": line[1], "lo": low, "hi": high},
                  using={"dimension": "dimension_nonnegative", "discriminatory": "units"}),
            qed(by("logic", "minima")),
        ],
        notation=SYMBOLS,
        extra={"main": True, "instance": _offer(notion, parameters, conditions, line, interval)},
    )  # fmt: skip


def _offer(
    notion: Definition, parameters: Sequence[Term], conditions: Mapping[str, Term], line: Line, interval: Line
) -> InstanceOffer:
    """Numbers for one activation; it is evaluated by the formula of its definition."""
    (value,) = (side for side in instantiate(notion(h, *parameters).data.body, (t,)).args if side != h(t))
    slope, offset, low, high = (coerce(part) for part in (*line, *interval))
    _, name = notion.name.split(".")
    return known_activation_offer(KnownActivation(
        f"{notion.name}_spurious", name, tuple(parameters), conditions, value, (slope, offset), (low, high)))  # fmt: skip


ELU = activation_theorem(
    elu, "ELU networks have spurious local minima", [shape], {"shape": Ne(shape, 0)}, (1, 0), (0, 1),
    by_exponential(shape, 1, -shape, -1, ["shape"], []))  # fmt: skip
SELU = activation_theorem(
    selu, "SELU networks have spurious local minima", [size, shape], {"size": Ne(size, 0), "shape": Ne(shape, 0)}, (size, 0), (0, 1),
    by_exponential(size * shape, 1, -size * shape, -1, ["size", "shape"], []))  # fmt: skip
CELU = activation_theorem(
    celu, "CELU networks have spurious local minima", [shape], {"shape": shape > 0}, (1, 0), (0, 1),
    by_exponential(shape, 1 / shape, -shape, -1, ["shape"], ["shape"]))  # fmt: skip
LEAKY_RELU = activation_theorem(
    leaky_relu, "Leaky ReLU networks have spurious local minima", [shape], {"shape": Ne(shape, 1)}, (1, 0), (0, 1),
    by_tails((shape, 0), -1, (1, 0), 0, (0, 1, 1 - shape, ["shape"])))  # fmt: skip
RELU6 = activation_theorem(
    relu6, "ReLU6 networks have spurious local minima", [], {}, (1, 0), (0, 6),
    by_tails((0, 0), 0, (0, 6), 6, (0, 1, num(1), [])))  # fmt: skip
HARD_TANH = activation_theorem(
    hard_tanh, "Hard tanh networks have spurious local minima", [], {}, (1, 0), (-1, 1),
    by_tails((0, -1), -1, (0, 1), 1, (1, 1, num(-1), [])))  # fmt: skip
HARD_SIGMOID = activation_theorem(
    hard_sigmoid, "Hard sigmoid networks have spurious local minima", [], {}, (num(Fraction(1, 6)), num(Fraction(1, 2))), (-3, 3),
    by_tails((0, 0), -3, (0, 1), 3, (3, 6, num(-1), [])))  # fmt: skip
HARD_SWISH = activation_theorem(
    hard_swish, "Hard swish networks have spurious local minima", [], {}, (1, 0), (3, 4),
    by_tails((0, 0), -3, (1, 0), 3, (0, 3, num(3), [])))  # fmt: skip
SOFT_SHRINK = activation_theorem(
    soft_shrink, "Soft shrinkage networks have spurious local minima", [shape], {"shape": shape > 0}, (1, -shape), (shape, shape + 1),
    by_tails((1, shape), -shape, (1, -shape), shape, (shape, shape, shape, ["shape"])))  # fmt: skip
