"""The instances that ``relu_like.any_depth`` offers."""

from __future__ import annotations

from symproof.instances.deep_evaluation import evaluate_deep
from symproof.instances.deep_minimum import DeepInstance, deep_result_dict
from symproof.instances.deep_request import deep_instance
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.offer import InstanceOffer
from symproof.instances.relu_like_offer import data_of, decimal, dimension_of, numbers_of

__all__ = ["DEEP_OFFER"]


def _hypotheses(instance: DeepInstance) -> tuple[DecidedHypothesis, ...]:
    return (dimension_of(instance.first), *instance.hypotheses)


def _data(instance: DeepInstance) -> dict[str, object]:
    found = {name: value for name, value in data_of(instance.first).items() if name != "width"}
    return {**found, "widths": list(instance.widths)}


def _summary(instance: DeepInstance) -> list[str]:
    data = instance.first.dataset
    lines = [
        f"data: {data.name}, {data.sample_count} samples, {data.feature_count} features, target {data.target_name}",
        f"activation: {instance.first.activation}, widths of the hidden layers: {', '.join(map(str, instance.widths))}",
    ]
    found, own = instance.construction, instance.first.construction
    if found is None or own is None:
        return lines
    return [
        *lines,
        f"risk at the candidate:    {decimal(own.risk_local_minimum)} (exact in --json)",
        f"risk at the better point:  {decimal(own.risk_better_point)}",
        f"radius: {decimal(found.radius)}",
        "the network itself was evaluated exactly at both points, layer by layer",
    ]


def _numbers(instance: DeepInstance) -> dict[str, object] | None:
    """Everything from which the hypotheses and both points can be decided again; None for large data."""
    found = numbers_of(instance.first)
    if found is None:
        return None
    own, first = instance.construction, instance.first.construction
    kept = {name: value for name, value in found.items() if name not in ("width", "construction")}
    kept["widths"] = list(instance.widths)
    if own is not None and first is not None:
        kept["construction"] = {
            "local_minimum": vars(own.local_minimum),
            "better_point": vars(own.better_point),
            "radius": own.radius,
            "risk_local_minimum": first.risk_local_minimum,
            "risk_better_point": first.risk_better_point,
        }
    return kept


DEEP_OFFER = InstanceOffer(
    build=deep_instance,
    hypotheses=_hypotheses,
    evaluate=evaluate_deep,
    result=deep_result_dict,
    data=_data,
    summary=_summary,
    numbers=_numbers,
)
