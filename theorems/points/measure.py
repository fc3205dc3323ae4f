"""Null sets: primitive notions, of which only cited facts are known."""

from flint import fmpq

from symproof.instances.value_family import table
from symproof.proof.meeting_point import MeetingPoint


def points() -> dict[str, MeetingPoint]:
    empty = MeetingPoint(abstract="the empty set is a null set")
    return {
        "measure.null_or": empty,
        "measure.null_subset": empty,
        "measure.null_union": empty,
        "measure.polynomial_zero_set": MeetingPoint(abstract="the polynomial 1 is not zero"),
        "measure.singular_matrix": MeetingPoint({"n": 1, "A": table([[fmpq(1)]])}),
    }
