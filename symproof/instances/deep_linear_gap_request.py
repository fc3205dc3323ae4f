"""Reading an instance of ``deep_linear.gradient_bound``: data, and weights that may be those of a trained network."""

from __future__ import annotations

from pathlib import Path

from flint import fmpq_mat

from symproof.errors import InputError
from symproof.instances.deep_linear_gap import GapBound, bound_gap, recheck_gap
from symproof.instances.deep_linear_network import DeepLinearNetwork
from symproof.instances.deep_linear_request import DATA_PARAMETERS, SQUARED, demand_fitting
from symproof.instances.excerpt import describe
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.parameters import Parameter, read_parameters, text

__all__ = ["deep_linear_gap"]


def _loss(value: object, where: str, base_dir: Path) -> str:
    if text(value, where, base_dir).strip() != SQUARED:
        raise InputError("no such loss here", where, f'"{SQUARED}"', describe(value))
    return SQUARED


PARAMETERS = (*DATA_PARAMETERS, Parameter("loss", _loss, required=False, default=SQUARED))


def deep_linear_gap(request: InstanceRequest) -> GapBound:
    """The instance that a request asks for, re-checked.

    Raises:
        InputError: a value is bad, or sizes do not fit.
        InstanceMismatchError: the re-check failed.
    """
    values = read_parameters(request, PARAMETERS)
    inputs, targets, weights = (values[name] for name in ("inputs", "targets", "weights"))
    if not (isinstance(inputs, fmpq_mat) and isinstance(targets, fmpq_mat) and isinstance(weights, tuple)):
        raise InputError("a parameter has the wrong type", request.source)
    network = DeepLinearNetwork(inputs, targets, weights)
    demand_fitting(network, request, squared=True)
    request.advance("bounding the gap by the gradient")
    found = bound_gap(network)
    request.advance("evaluating it again, by back-propagation")
    recheck_gap(found)
    return found
