"""From an instance file to the numbers of the theorem on ReLU-like networks of any depth."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from flint import fmpq

from symproof.errors import InputError
from symproof.instances.activation import ReluLike
from symproof.instances.csv_file import load_dataset
from symproof.instances.deep_minimum import DeepInstance, build_deep_instance
from symproof.instances.excerpt import describe
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.parameters import Parameter, at_least, read_parameters
from symproof.instances.relu_like_request import RELU_LIKE_PARAMETERS

__all__ = ["DEEP_PARAMETERS", "SHAPE_PARAMETERS", "deep_instance", "hidden_widths"]

MAX_LAYERS = 100


def _widths(value: object, where: str, base_dir: Path) -> tuple[int, ...]:
    """Read the widths of the hidden layers: a list, or a text with commas."""
    entries = value.split(",") if isinstance(value, str) else value
    if not isinstance(entries, list) or not 1 <= len(entries) <= MAX_LAYERS:
        wanted = f"a list of 1 to {MAX_LAYERS} integers >= 1, such as [3, 2]"
        raise InputError("no widths of hidden layers", where, wanted, describe(value))
    found = (at_least(1)(entry.strip() if isinstance(entry, str) else entry, where, base_dir) for entry in entries)
    return tuple(width for width in found if isinstance(width, int))


def _depth(value: object, where: str, base_dir: Path) -> int:
    """Read the number of hidden layers."""
    depth = at_least(1)(value, where, base_dir)
    if not isinstance(depth, int) or depth > MAX_LAYERS:
        raise InputError("too many hidden layers", where, f"at most {MAX_LAYERS}", describe(value))
    return depth


SHAPE_PARAMETERS = (
    Parameter("widths", _widths, required=False),
    Parameter("width", at_least(1), required=False),
    Parameter("depth", _depth, required=False),
)
"""The widths of all hidden layers: a list ``widths``, or one ``width`` for ``depth`` layers."""

DEEP_PARAMETERS = (
    *(parameter for parameter in RELU_LIKE_PARAMETERS if parameter.name in ("data", "target", "activation", "alpha")),
    *SHAPE_PARAMETERS,
)
"""A CSV file, its target column, the activation, alpha (1 unless given), and the widths of all hidden layers: a list
``widths``, or one ``width`` for ``depth`` layers."""


def deep_instance(request: InstanceRequest) -> DeepInstance:
    """Read the parameters and the data, and build the instance; InputError when they are not as described."""
    values = read_parameters(request, DEEP_PARAMETERS)
    data, target, activation, alpha = (values[name] for name in ("data", "target", "activation", "alpha"))
    if not (
        isinstance(data, Path)
        and isinstance(target, str)
        and isinstance(activation, ReluLike)
        and isinstance(alpha, fmpq)
    ):
        raise InputError("a parameter has the wrong type", request.source)
    return build_deep_instance(load_dataset(data, target), activation, hidden_widths(request, values), alpha)


def hidden_widths(request: InstanceRequest, values: Mapping[str, object]) -> tuple[int, ...]:
    """The widths of the hidden layers from the values of ``SHAPE_PARAMETERS``. Raises InputError."""
    widths, width, depth = values["widths"], values["width"], values["depth"]
    if isinstance(widths, tuple) and width is None and depth is None:
        return widths
    if widths is None and isinstance(width, int) and isinstance(depth, int):
        return (width,) * depth
    given = [name for name in ("widths", "width", "depth") if values[name] is not None]
    wanted = "either widths, or width and depth"
    raise InputError("the hidden layers are not given", request.source, wanted, " and ".join(given) or "none of them")
