"""Deep linear networks: two layers of one weight each, and the loss (R - 1)^2/2 of their product."""

from flint import fmpq

from symproof.instances.value_family import vector
from symproof.proof.meeting_point import MeetingPoint


def one_each(layer: int) -> int:
    """The sizes of the layers."""
    return 1


def constant(value: int) -> object:
    """A family, with any number of indices, all of whose entries are the same."""
    return lambda *indices: fmpq(value)


def loss(entries: object) -> fmpq:
    """Half the square of the error."""
    return (entries(1, 1) - 1) ** 2 / 2  # type: ignore[operator]


ORIGIN = {"L": 2, "d": one_each, "F": loss, "W": constant(0), "G": constant(-1)}
"""Both weights are 0: a saddle."""
MINIMUM = {**ORIGIN, "W": constant(1), "G": constant(0)}
"""Both weights are 1: a global minimum."""
FULL_RANK = {**MINIMUM, "T": constant(1), "P": constant(1), "j": 1}
AT_ONE = {"L": 2, "d": one_each, "W": constant(1), "j": 1, "sigma": fmpq(1), "tau": fmpq(1)}
SINGLE = dict.fromkeys(("suffix", "prefix", "curved"), "both sides are the square of v(1)")
FACTS = {
    "gradient": "the derivative of (R - 1)^2/2 is R - 1: -1 at 0, and 0 at 1; the remainder is half a square",
    "differentiable": "the derivative of (R - 1)^2/2 is R - 1",
    "convex": "a square of an affine function",
    "critical": "the derivatives of (v w - 1)^2/2 are (v w - 1) w and (v w - 1) v: 0 at v = w = 0 and at v = w = 1",
    "minimum": "the value is 0, and no square is less",
    "extremum": "the value is 0, and no square is less",
    "loss": "the value is 0, and no square is less",
    "singular": "the first weight is 0, so it maps 1 to 0",
    "injective": "the empty product is the identity",
}


def second_only(value: int) -> object:
    """The weight of layer 2 alone is not 0."""
    return lambda layer, row, column: fmpq(value if layer == 2 else 0)


def points() -> dict[str, MeetingPoint]:
    below_zero = "-(R - 1)^2/2 is nowhere larger than 0"
    maximum = ({"F": lambda entries: -loss(entries)}, {**FACTS, "extremum": below_zero, "loss": below_zero})
    at_origin = ("critical_point", "critical_points", "saddle", "convex", "global_or_saddle", "no_width_claim")
    at_minimum = (
        "convex_minimum", "local_minimum_is_critical", "local_minimum_of_loss", "global_minimum", "global_maximum",
        "laurent_von_brecht", "no_width_convex_claim",
    )  # fmt: skip
    found = {
        "unchanged_product": MeetingPoint({**ORIGIN, "V": constant(0), "l": 1, "i": 0}),
        "split_product": MeetingPoint({**ORIGIN, "l": 1, "n": 1, "i": 0}),
        "peeled_product": MeetingPoint({**ORIGIN, "l": 1, "i": 0}),
        "transposed_product": MeetingPoint({**ORIGIN, "l": 1, "j": 0}),
        "transposed_gradient": MeetingPoint({**ORIGIN, "j": 1}),
        "product_along_layer": MeetingPoint(
            {**ORIGIN, "V": second_only(3), "D": constant(3), "s": fmpq(1), "n": 1, "k": 0}
        ),
        "product_invariance": MeetingPoint(
            {**ORIGIN, "V": second_only(1), "u": lambda layer, unit: fmpq(layer), "w": constant(1)}
        ),
        "full_rank_stationarity": MeetingPoint(
            {**dict.fromkeys("pqrs", 1), **dict.fromkeys("STPQ", constant(1)), "G": constant(0)}
        ),
        "layer_gradient": MeetingPoint({**ORIGIN, "D": constant(1), "j": 1}, FACTS),
        "partial_derivative": MeetingPoint({**ORIGIN, "j": 1, "a": 1, "b": 1}, FACTS),
        "first_kernel": MeetingPoint({**ORIGIN, "l": 1}, FACTS),
        "kernel_remains": MeetingPoint({**ORIGIN, "v": vector([fmpq(1)]), "k": 1, "l": 2}),
        "wide_left_kernel": MeetingPoint({**ORIGIN, "k": 1, "l": 1}, FACTS),
        "escape_step": MeetingPoint({**ORIGIN, "V": constant(0), "u": vector([fmpq(1)]), "n": 1, "rho": fmpq(1)}),
        "layer_sees": MeetingPoint({**ORIGIN, "W": second_only(1), "n": 1}, FACTS),
        "escape_narrow_input": MeetingPoint({**ORIGIN, "rho": fmpq(1, 10)}),
        "escape": MeetingPoint({**ORIGIN, "rho": fmpq(1, 10)}),
        **{name: MeetingPoint(ORIGIN, FACTS) for name in at_origin},
        "nearby_product": MeetingPoint(ORIGIN),
        "factorization": MeetingPoint({**ORIGIN, "Q": constant(5)}),
        "small_pull_back": MeetingPoint(
            {"p": 1, "q": 1, "n": 1, "o": 1, "rho": fmpq(2), **dict.fromkeys("TZP", constant(2))}
        ),
        **{name: MeetingPoint(MINIMUM, FACTS) for name in at_minimum},
        "local_maximum_of_loss": MeetingPoint({**MINIMUM, **maximum[0]}, maximum[1]),
        **{
            name: MeetingPoint(FULL_RANK, FACTS)
            for name in ("full_rank_critical", "full_rank_minimum", "min_width_rank")
        },
        "full_rank_maximum": MeetingPoint({**FULL_RANK, **maximum[0]}, maximum[1]),
        "layer_gradient_bound": MeetingPoint({**AT_ONE, "G": constant(1)}, SINGLE),
        "gradient_bound": MeetingPoint({**AT_ONE, "m": 1, **dict.fromkeys("xyT", constant(1)), "mu": fmpq(1)}, SINGLE),
        **{
            name: MeetingPoint({**ORIGIN, "m": 1, "x": constant(1), "y": constant(1)})
            for name in ("squared_loss", "kawaguchi")
        },
        **{name: MeetingPoint({"d": lambda layer: 1 if layer == 1 else 2}) for name in ("no_width", "narrow_minimum")},
        "narrow_loss_gradient": MeetingPoint({"R": constant(1)}),
        **{n: MeetingPoint() for n in ("narrow_loss_convex", "no_width_refutation", "no_width_convex_refutation")},
    }
    return {f"deep_linear.{name}": point for name, point in found.items()}
