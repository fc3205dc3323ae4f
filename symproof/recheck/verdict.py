"""What comes out for a certificate: a verdict, the trust as it is found here, and all that was not decided again.

``valid``: every step of every result was decided again and accepted. ``invalid``: a step is refused, a hash is not that
of its contents, or a result is said to have a better trust than it has. ``undecided``: nothing is refused, but
something was not decided: a rule that is not re-checked, or a limit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from symproof.recheck.certificate import Certificate, walk
from symproof.recheck.instance import check_instance, known_results, require_known
from symproof.recheck.instances.numbers import Findings
from symproof.recheck.outcome import Problem
from symproof.recheck.proof import By, Step, Theorem
from symproof.recheck.question import worst
from symproof.recheck.refused import Refused
from symproof.recheck.trust import Judged, judged

__all__ = ["Verdict", "verdict_of"]


@dataclass(frozen=True)
class Verdict:
    """What comes out.

    Attributes:
        verdict: ``valid``, ``invalid`` or ``undecided``.
        trust: the worst level of the results that the certificate is about, as it was found here; of an instance also
            that of the result that numbers are put into.
        results: how many results there are.
        steps: how many steps.
        rules: rule to the number of times that a step uses it.
        refused: one line for each thing that is not accepted.
        not_rechecked: one line for each thing that was not decided.
        cited: the cited facts that the results rest on, with their references.
        gaps: the results and steps that nobody has proved.
        refuted: the claims whose negation is proved or certified.
        numbers: what was found of the numbers of an instance.
    """

    verdict: str
    trust: str
    results: int
    steps: int
    rules: Mapping[str, int]
    refused: tuple[str, ...] = ()
    not_rechecked: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    refuted: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The object that ``--json`` prints."""
        return {
            "verdict": self.verdict, "trust": self.trust, "results": self.results, "steps": self.steps,
            "rules": dict(self.rules), "refused": list(self.refused), "not_rechecked": list(self.not_rechecked),
            "cited": list(self.cited), "open": list(self.gaps), "refuted": list(self.refuted),
            "numbers": list(self.numbers),
        }  # fmt: skip

    def lines(self) -> list[str]:
        """What a person reads."""
        rules = ", ".join(f"{name} {count}" for name, count in self.rules.items())
        found = [f"{self.verdict}: {self.results} results, {self.steps} steps, trust {self.trust}"]
        found += [f"rules: {rules}"] if rules else []
        found += [f"numbers: {line}" for line in self.numbers]
        for title, each in (("refused", self.refused), ("not re-checked", self.not_rechecked), ("cited", self.cited),
                            ("open", self.gaps), ("refuted", self.refuted)):  # fmt: skip
            found += [f"{title} ({len(each)}):", *(f"  {line}" for line in each)] if each else []
        return found


def verdict_of(certificate: Certificate) -> Verdict:
    """Decide every step of a certificate again."""
    theorems = certificate.theorems
    found = judged(theorems.values())
    problems = [(name, problem) for name, each in found.items() for problem in each.outcome.problems]
    refused = [_line(name, problem) for name, problem in problems if not problem.undecided]
    skipped = [_line(name, problem) for name, problem in problems if problem.undecided]
    if not problems:
        refused += _boasts(certificate, found)
    numbers = _numbers(certificate, found)
    refused += numbers.refused
    skipped += numbers.not_rechecked
    steps = [step for theorem in theorems.values() for step in walk(theorem.proof)]
    rules = Counter(by.rule for step in steps for by in _reasons(step))
    return Verdict(
        "invalid" if refused else "undecided" if skipped else "valid", _trust(certificate, found), len(theorems),
        len(steps), dict(sorted(rules.items())), tuple(refused), tuple(skipped), tuple(_cited(theorems)),
        tuple(_gaps(theorems)), tuple(name for name, each in found.items() if each.level == "refuted"),
        tuple(numbers.found),
    )  # fmt: skip


def _numbers(certificate: Certificate, found: Mapping[str, Judged]) -> Findings:
    instance = certificate.instance
    if instance is None:
        return Findings()
    applied = certificate.theorems[instance.applied]
    try:
        require_known(applied)
    except Refused as problem:
        return Findings(refused=[problem.reason])
    results = known_results(certificate.theorems[name] for name, each in found.items() if each.accepted)
    return check_instance(instance, [label for label, _ in applied.hypotheses], results)


def _line(name: str, problem: Problem) -> str:
    place = " ".join(part for part in (problem.place, f"({problem.kind})" if problem.kind else "") if part)
    return f"{name} {place}: {problem.reason}" if place else f"{name}: {problem.reason}"


def _trust(certificate: Certificate, found: Mapping[str, Judged]) -> str:
    """The worst level of the results that were asked for, or that numbers are put into; refuted if all are refuted."""
    instance = certificate.instance
    names = (*certificate.asked, *((instance.theorem, instance.applied) if instance is not None else ()))
    levels = [found[name].level for name in names if found[name].level != "refuted"]
    return worst(*levels) if levels else "refuted"


def _boasts(certificate: Certificate, found: Mapping[str, Judged]) -> Iterator[str]:
    """The results whose trust is said to be another one than was found."""
    for name, claimed in certificate.claimed.items():
        if claimed != found[name].level:
            yield f"{name}: the certificate says {claimed}, found {found[name].level}"


def _reasons(step: Step) -> tuple[By, ...]:
    own = () if step.by is None or step.kind == "apply" else (step.by,)
    return (*own, *(link.by for link in step.links))


def _cited(theorems: Mapping[str, Theorem]) -> Iterator[str]:
    for name, theorem in theorems.items():
        if theorem.citation:
            yield f"{name}: {theorem.citation}"
        yield from (f"{name}, a step: {s.reference}" for s in walk(theorem.proof) if s.kind == "cite")


def _gaps(theorems: Mapping[str, Theorem]) -> Iterator[str]:
    for name, theorem in theorems.items():
        if not (theorem.proof or theorem.citation or theorem.refuted_by):
            yield f"{name}: stated without a proof"
        yield from (f"{name}, a step: {s.claim}"[:200] for s in walk(theorem.proof) if s.kind == "open")
