"""What a theorem offers as instances, and the report of one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from symproof.instances.evaluated_step import HYPOTHESIS, EvaluatedStep
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.kernel.check import CheckResult

__all__ = ["VERDICTS", "InstanceOffer", "InstanceReport"]

VERDICTS = ("certified", "not_applicable", "undecided")
"""The hypotheses hold and everything was re-checked; a hypothesis fails; neither could be decided."""


@dataclass(frozen=True)
class InstanceOffer:
    """How numbers are put into a theorem. A theorem module names it as ``extra={"instance": offer}``.

    A function that makes an offer of a theorem may stand there too, such as ``value_offer``.

    Attributes:
        build: from a request to the numbers, with everything constructed and re-checked. Raises InputError.
        hypotheses: the decided hypotheses of the numbers; together they cover all those of the theorem.
        evaluate: every step of the proof on the numbers, given the check results of this run; () if not applicable.
        result: the result as exact strings, for ``--json`` and certificates; empty if not applicable.
        data: what the certificate says of the input (names and hashes).
        summary: the lines that a person reads below the hypotheses.
        proofs: the results whose proofs a report shows with the numbers beside the symbols; the theorem itself unless
            given.
        lemmas: further ones, which a report shows if the numbers are few.
        rests_on: results by which hypotheses are decided; an instance needs them accepted like the theorem itself.
        applied: the theorem that the numbers were put into, if it may be one of ``rests_on`` that has the same
            conclusion for them; then the hypotheses are those of that one.
        refused: what the result says if a hypothesis fails; nothing unless given.
        numbers: all exact numbers of a run by name, from which another program can decide it again: integers,
            rationals, terms, texts, and lists and mappings of them; None if they are too many.
    """

    build: Callable[[InstanceRequest], Any]
    hypotheses: Callable[[Any], tuple[DecidedHypothesis, ...]]
    evaluate: Callable[[Any, Mapping[str, CheckResult]], tuple[EvaluatedStep, ...]]
    result: Callable[[Any], dict[str, object]]
    data: Callable[[Any], dict[str, object]]
    summary: Callable[[Any], list[str]]
    proofs: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    applied: Callable[[Any], str] | None = None
    refused: Callable[[Any], dict[str, object]] | None = None
    numbers: Callable[[Any], Mapping[str, object] | None] | None = None


@dataclass(frozen=True)
class InstanceReport:
    """One instance, run.

    Attributes:
        theorem: the id.
        applied: the id of the theorem whose hypotheses these are: that one, unless the offer applies another.
        verdict: one of ``VERDICTS``.
        trust: the trust of the theorem and of the results that decided its hypotheses, computed in this run.
        accepted: whether its proof and all it rests on were accepted in this run.
        hypotheses: the decided hypotheses.
        result: the theorem-specific result; unless certified, empty or what the offer says of a hypothesis that fails.
        steps: the evaluated steps.
        data: what was put in.
        lines: what a person reads.
        numbers: the instance itself, for reports.
    """

    theorem: str
    applied: str
    verdict: str
    trust: str
    accepted: bool
    hypotheses: tuple[DecidedHypothesis, ...]
    result: Mapping[str, object]
    steps: tuple[EvaluatedStep, ...]
    data: Mapping[str, object]
    lines: tuple[str, ...]
    numbers: Any

    def counts(self) -> dict[str, int]:
        """How many steps were evaluated and what came out, those of applied results included.

        Keys: ``steps``; ``true`` on the numbers, definitions included; ``false`` (0: that raises); ``agrees`` (=, <= or
        >= between numbers that are the same within the radius of their balls, which is no proof of it); ``undecided``
        (balls that overlap at the highest precision); ``not_evaluated``, of which ``general`` (about all values, or too
        much to enumerate), ``taken`` (samples chosen) and ``not_reached`` (a case that does not apply, an assumption
        that is false on the numbers). Hypotheses of applied results count as ``hypotheses``, not as steps.
        """
        walked = [step for top in self.steps for step in top.walk()]
        found = Counter(step.status for step in walked if step.kind != HYPOTHESIS)
        true = found["true"] + found["defined"]
        return {
            "steps": found.total(),
            "true": true,
            "false": 0,
            "agrees": found["agrees"],
            "undecided": found["undecided"],
            "not_evaluated": found["general"] + found["taken"] + found["not_reached"],
            "general": found["general"],
            "taken": found["taken"],
            "not_reached": found["not_reached"],
            "hypotheses": sum(step.kind == HYPOTHESIS for step in walked),
        }
