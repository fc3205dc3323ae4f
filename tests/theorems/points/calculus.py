"""Calculus."""

from flint import fmpq

from tests.theorems.meeting_point import MeetingPoint


def points() -> dict[str, MeetingPoint]:
    return {
        "calculus.quadratic_nonnegative": MeetingPoint(
            {"g": fmpq(0), "S": fmpq(1)},
            {"nonnegative": "about all real t: with g = 0 and S = 1 the claim is t^2/2 >= 0"},
        ),
        "calculus.small_step": MeetingPoint({"G": fmpq(1), "B": fmpq(1), "limit": fmpq(1)}),
    }
