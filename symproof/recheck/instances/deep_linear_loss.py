"""``deep_linear.critical_points`` with numbers, for a loss of every output on its own, summed over outputs and samples.

Numbers: ``inputs``, ``targets``, ``weights``, ``radius`` and ``classification`` as for the squared loss; ``entry_loss``
(a term in ``output`` and ``target``), which has to be seen to be convex and differentiable; at a saddle perhaps
``lower_point`` and ``higher_point``; perhaps ``bound``: ``at_most``, and ``multipliers``, ``left`` and ``right`` (a
number for each output and sample).

The bound: let the multipliers e of every output be orthogonal to the inputs. Then the sum of all e f is 0 for the
outputs f of every product of layers, so that its loss is the sum of all r(f) - e f. If r' <= e at a and r' >= e at
b > a, then r(f) - e f is at least r(a) - e a + (r'(a) - e)(b - a) for every f, as r is convex.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from fractions import Fraction

import flint
from flint import arb, fmpq_mat

from symproof.recheck.instances.convex_loss import TargetLoss, literal
from symproof.recheck.instances.deep_linear import Network, demand_near
from symproof.recheck.instances.equal import same_number
from symproof.recheck.instances.jet import value
from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.refused import Refused
from symproof.recheck.term import Term, num, op, substituted

__all__ = ["check"]

GRADIENT, CONVEX = "optimization.forms_loss_gradient", "optimization.forms_loss_convex"
"""The results that say what the gradient of such a loss is, and that it is convex."""
PRECISION = 1024
TERMS = list[list[Term]]


def check(numbers: Numbers, results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses and the classification again. Raises Refused if the numbers do not fit."""
    found, targets, weights = Findings(), numbers.matrix("targets"), numbers.matrices("weights")
    network = Network(numbers.matrix("inputs"), targets, weights)
    losses, outputs = _losses(numbers, targets), network.passed[-1].tolist()
    widths = [network.passed[0].nrows(), *(layer.nrows() for layer in weights)]
    found.holds = {"depth": True, "widths": all(w >= min(widths[0], widths[-1]) for w in widths)}
    if not found.demand(f"{GRADIENT} and {CONVEX} are among the results", {GRADIENT, CONVEX} <= {*results} or None):
        return found
    found.holds |= dict.fromkeys(("differentiable", "gradient"), True)
    with flint.ctx.workprec(PRECISION):
        slopes = [[each.slope(f) for each, f in zip(*rows, strict=True)] for rows in zip(losses, outputs, strict=True)]
        size = targets.nrows()
        eye = fmpq_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])
        zero, critical = _vanishes(eye, slopes, network.passed[0]), _critical(network, slopes, eye)
        if critical is not None:
            found.holds["critical"] = critical
        name = numbers.text("classification") if "classification" in numbers else ""
        loss = _loss(losses, network)
        found.found.append(f"widths {', '.join(map(str, widths))}; the loss is {loss.str(12)}")
        if name == "global_minimum":
            found.holds["convex"] = True
        if verdict == "certified":
            kind = None if zero is None else "global_minimum" if zero else "saddle"
            found.demand(f"the point is {name}", None if kind is None else kind == name)
            _nearby(numbers, losses, network, found)
        elif name:
            found.demand(f"the point is {name}", (name == "not_critical") != critical)
        if "bound" in numbers:
            _bound(numbers.inside("bound"), losses, network, loss, found)
    return found


def _losses(numbers: Numbers, targets: fmpq_mat) -> list[list[TargetLoss]]:
    """The loss of every output of every sample. Raises Refused if one is not seen to be convex and differentiable."""
    term, output, target = (numbers.term(name) for name in ("entry_loss", "output", "target"))
    if output.op != "var" or target.op != "var" or output == target:
        raise Refused("the output and the target are to be two variables")
    known: dict[Term, TargetLoss] = {}
    for entry in map(literal, targets.entries()):
        if entry not in known:
            known[entry] = TargetLoss(substituted(term, {target: entry}), output)
            if not known[entry].convex():
                raise Refused("the loss is not seen to be convex and differentiable", undecided=True)
    return [[known[literal(y)] for y in row] for row in targets.tolist()]


def _critical(network: Network, slopes: TERMS, eye: fmpq_mat) -> bool | None:
    after, answers = eye, list[bool | None]()
    for layer, before in zip(reversed(network.weights), reversed(network.passed[:-1]), strict=True):
        answers.append(_vanishes(after, slopes, before))
        after = after * layer
    return False if False in answers else None if None in answers else True


def _vanishes(after: fmpq_mat, slopes: TERMS, before: fmpq_mat) -> bool | None:
    """Whether all entries of after^T slopes before^T are 0: exactly, or not by balls; None if that is not decided."""
    answers: set[bool | None] = set()
    for one in after.transpose().tolist():
        for other in before.tolist():
            total = num(0)
            for factor, row in zip(one, slopes, strict=True):
                for weight, slope in zip(other, row, strict=True):
                    if factor * weight != 0:
                        total = op("add", total, op("mul", literal(factor * weight), slope))
            ball = value(total)
            answers.add(False if ball != 0 else True if same_number(total, num(Fraction(0))) else None)
    return False if False in answers else None if None in answers else True


def _loss(losses: list[list[TargetLoss]], network: Network) -> arb:
    entries = network.passed[-1].tolist()
    return sum((arb(each.exact(f)[0]) for own, row in zip(losses, entries, strict=True)
                for each, f in zip(own, row, strict=True)), arb(0))  # fmt: skip


def _nearby(numbers: Numbers, losses: list[list[TargetLoss]], network: Network, found: Findings) -> None:
    radius, loss = numbers.rational("radius"), _loss(losses, network)
    found.demand("the radius is positive", bool(radius > 0))
    less: Sequence[tuple[str, Callable[[arb], bool | None]]] = (
        ("lower_point", lambda other: _sign(loss - other)),
        ("higher_point", lambda other: _sign(other - loss)),
    )
    for name, right in less:
        if name in numbers:
            targets = network.passed[-1] - network.back[-1]
            moved = Network(network.passed[0], targets, numbers.matrices(name))
            demand_near(moved, network, radius, name, found)
            found.demand(f"the loss at {name} is on its side", right(_loss(losses, moved)))
            found.found.append(f"{name}: within {radius}, its loss is on its side")


def _sign(ball: arb) -> bool | None:
    return True if ball > 0 else False if ball <= 0 else None


def _bound(stated: Numbers, losses: list[list[TargetLoss]], network: Network, loss: arb, found: Findings) -> None:
    multipliers, left, right = (stated.matrix(name) for name in ("multipliers", "left", "right"))
    size = (len(losses), len(losses[0]))
    if any((m.nrows(), m.ncols()) != size for m in (multipliers, left, right)):
        raise Refused("the evidence for the bound of the gap is of another size")
    products = multipliers * network.passed[0].transpose()
    found.demand("the multipliers are orthogonal to the inputs", all(entry == 0 for entry in products.entries()))
    least, around = arb(0), True
    for own, *rows in zip(losses, multipliers.tolist(), left.tolist(), right.tolist(), strict=True):
        for each, e, a, b in zip(own, *rows, strict=True):
            (height, below), above = each.exact(a), each.exact(b)[1]
            around = around and bool(a < b) and bool(below <= e) and bool(above >= e)
            least += height - e * a + (below - e) * (b - a)
    found.demand("every minimum is between its two points", around or None)
    most = stated.rational("at_most")
    found.demand("the gap is at most as stated", True if loss - least <= most else None)
    found.found.append(f"the gap to the smallest loss is at most {arb(most).str(6, radius=False)}")
