"""Calculus."""

from flint import fmpq

from tests.theorems.meeting_point import MeetingPoint

SQUARE = {"g": lambda t: t * t, "a": fmpq(1), "d": fmpq(2), "q": fmpq(3)}
SQUARE_FACTS = {
    "derivative": "the derivative of t^2 at 1 is 2: the remainder is s^2, at most epsilon |s| for |s| <= epsilon",
    "convex": "t^2 is convex",
}


def points() -> dict[str, MeetingPoint]:
    return {
        "calculus.quadratic_nonnegative": MeetingPoint(
            {"g": fmpq(0), "S": fmpq(1)},
            {"nonnegative": "about all real t: with g = 0 and S = 1 the claim is t^2/2 >= 0"},
        ),
        "calculus.product_deviation": MeetingPoint(
            {"A": fmpq(2), "B": fmpq(3), "a": fmpq(1), "b": fmpq(-1), "rho": fmpq(1), "D": fmpq(2)}
        ),
        **{
            f"calculus.{name}": MeetingPoint(SQUARE, SQUARE_FACTS)
            for name in ("smaller_value", "derivative_along_line", "convex_tangent")
        },
        "calculus.triangle": MeetingPoint({"u": fmpq(1), "v": fmpq(-2)}),
        "calculus.derivative_of_sum": MeetingPoint(
            {"G": lambda i, s: i * s, "D": lambda i: fmpq(int(i)), "a": fmpq(0)},
        ),
        "calculus.small_step": MeetingPoint({"G": fmpq(1), "B": fmpq(1), "limit": fmpq(1)}),
    }
