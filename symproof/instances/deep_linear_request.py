"""Reading an instance of a deep linear network: matrices of exact numbers, whose sizes must fit."""

from __future__ import annotations

from flint import fmpq, fmpq_mat

from symproof.errors import InputError
from symproof.instances.deep_linear_loss_point import LossPoint, classify_loss
from symproof.instances.deep_linear_loss_recheck import recheck_loss
from symproof.instances.deep_linear_network import DeepLinearNetwork, bits
from symproof.instances.deep_linear_point import DeepLinearPoint, classify
from symproof.instances.deep_linear_recheck import recheck
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.loss_convexity import ConvexityProof
from symproof.instances.matrix_parameter import layers, samples
from symproof.instances.parameters import Parameter, positive_rational, read_parameters, text
from symproof.instances.sample_loss import parse_sample_loss

__all__ = ["DATA_PARAMETERS", "SQUARED", "deep_linear_point", "demand_fitting"]

MOST_WORK = 10_000_000_000
"""Entries of weights times samples times the bits of a sample's output, about."""


MOST_TERMS = 2_000_000
"""Entries of weights times outputs of all samples, for other losses."""
SQUARED = "squared"

DATA_PARAMETERS = (
    Parameter("inputs", samples(("inputs", "X", "x"))),
    Parameter("targets", samples(("targets", "Y", "y"))),
    Parameter("weights", layers),
)
PARAMETERS = (
    *DATA_PARAMETERS,
    Parameter("loss", text, required=False, default=SQUARED),
    Parameter("radius", positive_rational, required=False, default=fmpq(1, 100)),
)


def deep_linear_point(request: InstanceRequest, proof: ConvexityProof | None = None) -> DeepLinearPoint | LossPoint:
    """The instance that a request asks for, re-checked; the squared loss has an exact one of its own.

    Args:
        request: the parameters.
        proof: how the library proves that a loss is convex; without it no other loss is known to be.

    Raises:
        InputError: a value is bad, or sizes do not fit.
        InstanceMismatchError: the re-check failed.
    """
    values = read_parameters(request, PARAMETERS)
    inputs, targets, weights, radius = (values[name] for name in ("inputs", "targets", "weights", "radius"))
    if not (isinstance(inputs, fmpq_mat) and isinstance(targets, fmpq_mat) and isinstance(weights, tuple)):
        raise InputError("a parameter has the wrong type", request.source)
    if not isinstance(radius, fmpq):
        raise InputError("a parameter has the wrong type", request.where("radius"))
    network = DeepLinearNetwork(inputs, targets, weights)
    loss = str(values["loss"]).strip()
    demand_fitting(network, request, loss == SQUARED)
    request.advance("classifying the point")
    if loss != SQUARED:
        parsed = parse_sample_loss(loss, request.where("loss"), network.sizes[-1], targets.nrows())
        found = classify_loss(network, parsed, radius, proof)
        request.advance("evaluating it again, sample by sample")
        recheck_loss(found)
        return found
    point = classify(network, radius)
    request.advance("evaluating it again, by back-propagation")
    recheck(point)
    return point


def demand_fitting(network: DeepLinearNetwork, request: InstanceRequest, squared: bool) -> None:
    """Raise InputError unless the sizes fit, and the work is bounded."""
    inputs, targets, weights = network.inputs, network.targets, network.weights
    if inputs.ncols() != targets.ncols():
        expected = f"{inputs.ncols()}, as many as of the inputs"
        hint = "A sample is a column of a matrix or of an array in .npz, and a row of a .csv file."
        raise InputError(
            "the targets are of another number of samples",
            request.where("targets"),
            expected,
            str(targets.ncols()),
            hint,
        )
    rows, before = inputs.nrows(), "the inputs have"
    for j, layer in enumerate(weights, 1):
        if layer.ncols() != rows:
            expected = f"{rows} columns in W{j}, since {before} {rows} rows"
            turned = j == 1 and layer.ncols() == inputs.ncols()
            hint = "Columns are samples (rows in a CSV file): transpose the inputs and the targets." if turned else ""
            raise InputError("sizes do not fit", request.where("weights"), expected, f"{layer.ncols()} columns", hint)
        rows, before = layer.nrows(), f"W{j} has"
    if squared and rows != targets.nrows():
        expected = f"{targets.nrows()} rows in W{len(weights)}, as in the targets"
        raise InputError("sizes do not fit", request.where("weights"), expected, f"{rows} rows")
    size = sum(bits(matrix) for matrix in (inputs, targets, *weights))
    parameters = sum(len(w.entries()) for w in weights)
    work = size * inputs.ncols() * parameters
    if work > MOST_WORK:
        expected = f"at most {MOST_WORK} for entries of weights times samples times digits (in bits)"
        raise InputError("the instance is too large", request.source, expected, str(work))
    if not squared and inputs.ncols() * rows * parameters > MOST_TERMS:
        expected = (
            f"at most {MOST_TERMS} for entries of weights times samples times outputs, for a loss other than squared"
        )
        raise InputError("the instance is too large", request.source, expected, str(inputs.ncols() * rows * parameters))
