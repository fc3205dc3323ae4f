"""``linear_algebra.best_constant`` with numbers: the mean of y_1, ..., y_m against another constant.

Numbers: ``m``, ``y`` (y_1 and those after it; further ones are 0), ``c``, ``mean``.
"""

from __future__ import annotations

from collections.abc import Collection

from flint import fmpq

from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.refused import Refused

__all__ = ["LABELS", "check"]

LABELS = ("samples", "mean_def")
"""The hypotheses of the theorem."""
MOST = 1_000_000


def check(numbers: Numbers, _results: Collection[str], verdict: str) -> Findings:
    """Decide the hypotheses and the conclusion again. Raises Refused if the numbers do not fit."""
    found, m, listed = Findings(), numbers.rational("m"), numbers.vector("y")
    if m.q != 1 or m > MOST:
        raise Refused(f"an integer of at most {MOST} is wanted for m")
    y = [listed[k] if k < len(listed) else fmpq(0) for k in range(int(m.p))]
    c, mean = numbers.rational("c"), numbers.rational("mean")
    found.holds = {"samples": bool(m >= 1), "mean_def": m * mean == sum(y, fmpq(0))}
    if verdict == "certified":
        least, other = (sum(((each - at) ** 2 for each in y), fmpq(0)) for at in (mean, c))
        found.demand("no constant is better than the mean", bool(least <= other))
        found.found.append(f"{least} <= {other}")
    return found
