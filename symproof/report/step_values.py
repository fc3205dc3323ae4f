"""The numbers of an instance beside the steps of a proof."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from flint import arb, fmpq

from symproof.instances.ball_number import Number
from symproof.instances.step_evaluation import EvaluatedStep
from symproof.kernel.check import CheckedStep
from symproof.logic.latex_names import name_to_latex
from symproof.report.document import Formula, StepValue, Verdict
from symproof.report.number_format import ball_formula, number_formula

__all__ = ["StepValues"]

_VERDICTS: Mapping[str, Verdict] = {"true": "true", "defined": "true", "agrees": "agrees", "undecided": "undecided"}
_WORDS: Mapping[Verdict, str] = {
    "true": r"\text{true on the numbers}",
    "agrees": r"\text{both sides agree within the radius}",
    "undecided": r"\text{the balls overlap}",
}
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
        if step is None or (verdict := _VERDICTS.get(step.status)) is None:
            return ()
        if checked.step.kind == "let":
            return self._defined(theorem, checked, step)
        latex = self._relation(step, checked)
        if not latex:
            return (StepValue(Formula(_WORDS[verdict]), verdict),) if step.claim is not None else ()
        return (StepValue(Formula(latex), verdict, _label(step)),)

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
            return f"{shown[0]} {_sign(step.relation, *step.numbers[:2])} {shown[1]}"
        pieces = [shown[0]]
        pairs = itertools.pairwise(step.numbers)
        for link, pair, value in zip(checked.step.links, pairs, shown[1:], strict=False):
            pieces.append(f"{_sign(link.relation, *pair)} {value}")
        return " ".join(pieces)


def _sign(relation: str, left: Number, right: Number) -> str:
    """The sign between two numbers; an equation of balls is not shown as one."""
    sign = _SIGNS.get(relation, "=")
    return r"\approx" if sign == "=" and (isinstance(left, arb) or isinstance(right, arb)) else sign


def _label(step: EvaluatedStep) -> str:
    """Where the shown numbers are taken: a quantified claim shows its first index; all indices were evaluated."""
    quantified = step.claim is not None and step.claim.op == "forall"
    words = ["balls disjoint"] if step.verdict is True and any(isinstance(n, arb) for n in step.numbers) else []
    if step.samples > 1:
        words.append(f"at {step.samples} sample points, the first of them")
    elif quantified:
        words.append("all indices evaluated; at the first")
    return "; ".join(words)


def _latex(value: Number) -> str:
    return number_formula(int(value.p), int(value.q)).latex if isinstance(value, fmpq) else ball_formula(value).latex
