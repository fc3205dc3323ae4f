"""Second moments: a triangle and its centroid, weighted by (1, 1, 1, -3)/3, and the square as activation."""

from flint import fmpq

from symproof.instances.value_family import table, vector
from symproof.proof.meeting_point import MeetingPoint

THIRD = fmpq(1, 3)
INPUTS = [[fmpq(0), fmpq(0)], [fmpq(1), fmpq(0)], [fmpq(0), fmpq(1)], [THIRD, THIRD]]
WEIGHTS = [THIRD, THIRD, THIRD, fmpq(-1)]
SQUARE = {
    "h": lambda t: t * t, "D": lambda t: 2 * t, "E": lambda t: fmpq(2), "v": fmpq(1), "R": fmpq(1), "sigma": fmpq(1),
    "a": fmpq(0), "b": fmpq(2), "A": fmpq(2), "B": fmpq(2),
}  # fmt: skip
DATA = {
    "m": 4, "dx": 2, "d1": 2, "x": table(INPUTS), "y": vector([-each for each in WEIGHTS]), "r": vector(WEIGHTS),
    "c": fmpq(0),
    "q": fmpq(1), "size": fmpq(1), "rho": fmpq(1, 2),
    "mu": fmpq(1, 11), "top": fmpq(1), "loss": lambda f, y: (f - y) ** 2 / 2,
    "u": vector([fmpq(1), fmpq(2)]), "f": vector(WEIGHTS),
    "W1": table([[fmpq(1, 4), fmpq(-1, 4)], [fmpq(0), fmpq(1, 2)]]), "b1": vector([fmpq(1), fmpq(1, 2)]),
    "W2": vector([fmpq(1), fmpq(0)]), "b2": fmpq(3),
}  # fmt: skip
FACTS = {
    "derivative": "the derivative of t^2 is 2 t",
    "second": "the derivative of 2 t is 2",
    "continuous": "the second derivative of t^2 is constant",
    "lower": "the second derivative is 2",
    "upper": "the second derivative is 2",
    "convex": "half a square is convex",
    "residual": "the derivative of half the square of f - y at f = 0 is -y",
    "definite": "with mu = 1/11 the difference is 4/33 (w_1 - w_2)^2 for the inputs; for the numbers 2/3 >= 6/11",
}  # fmt: skip
UNIT_SQUARE = {
    "m": 4, "dx": 2, "n": 2, "x": table([[fmpq(i), fmpq(j)] for i in (0, 1) for j in (0, 1)]),
    "p": vector([fmpq(1)] * 2), "g": table([[fmpq(1), fmpq(0)], [fmpq(0), fmpq(1)]]),
    "a": vector([fmpq(1)] * 2), "b": fmpq(0),
}  # fmt: skip
SQUARES = {"n": 1, "p": vector([fmpq(4, 33)]), "g": table([[fmpq(1), fmpq(-1)]])}


def points() -> dict[str, MeetingPoint]:
    return {
        "jensen.curved_values": MeetingPoint(
            {**DATA, **SQUARE, "z": vector([fmpq(0), fmpq(1), fmpq(2), fmpq(1)])}, FACTS
        ),
        **{
            f"jensen.{name}": MeetingPoint({**DATA, **SQUARE}, FACTS)
            for name in (
                "bent_nearby",
                "quadric_first_order",
                "above_constant",
                "quadric_region",
                "quadric_radius",
                "quadric_local_minimum",
                "quadric_descent",
                "quadric_convex_loss",
                "quadric",
            )
        },
        "jensen.no_direction_on_quadric": MeetingPoint(UNIT_SQUARE),
        "jensen.quadric_or_direction": MeetingPoint(UNIT_SQUARE),
        "jensen.definite_by_squares": MeetingPoint({**DATA, **SQUARES}),
    }
