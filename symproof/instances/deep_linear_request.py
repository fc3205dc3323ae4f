"""Reading an instance of a deep linear network: matrices of exact numbers, whose sizes must fit."""

from __future__ import annotations

import csv
from pathlib import Path

from flint import fmpq, fmpq_mat

from symproof.errors import InputError
from symproof.instances.deep_linear_network import DeepLinearNetwork, bits
from symproof.instances.deep_linear_point import DeepLinearPoint, classify
from symproof.instances.deep_linear_recheck import recheck
from symproof.instances.excerpt import describe
from symproof.instances.file_bytes import open_text
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.parameters import Parameter, path, positive_rational, rational, read_parameters, text
from symproof.instances.rational import parse_rational

__all__ = ["deep_linear_point"]

MOST_LAYERS = 50
MOST_ENTRIES = 20_000
MOST_FILE_BYTES = 10_000_000
MOST_WORK = 1_000_000_000
"""Entries of weights times samples times the bits of a sample's output, about."""


def _matrix(value: object, where: str, base_dir: Path) -> fmpq_mat:
    """A list of rows."""
    if not isinstance(value, list) or not value or not all(isinstance(row, list) for row in value):
        raise InputError("not a matrix", where, "a list of rows, each a list of numbers", describe(value))
    count = len(value[0])
    if not count or any(len(row) != count for row in value):
        found = ", ".join(str(len(row)) for row in value[:10])
        raise InputError("the rows have no common length", where, "rows of the same length, at least 1", found)
    if len(value) * count > MOST_ENTRIES:
        raise InputError("the matrix is too large", where, f"at most {MOST_ENTRIES} entries", str(len(value) * count))
    return fmpq_mat([[rational(entry, where, base_dir) for entry in row] for row in value])


def _columns(value: object, where: str, base_dir: Path) -> fmpq_mat:
    """A matrix with one column a sample, or a CSV file with one row a sample below a header."""
    if not isinstance(value, str):
        return _matrix(value, where, base_dir)
    file = path(value, where, base_dir)
    if file.suffix.lower() != ".csv":
        raise InputError("not a matrix", where, "a list of rows, or the path of a .csv file", describe(value))
    rows: list[list[fmpq]] = []
    with open_text(file, MOST_FILE_BYTES) as stream:
        try:
            for line, cells in enumerate(csv.reader(iter(stream), strict=True), start=1):
                if line == 1:
                    count = len(cells)
                    continue
                if len(cells) != count or (len(rows) + 1) * count > MOST_ENTRIES:
                    expected = f"{count} cells in every row, at most {MOST_ENTRIES} in all"
                    raise InputError("a wrong number of cells", f"{file}:{line}", expected, str(len(cells)))
                rows.append([parse_rational(cell, f"{file}:{line}") for cell in cells])
        except csv.Error as error:
            raise InputError(f"not CSV: {error}", str(file), "a header, then one row a sample") from None
    if not rows or not rows[0]:
        raise InputError("no samples", str(file), "a header, then one row a sample", "nothing")
    return fmpq_mat(rows).transpose()


def _layers(value: object, where: str, base_dir: Path) -> tuple[fmpq_mat, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_LAYERS:
        raise InputError("not a list of layers", where, f"1 to {MOST_LAYERS} matrices W1, W2, ...", describe(value))
    return tuple(_matrix(each, f"{where}, W{j}", base_dir) for j, each in enumerate(value, 1))


def _loss(value: object, where: str, base_dir: Path) -> str:
    if text(value, where, base_dir).strip() != "squared":
        raise InputError("no such loss here", where, '"squared"', describe(value))
    return "squared"


PARAMETERS = (
    Parameter("inputs", _columns),
    Parameter("targets", _columns),
    Parameter("weights", _layers),
    Parameter("loss", _loss, required=False, default="squared"),
    Parameter("radius", positive_rational, required=False, default=fmpq(1, 100)),
)


def deep_linear_point(request: InstanceRequest) -> DeepLinearPoint:
    """The instance that a request asks for, re-checked.

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
    _fitting(network, request)
    request.advance("classifying the point")
    point = classify(network, radius)
    request.advance("evaluating it again, by back-propagation")
    recheck(point)
    return point


def _fitting(network: DeepLinearNetwork, request: InstanceRequest) -> None:
    """Raise InputError unless the sizes fit, and the work is bounded."""
    inputs, targets, weights = network.inputs, network.targets, network.weights
    if inputs.ncols() != targets.ncols():
        expected = f"{inputs.ncols()} columns, one for each column of the inputs"
        raise InputError("inputs and targets are not as many", request.where("targets"), expected, str(targets.ncols()))
    rows, before = inputs.nrows(), "the inputs have"
    for j, layer in enumerate(weights, 1):
        if layer.ncols() != rows:
            expected = f"{rows} columns in W{j}, since {before} {rows} rows"
            raise InputError("sizes do not fit", request.where("weights"), expected, f"{layer.ncols()} columns")
        rows, before = layer.nrows(), f"W{j} has"
    if rows != targets.nrows():
        expected = f"{targets.nrows()} rows in W{len(weights)}, as in the targets"
        raise InputError("sizes do not fit", request.where("weights"), expected, f"{rows} rows")
    size = sum(bits(matrix) for matrix in (inputs, targets, *weights))
    work = size * inputs.ncols() * sum(len(w.entries()) for w in weights)
    if work > MOST_WORK:
        expected = f"at most {MOST_WORK} for entries of weights times samples times digits (in bits)"
        raise InputError("the instance is too large", request.source, expected, str(work))
