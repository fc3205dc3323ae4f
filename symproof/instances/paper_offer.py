"""The instances that ``relu_like.paper_descent`` offers: the paper's better point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symproof.errors import InputError
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.offer import InstanceOffer
from symproof.instances.paper_evaluation import evaluate_paper
from symproof.instances.paper_point import PaperPoint, paper_point, paper_result_dict
from symproof.instances.relu_like_minimum import ReluLikeInstance
from symproof.instances.relu_like_offer import data_of, decimal, dimension_of, numbers_of
from symproof.instances.relu_like_request import relu_like_instance
from symproof.kernel.check import CheckResult

__all__ = ["PAPER_OFFER", "PaperInstance"]

CASES = {1: "no shift is needed (case 1)", 2: "a shift separates equal values of the fit (case 2)"}


@dataclass(frozen=True)
class PaperInstance:
    """The data and the fit, with the paper's better point; None unless every hypothesis holds."""

    first: ReluLikeInstance
    point: PaperPoint | None


def _build(request: InstanceRequest) -> PaperInstance:
    if "alpha" in request.parameters:
        raise InputError("there is no alpha here", request.where("alpha"), "the fit alone; alpha is for the minimum")
    first = relu_like_instance(request)
    return PaperInstance(first, paper_point(first))


def _hypotheses(instance: PaperInstance) -> tuple[DecidedHypothesis, ...]:
    statement = "w, c are the best affine fit"
    best = DecidedHypothesis("best", statement, True, "its residuals meet the normal equations, checked exactly")
    return (dimension_of(instance.first), *instance.first.hypotheses, best)


def _data(instance: PaperInstance) -> dict[str, object]:
    return {name: value for name, value in data_of(instance.first).items() if name != "alpha"}


def _evaluate(instance: PaperInstance, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    return evaluate_paper(instance.first, instance.point, results)


def _summary(instance: PaperInstance) -> list[str]:
    data, found = instance.first.dataset, instance.point
    lines = [
        f"data: {data.name}, {data.sample_count} samples, {data.feature_count} features, target {data.target_name}",
        f"activation: {instance.first.activation}, width {instance.first.width}",
    ]
    if found is None:
        return lines
    return [
        *lines,
        CASES[found.case],
        f"risk of the best affine fit: {decimal(instance.first.fit.risk)} (exact in --json)",
        f"risk at the better point:    {decimal(found.risk)}",
        f"shift {decimal(found.shift)}, threshold {decimal(found.threshold)}, bias {decimal(found.bias)}",
        "the network itself was evaluated exactly",
    ]


def _numbers(instance: PaperInstance) -> dict[str, object] | None:
    """Everything from which the hypotheses and the better point can be decided again; None for large data."""
    found, point = numbers_of(instance.first), instance.point
    if found is None:
        return None
    found.pop("construction", None)
    if point is not None:
        found |= {"better_point": vars(point.better_point), "risk_better_point": point.risk}
    return found


PAPER_OFFER = InstanceOffer(
    build=_build,
    hypotheses=_hypotheses,
    evaluate=_evaluate,
    result=lambda instance: paper_result_dict(instance.first, instance.point),
    data=_data,
    summary=_summary,
    numbers=_numbers,
)
