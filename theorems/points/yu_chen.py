"""The claim of Yu and Chen."""

from flint import fmpq

from symproof.instances.value_family import table, vector
from symproof.proof.meeting_point import MeetingPoint

ONE_UNIT = {"V1": table([[fmpq(2)]]), "c1": vector([fmpq(-1)]), "V2": vector([fmpq(1)]), "c2": fmpq(0)}


def points() -> dict[str, MeetingPoint]:
    return {
        "yu_chen.midpoint": MeetingPoint({"b": fmpq(-1), "w": fmpq(2)}),
        "yu_chen.region": MeetingPoint({"n": 1, **ONE_UNIT}),
        "yu_chen.spurious_minimum": MeetingPoint({"n": 2}),
        "yu_chen.refutation": MeetingPoint(),
        "yu_chen.claim": MeetingPoint(
            {
                "P": 2, "d": 1, "x": table([[fmpq(0)], [fmpq(1)]]), "y": vector([fmpq(0), fmpq(0)]),
                "W1": table([[fmpq(0)]]), "b1": vector([fmpq(0)]), "W2": vector([fmpq(0)]), "b2": fmpq(0),
            },
            {"local": "about all parameters near by: the network is 0 and so are the targets, so the risk is 0"},
        ),
    }  # fmt: skip
