"""Running an instance: decide the hypotheses, construct, evaluate every step, and say what was certified."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symproof.errors import InputError
from symproof.instances.ball_number import number_text
from symproof.instances.evaluated_step import EvaluatedStep, Sides
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.offer import InstanceOffer, InstanceReport
from symproof.kernel.check import CheckResult
from symproof.kernel.interface import worst
from symproof.proof.theorem import Theorem

__all__ = ["UNCERTAIN", "offer_of", "plain_report", "run_instance"]

UNCERTAIN = frozenset({"open", "refuted"})
"""Trust levels of a theorem that certify nothing: it rests on a gap, or is known to be false."""


def offer_of(request: InstanceRequest, theorems: Mapping[str, Theorem]) -> InstanceOffer:
    """The offer of the theorem that a request names. Raises InputError if it offers none."""
    offer = _offered(theorems[request.theorem])
    if offer is None:
        offered = sorted(t.id for t in theorems.values() if _offered(t) is not None)
        raise InputError(
            f"{request.theorem} offers no instances", request.source, "one of " + ", ".join(offered), request.theorem
        )
    return offer


def _offered(theorem: Theorem) -> InstanceOffer | None:
    """What a theorem offers: an offer of its own, or one that is made for any theorem, such as ``value_offer``."""
    offer = theorem.extra.get("instance")
    made = offer(theorem) if callable(offer) and not isinstance(offer, InstanceOffer) else offer
    return made if isinstance(made, InstanceOffer) else None


def run_instance(
    request: InstanceRequest, offer: InstanceOffer, results: Mapping[str, CheckResult], trust: str, accepted: bool
) -> InstanceReport:
    """Put the numbers of a request into a theorem.

    Args:
        request: the theorem and its parameters.
        offer: how the theorem takes numbers.
        results: the check results of this run, with all that the theorem rests on.
        trust: the propagated trust of the theorem in this run.
        accepted: whether the theorem and all it rests on were accepted in this run.

    The trust of the report is the worst of that and of the results that decided a hypothesis.

    Raises:
        InputError: the parameters or the data are bad.
        InstanceContradictionError, InstanceMismatchError: symproof contradicts itself; nothing is certified.
    """
    numbers = offer.build(request)
    hypotheses = offer.hypotheses(numbers)
    applied = offer.applied(numbers) if offer.applied is not None else request.theorem
    if applied not in (request.theorem, *offer.rests_on):
        raise InstanceMismatchError(f"{request.theorem} was not checked together with {applied}")
    _demand_all(hypotheses, results[applied].theorem)
    trust = worst(trust, *(h.trust for h in hypotheses))
    holds = all(h.holds is True for h in hypotheses)
    steps = offer.evaluate(numbers, results) if holds and accepted else ()
    verdict = _verdict(hypotheses, accepted and trust not in UNCERTAIN, steps)
    return InstanceReport(
        theorem=request.theorem,
        applied=applied,
        verdict=verdict,
        trust=trust,
        accepted=accepted,
        hypotheses=hypotheses,
        result=_result(offer, numbers, verdict, accepted),
        steps=steps,
        data=offer.data(numbers),
        lines=tuple(offer.summary(numbers)),
        numbers=numbers,
    )


def _result(offer: InstanceOffer, numbers: Any, verdict: str, accepted: bool) -> dict[str, object]:
    if verdict == "certified":
        return offer.result(numbers)
    if verdict == "not_applicable" and accepted and offer.refused is not None:
        return offer.refused(numbers)
    return {}


def _demand_all(hypotheses: tuple[DecidedHypothesis, ...], theorem: Theorem) -> None:
    """Raise InstanceMismatchError unless every hypothesis of the theorem was decided."""
    covered = {label for h in hypotheses for label in h.covered}
    missing = [label for label, _ in theorem.hypotheses if label not in covered]
    if missing:
        raise InstanceMismatchError(f"no decision on the hypotheses of {theorem.id}: {', '.join(missing)}")


def _verdict(hypotheses: tuple[DecidedHypothesis, ...], established: bool, steps: tuple[EvaluatedStep, ...]) -> str:
    """``established`` says whether the theorem may be relied on: its proof is accepted, and it rests on no gap.

    A step whose balls overlap at the highest precision leaves the instance undecided, although the theorem is proved:
    what is certified was seen on the numbers from the first step to the last.
    """
    if any(h.holds is False for h in hypotheses):
        return "not_applicable"
    if not established or any(h.holds is None for h in hypotheses):
        return "undecided"
    if any(step.status == "undecided" for top in steps for step in top.walk()):
        return "undecided"
    return "certified"


def plain_report(report: InstanceReport, theorem: Theorem, trust_summary: str = "") -> dict[str, object]:
    """Everything about a run, as plain data: what was put in, what came out, every step on the numbers.

    Args:
        report: the run.
        theorem: the theorem that was applied.
        trust_summary: the one-line summary of the trust of all results that were checked in this run.
    """
    return {
        "theorem": report.theorem,
        "applied": report.applied,
        "statement": theorem.statement_digest,
        "trust": report.trust,
        "trust_summary": trust_summary,
        "verdict": report.verdict,
        "data": dict(report.data),
        "hypotheses": [h.as_dict() for h in report.hypotheses],
        "result": dict(report.result),
        "steps": [_step(step) for step in report.steps],
        "counts": report.counts(),
    }


def _step(step: EvaluatedStep) -> dict[str, object]:
    found: dict[str, object] = {
        "theorem": step.theorem,
        "path": step.path,
        "kind": step.kind,
        "claim": None if step.claim is None else str(step.claim),
        "verdict": step.verdict,
    }
    if step.reason:
        found["reason"] = step.reason
    if step.doubt:
        found["status"] = step.status
    if step.numbers:
        found |= _sides(Sides(step.numbers, step.relation, step.at))
    if step.tightest is not None:
        found["tightest"] = _sides(step.tightest)
    if step.samples != 1:
        found["samples"] = step.samples
    if step.checked:
        found["checked"] = step.checked
    for name, inner in (("steps", step.children), ("applied", step.applied)):
        if inner:
            found[name] = [_step(s) for s in inner]
    return found


def _sides(sides: Sides) -> dict[str, object]:
    found: dict[str, object] = {"numbers": [number_text(n) for n in sides.values], "relation": sides.relation}
    return {**found, "at": dict(sides.at)} if sides.at else found
