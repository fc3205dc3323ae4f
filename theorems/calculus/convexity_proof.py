"""Proofs that a given function of one variable, possibly in pieces, is convex and differentiable."""

from collections.abc import Mapping, Sequence

from symproof.instances.loss_convexity import LossPiece
from symproof.logic.syntax import And, Eq, ForAll, Implies, Ite, Lam, real
from symproof.logic.term import Term, subst
from symproof.proof.author import apply, assume, at, by, conjunction, have, qed, take, unfold
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem, theorem
from theorems.calculus.completeness import LEAST_UPPER_BOUND
from theorems.calculus.convex_function import convex
from theorems.calculus.derivative import has_derivative
from theorems.calculus.glued_function import GLUED_DERIVATIVE, GLUED_NONDECREASING
from theorems.calculus.increasing_derivative import ABOVE_TANGENTS, INCREASING_DERIVATIVE, SECOND_DERIVATIVE
from theorems.calculus.increasing_function import COMBINATION, NONNEGATIVE_DERIVATIVE, nondecreasing

__all__ = ["convexity_theorem", "results_for_convexity"]

u, v = real("u v")


def results_for_convexity() -> Mapping[str, Theorem]:
    """The results that the proofs of :func:`convexity_theorem` rest on, directly or not, by id."""
    used = (
        LEAST_UPPER_BOUND, NONNEGATIVE_DERIVATIVE, COMBINATION, ABOVE_TANGENTS, INCREASING_DERIVATIVE, SECOND_DERIVATIVE,
        GLUED_DERIVATIVE, GLUED_NONDECREASING,
    )  # fmt: skip
    return {result.id: result for result in used}


def convexity_theorem(
    f: Term, others: Sequence[Term], pieces: Sequence[LossPiece], breaks: Sequence[Term], agreement: Sequence[str]
) -> Theorem:
    """The theorem that a function is convex and differentiable in ``f``, with its proof (to be checked by the kernel).

    Args:
        f: a real variable.
        others: the other variables of the terms; the theorem is about all their values.
        pieces: from left to right.
        breaks: where a piece ends and the next one begins, increasing: one less than there are pieces.
        agreement: for each break the rule that shows that values and derivatives agree there.
    """
    value, slope = pieces[0].value, pieces[0].first
    steps: list[Step] = []
    for n, piece in enumerate(pieces):
        steps += _about_piece(f, n, piece, breaks)
    for n, (point, piece, rule) in enumerate(zip(breaks, pieces[1:], agreement, strict=True), 1):
        steps += _glue(f, n, (value, slope), pieces[n - 1], piece, breaks, rule)
        value, slope = Ite(f <= point, value, piece.value), Ite(f <= point, slope, piece.first)
    last = len(breaks)
    if breaks:
        steps += _increasing(f, last, pieces, breaks, slope)
        steps.append(
            apply("convexity", "calculus.increasing_derivative", {"g": Lam(f, value), "D": Lam(f, slope)},
                  using={"derivative": f"whole{last}", "increasing": "increasing"})
        )  # fmt: skip
    else:
        names = {"g": Lam(f, value), "D": Lam(f, slope), "E": Lam(f, pieces[0].second)}
        using = {"derivative": "whole0", "second": "bend0", "sign": "sign0"}
        steps.append(apply("convexity", "calculus.second_derivative", names, using=using))
    steps.append(conjunction([qed(by("logic", "convexity"))], [qed(by("logic", f"whole{last}"))]))
    return theorem(
        "instance.convexity",
        "The loss is convex and differentiable",
        variables=others,
        conclusion=And(convex(Lam(f, value)), ForAll(f, has_derivative(Lam(f, value), f, slope))),
        proof=steps,
    )


def _range(n: int, point: Term, breaks: Sequence[Term]) -> dict[str, Term]:
    """What it means that a point belongs to the n-th piece."""
    found = {"low": breaks[n - 1] <= point} if n else {}
    return {**found, "high": point <= breaks[n]} if n < len(breaks) else found


def _about_piece(f: Term, n: int, piece: LossPiece, breaks: Sequence[Term]) -> list[Step]:
    """First and second derivative, and that the second one is not negative where the piece is used."""
    within = _range(n, f, breaks)
    sign = Implies(And(*within.values()), piece.second >= 0) if within else piece.second >= 0
    rule = by("derivative", unfold=[has_derivative])
    first = f"slope{n}" if n else "whole0"
    return [
        have(first, ForAll(f, has_derivative(Lam(f, piece.value), f, piece.first)), rule),
        have(f"bend{n}", ForAll(f, has_derivative(Lam(f, piece.first), f, piece.second)), rule),
        have(f"sign{n}", ForAll(f, sign), proof=[take(f), *([assume(*within)] if within else []), *piece.nonnegative]),
    ]  # fmt: skip


def _rises(f: Term, slope: Term, low: Sequence[Term], high: Sequence[Term]) -> Term:
    """The slope is nondecreasing between points u <= v with these bounds."""
    return ForAll((u, v), Implies(And(*low, u <= v, *high), subst(slope, {f: u}) <= subst(slope, {f: v})))


def _rise_steps(f: Term, n: int, piece: LossPiece, breaks: Sequence[Term]) -> list[Step]:
    """That the slope of the n-th piece does not fall from u to v, with the bounds u_low, order and v_high in reach."""
    between = And(u <= f, f <= v)
    within = _range(n, f, breaks)
    bounds = [have(label, claim, by("linear", "f_low", "f_high", *(["u_low"] if n else []), *(["v_high"] if n < len(breaks) else [])))
              for label, claim in within.items()]  # fmt: skip
    return [
        have("slope_here", ForAll(f, Implies(between, has_derivative(Lam(f, piece.first), f, piece.second))), proof=[
            take(f), assume("f_low", "f_high"), qed(by("logic", at(f"bend{n}", f)))]),
        have("sign_here", ForAll(f, Implies(between, piece.second >= 0)), proof=[
            take(f), assume("f_low", "f_high"), *bounds, qed(by("logic", at(f"sign{n}", f), *within))]),
        apply("grows", "calculus.nonnegative_derivative",
              {"g": Lam(f, piece.first), "D": Lam(f, piece.second), "a": u, "b": v},
              using={"order": "order", "derivative": "slope_here", "sign": "sign_here"}),
        qed(by("logic", "grows")),
    ]  # fmt: skip


def _glue(
    f: Term, n: int, whole: tuple[Term, Term], before: LossPiece, piece: LossPiece, breaks: Sequence[Term], rule: str
) -> list[Step]:
    """The pieces up to the n-th one together: the derivative, and that it does not fall up to the next break."""
    value, slope = whole
    point = breaks[n - 1]
    here = {f: point}
    steps: list[Step] = []
    if n > 1:
        steps.append(have(f"breaks{n}", breaks[n - 2] < point, by("linear")))
    for label, left, left_piece, right in (
        (f"values{n}", value, before.value, piece.value), (f"slopes{n}", slope, before.first, piece.first),
    ):  # fmt: skip
        chosen, end, start = (subst(t, here) for t in (left, left_piece, right))
        steps.append(have(label, Eq(chosen, start), proof=[
            have("chosen", Eq(chosen, end), by("ring")), have("equal", Eq(end, start), by(rule)),
            qed(by("linear", "chosen", "equal"))]))  # fmt: skip
    steps.append(
        apply(f"glued{n}", "calculus.glued_derivative",
              {"g": Lam(f, value), "k": Lam(f, piece.value), "D": Lam(f, slope), "E": Lam(f, piece.first), "b": point},
              using={"left": f"whole{n - 1}", "right": f"slope{n}", "values": f"values{n}", "slopes": f"slopes{n}"})
    )  # fmt: skip
    new_value, new_slope = Ite(f <= point, value, piece.value), Ite(f <= point, slope, piece.first)
    steps.append(
        have(f"whole{n}", ForAll(f, has_derivative(Lam(f, new_value), f, new_slope)), by("logic", f"glued{n}"))
    )
    if n == 1:
        steps.append(have("rises0", _rises(f, slope, (), (v <= point,)), proof=[
            take(u, v), assume("order", "v_high"), *_rise_steps(f, 0, before, breaks)]))  # fmt: skip
    if n < len(breaks):
        end = breaks[n]
        steps += [
            have("right", _rises(f, piece.first, (point <= u,), (v <= end,)), proof=[
                take(u, v), assume("u_low", "order", "v_high"), *_rise_steps(f, n, piece, breaks)]),
            _glued_rises(f, n, slope, piece.first, point, end, "right"),
        ]  # fmt: skip
        steps[-2:] = [
            have(f"rises{n}", _rises(f, new_slope, (), (v <= end,)), proof=[*steps[-2:], qed(by("logic", "together"))])
        ]
    return steps


def _glued_rises(f: Term, n: int, slope: Term, right: Term, point: Term, top: Term, label: str) -> Step:
    return apply(
        "together", "calculus.glued_nondecreasing",
        {"D": Lam(f, slope), "E": Lam(f, right), "b": point, "top": top},
        using={"left": f"rises{n - 1}", "right": label, "values": f"slopes{n}"},
    )  # fmt: skip


def _increasing(f: Term, n: int, pieces: Sequence[LossPiece], breaks: Sequence[Term], slope: Term) -> list[Step]:
    """The derivative of the whole is nondecreasing: up to v, for every v."""
    piece, point, top = pieces[n], breaks[-1], real("top")
    before = slope.args[1]
    return [
        have("increasing", nondecreasing(Lam(f, slope)), proof=[
            have("up_to", ForAll(top, _rises(f, slope, (), (v <= top,))), proof=[
                take(top),
                have("right", _rises(f, piece.first, (point <= u,), (v <= top,)), proof=[
                    take(u, v), assume("u_low", "order", "v_high"), *_rise_steps(f, n, piece, breaks)]),
                _glued_rises(f, n, before, piece.first, point, top, "right"),
                qed(by("logic", "together"))]),
            unfold("", "goal", nondecreasing),
            take(u, v), assume("order"),
            have("end", v <= v, by("linear")),
            qed(by("logic", at("up_to", v, u, v), "order", "end"))]),
    ]  # fmt: skip
