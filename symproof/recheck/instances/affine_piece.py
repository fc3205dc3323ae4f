"""``affine_piece.spurious_minimum`` with numbers: a spurious local minimum of a network W2 h(W1 x + b1) + b2 on data.

Numbers: ``inputs`` (a row for each sample), ``targets`` (a row for each output), ``activation`` (a term in
``variable``), ``piece`` (``slope``, ``offset``, ``low``, ``high``: h(t) is slope t + offset for low < t < high),
``width``; ``fit`` with ``weights`` (a row for each output) and ``intercepts``; ``construction`` if every hypothesis
holds: ``radius``, ``local_minimum`` and ``better_point`` (``W1``, ``b1``, ``W2``, ``b2``), ``risk_local_minimum``, and
``risk_better_point``, which is exact if the activation has rational values there, and a bound otherwise. The risk is
half the sum of the squared errors.

At the local minimum all pre-activations are inside the piece, and they stay so while every parameter moves by less than
the radius: then the network is affine on the data. That no r is orthogonal to all units is known by two results for
distinct inputs: of activations that are c exp(k t) + a far on the left, c not 0 and k > 0; and of those that are affine
far on both sides with some second difference that is not 0.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import flint
from flint import arb, fmpq, fmpq_mat

from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.instances.pieces import Activation
from symproof.recheck.refused import Refused

__all__ = ["LABELS", "check"]

LABELS = ("dimension", "outputs", "no_affine_fit", "width", "piece", "slope", "interval", "discriminatory")
"""The hypotheses of the theorem."""
EXPONENTIAL, AFFINE = "affine_piece.exponential_tail", "affine_piece.affine_tails"
PRECISION = 512


@dataclass(frozen=True)
class _Network:
    rows: fmpq_mat
    biases: list[fmpq]
    outgoing: list[list[fmpq]]
    constants: list[fmpq]

    @classmethod
    def read(cls, numbers: Numbers, width: int, inputs: fmpq_mat, targets: fmpq_mat) -> _Network:
        rows, outgoing = numbers.matrix("W1"), numbers.matrix("W2")
        found = cls(rows, numbers.vector("b1"), outgoing.tolist(), numbers.vector("b2"))
        sizes = (
            rows.nrows(),
            rows.ncols(),
            len(found.biases),
            outgoing.ncols(),
            outgoing.nrows(),
            len(found.constants),
        )
        if sizes != (width, inputs.ncols(), width, width, targets.nrows(), targets.nrows()):
            raise Refused("the parameters are not those of a network of this width on these data")
        return found

    def pre_activations(self, inputs: fmpq_mat) -> list[list[fmpq]]:
        """For each sample those of all units."""
        products = (inputs * self.rows.transpose()).tolist()
        return [[p + b for p, b in zip(row, self.biases, strict=True)] for row in products]

    def risk(self, h: Activation, inputs: fmpq_mat, targets: fmpq_mat) -> fmpq | arb:
        """Half the sum of the squared errors."""
        total: fmpq | arb = fmpq(0)
        known: dict[tuple[int, int], fmpq | arb] = {}
        for row, wanted in zip(self.pre_activations(inputs), targets.transpose().tolist(), strict=True):
            values = []
            for t in row:
                place = (int(t.p), int(t.q))
                if place not in known:
                    known[place] = h(t)
                values.append(known[place])
            for weights, constant, y in zip(self.outgoing, self.constants, wanted, strict=True):
                error: fmpq | arb = constant - y
                for u, v in zip(weights, values, strict=True):
                    error = error + u * v if u != 0 else error
                total = total + error * error
        return total / 2


def check(numbers: Numbers, results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses again, and what is claimed of both points. Raises Refused if the numbers do not fit."""
    found, inputs, targets = Findings(), numbers.matrix("inputs"), numbers.matrix("targets")
    h, width = Activation(numbers.term("activation"), numbers.term("variable")), numbers.whole("width")
    if h.variable.op != "var" or targets.ncols() != inputs.nrows():
        raise Refused("a variable, and a target of every output for every sample, are wanted")
    with flint.ctx.workprec(PRECISION):
        best = _fitted(inputs, targets, numbers.inside("fit"), found)
        piece = numbers.inside("piece")
        slope, low, high = (piece.rational(name) for name in ("slope", "low", "high"))
        line = (slope, piece.rational("offset"))
        seen = _affine(h, low, high, line)
        holds = {
            "dimension": True,
            "outputs": True,
            "no_affine_fit": best > 0,
            "width": width >= min(inputs.ncols(), targets.nrows()) + 1,
            "piece": seen,
            "slope": slope != 0,
            "interval": low < high,
            "discriminatory": _discriminatory(h, inputs, results),
        }
        found.holds = {label: answer for label, answer in holds.items() if answer is not None}
        if verdict == "certified" and found.demand("the activation has this affine piece", seen):
            points = numbers.inside("construction")
            read = [_Network.read(points.inside(n), width, inputs, targets) for n in ("local_minimum", "better_point")]
            _construction(points, read, h, (inputs, targets), (low, high), found)
            found.demand("the risk at the local minimum is that of the best affine map",
                         points.rational("risk_local_minimum") == best)  # fmt: skip
    return found


def _fitted(inputs: fmpq_mat, targets: fmpq_mat, fit: Numbers, found: Findings) -> fmpq:
    """The risk of the affine map, after it was seen that no affine map has a smaller one."""
    weights, intercepts = fit.matrix("weights"), fit.vector("intercepts")
    if (weights.nrows(), weights.ncols(), len(intercepts)) != (targets.nrows(), inputs.ncols(), targets.nrows()):
        raise Refused("the affine fit is one of other data")
    errors = weights * inputs.transpose() - targets
    errors = fmpq_mat([[e + c for e in row] for row, c in zip(errors.tolist(), intercepts, strict=True)])
    sums = [sum(row, fmpq(0)) for row in errors.tolist()]
    best = all(entry == 0 for entry in (*sums, *(errors * inputs).entries()))
    if not found.demand("the affine fit is one of least squares", best):
        raise Refused("the affine fit is not one of least squares")
    risk = sum((e * e for e in errors.entries()), fmpq(0)) / 2
    found.found.append(
        f"samples: {inputs.nrows()}, outputs: {targets.nrows()}; the best affine map has the risk {risk}"
    )
    return risk


def _affine(h: Activation, low: fmpq, high: fmpq, line: tuple[fmpq, fmpq]) -> bool | None:
    """Whether the activation is this affine function on an open interval; None if that is not seen."""
    own = [p.formula for p in h.pieces() if p.meets(low, high)]
    lines = [h.line(formula) for formula in own]
    if any(h.rising_exponential(f) if each is None else each != line for f, each in zip(own, lines, strict=True)):
        return False
    return True if lines == [line] else None


def _discriminatory(h: Activation, inputs: fmpq_mat, results: Collection[str]) -> bool | None:
    """By the results above; None if none of them is seen to apply. No unit tells equal inputs apart."""
    if len({tuple((int(x.p), int(x.q)) for x in row) for row in inputs.tolist()}) < inputs.nrows():
        return False
    pieces = h.pieces()
    if EXPONENTIAL in results and h.rising_exponential(pieces[0].formula):
        return True
    if AFFINE in results and h.line(pieces[0].formula) is not None and h.line(pieces[-1].formula) is not None:
        for each in pieces[1:]:
            middle, values = each.low, []
            if middle is not None:
                values = [h(middle - 1), h(middle), h(middle + 1)]
            if values and values[0] + values[2] - 2 * values[1] != 0:
                return True
    return None


def _construction(
    numbers: Numbers,
    points: list[_Network],
    h: Activation,
    data: tuple[fmpq_mat, fmpq_mat],
    ends: tuple[fmpq, fmpq],
    found: Findings,
) -> None:
    (minimum, better), radius = points, numbers.rational("radius")
    norms = [sum(map(abs, row), fmpq(1)) for row in data[0].tolist()]
    inside = all(
        radius * norm <= min(t - ends[0], ends[1] - t) and ends[0] < t < ends[1]
        for norm, row in zip(norms, minimum.pre_activations(data[0]), strict=True)
        for t in row
    )
    found.demand("the radius is positive", radius > 0)
    found.demand("all pre-activations at the local minimum stay in the affine piece within the radius", inside)
    risk, lower = numbers.rational("risk_local_minimum"), numbers.rational("risk_better_point")
    own, other = minimum.risk(h, *data), better.risk(h, *data)
    found.demand("the risk at the local minimum is as stated", isinstance(own, fmpq) and own == risk)
    found.demand("the risk at the better point is smaller", lower < risk)
    exact = isinstance(other, fmpq)
    as_stated = bool(other == lower) if exact else True if other <= lower else False if other > lower else None
    found.demand("the risk at the better point is as stated", as_stated)
    shown = "" if exact else "at most "
    found.found += [f"risk {risk} at the local minimum, radius {radius}", f"risk {shown}{lower} at the better point"]
