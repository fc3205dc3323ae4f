"""Optimization: constant functions, and (R - 1)^2/2 of a table of one entry."""

from flint import fmpq

from tests.theorems.meeting_point import MeetingPoint
from tests.theorems.points.deep_linear import FACTS, ORIGIN, constant, loss, second_only

CONSTANT = dict.fromkeys(("extremal", "extremum", "derivative"), "the function is constant")


def points() -> dict[str, MeetingPoint]:
    neighbour = {**ORIGIN, "V": second_only(1), "f": constant(0), "r": fmpq(3), "rho": fmpq(2)}
    direction = {**ORIGIN, "f": constant(0), "D": constant(1), "q": fmpq(0)}
    tables = {
        **dict.fromkeys("pq", 1), **dict.fromkeys("RQS", constant(1)), "F": loss, "G": constant(0), "E": constant(2),
        "T": lambda step, row, column: 1 + 2 * step,
    }  # fmt: skip
    found = {
        "close_by_steps": MeetingPoint({**ORIGIN, **dict.fromkeys("VU", constant(0)), "rho": fmpq(1), "r": fmpq(2)}),
        "equal_value_neighbour": MeetingPoint(neighbour, CONSTANT),
        "equal_value_neighbour_of_maximum": MeetingPoint(neighbour, CONSTANT),
        "small_move": MeetingPoint({**ORIGIN, "D": constant(7), "rho": fmpq(1)}),
        "fermat": MeetingPoint(direction, CONSTANT),
        "fermat_for_maxima": MeetingPoint(direction, CONSTANT),
        **{
            name: MeetingPoint(tables, {**FACTS, "moving": "T_s = 1 + 2 s"})
            for name in ("value_of_entries", "gradient_of_entries", "derivative_along_tables", "convex_minimum")
        },
    }
    return {f"optimization.{name}": point for name, point in found.items()}
