"""Labelled samples x_1, ..., x_m in Q^dx with targets y_1, ..., y_m in Q."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from flint import fmpq

from symproof.errors import InputError
from symproof.instances.integer_table import IntegerTable, integer_table

__all__ = ["KEPT_CELLS", "Dataset", "TableColumn", "TableRows", "dataset_from_rows"]

KEPT_CELLS = 200_000
"""Up to so many cells are kept as rationals too; of larger data sets rows are made when they are asked for."""

Vector = tuple[fmpq, ...]


@dataclass(frozen=True)
class Dataset:
    """Exact data, sample by sample.

    Attributes:
        name: the file name, or what else the data are called.
        feature_names: one name for each of the dx features.
        target_name: the name of the target column.
        table: the columns 1, features, target as integers with a scale for each column.
        lines: the line of the file on which each sample stands (1, 2, ... when the data come from no file).
        sha256: the hash of the file, in hexadecimal; empty when the data come from no file.
    """

    name: str
    feature_names: tuple[str, ...]
    target_name: str
    table: IntegerTable
    lines: Sequence[int]
    sha256: str = ""

    @property
    def sample_count(self) -> int:
        """The number m of samples."""
        return len(self.lines)

    @property
    def feature_count(self) -> int:
        """The dimension dx of the inputs."""
        return len(self.feature_names)

    @cached_property
    def features(self) -> Sequence[Vector]:
        """The m rows of dx rationals."""
        rows = TableRows(self.table)
        return tuple(rows) if self._is_small else rows

    @cached_property
    def targets(self) -> Sequence[fmpq]:
        """The m targets."""
        column = TableColumn(self.table, len(self.table.scales) - 1)
        return tuple(column) if self._is_small else column

    @property
    def _is_small(self) -> bool:
        return self.sample_count * self.feature_count <= KEPT_CELLS

    def selected(self, rows: Sequence[int]) -> Dataset:
        """The data set of some samples, counted from 0."""
        lines = tuple(self.lines[i] for i in rows)
        return Dataset(self.name, self.feature_names, self.target_name, self.table.selected(rows), lines, self.sha256)


class TableRows(Sequence[Vector]):
    """The inputs of a table with columns 1, features, target; each row is made when it is asked for."""

    def __init__(self, table: IntegerTable) -> None:
        self.table = table
        self._columns = range(1, len(table.scales) - 1)
        self._count = table.row_count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Vector: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Vector]: ...
    def __getitem__(self, index: int | slice) -> Vector | Sequence[Vector]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(self._count)))
        row = range(self._count)[index]
        return tuple(self.table.entry(row, j) for j in self._columns)

    def __iter__(self) -> Iterator[Vector]:
        scales = self.table.scales[1:-1]
        for row in self.table.rows():
            yield tuple(map(fmpq, row[1:-1], scales))


class TableColumn(Sequence[fmpq]):
    """A column of a table; each entry is made when it is asked for."""

    def __init__(self, table: IntegerTable, column: int) -> None:
        self.table, self._column = table, column
        self._count = table.row_count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> fmpq: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[fmpq]: ...
    def __getitem__(self, index: int | slice) -> fmpq | Sequence[fmpq]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(self._count)))
        return self.table.entry(range(self._count)[index], self._column)

    def __iter__(self) -> Iterator[fmpq]:
        scale = self.table.scales[self._column]
        return (fmpq(row[self._column], scale) for row in self.table.rows())


def dataset_from_rows(
    features: Sequence[Sequence[fmpq | int]], targets: Sequence[fmpq | int], name: str = "data"
) -> Dataset:
    """Build a data set from numbers already at hand; features are called x1, x2, ..., the target y.

    Raises InputError when there is no sample or feature, when the lengths do not agree, or when a column has no common
    denominator of reasonable size.
    """
    widths = {len(row) for row in features}
    if not features or len(features) != len(targets) or len(widths) != 1 or widths == {0}:
        found = f"{len(features)} rows of lengths {sorted(widths)} and {len(targets)} targets"
        raise InputError("not a data set", name, "at least one row of at least one feature, one target each", found)
    names = tuple(f"x{j + 1}" for j in range(widths.pop()))
    columns = [[fmpq(value) for value in column] for column in (*zip(*features, strict=True), targets)]
    places = ["constant", *(f"{name}: column {column!r}" for column in (*names, "y"))]
    table = integer_table([[fmpq(1)] * len(targets), *columns], places)
    return Dataset(name, names, "y", table, tuple(range(1, len(targets) + 1)))
