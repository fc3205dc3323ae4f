"""Points at which equations hold: some variables get simple values, equations of degree 1 and 2 give the others.

What comes out are only candidates: roots are written without asking whether they are real.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import isqrt

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.normal_form import normal_form
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Refusal
from symproof.logic.term import Term, coerce, free_variables, subst

__all__ = ["points_on_equations"]

Value = Fraction | Term
Point = dict[Term, Value]
MAX_EQUATIONS = 4
MAX_DEGREE = 2
MAX_VALUES = 8


def points_on_equations(
    equations: Sequence[Term], variables: Sequence[Term], candidates: Callable[[Term], Sequence[Value]]
) -> Iterator[Point]:
    """Points for the variables of the equations, with the candidates of each variable tried in their order."""
    try:
        forms = [normal_form(e.args[0] - e.args[1]) for e in equations[:MAX_EQUATIONS]]
    except Refusal:
        return
    forms += [d for p, q in combinations(forms, 2) if (d := poly.add(p, q, -1))]
    forms.sort(key=lambda p: (max(sum(e for _, e in m) for m in p) if p else 0, len(p)))
    used = frozenset[Term]().union(*(free_variables(e) for e in equations))
    try:
        yield from _solved([f for f in forms if f], [v for v in variables if v in used], {}, candidates)
    except Refusal:
        return  # an equation became too large: there are no further candidates


def _solved(
    forms: Sequence[Polynomial], unknown: Sequence[Term], point: Point, candidates: Callable[[Term], Sequence[Value]]
) -> Iterator[Point]:
    if not unknown:
        yield point
        return
    for form in forms:
        left = {t for m in form for t, _ in m} | set(_variables(form))
        inside = [v for v in unknown if v in left]
        if len(inside) == 1:
            v = inside[0]
            for root in _roots(form, v):
                yield from _assigned(forms, unknown, point, v, root, candidates)
            return
    for v in reversed(unknown):
        for form in forms:
            image = _linear_root(form, v)
            if image is not None:
                rest = [normal_form(subst(poly.to_term(f), {v: image})) for f in forms]
                others = [u for u in unknown if u != v]
                for found in _solved([f for f in rest if f], others, {}, candidates):
                    missing = [u for u in others if u in free_variables(image) and u not in found]
                    for values in product(*(candidates(u)[:MAX_VALUES] for u in missing)):
                        values_of = {**point, **found, **dict(zip(missing, values, strict=True))}
                        closed = normal_form(subst(image, {u: coerce(x) for u, x in values_of.items()}))
                        number = poly.constant_value(closed)
                        yield {**values_of, v: poly.to_term(closed) if number is None else poly.to_fraction(number)}
                return
    for v in reversed(unknown):
        if _variables_of(forms) >= {v}:
            for value in candidates(v):
                yield from _assigned(forms, unknown, point, v, value, candidates)
            return
    yield point


def _linear_root(form: Polynomial, v: Term) -> Term | None:
    """What v is by an equation in which it has a constant factor and stands nowhere else; None if it is not so."""
    factor = form.get(((v, 1),))
    rest = {m: c for m, c in form.items() if m != ((v, 1),)}
    if factor is None or not rest or v in _variables(rest):
        return None
    return poly.to_term(poly.scale(rest, -1 / factor))


def _assigned(
    forms: Sequence[Polynomial],
    unknown: Sequence[Term],
    point: Point,
    v: Term,
    value: Value,
    candidates: Callable[[Term], Sequence[Value]],
) -> Iterator[Point]:
    try:
        rest = [normal_form(subst(poly.to_term(f), {v: coerce(value)})) for f in forms]
    except (Refusal, ZeroDivisionError):
        return
    if any(poly.constant_value(f) not in (None, fmpq(0)) for f in rest):
        return
    yield from _solved([f for f in rest if f], [u for u in unknown if u != v], {**point, v: value}, candidates)


def _variables(form: Polynomial) -> frozenset[Term]:
    return frozenset[Term]().union(*(free_variables(t) for m in form for t, _ in m))


def _variables_of(forms: Sequence[Polynomial]) -> frozenset[Term]:
    return frozenset[Term]().union(*map(_variables, forms))


def _roots(form: Polynomial, v: Term) -> Iterator[Value]:
    """The roots of an equation of degree 1 or 2 in the only variable, whose powers may be negative."""
    parts: dict[int, dict[poly.Monomial, fmpq]] = {}
    for m, coefficient in form.items():
        power, rest = 0, []
        for t, e in m:
            if t == v:
                power += e
            elif t.op == "inv" and t.args[0] == v:
                power -= e
            elif v in free_variables(t):
                return
            else:
                rest.append((t, e))
        parts.setdefault(power, {})[tuple(rest)] = coefficient
    low = min(parts)
    if not 1 <= max(parts) - low <= MAX_DEGREE:
        return
    c, b, a = (parts.get(low + k, {}) for k in range(3))
    rational = [poly.constant_value(p) for p in (a, b, c)]
    if None not in rational:
        yield from _quadratic(*(poly.to_fraction(q) for q in rational if q is not None))
        return
    ta, tb, tc = (poly.to_term(q) for q in (a, b, c))
    if not a:
        yield -tc / tb
        return
    for sign in (1, -1):
        yield (-tb + sign * Term("sqrt", (tb**2 - 4 * ta * tc,))) / (2 * ta)


def _quadratic(a: Fraction, b: Fraction, c: Fraction) -> Iterator[Value]:
    if a == 0:
        yield -c / b
        return
    square = b**2 - 4 * a * c
    if square < 0:
        return
    top, bottom = square.numerator * square.denominator, square.denominator
    root = isqrt(top)
    for sign in (1, -1):
        if root * root == top:
            yield (-b + sign * Fraction(root, bottom)) / (2 * a)
        else:
            part = coerce(sign / (2 * a * bottom)) * Term("sqrt", (coerce(top),))
            yield coerce(-b / (2 * a)) + part if b else part
