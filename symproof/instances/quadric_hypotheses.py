"""The hypotheses of ``jensen.quadric``, each decided on its own."""

from __future__ import annotations

from symproof.instances.claim_judgement import plural
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.quadric_bend import Bend
from symproof.instances.quadric_direction import ConvexQuadric, Definite, NotDefinite
from symproof.instances.quadric_minimum import QuadricInstance
from symproof.instances.rational import format_rational

__all__ = ["decide_quadric"]

CERTIFIED = "certified"
DIRECTION = ("features", "constant", "definite", "mu")


def decide_quadric(instance: QuadricInstance) -> tuple[DecidedHypothesis, ...]:
    """Decide all of them, even when an early one fails."""
    hypotheses = (_different(instance), _direction(instance), *_bend(instance), *_choices(instance))
    if all(h.holds for h in hypotheses) and (instance.better is None or instance.proof_bend is None):
        statement, reason = "parameters with a smaller risk are certified", "none are found by the search"
        return (*hypotheses, DecidedHypothesis("better_point", statement, None, reason))
    return hypotheses


def _different(instance: QuadricInstance) -> DecidedHypothesis:
    statement, rows = "not all inputs are equal", instance.inputs.rows
    if instance.inputs.different:
        return DecidedHypothesis("different", statement, True, f"among {plural(len(rows), 'input')} two differ")
    witness = {"input": [format_rational(x) for x in rows[0]], "samples": len(rows)}
    return DecidedHypothesis("different", statement, False, "all are equal, so that a constant is best", witness)


def _direction(instance: QuadricInstance) -> DecidedHypothesis:
    statement = (
        "sum r_i = 0, sum r_i x_i = 0, and sum r_i x_i x_i^T is positive definite on the differences of the inputs"
    )

    def decided(holds: bool | None, reason: str, witness: dict[str, object] | None = None) -> DecidedHypothesis:
        return DecidedHypothesis("direction", statement, holds, reason, witness, DIRECTION)

    found = instance.direction
    if isinstance(found, Definite):
        squares = plural(len(found.squares), "square")
        return decided(True, f"S - mu G is a sum of {squares} with positive weights, by exact elimination")
    if isinstance(found, NotDefinite):
        return decided(False, f"the given r will not do: {found.reason}", dict(found.witness))
    if isinstance(found, ConvexQuadric):
        witness: dict[str, object] = {
            "Q": [[format_rational(q) for q in row] for row in found.matrix],
            "a": [format_rational(a) for a in found.linear],
            "b": format_rational(found.constant),
            "squares": [[format_rational(p), [format_rational(x) for x in g]] for p, g in found.squares],
        }
        reason = (
            "no r is such: all inputs lie on x^T Q x = a.x + b, with Q positive semidefinite and not 0 on their "
            "differences (jensen.no_direction_on_quadric)"
        )
        return decided(False, reason, witness)
    if not instance.inputs.different:
        return decided(None, "not looked at")
    return decided(None, "neither such an r nor a convex quadric through all inputs is found")


def _bend(instance: QuadricInstance) -> tuple[DecidedHypothesis, ...]:
    found = instance.bend
    smooth = {
        "derivative": "h has a derivative h' from v - R to v + R",
        "second": "h' has a derivative h'' from v - R to v + R",
        "continuous": "h'' is continuous at v",
    }
    statement = "sigma h''(v) > 0 with sigma^2 = 1, and R > 0"
    covers = ("bend", "sign", "radius")
    if isinstance(found, Bend):
        reach = format_rational((instance.proof_bend or found).reach)
        seen = f"seen by jets in balls that cover the interval and a little more, R = {reach}"
        return (
            *(DecidedHypothesis(label, says, True, seen, trust=CERTIFIED) for label, says in smooth.items()),
            DecidedHypothesis(
                "bend", statement, True, f"v = {found.v}, h''(v) = {found.shown}", covers=covers, trust=CERTIFIED
            ),
        )
    others = [DecidedHypothesis(label, says, None, "no bias is known") for label, says in smooth.items()]
    if found == "affine":
        reason = "the kernel proves that h'' = 0 wherever h is defined"
        return (*others, DecidedHypothesis("bend", statement, False, reason, {"h''": "0"}, covers))
    if found == "0":
        return (*others, DecidedHypothesis("bend", statement, False, "h''(v) = 0", {"h''(v)": "0"}, covers))
    return (*others, DecidedHypothesis("bend", statement, None, found, covers=covers))


def _choices(instance: QuadricInstance) -> tuple[DecidedHypothesis, ...]:
    """What holds by the choice of the targets and of the outgoing weights."""
    return (
        DecidedHypothesis("width", "d_1 >= 1", True, f"d_1 = {instance.width}"),
        DecidedHypothesis("residual", "y_i = c - r_i", True, "the targets and r are given by one another"),
        DecidedHypothesis("outgoing", "sigma u_k > 0", True, "all u_k are sigma"),
    )
