"""Optimization: constant functions, and (R - 1)^2/2 of a table of one entry."""

from flint import fmpq

from symproof.proof.meeting_point import MeetingPoint
from theorems.points.deep_linear import FACTS, ORIGIN, SINGLE, constant, loss, second_only

CONSTANT = dict.fromkeys(("extremal", "extremum", "derivative"), "the function is constant")


def points() -> dict[str, MeetingPoint]:
    neighbour = {**ORIGIN, "V": second_only(1), "f": constant(0), "r": fmpq(3), "rho": fmpq(2)}
    direction = {**ORIGIN, "f": constant(0), "D": constant(1), "q": fmpq(0)}
    tables = {
        **dict.fromkeys("pq", 1), **dict.fromkeys("RQS", constant(1)), "F": loss, "G": constant(0), "E": constant(2),
        "T": lambda step, row, column: 1 + 2 * step,
    }  # fmt: skip
    forms = {
        **dict.fromkeys("mpqd", 1), **dict.fromkeys("RD", constant(1)), **dict.fromkeys("CEB", constant(1)),
        "g": lambda value: value**2 / 2, "K": lambda index, value: value**2 / 2,
        "H": lambda index, entries: loss(entries),
    }  # fmt: skip
    half_a_square = {"derivative": "half a square has the derivative 1 at 1", "convex": "half a square is convex"}
    found = {
        "close_by_steps": MeetingPoint({**ORIGIN, **dict.fromkeys("VU", constant(0)), "rho": fmpq(1), "r": fmpq(2)}),
        "equal_value_neighbour": MeetingPoint(neighbour, CONSTANT),
        "equal_value_neighbour_of_maximum": MeetingPoint(neighbour, CONSTANT),
        "small_move": MeetingPoint({**ORIGIN, "D": constant(7), "rho": fmpq(1)}),
        "fermat": MeetingPoint(direction, CONSTANT),
        "fermat_for_maxima": MeetingPoint(direction, CONSTANT),
        **{
            name: MeetingPoint(forms, half_a_square)
            for name in ("gradient_of_form", "gradient_of_sum", "forms_loss_gradient", "forms_loss_convex")
        },
        **{
            name: MeetingPoint(tables, {**FACTS, "moving": "T_s = 1 + 2 s"})
            for name in ("value_of_entries", "gradient_of_entries", "derivative_along_tables", "convex_minimum")
        },
        "squared_loss_gap": MeetingPoint(
            {**dict.fromkeys("mpq", 1), **dict.fromkeys("xyRT", constant(1)), "mu": fmpq(1)}, SINGLE
        ),
    }
    return {f"optimization.{name}": point for name, point in found.items()}
