"""From an instance file to the numbers of the theorem on ReLU-like networks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flint import fmpq

from symproof.errors import InputError
from symproof.instances.activation import ReluLike, parse_activation
from symproof.instances.csv_file import load_dataset
from symproof.instances.effort import Effort
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.parameters import Parameter, at_least, path, positive_rational, read_parameters, text
from symproof.instances.relu_like_minimum import ReluLikeInstance, build_relu_like_instance

__all__ = ["RELU_LIKE_PARAMETERS", "relu_like_instance"]


def _activation(value: object, where: str, base_dir: Path) -> ReluLike:
    return parse_activation(text(value, where, base_dir), where)


RELU_LIKE_PARAMETERS = (
    Parameter("data", path),
    Parameter("target", text),
    Parameter("activation", _activation),
    Parameter("width", at_least(1)),
    Parameter("alpha", positive_rational, required=False, default=fmpq(1)),
)
"""What the theorem takes: a CSV file, its target column, the activation, the width, and alpha (1 unless given)."""


def relu_like_instance(request: InstanceRequest) -> ReluLikeInstance:
    """Read the parameters and the data, and build the instance; InputError when they are not as described."""
    values = read_parameters(request, RELU_LIKE_PARAMETERS)
    data, target, activation = values["data"], values["target"], values["activation"]
    width, alpha = values["width"], values["alpha"]
    if not (
        isinstance(data, Path)
        and isinstance(target, str)
        and isinstance(activation, ReluLike)
        and isinstance(width, int)
        and isinstance(alpha, fmpq)
    ):
        raise InputError("a parameter has the wrong type", request.source)
    dataset = load_dataset(data, target, request.advance)
    instance = build_relu_like_instance(dataset, activation, width, alpha, request.advance)
    return replace(instance, effort=Effort(request.max_work, request.advance))
