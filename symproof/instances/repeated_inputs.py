"""Whether two samples have the same input: decided exactly, with a few bytes for each sample."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise

from symproof.instances.integer_table import IntegerTable

__all__ = ["first_repetition"]


def first_repetition(table: IntegerTable) -> tuple[int, int] | None:
    """Two samples with the same input, counted from 0: the first that repeats an earlier one, and that one before it.

    ``table`` has the columns 1, features, target. Samples whose inputs have different digests differ; those with equal
    digests are compared entry by entry. None if all inputs are distinct.
    """
    digests = array("Q", (int.from_bytes(blake2b(key, digest_size=8).digest(), "big") for key in _keys(table)))
    in_order = array("Q", sorted(digests))
    repeated = {a for a, b in pairwise(in_order) if a == b}
    if not repeated:
        return None
    seen: dict[bytes, int] = {}
    for index, (digest, key) in enumerate(zip(digests, _keys(table), strict=True)):
        if digest in repeated:
            first = seen.setdefault(key, index)
            if first != index:
                return first, index
    return None


def _keys(table: IntegerTable) -> Iterator[bytes]:
    """The scaled inputs as text, different for different inputs."""
    return (str(row[1:-1]).encode() for row in table.rows())
