"""Linear algebra."""

from flint import fmpq

from symproof.instances.value_family import table, vector
from symproof.proof.meeting_point import MeetingPoint


def points() -> dict[str, MeetingPoint]:
    r = vector([fmpq(1), fmpq(-1)])
    one, five = table([[fmpq(1)]]), table([[fmpq(5)]])
    return {
        "linear_algebra.nonzero_inner_product": MeetingPoint({"m": 2, "r": r, "g": r}),
        "linear_algebra.padded_sum": MeetingPoint({"n": 2, "q": 1, "f": vector([fmpq(5), fmpq(0)])}),
        "linear_algebra.injective_transpose": MeetingPoint(
            {"p": 1, "q": 1, "S": one, "T": one, "v": vector([fmpq(0)])}
        ),
        "linear_algebra.one_sided_inverses": MeetingPoint(
            {**dict.fromkeys("pqrs", 1), **dict.fromkeys("STPQ", one), "Z": five}
        ),
        "linear_algebra.selected_term": MeetingPoint({"n": 2, "o": 2, "f": r}),
        "linear_algebra.underdetermined_system": MeetingPoint({"n": 2}),
        "linear_algebra.left_kernel": MeetingPoint(
            {"m": 2, "n": 2, "M": table([[fmpq(1), fmpq(2)], [fmpq(2), fmpq(4)]]), "v": vector([fmpq(2), fmpq(-1)])}
        ),
    }
