"""The propositions in reach, indexed: which are stated, in which range a number lies, what holds for all indices.

A relation between numbers is read as a bound of the part of its difference that has no constant term, scaled so that
its leading coefficient is 1: from ``2 x <= 3 + 2 y`` comes ``x - y <= 3/2``. Bounds of the same part are joined.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from flint import fmpq

from symproof.recheck import polynomial as poly
from symproof.recheck.negation import CONTRARY, opposite
from symproof.recheck.normal_form import normal_form
from symproof.recheck.polynomial import Monomial, Polynomial
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import conjuncts
from symproof.recheck.term import Term, accepts, free_variables, var

__all__ = [
    "ANY", "NEGATIVE", "NONE", "POSITIVE", "ZERO", "Facts", "Pattern", "Range", "matched", "mirrored",
]  # fmt: skip

NONE, NEGATIVE, ZERO, POSITIVE, ANY = 0, 1, 2, 4, 7
"""What is known of a sign: the possible ones, or-ed together. NONE: the facts contradict each other."""
MIRRORED = {"eq": "eq", "ne": "ne", "le": "ge", "ge": "le", "lt": "gt", "gt": "lt"}


class Range(NamedTuple):
    """Where a number m lies; ``low`` and ``high`` None mean that there is no bound, ``whole`` that m is an integer."""

    low: fmpq | None = None
    low_open: bool = False
    high: fmpq | None = None
    high_open: bool = False
    apart: frozenset[fmpq] = frozenset()
    whole: bool = False

    def narrowed(self, name: str, value: fmpq) -> Range:
        """The range if also ``m name value``."""
        if name == "eq":
            return self.narrowed("le", value).narrowed("ge", value)
        if name == "ne":
            return self._replace(apart=self.apart | {value})._tight()
        if name in ("le", "lt"):
            beyond = self.high is not None and (self.high, not self.high_open) <= (value, name == "le")
            return self if beyond else self._replace(high=value, high_open=name == "lt")._tight()
        beyond = self.low is not None and (-self.low, not self.low_open) <= (-value, name == "ge")
        return self if beyond else self._replace(low=value, low_open=name == "gt")._tight()

    def _tight(self) -> Range:
        """The same range with bounds that are taken on, where that can be said."""
        low, low_open, high, high_open, apart, whole = self
        if whole and low is not None:
            low, low_open = fmpq(low.floor() + 1) if low_open else fmpq(low.ceil()), False
        if whole and high is not None:
            high, high_open = fmpq(high.ceil() - 1) if high_open else fmpq(high.floor()), False
        while low is not None and not low_open and low in apart:
            low, low_open = (low + 1, False) if whole else (low, True)
        while high is not None and not high_open and high in apart:
            high, high_open = (high - 1, False) if whole else (high, True)
        return Range(low, low_open, high, high_open, apart, whole)

    def sign_from(self, c: fmpq) -> int:
        """The possible signs of m - c."""
        low, low_open, high, high_open, apart, whole = self
        if low is not None and high is not None and (low > high or (low == high and (low_open or high_open))):
            return NONE
        signs = NEGATIVE if low is None or low < c else 0
        signs |= POSITIVE if high is None or high > c else 0
        above = low is None or low < c or (low == c and not low_open)
        below = high is None or high > c or (high == c and not high_open)
        if above and below and c not in apart and (not whole or c.q == 1):
            signs |= ZERO
        return signs


Key = frozenset[tuple[Monomial, fmpq]]


def _shape(p: Polynomial) -> tuple[Key, fmpq, fmpq]:
    """(key, lead, c) with ``p = lead (m - c)``, the key being the content of m."""
    lead = p[poly.leading(p)]
    return frozenset((m, c / lead) for m, c in p.items() if m), lead, -p.get((), fmpq(0)) / lead


@lru_cache(maxsize=50_000)
def _bound(fact: Term) -> tuple[Key, str, fmpq, bool] | None:
    """(key, relation, value, whether m is an integer) of a relation between numbers; None if a number decides it."""
    try:
        p = poly.plus(normal_form(fact.args[0]), normal_form(fact.args[1]), -1)
    except Refused:
        return None
    if poly.number(p) is not None:
        return None
    key, lead, value = _shape(p)
    return key, fact.op if lead > 0 else MIRRORED[fact.op], value, poly.whole(dict(key))


class Pattern(NamedTuple):
    """For all ``variables``: if the ``guards`` hold, then ``body``."""

    variables: tuple[Term, ...]
    guards: tuple[Term, ...]
    body: Term


@lru_cache(maxsize=20_000)
def _pattern(fact: Term) -> Pattern:
    taken = {v.name for v in free_variables(fact)}
    variables: list[Term] = []
    guards: list[Term] = []
    while fact.op in ("forall", "implies"):
        if fact.op == "implies":
            guards += conjuncts(fact.args[0])
            fact = fact.args[1]
            continue
        k = len(variables)
        while f"?{k}" in taken:
            k += 1
        taken.add(f"?{k}")
        variables.append(var(f"?{k}", fact.binders[0].sort))
        fact = fact.at(variables[-1])
    return Pattern(tuple(variables), tuple(guards), fact)


def matched(pattern: Term, term: Term, variables: frozenset[Term], found: dict[Term, Term]) -> bool:
    """Whether the pattern with values for its variables is the term; the values are put into ``found``."""
    if pattern in variables:
        if pattern not in found and not term.loose and accepts(pattern.sort, term.sort):
            found[pattern] = term
        return found.get(pattern) == term
    if pattern.op != term.op or len(pattern.args) != len(term.args):
        return False
    if not pattern.args:
        return pattern == term
    if [b.sort for b in pattern.binders] != [b.sort for b in term.binders]:
        return False
    if not pattern.binders and pattern.data != term.data:
        return False
    return all(matched(p, t, variables, found) for p, t in zip(pattern.args, term.args, strict=True))


class Facts:
    """Propositions that hold, indexed.

    Attributes:
        stated: the propositions, conjunctions taken apart.
        patterns: those that are quantified.
        names: the names of all variables in reach.
    """

    def __init__(self) -> None:
        self.stated: frozenset[Term] = frozenset()
        self.patterns: tuple[Pattern, ...] = ()
        self.names: frozenset[str] = frozenset()
        self._ranges: dict[Key, Range] = {}

    def plus(self, propositions: Iterable[Term], variables: Iterable[Term] = ()) -> Facts:
        """With more facts and variables."""
        more = Facts()
        parts = [part for p in propositions for part in conjuncts(p)]
        more.stated = self.stated.union(parts)
        more.patterns = (*self.patterns, *(_pattern(p) for p in parts if p.op == "forall"))
        more._ranges = dict(self._ranges)
        for p in parts:
            more._narrow(p)
        names = {v.name for v in variables}
        more.names = self.names.union(names, *({v.name for v in free_variables(p)} for p in parts))
        return more

    def _narrow(self, fact: Term) -> None:
        if fact.op == "not":
            fact = opposite(fact.args[0])
        if fact.op not in CONTRARY or not fact.args[0].sort.number:
            return
        bound = _bound(fact)
        if bound is not None:
            key, name, value, whole = bound
            self._ranges[key] = self._ranges.get(key, Range(whole=whole)).narrowed(name, value)

    def sign(self, p: Polynomial) -> int:
        """The possible signs of p, as far as a fact bounds it directly."""
        value = poly.number(p)
        if value is not None:
            return POSITIVE if value > 0 else NEGATIVE if value < 0 else ZERO
        key, lead, c = _shape(p)
        found = self._ranges.get(key)
        if found is None:
            return ZERO | NEGATIVE | POSITIVE if c.q == 1 or not poly.whole(dict(key)) else NEGATIVE | POSITIVE
        signs = found.sign_from(c)
        return signs if lead > 0 else mirrored(signs)


def mirrored(signs: int) -> int:
    """The possible signs of -a."""
    return (signs & ZERO) | (POSITIVE if signs & NEGATIVE else 0) | (NEGATIVE if signs & POSITIVE else 0)
