"""What a theorem offers as instances, and the report of one run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.step_evaluation import EvaluatedStep
from symproof.kernel.check import CheckResult

__all__ = ["VERDICTS", "InstanceOffer", "InstanceReport"]

VERDICTS = ("certified", "not_applicable", "undecided")
"""The hypotheses hold and everything was re-checked; a hypothesis fails; neither could be decided."""


@dataclass(frozen=True)
class InstanceOffer:
    """How numbers are put into a theorem. A theorem module names it as ``extra={"instance": offer}``.

    Attributes:
        build: from a request to the numbers, with everything constructed and re-checked. Raises InputError.
        hypotheses: the decided hypotheses of the numbers.
        evaluate: every step of the proof on the numbers, given the check results of this run.
        result: the result as exact strings, for ``--json`` and certificates; empty if not applicable.
        data: what the certificate says of the input (names and hashes).
        summary: the lines that a person reads below the hypotheses.
    """

    build: Callable[[InstanceRequest], Any]
    hypotheses: Callable[[Any], tuple[DecidedHypothesis, ...]]
    evaluate: Callable[[Any, Mapping[str, CheckResult]], tuple[EvaluatedStep, ...]]
    result: Callable[[Any], dict[str, object]]
    data: Callable[[Any], dict[str, object]]
    summary: Callable[[Any], list[str]]


@dataclass(frozen=True)
class InstanceReport:
    """One instance, run.

    Attributes:
        theorem: the id.
        verdict: one of ``VERDICTS``.
        trust: the trust of the theorem, computed in this run.
        accepted: whether its proof and all it rests on were accepted in this run.
        hypotheses: the decided hypotheses.
        result: the theorem-specific result; empty unless certified.
        steps: the evaluated steps.
        data: what was put in.
        lines: what a person reads.
        numbers: the instance itself, for reports.
    """

    theorem: str
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
        """How many steps were evaluated: true, not enumerable or not reached on these numbers."""
        walked = [step for top in self.steps for step in top.walk()]
        true = sum(1 for step in walked if step.verdict is True)
        return {"steps": len(walked), "true": true, "false": 0, "not_evaluated": len(walked) - true}
