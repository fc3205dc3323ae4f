"""Calculus."""

from flint import fmpq

from tests.theorems.meeting_point import MeetingPoint


def points() -> dict[str, MeetingPoint]:
    return {
        "calculus.quadratic_nonnegative": MeetingPoint(
            {"g": fmpq(0), "S": fmpq(1)},
            {"nonnegative": "about all real t: with g = 0 and S = 1 the claim is t^2/2 >= 0"},
        ),
        "calculus.product_deviation": MeetingPoint(
            {"A": fmpq(2), "B": fmpq(3), "a": fmpq(1), "b": fmpq(-1), "rho": fmpq(1), "D": fmpq(2)}
        ),
        "calculus.small_step": MeetingPoint({"G": fmpq(1), "B": fmpq(1), "limit": fmpq(1)}),
    }
