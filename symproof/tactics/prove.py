"""Prove or refute one claim automatically.

A claim is *proved* if every step of a derivation was accepted by a rule of the kernel, *refuted* if a counterexample
was verified exactly (or by balls), *invalid* if the grammar does not read it, and otherwise *unknown*. A claim that is
not defined at every admissible point is never proved: the obligations that could not be derived are listed.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from symproof.errors import InputError, SymproofError
from symproof.kernel.definedness import obligations
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.tactics.claim import Claim, read_claim
from symproof.tactics.complex_claim import analytic_inequations, find_gaussian_counterexample, real_identities
from symproof.tactics.counterexample import SearchLog, find_counterexample
from symproof.tactics.derivation import Derivation
from symproof.tactics.prover import OutOfTimeError, Prover

__all__ = ["DEFAULT_TIMEOUT", "ClaimResult", "prove_claim"]

DEFAULT_TIMEOUT = 10.0
QUICK_POINTS = 400
SHARES = (0.5, 0.5, 1)
"""Which part of the time that is left an attempt may take, by its effort."""


@dataclass(frozen=True)
class ClaimResult:
    """The answer to a claim.

    Attributes:
        status: ``proved``, ``refuted``, ``unknown`` or ``invalid``.
        rule: the rule that did the main step, ``counterexample`` for a refutation, or empty.
        trust: ``proved`` or ``certified`` (ball arithmetic was used) for a proved claim, ``refuted`` for a refuted one.
        counterexample: the variables with exact values, as text that the claim grammar reads; None if there is none.
        message: one or two sentences for a person.
        obligations: for an unknown claim, the conditions for being defined that could not be derived.
    """

    status: str
    rule: str = ""
    trust: str = ""
    counterexample: Mapping[str, str] | None = None
    message: str = ""
    obligations: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The JSON object that the command line prints."""
        return {
            "status": self.status,
            "rule": self.rule,
            "trust": self.trust,
            "counterexample": dict(self.counterexample) if self.counterexample is not None else None,
            "message": self.message,
            "obligations": list(self.obligations),
        }


def prove_claim(
    variables: Mapping[str, str], hypotheses: Sequence[str], conclusion: str, timeout: float = DEFAULT_TIMEOUT
) -> ClaimResult:
    """Prove or refute a claim given as text, within about ``timeout`` seconds.

    Never raises for bad text: that is the status ``invalid``.
    """
    try:
        claim = read_claim(variables, hypotheses, conclusion)
    except InputError as error:
        return ClaimResult("invalid", message=str(error))
    try:
        return _prove_complex(claim, timeout) if claim.is_complex else _prove_real(claim, timeout)
    except RecursionError:
        return ClaimResult("unknown", message="The claim is nested too deeply for the prover.")
    except SymproofError as error:
        return ClaimResult("unknown", message=f"The prover gave up: {error}")


def _prove_real(claim: Claim, timeout: float) -> ClaimResult:
    start = time.monotonic()
    log = SearchLog()
    refutation = _refute(claim, min(0.5, timeout / 6), log, QUICK_POINTS)
    if refutation is not None:
        return refutation
    if log.undefined is None:
        _find_undefined(claim, min(0.5, timeout / 6), log)
    if log.undefined is not None:
        refutation = _refute(claim, min(1.5, timeout / 3), log)
        return refutation if refutation is not None else _undecided(obligations(claim.conclusion), log, False)
    prover, sequent = Prover(start + 0.75 * timeout), claim.sequent()
    missing, derivation, late = _derive(prover, sequent, claim.conclusion)
    if derivation is not None and not missing:
        return _proved(derivation, vacuous=not log.admissible)
    refutation = _refute(claim, start + 0.95 * timeout - time.monotonic(), log, solver=True)
    return refutation if refutation is not None else _undecided(missing, log, late)


def _refute(
    claim: Claim, seconds: float, log: SearchLog, most: int = 1_000_000, *, solver: bool = False
) -> ClaimResult | None:
    found = find_counterexample(claim, seconds, log, most, solver=solver)
    return _refuted(found.as_strings()) if found is not None else None


def _find_undefined(claim: Claim, seconds: float, log: SearchLog) -> None:
    """Look for an admissible point where the conclusion is not defined, by refuting that it is."""
    for obligation in obligations(claim.conclusion):
        inner = SearchLog()
        asked = Claim(claim.sorts, claim.variables, claim.sort_facts, claim.hypotheses, obligation)
        log.undefined = find_counterexample(asked, seconds, inner, QUICK_POINTS)
        log.reason = f"{obligation} fails"
        if log.undefined is not None:
            return


def _refuted(values: Mapping[str, str]) -> ClaimResult:
    point = ", ".join(f"{name} = {value}" for name, value in values.items())
    where = f"at {point}" if point else "as it stands"
    return ClaimResult("refuted", "counterexample", "refuted", values, f"The claim is false {where}.")


def _proved(derivation: Derivation, vacuous: bool = False) -> ClaimResult:
    steps = sum(1 for _ in derivation.walk())
    message = f"Derived by {derivation.rule} in {steps} step(s)."
    if vacuous:
        message += " No point that meets all hypotheses was found: they may contradict each other."
    return ClaimResult("proved", derivation.rule, derivation.worst_trust, None, message)


def _derive(prover: Prover, sequent: Sequent, conclusion: Term) -> tuple[list[Term], Derivation | None, bool]:
    """(obligations not derived, the derivation, whether time ran out)."""
    missing = list(obligations(conclusion))
    parts: list[Derivation] = []
    try:
        for obligation in list(missing):
            found = _harder_and_harder(prover, sequent, obligation)
            if found is None:
                return missing, None, False
            parts.append(found)
            missing.remove(obligation)
            if not prover.discharge(sequent, obligation):
                sequent = sequent.with_hypothesis("", obligation)
        found = _harder_and_harder(prover, sequent, conclusion)
    except OutOfTimeError:
        return missing, None, True
    if found is None:
        return missing, None, False
    return [], Derivation(conclusion, found.rule, parts=(*parts, found)), False


def _harder_and_harder(prover: Prover, sequent: Sequent, goal: Term) -> Derivation | None:
    """Try with little effort first, so that a simple proof is not missed for the sake of a hard search.

    Raises OutOfTimeError if the last attempt does not come to an end.
    """
    for effort, share in enumerate(SHARES):
        now = time.monotonic()
        deadline = now + share * (prover.deadline - now)
        attempt = Prover(deadline, prover.discharge, effort, prover.samples, prover.lemmas)
        try:
            found = attempt.prove(sequent, goal)
        except OutOfTimeError:
            if share == 1:
                raise
            continue
        if found is not None:
            return found
    return None


def _undecided(missing: Sequence[Term], log: SearchLog, late: bool) -> ClaimResult:
    shown = tuple(str(p) for p in missing)
    words = []
    if log.undefined is not None:
        point = ", ".join(f"{name} = {value}" for name, value in log.undefined.values)
        words.append(f"The claim is not defined at {point or 'all'}: {log.reason}.")
    elif shown:
        words.append(f"The claim is not known to be defined: {'; '.join(shown)}.")
    words.append("No proof was found" + (" within the time limit" if late else "") + ",")
    words.append(f"and no counterexample among {log.tried} points.")
    return ClaimResult("unknown", message=" ".join(words), obligations=shown)


# Complex claims -------------------------------------------------------------------------------------------------------


def _prove_complex(claim: Claim, timeout: float) -> ClaimResult:
    names = frozenset(name for name, sort in claim.sorts if sort == "complex")
    premises = (*claim.sort_facts, *claim.hypotheses)
    values = find_gaussian_counterexample(claim.variables, names, premises, claim.conclusion)
    if values is not None:
        return _refuted(values)
    usable = analytic_inequations(claim.hypotheses)
    identities = real_identities(claim.conclusion, usable)
    if identities is not None:
        prover, sequent = Prover(time.monotonic() + 0.7 * timeout), Sequent(claim.variables)
        for fact in (*claim.sort_facts, *usable):
            sequent = sequent.with_hypothesis("", fact)
        found = [_derive(prover, sequent, identity) for identity in identities]
        derivations = [d for missing, d, _ in found if d is not None and not missing]
        if len(derivations) == len(identities):
            return _proved(Derivation(claim.conclusion, derivations[0].rule, parts=tuple(derivations)))
    log = SearchLog()
    refutation = _refute(claim, 0.2 * timeout, log) if claim.conclusion.op in ("eq", "ne") else None
    message = "No proof as an identity of entire functions was found, and no counterexample."
    return refutation if refutation is not None else ClaimResult("unknown", message=message)
