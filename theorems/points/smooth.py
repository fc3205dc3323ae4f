"""Smooth activations: the square, with v = 1, where its derivatives are 2 and 2."""

from flint import fmpq

from symproof.instances.value_family import table, vector
from symproof.proof.meeting_point import MeetingPoint

SQUARE = {
    "h": lambda t: t * t,
    "D": lambda t: 2 * t,
    "E": lambda t: fmpq(2),
    "v": fmpq(1),
    "r": fmpq(1),
    "sigma": fmpq(1),
    "tau": fmpq(1),
}
FACTS = {
    "derivative": "the derivative of t^2 is 2 t",
    "second": "the derivative of 2 t is 2",
    "continuous": "the second derivative of t^2 is constant",
    "bent": "the second derivative is 2",
}
NETWORK = {
    "W1": table([[fmpq(1, 2), fmpq(-1, 3)], [fmpq(0), fmpq(1, 4)]]), "b1": vector([fmpq(1), fmpq(3, 4)]),
    "W2": vector([fmpq(1), fmpq(2)]), "b2": fmpq(-1),
}  # fmt: skip
OTHER = dict(zip(("V1", "c1", "V2", "c2"), NETWORK.values(), strict=True))
INTERVAL = {"a": fmpq(0), "b": fmpq(2)}
NOT_AFFINE = {"not_affine": "t^2 takes the values 1/4, 1, 9/4 at 1/2, 1, 3/2"}
TWO_UNITS = {
    **SQUARE, "v1": fmpq(1), "v2": fmpq(1), "u1": fmpq(1, 6), "u2": fmpq(1, 6),
    "p1": fmpq(1), "p2": fmpq(2), "p3": fmpq(2), "p4": fmpq(-4),
}  # fmt: skip
TWO_FACTS = {f"{label}{j}": FACTS[label] for label in ("derivative", "second", "continuous") for j in (1, 2)}
CORNER = {
    "A1": fmpq(1, 6),
    "K1": fmpq(2),
    "Z1": fmpq(2),
    "A2": fmpq(1, 6),
    "K2": fmpq(2),
    "Z2": fmpq(2),
    "epsilon": fmpq(1),
}


def derivatives(order: int, point: fmpq) -> fmpq:
    """The derivatives of the square."""
    return (point * point, 2 * point, fmpq(2))[order] if 0 <= order <= 2 else fmpq(0)


def points() -> dict[str, MeetingPoint]:
    return {
        "smooth.coordinates": MeetingPoint({"n": 2, **SQUARE, **NETWORK}),
        "smooth.risk_identity": MeetingPoint({"A": fmpq(1), "E": fmpq(2), "O": fmpq(-3)}),
        "smooth.excess": MeetingPoint({"n": 2, **SQUARE, **NETWORK}),
        "smooth.region": MeetingPoint({"n": 2, **SQUARE, **NETWORK}),
        "smooth.zero_risk": MeetingPoint({"n": 2, **TWO_UNITS}),
        "smooth.fit_by_differences": MeetingPoint({"n": 2, **SQUARE, "t": fmpq(1, 2)}),
        "smooth.positive_definite": MeetingPoint(dict.fromkeys("prst", fmpq(2)) | {"q": fmpq(1)}),
        "smooth.bent_region": MeetingPoint({"n": 2, **SQUARE, **OTHER}, FACTS),
        "smooth.minimum_risk": MeetingPoint({"n": 2, **SQUARE}),
        "smooth.convex_local_minimum": MeetingPoint({"n": 2, **SQUARE}, FACTS),
        "smooth.independent_differences": MeetingPoint(SQUARE, FACTS),
        "smooth.bent_activation": MeetingPoint({"n": 2, **SQUARE}, FACTS),
        **{
            f"smooth.{name}": MeetingPoint({"n": 2, **SQUARE, **INTERVAL}, FACTS | NOT_AFFINE)
            for name in ("curved_somewhere", "bent_point", "every_activation")
        },
        **{
            f"smooth.{name}": MeetingPoint({"n": 2})
            for name in (
                "sigmoid",
                "tanh",
                "arctan",
                "quadratic",
                "exponential",
                "softplus",
                "silu",
                "gaussian",
                "cube",
                "softsign",
                "elu",
                "hard_swish",
                "mish",
                "gelu",
                "log_cosh",
            )
        },
        "smooth.corner_nearby": MeetingPoint(CORNER),
        "smooth.definite_nearby": MeetingPoint(CORNER),
        "smooth.local_minimum": MeetingPoint(TWO_UNITS, TWO_FACTS),
        "smooth.spurious_minimum": MeetingPoint(TWO_UNITS, TWO_FACTS),
        "smooth.paper_spurious_minimum": MeetingPoint(
            TWO_UNITS | {"H": derivatives},
            {f"derivatives{j}": "each is the derivative of the one before it" for j in (1, 2)}
            | {"analytic": "with C = 2: the first two derivatives at 1 are 2 and 2, the others 0"},
        ),
        "smooth.minimum_from_conditions": MeetingPoint(
            TWO_UNITS | {"H": derivatives},
            {"conditions": "those of smooth.paper_spurious_minimum, which the square meets"},
        ),
        "smooth.sigmoid_bound": MeetingPoint({"c": fmpq(1), "s": fmpq(0)}),
        **{
            f"smooth.{name}": MeetingPoint({"scale": fmpq(21, 20), "alpha": fmpq(5, 3)})
            for name in ("paper_selu", "corollary")
        },
    }
