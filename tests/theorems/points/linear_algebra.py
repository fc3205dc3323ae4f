"""Linear algebra."""

from flint import fmpq

from tests.theorems.meeting_point import MeetingPoint, vector


def points() -> dict[str, MeetingPoint]:
    r = vector([fmpq(1), fmpq(-1)])
    return {
        "linear_algebra.nonzero_inner_product": MeetingPoint({"m": 2, "r": r, "g": r}),
        "linear_algebra.padded_sum": MeetingPoint({"n": 2, "q": 1, "f": vector([fmpq(5), fmpq(0)])}),
    }
