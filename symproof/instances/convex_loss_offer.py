"""The instances that ``relu_like.convex_loss`` offers."""

from __future__ import annotations

from pathlib import Path

from flint import fmpq

from symproof.errors import InputError
from symproof.instances.activation import ReluLike, parse_activation
from symproof.instances.convex_loss_evaluation import evaluate_convex_loss
from symproof.instances.convex_loss_minimum import (
    ConvexLossInstance,
    build_convex_loss_instance,
    convex_loss_result,
    shown,
)
from symproof.instances.csv_file import load_dataset
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.loss import Loss, parse_loss
from symproof.instances.loss_convexity import ConvexityProof
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import Parameter, at_least, path, read_parameters, text
from symproof.instances.relu_like_offer import decimal
from symproof.instances.stationary_fit import Number

__all__ = ["convex_loss_offer"]

PARAMETERS = (
    Parameter("data", path),
    Parameter("target", text),
    Parameter("activation", lambda value, where, base: parse_activation(text(value, where, base), where)),
    Parameter("width", at_least(1)),
    Parameter("loss", lambda value, where, base: parse_loss(text(value, where, base), where)),
)
"""A CSV file, its target column, the activation, the width, and the loss: a name or an expression in f and y."""


def _build(request: InstanceRequest, proof: ConvexityProof) -> ConvexLossInstance:
    values = read_parameters(request, PARAMETERS)
    data, target, activation = values["data"], values["target"], values["activation"]
    width, loss = values["width"], values["loss"]
    if not (
        isinstance(data, Path)
        and isinstance(target, str)
        and isinstance(activation, ReluLike)
        and isinstance(width, int)
        and isinstance(loss, Loss)
    ):
        raise InputError("a parameter has the wrong type", request.source)
    return build_convex_loss_instance(load_dataset(data, target), activation, width, loss, proof)


def _data(instance: ConvexLossInstance) -> dict[str, object]:
    data = instance.dataset
    return {
        "data": data.name,
        "sha256": data.sha256,
        "target": data.target_name,
        "features": list(data.feature_names),
        "samples": data.sample_count,
        "activation": str(instance.activation),
        "width": instance.width,
        "loss": instance.loss.expression,
    }


def _decimal(value: Number) -> str:
    return decimal(value) if isinstance(value, fmpq) else shown(value)


def _summary(instance: ConvexLossInstance) -> list[str]:
    data = instance.dataset
    lines = [
        f"data: {data.name}, {data.sample_count} samples, {data.feature_count} features, target {data.target_name}",
        f"activation: {instance.activation}, width {instance.width}, loss {instance.loss.expression}",
    ]
    if instance.fit is None or instance.better is None:
        return lines
    return [
        *lines,
        f"risk at the candidate:    {_decimal(instance.fit.risk)}",
        f"risk at the better point:  {_decimal(instance.better.risk)}",
        "all numbers are exact rationals (in --json)"
        if isinstance(instance.better.risk, fmpq) and instance.fit.is_exact
        else "the fit is enclosed in balls; the network at the better point was evaluated exactly, its losses in balls",
    ]


def convex_loss_offer(proof: ConvexityProof) -> InstanceOffer:
    """The offer, given how the library proves that a loss is convex."""
    return InstanceOffer(
        build=lambda request: _build(request, proof),
        hypotheses=lambda instance: instance.hypotheses,
        evaluate=evaluate_convex_loss,
        result=convex_loss_result,
        data=_data,
        summary=_summary,
        proofs=("relu_like.convex_loss", "relu_like.loss_candidate"),
        lemmas=("relu_like.stationary_fit_is_best", "relu_like.kink", "relu_like.loss_descent"),
    )
