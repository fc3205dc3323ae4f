"""Signs of terms, by structural recursion and from the hypotheses in reach.

A sign is a set of possibilities: NEGATIVE, ZERO, POSITIVE or-ed together. ``sign_of`` returns a set that surely holds
the sign of the term under the hypotheses; ANY means nothing is known. There is no search: each hypothesis is used as it
stands, up to a rational factor and a constant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.matching import Pattern, instantiate_pattern, match, open_scope, pattern_of, under
from symproof.kernel.normal_form import normal_form
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.sequent import Hypothesis, Sequent, conjuncts
from symproof.logic.term import Term, relation

__all__ = ["ANY", "NEGATIVE", "POSITIVE", "ZERO", "Signs", "allowed_by"]

NEGATIVE, ZERO, POSITIVE, ANY = 1, 2, 4, 7
ALLOWED = {"eq": ZERO, "ne": NEGATIVE | POSITIVE, "le": NEGATIVE | ZERO, "lt": NEGATIVE, "ge": ZERO | POSITIVE,
           "gt": POSITIVE}  # fmt: skip
COMPLEMENT = {"eq": "ne", "ne": "eq", "le": "gt", "lt": "ge", "ge": "lt", "gt": "le"}
ODD_LIKE = frozenset({"sinh", "tanh", "atan", "asin", "asinh", "atanh", "erf", "sign"})
MAX_DEPTH = 60

Key = frozenset[tuple[poly.Monomial, fmpq]]
Discharge = Callable[[Sequent, Term], bool]


def allowed_by(op: str) -> int:
    """The signs of a - b that the relation ``a op b`` allows."""
    return ALLOWED[op]


def negate(mask: int) -> int:
    """The possible signs of -a."""
    return (mask & ZERO) | (POSITIVE if mask & NEGATIVE else 0) | (NEGATIVE if mask & POSITIVE else 0)


def add_signs(a: int, b: int) -> int:
    """The possible signs of a sum."""
    if not a or not b:
        return 0
    both = a | b
    if both & NEGATIVE and both & POSITIVE:
        return _mixed_sum(a, b)
    if not both & (NEGATIVE | POSITIVE):
        return ZERO
    strict = NEGATIVE if both & NEGATIVE else POSITIVE
    return strict | (ZERO if a & ZERO and b & ZERO else 0)


def _mixed_sum(a: int, b: int) -> int:
    result = 0
    for x in (NEGATIVE, ZERO, POSITIVE):
        for y in (NEGATIVE, ZERO, POSITIVE):
            if a & x and b & y:
                result |= y if x == ZERO else x if y in (ZERO, x) else ANY
    return result


def multiply_signs(a: int, b: int) -> int:
    """The possible signs of a product."""
    result = 0
    for x in (NEGATIVE, ZERO, POSITIVE):
        for y in (NEGATIVE, ZERO, POSITIVE):
            if a & x and b & y:
                result |= ZERO if ZERO in (x, y) else POSITIVE if x == y else NEGATIVE
    return result


def power_signs(a: int, n: int) -> int:
    """The possible signs of an integer power."""
    if n == 0:
        return POSITIVE
    if n % 2:
        return a
    return (ZERO if a & ZERO else 0) | (POSITIVE if a & (NEGATIVE | POSITIVE) else 0)


@dataclass
class FactIndex:
    """The hypotheses that compare numbers, indexed by the non-constant part of the difference of their sides."""

    bounds: dict[Key, tuple[tuple[fmpq, int, bool], ...]] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)
    stated: set[Term] = field(default_factory=set)

    def extended(self, hypotheses: Iterable[Hypothesis]) -> FactIndex:
        """The index of more hypotheses, with conjunctions taken apart."""
        more = FactIndex(dict(self.bounds), list(self.patterns), set(self.stated))
        for hypothesis in hypotheses:
            for fact in conjuncts(hypothesis.proposition):
                more.add(fact)
        return more

    def add(self, fact: Term) -> None:
        """Take in one hypothesis (conjunctions taken apart by the caller)."""
        self.stated.add(fact)
        if fact.op == "not" and fact.args[0].op in COMPLEMENT and fact.args[0].args[0].sort.is_number:
            fact = relation(COMPLEMENT[fact.args[0].op], *fact.args[0].args)
        if fact.op == "forall":
            self.patterns.append(pattern_of(fact))
        if fact.op in ALLOWED and fact.args[0].sort.is_number:
            self._add_relation(fact)

    def _add_relation(self, fact: Term) -> None:
        bound = _bound_of(fact)
        if bound is not None:
            key, shift, mask, whole = bound
            self.bounds[key] = (*self.bounds.get(key, ()), (shift, mask, whole))

    def sign(self, p: Polynomial) -> int:
        """The possible signs of p, from the hypotheses alone."""
        shape = shape_of(p)
        if shape is None:
            value = p.get((), fmpq(0))
            return POSITIVE if value > 0 else NEGATIVE if value < 0 else ZERO
        key, lead, shift = shape
        known: dict[fmpq, int] = {}
        whole = False
        for offset, mask, integral in self.bounds.get(key, ()):
            known[offset] = known.get(offset, ANY) & mask
            whole = whole or integral
        for _ in range(len(known) - 1):
            known = {offset: single & _from_others(known, offset, whole) for offset, single in known.items()}
        mask = _from_others(known, shift, whole) & known.get(shift, ANY)
        return mask if lead > 0 else negate(mask)


@lru_cache(maxsize=20_000)
def _bound_of(fact: Term) -> tuple[Key, fmpq, int, bool] | None:
    """(key, shift, signs of m + shift, whether m is an integer) for a relation between numbers, m having that key."""
    try:
        difference = poly.add(normal_form(fact.args[0]), normal_form(fact.args[1]), -1)
    except Refusal:
        return None
    shape = shape_of(difference)
    if shape is None:
        return None
    key, lead, shift = shape
    whole = poly.is_integral(poly.add(poly.scale(difference, 1 / lead), poly.constant(shift), -1))
    return key, shift, ALLOWED[fact.op] if lead > 0 else negate(ALLOWED[fact.op]), whole


def _from_others(known: dict[fmpq, int], shift: fmpq, whole: bool) -> int:
    """The signs of m + shift from those of m + offset for the other offsets."""
    mask = ANY
    for offset, single in known.items():
        if offset != shift:
            mask &= _shifted(single, offset, shift, whole)
    return mask


def _shifted(mask: int, offset: fmpq, shift: fmpq, whole: bool) -> int:
    """The signs of m + shift, given those of m + offset (m an integer if ``whole``)."""
    gap = shift - offset
    if whole and offset.q == 1:
        if mask == POSITIVE:
            mask, gap = POSITIVE | ZERO, gap + 1
        elif mask == NEGATIVE:
            mask, gap = NEGATIVE | ZERO, gap - 1
    return add_signs(mask, POSITIVE if gap > 0 else NEGATIVE if gap < 0 else ZERO)


def shape_of(p: Polynomial) -> tuple[Key, fmpq, fmpq] | None:
    """(key, lead, shift) with p = lead (m + shift), key the content of the monic part m; None if constant."""
    leading = poly.leading_monomial(p)
    if not leading:
        return None
    lead = p[leading]
    key = frozenset((m, c / lead) for m, c in p.items() if m)
    return key, lead, p.get((), fmpq(0)) / lead


class Signs:
    """Signs in one sequent; ``discharge`` decides guards of quantified hypotheses and ranges of sums.

    Attributes:
        sequent: the sequent.
        discharge: decides guards and ranges.
        depth: how many of the sequents that this one extends have signs that led here.
        smaller: the signs of a sequent whose hypotheses are the first ones of this one, to index only the others.
    """

    def __init__(self, sequent: Sequent, discharge: Discharge, depth: int = 0, smaller: Signs | None = None) -> None:
        self.sequent, self.discharge, self.depth = sequent, discharge, depth
        self._smaller = smaller if smaller is not None and smaller.is_part_of(sequent) else None
        self._facts: FactIndex | None = None

    def is_part_of(self, sequent: Sequent) -> bool:
        """Whether the hypotheses are the first ones of a sequent."""
        own = self.sequent.hypotheses
        return sequent.hypotheses[: len(own)] == own

    @property
    def facts(self) -> FactIndex:
        """The indexed hypotheses."""
        if self._facts is None:
            known, self._smaller = self._smaller, None
            if known is not None and known._facts is not None:
                more = self.sequent.hypotheses[len(known.sequent.hypotheses) :]
                self._facts = known._facts.extended(more)
            else:
                self._facts = FactIndex().extended(self.sequent.hypotheses)
        return self._facts

    def sign_of(self, t: Term) -> int:
        """The possible signs of a numeric term."""
        mask = self._structural(t)
        if _decided(mask):
            return mask
        try:
            p = normal_form(t)
        except Refusal:
            return mask
        mask &= self.facts.sign(p)
        if not _decided(mask):
            mask &= self._from_monomials(p)
        if not _decided(mask) and t.op in ("apply", "call"):
            mask &= self._from_patterns(t)
        return mask

    def _from_monomials(self, p: Polynomial) -> int:
        total = ZERO
        for monomial, coefficient in p.items():
            mask = POSITIVE if coefficient > 0 else NEGATIVE
            for a, exponent in monomial:
                mask = multiply_signs(mask, power_signs(self._atom(a), exponent))
            total = add_signs(total, mask)
            if total == ANY:
                break
        return total

    def _atom(self, a: Term) -> int:
        mask = self._structural(a)
        if not _decided(mask):
            mask &= self.facts.sign(poly.atom(a))
        if not _decided(mask) and a.op in ("apply", "call"):
            mask &= self._from_patterns(a)
        return mask

    def _from_patterns(self, t: Term) -> int:
        mask = ANY
        if self.depth > 3:
            return mask
        for pattern in self.facts.patterns:
            if pattern.body.op not in ALLOWED:
                continue
            for side in (0, 1):
                subject = pattern.body.args[side]
                found: dict[Term, Term] = {}
                if subject.op != t.op or not match(subject, t, frozenset(pattern.variables), found):
                    continue
                instance = instantiate_pattern(pattern, found, self.sequent, self.discharge)
                if instance is not None:
                    single = FactIndex()
                    single.add(instance)
                    mask &= single.sign(poly.atom(t) if t.op in ("apply", "call") else normal_form(t))
                    mask &= single.sign(normal_form(t))
        return mask

    def _under(self, sequent: Sequent) -> Signs:
        return Signs(sequent, self.discharge, self.depth + 1, self)

    def _structural(self, t: Term) -> int:
        if t.op == "num":
            return POSITIVE if t.data > 0 else NEGATIVE if t.data < 0 else ZERO
        if self.depth > MAX_DEPTH:
            return ANY
        op, args = t.op, t.args
        if op in ("add", "sub"):
            second = self.sign_of(args[1])
            return add_signs(self.sign_of(args[0]), second if op == "add" else negate(second))
        if op == "neg":
            return negate(self.sign_of(args[0]))
        if op in ("mul", "div"):
            if op == "mul" and args[0] == args[1]:
                return power_signs(self.sign_of(args[0]), 2)
            return multiply_signs(self.sign_of(args[0]), self.sign_of(args[1]))
        if op == "inv" or op in ODD_LIKE:
            return self.sign_of(args[0])
        if op == "pow":
            return self._power(args[0], args[1])
        if op in ("exp", "cosh", "pi", "e"):
            return POSITIVE
        if op == "abs":
            return power_signs(self.sign_of(args[0]), 2)
        if op == "sqrt":
            inside = self.sign_of(args[0])
            return ANY if inside & NEGATIVE else inside
        if op == "ite":
            return self._under(under(t, 1, self.sequent)).sign_of(args[1]) | self._under(
                under(t, 2, self.sequent)
            ).sign_of(args[2])
        if op in ("min", "max"):
            return self._extremum(op, [self.sign_of(a) for a in args])
        if op in ("sum", "minover", "maxover"):
            return self._over(t)
        return ANY

    def _power(self, base: Term, exponent: Term) -> int:
        mask = self.sign_of(base)
        if exponent.op == "num" and exponent.data.denominator == 1:
            return power_signs(mask, int(exponent.data))
        if exponent.op == "neg" and exponent.args[0].op == "num" and exponent.args[0].data.denominator == 1:
            return power_signs(mask, int(exponent.args[0].data)) if exponent.args[0].data != 0 else POSITIVE
        return POSITIVE if mask == POSITIVE else ANY

    def _extremum(self, op: str, masks: list[int]) -> int:
        if op == "max":
            return negate(self._extremum("min", [negate(m) for m in masks]))
        union = 0
        for mask in masks:
            union |= mask
        if any(m == NEGATIVE for m in masks):
            return NEGATIVE
        if any(not m & POSITIVE for m in masks):
            union &= NEGATIVE | ZERO
        return union

    def _over(self, t: Term) -> int:
        _, body, inside = open_scope(t, self.sequent)
        mask = self._under(inside).sign_of(body)
        if mask == ANY:
            return ANY
        nonempty = mask in (POSITIVE, NEGATIVE) or t.op != "sum"
        if nonempty:
            nonempty = self.discharge(self.sequent, relation("le", t.args[0], t.args[1]))
        if t.op != "sum":
            return mask if nonempty else ANY
        if mask & NEGATIVE and mask & POSITIVE:
            return ANY
        return mask if nonempty else mask | ZERO


def _decided(mask: int) -> bool:
    return mask in (0, NEGATIVE, ZERO, POSITIVE)
