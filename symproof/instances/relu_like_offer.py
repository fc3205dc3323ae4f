"""The instances that ``relu_like.spurious_minimum`` offers."""

from __future__ import annotations

from flint import arb, fmpq

from symproof.instances.dataset import KEPT_CELLS
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.offer import InstanceOffer
from symproof.instances.rational import format_rational
from symproof.instances.relu_like_evaluation import evaluate_relu_like
from symproof.instances.relu_like_minimum import ReluLikeInstance, result_dict
from symproof.instances.relu_like_request import relu_like_instance

__all__ = ["RELU_LIKE_OFFER", "data_of", "decimal", "dimension_of", "numbers_of"]


def dimension_of(instance: ReluLikeInstance) -> DecidedHypothesis:
    """Whether the data have a feature."""
    count = instance.dataset.feature_count
    holds = count >= 1
    witness = None if holds else {"features": count}
    statement = "there is at least one feature"
    return DecidedHypothesis("dimension", statement, holds, f"the data have {count}", witness)


def _hypotheses(instance: ReluLikeInstance) -> tuple[DecidedHypothesis, ...]:
    return (dimension_of(instance), *instance.hypotheses)


def data_of(instance: ReluLikeInstance) -> dict[str, object]:
    """What a certificate says of the input."""
    data = instance.dataset
    return {
        "data": data.name,
        "sha256": data.sha256,
        "target": data.target_name,
        "features": list(data.feature_names),
        "samples": data.sample_count,
        "activation": str(instance.activation),
        "width": instance.width,
        "alpha": format_rational(instance.alpha),
    }


def decimal(value: fmpq) -> str:
    """A number in ten decimals, for people."""
    return str(arb(value).str(10, radius=False))


def _summary(instance: ReluLikeInstance) -> list[str]:
    data = instance.dataset
    lines = [
        f"data: {data.name}, {data.sample_count} samples, {data.feature_count} features, target {data.target_name}"
    ]
    lines.append(f"activation: {instance.activation}, width {instance.width}")
    found = instance.construction
    if found is None:
        return lines
    return [
        *lines,
        f"risk at the candidate:    {decimal(found.risk_local_minimum)} (exact in --json)",
        f"risk at the better point:  {decimal(found.risk_better_point)}",
        f"radius: {decimal(found.radius)}",
        "the network itself was evaluated exactly at both points",
    ]


def numbers_of(instance: ReluLikeInstance) -> dict[str, object] | None:
    """Everything from which the hypotheses and both points can be decided again; None for large data."""
    data, found = instance.dataset, instance.construction
    if data.sample_count * (data.feature_count + 1) > KEPT_CELLS:
        return None
    numbers: dict[str, object] = {
        "inputs": data.features,
        "targets": data.targets,
        "s_plus": instance.activation.s_plus,
        "s_minus": instance.activation.s_minus,
        "width": instance.width,
        "fit": {"weights": instance.fit.weights, "intercept": instance.fit.intercept},
    }
    if found is not None:
        points = {name: vars(getattr(found, name)) for name in ("local_minimum", "better_point")}
        risks = {name: getattr(found, name) for name in ("risk_local_minimum", "risk_better_point", "radius")}
        numbers["construction"] = {**points, **risks}
    return numbers


RELU_LIKE_OFFER = InstanceOffer(
    build=relu_like_instance,
    hypotheses=_hypotheses,
    evaluate=evaluate_relu_like,
    result=result_dict,
    data=data_of,
    summary=_summary,
    proofs=("relu_like.spurious_candidate",),
    lemmas=("relu_like.candidate", "relu_like.kink", "relu_like.descent"),
    numbers=numbers_of,
)
