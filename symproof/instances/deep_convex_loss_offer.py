"""The instances that ``relu_like.any_depth_convex_loss`` offers."""

from __future__ import annotations

from symproof.instances.convex_loss_offer import LOSS_PARAMETERS, about_risks, data_and_loss, exact_numbers, risks
from symproof.instances.deep_convex_loss import (
    DeepConvexLossInstance,
    build_deep_convex_loss_instance,
    deep_convex_loss_result,
)
from symproof.instances.deep_convex_loss_evaluation import evaluate_deep_convex_loss
from symproof.instances.deep_request import SHAPE_PARAMETERS, hidden_widths
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.loss_convexity import ConvexityProof
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import read_parameters

__all__ = ["deep_convex_loss_offer"]


def _build(request: InstanceRequest, proof: ConvexityProof) -> DeepConvexLossInstance:
    values = read_parameters(request, (*LOSS_PARAMETERS, *SHAPE_PARAMETERS))
    dataset, activation, loss = data_and_loss(request, values)
    return build_deep_convex_loss_instance(dataset, activation, hidden_widths(request, values), loss, proof)


def _data(instance: DeepConvexLossInstance) -> dict[str, object]:
    data = instance.first.dataset
    return {
        "data": data.name,
        "sha256": data.sha256,
        "target": data.target_name,
        "features": list(data.feature_names),
        "samples": data.sample_count,
        "activation": str(instance.first.activation),
        "widths": list(instance.widths),
        "loss": instance.first.loss.expression,
    }


def _summary(instance: DeepConvexLossInstance) -> list[str]:
    data, first, found = instance.first.dataset, instance.first, instance.construction
    lines = [
        f"data: {data.name}, {data.sample_count} samples, {data.feature_count} features, target {data.target_name}",
        f"activation: {first.activation}, widths of the hidden layers: {', '.join(map(str, instance.widths))}",
        f"loss: {first.loss.expression}",
    ]
    if found is None or first.fit is None:
        return lines
    return [*lines, *about_risks(first.fit.risk, found.risk)]


def _numbers(instance: DeepConvexLossInstance) -> dict[str, object] | None:
    """Everything from which the hypotheses and both risks can be decided again; None for large data."""
    own, found, fit = exact_numbers(instance.first), instance.construction, instance.first.fit
    if own is None:
        return None
    kept: dict[str, object] = {name: value for name, value in own.items() if name != "width"}
    kept["widths"] = instance.widths
    if found is not None and fit is not None:
        kept |= {"better_point": vars(found.better_point), **risks(fit.risk, found.risk)}
    return kept


def deep_convex_loss_offer(proof: ConvexityProof) -> InstanceOffer:
    """The offer, given how the library proves that a loss is convex."""
    return InstanceOffer(
        build=lambda request: _build(request, proof),
        hypotheses=lambda instance: instance.hypotheses,
        evaluate=evaluate_deep_convex_loss,
        result=deep_convex_loss_result,
        data=_data,
        summary=_summary,
        numbers=_numbers,
        proofs=("relu_like.any_depth_convex_loss", "relu_like.deep_loss_candidate"),
    )
