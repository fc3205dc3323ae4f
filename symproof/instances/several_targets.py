"""Data sets with several targets: one data set for each of them, all with the same inputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from flint import fmpz_mat

from symproof.errors import InputError
from symproof.instances.csv_file import load_dataset
from symproof.instances.dataset import Dataset
from symproof.instances.excerpt import excerpt
from symproof.instances.integer_table import IntegerTable

__all__ = ["load_several_targets"]


def load_several_targets(
    path: Path, targets: Sequence[str], advance: Callable[[str], None] = lambda _: None
) -> tuple[Dataset, ...]:
    """Read a CSV file; each of the columns ``targets`` is an output, all other columns are features.

    Raises InputError for what is not such a table, and if no column is left for the inputs.
    """
    whole = load_dataset(path, targets[0], advance)
    names = whole.feature_names
    for name in targets[1:]:
        if name not in names:
            known = ", ".join(map(excerpt, names[:20]))
            raise InputError("no such column", f"{path}", f"one of {known}", excerpt(name))
    inputs = [j for j, name in enumerate(names, 1) if name not in targets]
    if not inputs:
        raise InputError("no column is left for the inputs", str(path), "at least one feature", "targets only")
    places = [len(names) + 1, *(1 + names.index(name) for name in targets[1:])]
    features = tuple(names[j - 1] for j in inputs)
    return tuple(
        replace(whole, feature_names=features, target_name=name, table=_columns(whole.table, [0, *inputs, place]))
        for name, place in zip(targets, places, strict=True)
    )


def _columns(table: IntegerTable, order: Sequence[int]) -> IntegerTable:
    """Some of the columns of a table, in this order."""
    if list(order) == list(range(len(table.scales))):
        return table
    chunks = tuple(
        fmpz_mat(chunk.nrows(), len(order), [row[j] for row in chunk.tolist() for j in order]) for chunk in table.chunks
    )
    return IntegerTable(chunks, tuple(table.scales[j] for j in order))
