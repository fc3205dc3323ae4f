"""Elementary terms as quotients of polynomials in generators.

Generators are ``exp(m)``, ``cos(m)``, ``sin(m)`` for monomials m (each with one rational factor, common to the whole
computation), roots ``f**(1/n)`` and logarithms of factors, absolute values, arcus functions, and whatever the form does
not know. Hyperbolic functions are written with exp, tangents with sin and cos, real powers with exp and log, inverse
hyperbolic functions with log, acos with asin, derivatives by the rules of differentiation.

The form has the value of the term wherever the term is defined; that it is, is for the caller to see. So a divisor is
not 0, the argument of a logarithm is positive. A step that needs another sign asks for it, and is left out without it.
Generators need not be independent: forms that differ say nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import fmpq

from symproof.recheck import polynomial as poly
from symproof.recheck.differentiate import differentiate
from symproof.recheck.negation import opposite
from symproof.recheck.normal_form import Normalizer
from symproof.recheck.polynomial import Monomial, Polynomial
from symproof.recheck.power_form import Powers
from symproof.recheck.quotient import NOUGHT, ONE, UNIT, Quotient, root_degree, scaled, single
from symproof.recheck.rational import rational
from symproof.recheck.refused import Refused
from symproof.recheck.term import FALSE, INT, Term, num, op, relation, substituted

__all__ = ["ElementaryForm"]

MAX_ROUNDS = 6
MAX_MULTIPLE = 40
PI = op("pi")
PI_MONOMIAL: Monomial = ((PI, 1),)
HALF = fmpq(1, 2)


Wave = tuple[Quotient, Quotient]
"""The cosine and the sine of an angle."""


class ElementaryForm(Powers):
    """Elementary forms in one sequent: ``normalizer`` for other terms, ``holds`` for signs."""

    def __init__(self, normalizer: Normalizer, holds: Callable[[Term], bool]) -> None:
        super().__init__(holds)
        self._normalizer = normalizer
        self._known: dict[Term, Quotient] = {}

    def __call__(self, term: Term) -> Quotient:
        """The form of a number. Raises Refused if it becomes too large, or if the term is defined nowhere."""
        for _ in range(MAX_ROUNDS):
            self.again = False
            found = self.form(term)
            if not self.again:
                return found
            self._known.clear()
        raise Refused("the arguments of functions have no common unit", undecided=True)

    def form(self, t: Term) -> Quotient:
        """The form, if units do not change any more."""
        if t not in self._known:
            self._known[t] = self._fresh(t)
        return self._known[t]

    def _fresh(self, t: Term) -> Quotient:
        if t.op == "num":
            return Quotient(poly.constant(poly.rational(t.data)))
        if t.op in ("add", "sub"):
            return self.plus(self.form(t.args[0]), self.form(t.args[1]), 1 if t.op == "add" else -1)
        if t.op == "neg":
            return scaled(self.form(t.args[0]), -1)
        if t.op in ("mul", "div"):
            a, b = map(self.form, t.args)
            return self.times(a, b if t.op == "mul" else self.inverse(b))
        if t.op in _FUNCTIONS:
            return _FUNCTIONS[t.op](self, self.form(t.args[0]))
        rules = {"pow": self._pow, "ite": self._ite, "diff": self._diff, "min": self._extremum, "max": self._extremum}
        if t.op in ("asin", "acos", "atan"):
            return self._arc(t)
        return self.exp(ONE) if t.op == "e" else rules.get(t.op, self._other)(t)

    def _other(self, t: Term) -> Quotient:
        return Quotient(self._normalizer(t))

    def _extremum(self, t: Term) -> Quotient:
        result, *others = map(self.form, t.args)
        for q in others:
            gap = self.absolute(self.plus(result, q, -1))
            result = scaled(self.plus(self.plus(result, q), gap, 1 if t.op == "max" else -1), HALF)
        return result

    def _sign(self, q: Quotient) -> Quotient:
        if not q.top:
            return q
        content, known, unknown = self.signed(q)
        result = Quotient(poly.constant(1 if content > 0 else -1))
        for f, e in [*known, *unknown]:
            if (f, e) in known and self.sign_is("gt", f):
                continue
            if e < 0 or self.sign_is("ne", f):
                unit = self.times(Quotient(f), self.inverse(self.absolute(Quotient(f))))
                result = self.times(result, unit) if e % 2 else result
            else:
                result = self.times(result, Quotient(poly.atom(op("sign", poly.to_term(f)), 2 - e % 2)))
        return result

    # Powers and waves -------------------------------------------------------------------------------------------------

    def _pow(self, t: Term) -> Quotient:
        base, exponent = t.args
        value = rational(exponent)
        inner = self.form(base)
        if value is not None:
            return self.power(inner, int(value)) if value.denominator == 1 else self.root(inner, value)
        if exponent.sort == INT and not (self.sign_is("gt", inner.top) and self.sign_is("gt", inner.bottom)):
            n = self.flat(self.form(exponent))
            return self._alternating(n) if inner == scaled(UNIT, -1) and poly.whole(n) else self._other(t)
        return self.exp(self.flat(self.times(self.form(exponent), self.log(inner))))

    def _alternating(self, n: Polynomial) -> Quotient:
        """(-1)**n for integers; n and n**2 have the same parity."""
        result = UNIT
        for m, c in n.items():
            if c.p % 2:
                exponent = poly.to_term({tuple((t, 1) for t, _ in m): fmpq(1)})
                sign = self.generator(op("pow", num(-1), exponent), n) if m else scaled(UNIT, -1)
                result = self.times(result, sign)
        return result

    def _wave(self, q: Quotient) -> Wave:
        result: Wave = (UNIT, NOUGHT)
        for m, c in self.flat(q).items():
            result = self._turned(result, self._wave_of(m, c))
        return result

    def _turned(self, a: Wave, b: Wave) -> Wave:
        cos = self.plus(self.times(a[0], b[0]), self.times(a[1], b[1]), -1)
        return cos, self.plus(self.times(a[0], b[1]), self.times(a[1], b[0]))

    def _multiple(self, a: Wave, n: int) -> Wave:
        if abs(n) > MAX_MULTIPLE:
            raise Refused("a multiple of an angle is too large to expand", undecided=True)
        a = a if n > 0 else (a[0], scaled(a[1], -1))
        result: Wave = (UNIT, NOUGHT)
        for _ in range(abs(n)):
            result = self._turned(result, a)
        return result

    def _wave_of(self, m: Monomial, c: fmpq) -> Wave:
        p, q = int(c.p), int(c.q)
        if m == PI_MONOMIAL:
            p = (p + q) % (2 * q) - q
            special = self._special_wave(q)
            if special is not None:
                return self._multiple(special, p)
        rest = tuple(power for power in m if power != (PI, 1))
        if len(rest) < len(m) and rest and q == 1 and poly.whole({rest: fmpq(1)}):
            return self._alternating({rest: c}), NOUGHT
        unit = self.unit("angle", m, q)
        return self._multiple(self._wave_unit(m, unit), p * (unit // q))

    def _wave_unit(self, m: Monomial, unit: int) -> Wave:
        t = single({m: fmpq(1)})
        if unit == 1 and t is not None and t in self.inside and t.op in ("asin", "atan"):
            u = self.form(t.args[0])
            square = self.times(u, u)
            if t.op == "asin":
                return self.root(self.plus(UNIT, square, -1), Fraction(1, 2)), u
            length = self.root(self.plus(UNIT, square), Fraction(-1, 2))
            return length, self.times(u, length)
        inside = {m: fmpq(1, unit)}
        angle = poly.to_term(inside)
        return self.generator(op("cos", angle), inside), self.generator(op("sin", angle), inside)

    def _special_wave(self, n: int) -> Wave | None:
        """Of pi/n, for n that divide 12."""
        if n in (1, 2):
            return (scaled(UNIT, -1), NOUGHT) if n == 1 else (NOUGHT, UNIT)
        if n in (3, 4):
            sine = self.root(Quotient(poly.constant(fmpq(6 - n, 4))), Fraction(1, 2))
            return (scaled(UNIT, HALF) if n == 3 else sine), sine
        if n not in (6, 12):
            return None
        a, b = (self._special_wave(k) for k in ((2, 3) if n == 6 else (3, 4)))
        return None if a is None or b is None else self._turned(a, (b[0], scaled(b[1], -1)))

    def _tan(self, q: Quotient) -> Quotient:
        cos, sin = self._wave(q)
        return self.times(sin, self.inverse(cos))

    # Hyperbolic, arcus and other functions ---------------------------------------------------------------------------

    def _hyperbolic(self, q: Quotient, sign: int) -> Quotient:
        e = self.exp(self.flat(q))
        return scaled(self.plus(e, self.inverse(e), sign), HALF)

    def _area(self, q: Quotient, shift: int) -> Quotient:
        """Asinh (shift 1) and acosh (shift -1)."""
        q, sign = _with_sign(q) if shift == 1 else (q, 1)
        root = self.root(self.plus(self.times(q, q), UNIT, shift), Fraction(1, 2))
        return scaled(self.log(self.plus(q, root)), sign)

    def _atanh(self, q: Quotient) -> Quotient:
        both = self.log(self.plus(UNIT, q)), self.log(self.plus(UNIT, q, -1))
        return scaled(self.plus(*both, -1), HALF)

    def _odd(self, name: str, q: Quotient) -> Quotient:
        if not q.top:
            return NOUGHT
        q, sign = _with_sign(q)
        if name in ("asin", "atan") and all(root_degree(t) for p in q for m in p for t, _ in m):
            angle = self._special_angle(name, q)
            if angle is not None:
                return scaled(angle, sign)
        if name == "atan" and poly.number(q.top) is not None and q.bottom != ONE and self.sign_is("gt", q.bottom):
            turned = self._odd(name, self.inverse(q))
            return scaled(self.plus(Quotient({PI_MONOMIAL: HALF}), turned, -1), sign)
        inside = self.flat(q)
        return scaled(self.generator(op(name, poly.to_term(inside)), inside), sign)

    def _special_angle(self, name: str, q: Quotient) -> Quotient | None:
        """Asin or atan of a number, if it is a multiple of pi/12."""
        for k in range(-6, 7):
            wave = self._wave_of(PI_MONOMIAL, fmpq(k, 12))
            if name == "asin" or abs(k) < 6:
                value = wave[1] if name == "asin" else self.times(wave[1], self.inverse(wave[0]))
                if not self.plus(value, q, -1).top:
                    return Quotient({PI_MONOMIAL: fmpq(k, 12)} if k else {})
        return None

    def _floor(self, q: Quotient, up: bool = False) -> Quotient:
        """The floor, or with ``up`` the ceiling; integers leave it."""
        p = poly.scaled(self.flat(q), -1 if up else 1)
        whole = {m: fmpq(c.floor()) for m, c in p.items() if poly.whole({m: fmpq(1)}) and c.floor() != 0}
        rest = poly.plus(p, whole, -1)
        value = poly.number(rest)
        floor = poly.constant(fmpq(value.floor())) if value is not None else poly.atom(op("floor", poly.to_term(rest)))
        return Quotient(poly.scaled(poly.plus(whole, floor), -1 if up else 1))

    def _arc(self, t: Term) -> Quotient:
        u = t.args[0]
        if t.op == "acos":
            return self.plus(Quotient({PI_MONOMIAL: HALF}), self._arc(op("asin", u)), -1)
        q = self.form(u)
        seen = single(q.top) if q.bottom == ONE and q.top else None
        for inner in (u, seen):
            if inner is not None and (t.op, inner.op) in (("asin", "sin"), ("asin", "cos"), ("atan", "tan")):
                half_turn = op("div", PI, num(2))
                angle = half_turn - inner.args[0] if inner.op == "cos" else inner.args[0]
                back = self._turned_back(t.op, angle, half_turn)
                if back is not None:
                    return back
        return self._odd(t.op, q)

    def _turned_back(self, name: str, angle: Term, half_turn: Term) -> Quotient | None:
        """Asin(sin(angle)) or atan(tan(angle)), if it is known by how many half turns the angle is off."""
        less = "le" if name == "asin" else "lt"
        for k in (0, 1, -1, 2, -2):
            turned = angle - num(k) * PI if k else angle
            if self._holds(relation(less, -half_turn, turned)) and self._holds(relation(less, turned, half_turn)):
                return scaled(self.form(turned), -1 if name == "asin" and k % 2 else 1)
        return None

    def _ite(self, t: Term) -> Quotient:
        """The branch that is known to be taken."""
        if self._holds(t.args[0]):
            return self.form(t.args[1])
        return self.form(t.args[2]) if self._holds(opposite(t.args[0])) else self._other(t)

    def _diff(self, t: Term) -> Quotient:
        (x,), body = t.opened()
        slope, conditions = differentiate(body, x)
        slope = substituted(slope, {x: t.args[0]})
        return self._other(t) if slope == t or FALSE in conditions else self.form(slope)


def _with_sign(q: Quotient) -> tuple[Quotient, int]:
    """(a, s) with q = s a and s = 1 or -1; the same a for q and -q."""
    if q.top and q.top[poly.leading(q.top)] < 0:
        return scaled(q, -1), -1
    return q, 1


_FUNCTIONS: dict[str, Callable[[ElementaryForm, Quotient], Quotient]] = {
    "exp": lambda form, q: form.exp(form.flat(q)),
    "log": ElementaryForm.log,
    "sqrt": lambda form, q: form.root(q, Fraction(1, 2)),
    "abs": ElementaryForm.absolute,
    "sign": ElementaryForm._sign,
    "sin": lambda form, q: form._wave(q)[1],
    "cos": lambda form, q: form._wave(q)[0],
    "tan": ElementaryForm._tan,
    "erf": lambda form, q: form._odd("erf", q),
    "floor": ElementaryForm._floor,
    "ceiling": lambda form, q: form._floor(q, up=True),
    "sinh": lambda form, q: form._hyperbolic(q, -1),
    "cosh": lambda form, q: form._hyperbolic(q, 1),
    "tanh": lambda form, q: form.times(form._hyperbolic(q, -1), form.inverse(form._hyperbolic(q, 1))),
    "asinh": lambda form, q: form._area(q, 1),
    "acosh": lambda form, q: form._area(q, -1),
    "atanh": ElementaryForm._atanh,
}
