"""The numbers of an instance beside the steps of a proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flint import fmpq

from symproof.instances.step_evaluation import EvaluatedStep
from symproof.kernel.check import CheckedStep
from symproof.logic.latex import name_to_latex
from symproof.report.document import Formula, StepValue
from symproof.report.number_format import number_formula

__all__ = ["StepValues"]

_SIGNS = {"=": "=", "!=": r"\ne", "<=": r"\le", "<": "<", ">=": r"\ge", ">": ">"}


class StepValues:
    """Looks up what a step of a theorem is on the numbers."""

    def __init__(self, steps: Sequence[EvaluatedStep], notations: Mapping[str, Mapping[str, str]]) -> None:
        self._found: dict[tuple[str, str], EvaluatedStep] = {}
        self._notations = notations
        for top in steps:
            for step in top.walk():
                self._found.setdefault((step.theorem, step.path), step)

    def __call__(self, theorem: str, checked: CheckedStep) -> tuple[StepValue, ...]:
        """The numeric counterpart of a step; () if it was not evaluated or has no numbers."""
        step = self._found.get((theorem, checked.path))
        if step is None or step.verdict is not True:
            return ()
        if checked.step.kind == "let":
            return self._defined(theorem, checked, step)
        latex = self._relation(step, checked)
        if not latex:
            return (StepValue(Formula(r"\text{true on the numbers}"), "true"),) if step.claim is not None else ()
        label = f"at {step.samples} sample points, the first of them" if step.samples > 1 else _first_index(step)
        return (StepValue(Formula(latex), "true", label),)

    def _defined(self, theorem: str, checked: CheckedStep, step: EvaluatedStep) -> tuple[StepValue, ...]:
        if not step.numbers:
            return ()
        name = name_to_latex(checked.step.variables[0].name, self._notations.get(theorem, {}))
        return (StepValue(Formula(f"{name} = {_latex(step.numbers[0])}"), "true"),)

    def _relation(self, step: EvaluatedStep, checked: CheckedStep) -> str:
        if len(step.numbers) < 2 or not step.relation:
            return ""
        shown = [_latex(value) for value in step.numbers]
        if checked.step.kind != "calc":
            return f"{shown[0]} {_SIGNS[step.relation]} {shown[1]}"
        pieces = [shown[0]]
        for link, value in zip(checked.step.links, shown[1:], strict=False):
            pieces.append(f"{_SIGNS.get(link.relation, '=')} {value}")
        return " ".join(pieces)


def _first_index(step: EvaluatedStep) -> str:
    """A quantified claim shows its first index; all indices were evaluated."""
    quantified = step.claim is not None and step.claim.op == "forall"
    return "all indices evaluated; at the first" if quantified else ""


def _latex(value: fmpq) -> str:
    return number_formula(int(value.p), int(value.q)).latex
