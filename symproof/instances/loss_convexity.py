"""Whether f -> rho(f, y) is convex and differentiable on all reals: a theorem about the loss, checked by the kernel.

For each piece of the loss the second derivative is shown to be nonnegative where the piece is used, and values and
derivatives of neighbouring pieces to agree where they meet. The rest are results of the library. Nothing is sampled;
samples only serve to find where a loss is *not* convex.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from flint import arb, fmpq

from symproof.instances.loss import Branch, F, Loss, Y, affine_in_output, at, branches
from symproof.instances.rational import format_rational
from symproof.kernel import polynomial as poly
from symproof.kernel.check import CheckResult
from symproof.kernel.discharge import Discharger
from symproof.kernel.elementary_form import ElementaryForm
from symproof.kernel.interface import worst
from symproof.kernel.polynomial import to_fraction
from symproof.kernel.rule import Refusal
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import Eq, num
from symproof.logic.term import Term, free_variables, subst
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import prove_theorem
from symproof.tactics.nonnegative_term import accepted_reason, nonnegativity_steps
from symproof.tactics.prove import prove_claim

__all__ = ["Convexity", "ConvexityProof", "LossPiece", "decide_convexity"]

MOST_TARGETS = 12
"""With more different targets a loss is tried for all targets at once only."""
SECONDS = 4.0
AGREEMENT = ("ring", "field", "elementary")
"""The rules by which values of two pieces are shown to agree."""


@dataclass(frozen=True)
class LossPiece:
    """A piece of a loss as terms in f, and steps that show ``second >= 0`` where it is used.

    The steps find in reach ``low`` and ``high``: that f lies between the ends of the piece, if it has them.
    """

    value: Term
    first: Term
    second: Term
    nonnegative: tuple[Step, ...] = ()


@dataclass(frozen=True)
class ConvexityProof:
    """What the library knows of convex functions.

    Attributes:
        build: from f, the other variables, the pieces, the ends of the pieces and the rules by which values agree there
            to the theorem that the function is convex and differentiable, with its proof.
        results: the results that such proofs rest on, directly or not, by id.
    """

    build: Callable[[Term, Sequence[Term], Sequence[LossPiece], Sequence[Term], Sequence[str]], Theorem]
    results: Callable[[], Mapping[str, Theorem]]


@dataclass(frozen=True)
class Convexity:
    """What was derived about f -> rho(f, y_i).

    Attributes:
        holds: True (a theorem was checked), False (see ``witness``) or None.
        smooth: whether it was shown to be differentiable at every real f.
        reason: why, in words.
        witness: where it is not convex.
        trust: the level of the theorem, with all that it rests on.
        results: the results of the library that its proof applies.
    """

    holds: bool | None
    smooth: bool
    reason: str
    witness: Mapping[str, str] | None = None
    trust: str = "proved"
    results: tuple[str, ...] = ()


def decide_convexity(loss: Loss, targets: Sequence[fmpq], proof: ConvexityProof) -> Convexity:
    """Whether f -> rho(f, y) is convex and differentiable on all reals, for every one of the targets."""
    general = _for_all_targets(loss)
    if general is not None:
        found = _proved([general], proof, "for every target")
        if found.holds is True:
            return found
    different = sorted(set(targets))
    for target in different[:MOST_TARGETS]:
        broken = _broken(loss, target)
        if broken is not None:
            return broken
    if len(different) > MOST_TARGETS:
        reason = f"not derived for all targets at once, and there are more than {MOST_TARGETS}"
        return Convexity(None, False, reason)
    described = []
    for target in different:
        own = _for_target(loss, target)
        if own is None:
            where = f"y = {format_rational(target)}"
            reason = f"not derived for {where}: no proof that the second derivative is nonnegative was found"
            return Convexity(None, False, reason)
        described.append(own)
    return _proved(described, proof, "for each target")


@dataclass(frozen=True)
class _Described:
    others: tuple[Term, ...]
    pieces: tuple[LossPiece, ...]
    breaks: tuple[Term, ...]
    agreement: tuple[str, ...]


def _refusal(result: CheckResult) -> str:
    """Why the kernel refuses a proof, in words."""
    first = result.diagnostics[0]
    needed = "".join(f"; {o} would be needed" for o in first.obligations[:1])
    return f"the kernel does not accept that it is convex and differentiable: {first.message}{needed}"


def _proved(described: Sequence[_Described], proof: ConvexityProof, scope: str) -> Convexity:
    """Build and check the theorems, with the results that they rest on; undecided if the kernel refuses one."""
    results = proof.results()
    checked: list[CheckResult] = []
    for each in described:
        built = proof.build(F, each.others, each.pieces, each.breaks, each.agreement)
        checked.append(prove_theorem(built, results)[0])
    applied = sorted({name for c in checked for name in c.uses})
    checked += [prove_theorem(results[name], results)[0] for name in _closure(applied, results)]
    refused = [c for c in checked if not c.accepted]
    if refused:
        return Convexity(None, False, _refusal(refused[0]))
    trust = worst(*(c.trust for c in checked))
    cited = sorted({c.theorem.id for c in checked if c.trust == "cited"})
    shown = applied[-1] if len(applied) == 1 else ", ".join(applied)
    rests = f"; cited: {', '.join(cited)}" if cited else ""
    glued = ", values and derivatives of the pieces agree where they meet" if described[0].breaks else ""
    reason = f"{scope} the second derivative is nonnegative{glued}: {shown} (kernel-checked{rests})"
    return Convexity(True, True, reason, None, trust, tuple(applied))


def _closure(names: Sequence[str], results: Mapping[str, Theorem]) -> tuple[str, ...]:
    """Results with all that they rest on, each once."""
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += results[name].uses()
    return tuple(sorted(found))


def _for_all_targets(loss: Loss) -> _Described | None:
    """The loss for a symbolic target, if its pieces come in the same order for all targets."""
    ends = [affine_in_output(limit, None) for limit in loss.limits]
    if any(end is None for end in ends):
        return None
    known = [end for end in ends if end is not None]
    if len({bool(factor > 0) for factor, _ in known}) > 1:
        return None
    parts, breaks = list(range(len(loss.parts))), [point for _, point in known]
    if known and known[0][0] < 0:
        parts, breaks = parts[::-1], breaks[::-1]
    return _describe(loss, parts, breaks, None)


def _for_target(loss: Loss, target: fmpq) -> _Described | None:
    found = branches(loss, target)
    if found is None:
        return None
    breaks = [num(to_fraction(b.high)) for b in found[:-1] if b.high is not None]
    return _describe(loss, [b.number for b in found], breaks, target)


def _describe(loss: Loss, parts: Sequence[int], breaks: Sequence[Term], target: fmpq | None) -> _Described | None:
    """The pieces with the steps for their second derivatives; None if some were not found."""
    here = {} if target is None else {Y: num(to_fraction(target))}
    pieces: list[LossPiece] = []
    for n, number in enumerate(parts):
        within = {"low": breaks[n - 1] <= F} if n else {}
        if n < len(breaks):
            within |= {"high": breaks[n] >= F}
        value, first, second = (subst(t, here) for t in loss.parts[number].terms)
        piece = _piece(value, first, second, within)
        if piece is None:
            return None
        pieces.append(piece)
    rules = [_agreement(a, b, point) for (a, b), point in zip(pairwise(pieces), breaks, strict=True)]
    if any(rule is None for rule in rules):
        return None
    return _Described(() if here else (Y,), tuple(pieces), tuple(breaks), tuple(r for r in rules if r is not None))


def _piece(value: Term, first: Term, second: Term, within: Mapping[str, Term]) -> LossPiece | None:
    for form in _forms(second):
        steps = nonnegativity_steps(form, within)
        if steps is not None:
            return LossPiece(value, first, form, steps)
    return None


def _forms(second: Term) -> Iterator[Term]:
    """The second derivative as it is, as a quotient, and as a quotient in f - y if it depends on that alone."""
    yield second
    difference = ElementaryForm(Sequent(), Discharger())
    moved = subst(second, {F: F + Y})
    for term, back in ((second, F), (moved, F - Y)):
        try:
            quotient = difference(term)
        except Refusal:
            continue
        form = poly.to_term(quotient.top) / poly.to_term(quotient.bottom)
        if back == F or Y not in free_variables(form):
            yield subst(form, {F: back})


def _agreement(left: LossPiece, right: LossPiece, point: Term) -> str | None:
    """A rule that shows that values and derivatives agree at a point."""
    here = {F: point}
    pairs = ((left.value, right.value), (left.first, right.first))
    claims = [Eq(subst(a, here), subst(b, here)) for a, b in pairs]
    return next((r for r in AGREEMENT if all(accepted_reason(claim, {}, (r,)) for claim in claims)), None)


def _broken(loss: Loss, target: fmpq) -> Convexity | None:
    """Where the loss is not convex or not differentiable for a target, if that is found."""
    found = branches(loss, target)
    if found is None:
        return Convexity(
            None, False, f"the ends of the pieces are not known to be rational for y = {format_rational(target)}"
        )
    for left, right in pairwise(found):
        broken = _at_break(loss, left, right, target)
        if broken is not None:
            return broken
    for branch in found:
        broken = _negative(loss, branch, target)
        if broken is not None:
            return broken
    return None


def _at_break(loss: Loss, left: Branch, right: Branch, target: fmpq) -> Convexity | None:
    point = left.high
    if point is None:
        return None
    place = f"f = {format_rational(point)}, y = {format_rational(target)}"
    for which, what in (("value", "values"), ("first", "slopes")):
        a, b = (_at_end(loss, branch, which, point, target) for branch in (left, right))
        if a is None or b is None or not _certainly(a != b):
            continue
        text = f"the pieces have the {what} {_text(a)} and {_text(b)} at {place}"
        witness = {"f": format_rational(point), "y": format_rational(target), "left": _text(a), "right": _text(b)}
        if which == "value":
            return Convexity(False, False, f"{text}: a jump, and a convex function is continuous", witness)
        if _certainly(a > b):
            return Convexity(False, False, f"{text}: the slope falls there", witness)
        return Convexity(None, False, f"{text}: not differentiable there")
    return None


def _at_end(loss: Loss, branch: Branch, which: str, point: fmpq, target: fmpq) -> fmpq | arb | None:
    alone = replace(loss, parts=(loss.parts[branch.number],), limits=())
    return at(alone, which, point, target, 128)


def _certainly(relation: object) -> bool:
    """A relation between exact numbers and balls: true only if it holds for all numbers in the balls."""
    return bool(relation)


def _text(value: fmpq | arb | None) -> str:
    return str(value.str(8, radius=False)) if isinstance(value, arb) else str(value)


def _negative(loss: Loss, branch: Branch, target: fmpq) -> Convexity | None:
    """A point of a piece at which the second derivative is negative."""
    given = [f"y == {format_rational(target)}"]
    given += [f"f > {format_rational(branch.low)}"] if branch.low is not None else []
    given += [f"f < {format_rational(branch.high)}"] if branch.high is not None else []
    claim = f"diff(diff({loss.parts[branch.number].text}, f), f) >= 0"
    found = prove_claim({"f": "real", "y": "real"}, given, claim, SECONDS)
    if found.status != "refuted" or found.counterexample is None:
        return None
    where = ", ".join(f"{name} = {value}" for name, value in found.counterexample.items())
    return Convexity(False, False, f"the second derivative is negative at {where}", dict(found.counterexample))
