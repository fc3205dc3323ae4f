"""linear_algebra.best_constant: values at which all its hypotheses hold."""

from flint import fmpq

from symproof.instances.value_family import vector
from symproof.proof.meeting_point import MeetingPoint


def points() -> dict[str, MeetingPoint]:
    values = {"m": fmpq(2), "y": vector([fmpq(1), fmpq(4)]), "c": fmpq(2), "mean": fmpq(5, 2)}
    return {"linear_algebra.best_constant": MeetingPoint(values)}
