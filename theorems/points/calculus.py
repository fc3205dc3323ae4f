"""Calculus."""

from flint import fmpq

from symproof.instances.value_family import vector
from symproof.proof.meeting_point import MeetingPoint

SQUARE = {"g": lambda t: t * t, "a": fmpq(1), "d": fmpq(2), "q": fmpq(3)}
SQUARE_FACTS = {
    "derivative": "the derivative of t^2 at 1 is 2: the remainder is s^2, at most epsilon |s| for |s| <= epsilon",
    "convex": "t^2 is convex",
}
SMOOTH = {
    "g": lambda t: t * t,
    "D": lambda t: 2 * t,
    "E": lambda t: fmpq(2),
    "v": fmpq(1),
    "a": fmpq(1),
    "d": fmpq(2),
    "r": fmpq(1),
    "t": fmpq(1, 2),
    "c": fmpq(1),
    "p": fmpq(1),
    "sigma": fmpq(1),
    "e": fmpq(1),
    "epsilon": fmpq(1),
}
SMOOTH_FACTS = {
    "derivative": "the derivative of t^2 is 2 t",
    "second": "the derivative of 2 t is 2",
    "continuous": "a constant is continuous, and so is t^2",
    "bound": "from 1/2 to 3/2 the first derivative is at least 1, and the second is 2",
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
        "calculus.least_upper_bound": MeetingPoint(
            {"S": lambda t: t * t <= 2},
            {"nonempty": "0 has the property", "bounded": "t^2 <= 2 only for t <= 2"},
        ),
        "calculus.nonnegative_derivative": MeetingPoint(
            {"g": lambda t: t * t, "D": lambda t: 2 * t, "a": fmpq(0), "b": fmpq(1)},
            {"derivative": "the derivative of t^2 is 2 t", "sign": "2 t >= 0 for t >= 0"},
        ),
        "calculus.unique_derivative": MeetingPoint(
            {**SQUARE, "q": fmpq(2)}, dict.fromkeys(("one", "other"), SQUARE_FACTS["derivative"])
        ),
        "calculus.derivative_of_combination": MeetingPoint({**SQUARE, "p": fmpq(-1)}, SQUARE_FACTS),
        "calculus.derivative_of_combination_of_two": MeetingPoint(
            {**SQUARE, "h": lambda t: t, "e": fmpq(1), "p": fmpq(-1)},
            {"first": SQUARE_FACTS["derivative"], "second": "the derivative of t is 1"},
        ),
        "calculus.power_times_factorial": MeetingPoint({"B": fmpq(2)}),
        "calculus.power_at_most_one": MeetingPoint({"x": fmpq(1, 2)}),
        "calculus.scaled_power": MeetingPoint({"B": fmpq(2), "c": fmpq(1, 2)}),
        **{
            f"calculus.{name}": MeetingPoint(
                {"g": lambda t: t * t, "D": lambda t: 2 * t, "E": lambda t: fmpq(2)},
                {
                    "derivative": "the derivative of t^2 is 2 t",
                    "increasing": "2 t is increasing",
                    "second": "the derivative of 2 t is 2",
                    "sign": "2 >= 0",
                },
            )
            for name in ("above_tangents", "increasing_derivative", "second_derivative")
        },
        "calculus.glued_derivative": MeetingPoint(
            {"g": lambda t: fmpq(0), "D": lambda t: fmpq(0), "k": lambda t: t * t, "E": lambda t: 2 * t, "b": fmpq(0)},
            {"left": "a constant has derivative 0", "right": "the derivative of t^2 is 2 t"},
        ),
        "calculus.glued_nondecreasing": MeetingPoint(
            {"D": lambda t: fmpq(0), "E": lambda t: 2 * t, "b": fmpq(0), "top": fmpq(1)},
            {"left": "a constant is nondecreasing", "right": "2 t is increasing"},
        ),
        **{
            f"calculus.{name}": MeetingPoint(SMOOTH, SMOOTH_FACTS)
            for name in (
                "differentiable_continuous",
                "nearly_constant",
                "first_difference",
                "second_difference",
                "scaled_first_difference",
                "scaled_second_difference",
                "difference_coefficients",
                "coefficients_of_positive_steps",
                "derivative_with_square",
            )
        },
        "calculus.first_order_remainder": MeetingPoint(SMOOTH | {"b": fmpq(2)}, SMOOTH_FACTS),
        "calculus.derivative_of_reflected_sum": MeetingPoint(
            SMOOTH | {"d": fmpq(4), "e": fmpq(0)},
            {"right": "the derivative of t^2 at 2 is 4", "left": "the derivative of t^2 at 0 is 0"},
        ),
        "calculus.zero_derivative": MeetingPoint(
            {"h": lambda t: fmpq(3), "a": fmpq(0), "b": fmpq(1)}, {"derivative": "the derivative of a constant is 0"}
        ),
        "calculus.nearby_product": MeetingPoint({"a": fmpq(2), "b": fmpq(3), "epsilon": fmpq(1)}),
        "calculus.unit_values": MeetingPoint({"sigma": fmpq(-1)}),
        "calculus.triangle_for_sums": MeetingPoint(
            {"m": 2, "a": vector([fmpq(1), fmpq(-2)]), "b": vector([fmpq(1), fmpq(3)])}
        ),
        **{
            f"calculus.{name}": MeetingPoint(SMOOTH | {"r": fmpq(1, 2)}, SMOOTH_FACTS)
            for name in ("interval_tangent", "interval_growth")
        },
        "calculus.jensen_inequality": MeetingPoint(
            SMOOTH
            | {"h": SMOOTH["g"], "e": fmpq(1), "m": 2, "mean": fmpq(3, 2)}
            | {"lam": vector([fmpq(1, 2)] * 2), "s": vector([fmpq(1), fmpq(2)])},
            {"tangent": "b^2 = a^2 + 2 a (b - a) + (b - a)^2"},
        ),
        "calculus.unit_sign": MeetingPoint({"sigma": fmpq(-1), "t": fmpq(3)}),
        "calculus.sign_of": MeetingPoint({"t": fmpq(-2)}),
        "calculus.triangle": MeetingPoint({"u": fmpq(1), "v": fmpq(-2)}),
        "calculus.derivative_of_sum": MeetingPoint(
            {"G": lambda i, s: i * s, "D": lambda i: fmpq(int(i)), "a": fmpq(0)},
        ),
        "calculus.small_step": MeetingPoint({"G": fmpq(1), "B": fmpq(1), "limit": fmpq(1)}),
    }
