"""Labelled samples x_1, ..., x_m in Q^dx with targets y_1, ..., y_m in Q."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from symproof.errors import InputError

__all__ = ["Dataset", "dataset_from_rows"]


@dataclass(frozen=True)
class Dataset:
    """Exact data, sample by sample.

    Attributes:
        name: the file name, or what else the data are called.
        feature_names: one name for each of the dx features.
        target_name: the name of the target column.
        features: m rows of dx rationals.
        targets: m rationals.
        lines: the line of the file on which each sample stands (1, 2, ... when the data come from no file).
        sha256: the hash of the file, in hexadecimal; empty when the data come from no file.
    """

    name: str
    feature_names: tuple[str, ...]
    target_name: str
    features: tuple[tuple[fmpq, ...], ...]
    targets: tuple[fmpq, ...]
    lines: tuple[int, ...]
    sha256: str = ""

    @property
    def sample_count(self) -> int:
        """The number m of samples."""
        return len(self.targets)

    @property
    def feature_count(self) -> int:
        """The dimension dx of the inputs."""
        return len(self.feature_names)


def dataset_from_rows(
    features: Sequence[Sequence[fmpq | int]], targets: Sequence[fmpq | int], name: str = "data"
) -> Dataset:
    """Build a data set from numbers already at hand; features are called x1, x2, ..., the target y.

    Raises InputError when there is no sample or feature, or when the lengths do not agree.
    """
    widths = {len(row) for row in features}
    if not features or len(features) != len(targets) or len(widths) != 1 or widths == {0}:
        found = f"{len(features)} rows of lengths {sorted(widths)} and {len(targets)} targets"
        raise InputError("not a data set", name, "at least one row of at least one feature, one target each", found)
    return Dataset(
        name=name,
        feature_names=tuple(f"x{j + 1}" for j in range(widths.pop())),
        target_name="y",
        features=tuple(tuple(fmpq(value) for value in row) for row in features),
        targets=tuple(fmpq(value) for value in targets),
        lines=tuple(range(1, len(targets) + 1)),
    )
