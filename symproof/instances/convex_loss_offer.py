"""The instances that ``relu_like.convex_loss`` offers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from flint import fmpq

from symproof.errors import InputError
from symproof.instances.activation import ReluLike, parse_activation
from symproof.instances.closed_form import rational_bounds
from symproof.instances.convex_loss_evaluation import evaluate_convex_loss
from symproof.instances.convex_loss_minimum import (
    ConvexLossInstance,
    build_convex_loss_instance,
    convex_loss_result,
    local_candidate,
    rational_below,
    shown,
)
from symproof.instances.csv_file import load_dataset
from symproof.instances.dataset import KEPT_CELLS, Dataset
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.loss import F, Loss, Y, loss_term, parse_loss
from symproof.instances.loss_convexity import ConvexityProof
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import Parameter, at_least, path, read_parameters, text
from symproof.instances.relu_like_offer import decimal
from symproof.instances.simple_rational import simplest_between
from symproof.instances.stationary_fit import Number

__all__ = [
    "LOSS_PARAMETERS",
    "about_risks",
    "convex_loss_offer",
    "data_and_loss",
    "exact_numbers",
    "risks",
]

LOSS_PARAMETERS = (
    Parameter("data", path),
    Parameter("target", text),
    Parameter("activation", lambda value, where, base: parse_activation(text(value, where, base), where)),
    Parameter("loss", lambda value, where, base: parse_loss(text(value, where, base), where)),
)
"""A CSV file, its target column, the activation, and the loss: a name, an expression in f and y, or pieces."""


def data_and_loss(request: InstanceRequest, values: Mapping[str, object]) -> tuple[Dataset, ReluLike, Loss]:
    """The data, the activation and the loss from the values of ``LOSS_PARAMETERS``. Raises InputError."""
    data, target, activation, loss = (values[name] for name in ("data", "target", "activation", "loss"))
    if not (
        isinstance(data, Path)
        and isinstance(target, str)
        and isinstance(activation, ReluLike)
        and isinstance(loss, Loss)
    ):
        raise InputError("a parameter has the wrong type", request.source)
    return load_dataset(data, target), activation, loss


def _build(request: InstanceRequest, proof: ConvexityProof) -> ConvexLossInstance:
    values = read_parameters(request, (*LOSS_PARAMETERS, Parameter("width", at_least(1))))
    dataset, activation, loss = data_and_loss(request, values)
    width = values["width"]
    if not isinstance(width, int):
        raise InputError("the width has the wrong type", request.source)
    return build_convex_loss_instance(dataset, activation, width, loss, proof)


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


def _exact_numbers(instance: ConvexLossInstance) -> dict[str, object] | None:
    """Everything from which the hypotheses and both points can be decided again; None for large data."""
    found, fit, better = exact_numbers(instance), instance.fit, instance.better
    if found is None or fit is None or better is None:
        return found
    radius = local_candidate(instance, fit).radius
    return found | {
        "better_point": vars(better.parameters),
        "radius": rational_below(radius),
        **risks(fit.risk, better.risk),
    }


def exact_numbers(instance: ConvexLossInstance) -> dict[str, object] | None:
    """The data, the loss and the affine fit: rationals at or near it; None for large data."""
    data, fit = instance.dataset, instance.fit
    if data.sample_count * (data.feature_count + 1) > KEPT_CELLS:
        return None
    found: dict[str, object] = {
        "inputs": data.features,
        "targets": data.targets,
        "s_plus": instance.activation.s_plus,
        "s_minus": instance.activation.s_minus,
        "width": instance.width,
        "loss": loss_term(instance.loss),
        "output": F,
        "target": Y,
    }
    if fit is not None:
        *weights, intercept = fit.rational()
        found["fit"] = {"weights": weights, "intercept": intercept}
    return found


def risks(candidate: Number, better: Number) -> dict[str, object]:
    """Rational bounds of both risks, with some room for the balls of another program."""
    low, high, other = rational_bounds(candidate)[0], rational_bounds(candidate)[1], rational_bounds(better)[1]
    gap = low - other
    if not isinstance(candidate, fmpq):
        low = simplest_between(low - gap / 100, low - gap / 1000)
        high = simplest_between(high + gap / 1000, high + gap / 100)
    if not isinstance(better, fmpq):
        other = simplest_between(other + gap / 1000, other + gap / 100)
    return {"risk_at_least": low, "risk_at_most": high, "risk_better_point": other}


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
    return [*lines, *about_risks(instance.fit.risk, instance.better.risk)]


def about_risks(candidate: Number, better: Number) -> list[str]:
    """Both risks, and what is known of them: lines for a person."""
    exact = isinstance(candidate, fmpq) and isinstance(better, fmpq)
    return [
        f"risk at the candidate:    {_decimal(candidate)}",
        f"risk at the better point:  {_decimal(better)}",
        "all numbers are exact rationals (in --json)"
        if exact
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
        numbers=_exact_numbers,
        proofs=("relu_like.convex_loss", "relu_like.loss_candidate"),
        lemmas=("relu_like.stationary_fit_is_best", "relu_like.kink", "relu_like.loss_descent"),
    )
