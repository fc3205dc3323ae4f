"""Elementary expressions as quotients of polynomials in independent generators.

Generators: ``exp(m)``, ``sin(m)``, ``cos(m)`` for monomials m (with one rational factor each, common to the whole
computation), roots ``f**(1/q)`` of irreducible polynomials and primes, logarithms of those, absolute values, and what
the form does not know. Hyperbolic functions are written with exp, tangents with sin and cos, real powers with exp and
log, inverse hyperbolic functions with log, acos with asin, derivatives by the table of ``differentiate``.

Every rewriting step preserves the value at each point where the given term is defined, so the caller must have its
definedness as an obligation. A step that needs a sign asks ``decide``; without a yes it is not taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from flint import Ordering, arb, fmpq, fmpz, fmpz_mpoly_ctx

from symproof.kernel import polynomial as poly
from symproof.kernel.differentiate import differentiate, opened
from symproof.kernel.evaluate import EvaluationError, Undefined, evaluate
from symproof.kernel.normal_form import Normalizer
from symproof.kernel.polynomial import Monomial, Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.sequent import Sequent
from symproof.logic.rational_value import rational_value
from symproof.logic.sort import INT, REAL
from symproof.logic.term import Term, coerce, free_variables, relation, subst

__all__ = ["ElementaryForm", "Quotient", "exchanged", "irreducible_factors"]

MAX_ROUNDS = 6
MAX_STEPS = 3_000
MAX_TERMS = 250
MAX_POWER = 40
MAX_DIGITS = 200_000
MAX_PRIME = 10_000
PI = Term("pi")
PI_MONOMIAL: Monomial = ((PI, 1),)
ONE: Polynomial = {(): fmpq(1)}
HALF = fmpq(1, 2)
_SPECIAL_ANGLES = ((6, 1), (4, 1), (3, 1), (2, 1), (5, 1), (10, 1), (5, 2), (10, 3), (8, 1), (8, 3), (12, 1), (12, 5))
_TURNS = (0, 1, -1, 2, -2)


@dataclass(frozen=True)
class Quotient:
    """``top / bottom``, where ``bottom`` is not zero at any point where the term in question is defined."""

    top: Polynomial
    bottom: Polynomial


Cis = tuple[Quotient, Quotient]
"""The cosine and the sine of an angle."""
Factors = list[tuple[Polynomial, int]]


def _whole(value: fmpq | int | Polynomial) -> Quotient:
    return Quotient(poly.constant(fmpq(value)) if isinstance(value, fmpq | int) else value, ONE)


def _constant(q: Quotient) -> fmpq | None:
    top, bottom = poly.constant_value(q.top), poly.constant_value(q.bottom)
    return top / bottom if top is not None and bottom is not None else None


class ElementaryForm:
    """Computes elementary forms in one sequent; ``decide`` decides relations there."""

    def __init__(self, sequent: Sequent, decide: Callable[[Sequent, Term], bool]) -> None:
        self._sequent, self._decide = sequent, decide
        self._plain = Normalizer(sequent, decide)
        self._known: dict[Term, Quotient] = {}
        self._answers: dict[Term, bool] = {}
        self._units: dict[tuple[str, object], int] = {}
        self._changed = False

    def __call__(self, term: Term) -> Quotient:
        """The form of a numeric term. Raises Refusal if it becomes too large."""
        for _ in range(MAX_ROUNDS):
            self._changed = False
            result = self._form(term)
            if not self._changed:
                return Quotient(self.reduce(result.top), result.bottom)
            self._known.clear()
        raise Refusal("the arguments of the functions have no common unit")

    def _form(self, t: Term) -> Quotient:
        found = self._known.get(t)
        if found is None:
            found = self._known[t] = self._fresh(t)
        return found

    def _unit(self, kind: str, key: object, denominator: int) -> int:
        """The common denominator for a generator; a new one makes the computation start again."""
        old = self._units.get((kind, key), 1)
        new = lcm(old, denominator)
        if new != old:
            self._units[(kind, key)] = new
            self._changed = True
        return new

    def _holds(self, op: str, p: Polynomial) -> bool:
        """Whether ``p op 0`` is decided."""
        value = poly.constant_value(p)
        if value is not None:
            return bool({"ge": value >= 0, "gt": value > 0, "le": value <= 0}[op])
        return self._yes(relation(op, poly.to_term(p), coerce(0)))

    def _yes(self, proposition: Term) -> bool:
        if proposition not in self._answers:
            self._answers[proposition] = self._decide(self._sequent, proposition)
        return self._answers[proposition]

    # Arithmetic of quotients -----------------------------------------------------------------------------------------

    def _fresh(self, t: Term) -> Quotient:
        op, args = t.op, t.args
        if op == "num":
            return _whole(poly.rational(t.data))
        if op in ("pi", "e"):
            return _whole(poly.atom(t)) if op == "pi" else self._exp(ONE)
        if op in ("add", "sub"):
            return self._add(self._form(args[0]), self._form(args[1]), 1 if op == "add" else -1)
        if op == "neg":
            return self._scale(self._form(args[0]), -1)
        if op == "mul":
            return self._multiply(self._form(args[0]), self._form(args[1]))
        if op in ("div", "inv"):
            bottom = self._form(args[-1])
            return self._multiply(self._form(args[0]) if op == "div" else _whole(1), self._invert(bottom))
        if op == "pow":
            return self._pow(t)
        if op in _FUNCTIONS:
            return _FUNCTIONS[op](self, args[0])
        if op in ("min", "max") and len(args) == 2:
            return self._extremum(op, self._form(args[0]), self._form(args[1]))
        if op == "diff" and not t.loose:
            (x,), body = opened(t)
            slope = subst(differentiate(body, x)[0], {x: args[0]})
            return self._form(slope) if slope != t else _whole(poly.atom(self._plain.canonical(t)))
        if any(s.op == "ite" for s in t.walk()):
            return self._choice(t)
        return _whole(self._plain(t))

    def _choice(self, t: Term) -> Quotient:
        """A piecewise term: the branch that is decided, else opaque, as its branches need not be defined everywhere."""
        if t.op == "ite" and self._yes(t.args[0]):
            return self._form(t.args[1])
        if t.op == "ite" and self._yes(Term("not", (t.args[0],), None, t.args[0].sort)):
            return self._form(t.args[2])
        return _whole(poly.atom(t))

    def _scale(self, q: Quotient, factor: int | fmpq) -> Quotient:
        return Quotient(poly.scale(q.top, fmpq(factor)), q.bottom)

    def _add(self, a: Quotient, b: Quotient, sign: int = 1) -> Quotient:
        if a.bottom == b.bottom:
            return self._cancel(poly.add(a.top, b.top, sign), a.bottom)
        m, n = poly.common_monomial(a.bottom), poly.common_monomial(b.bottom)
        (c, r), (d, s) = self._rest(a.bottom, m), self._rest(b.bottom, n)
        if r == s:
            shared = _common(m, n)
            left = poly.multiply(a.top, {poly.divide_monomial(n, shared): d})
            right = poly.multiply(b.top, {poly.divide_monomial(m, shared): c})
            whole = poly.multiply(a.bottom, {poly.divide_monomial(n, shared): d})
            return self._cancel(poly.add(left, right, sign), whole)
        top = poly.add(poly.multiply(a.top, b.bottom), poly.multiply(b.top, a.bottom), sign)
        return self._cancel(top, poly.multiply(a.bottom, b.bottom))

    def _rest(self, p: Polynomial, m: Monomial) -> tuple[fmpq, Polynomial]:
        return poly.primitive_part({poly.divide_monomial(k, m): c for k, c in p.items()})

    def _multiply(self, a: Quotient, b: Quotient) -> Quotient:
        if a.top == b.bottom:
            return self._cancel(b.top, a.bottom)
        if b.top == a.bottom:
            return self._cancel(a.top, b.bottom)
        return self._cancel(poly.multiply(a.top, b.top), poly.multiply(a.bottom, b.bottom))

    def _invert(self, q: Quotient) -> Quotient:
        if not self.reduce(q.top):
            raise Refusal("a denominator is zero")
        return Quotient(q.bottom, q.top)

    def _cancel(self, top: Polynomial, bottom: Polynomial) -> Quotient:
        """top/bottom reduced, without common monomials (their atoms are factors of the bottom, hence not zero)."""
        top, bottom = self.reduce(top), self.reduce(bottom)
        if not bottom:
            raise Refusal("a denominator is zero")
        if not top:
            return _whole(0)
        shared = _common(poly.common_monomial(top), poly.common_monomial(bottom))
        lead = bottom[poly.leading_monomial(bottom)] if poly.constant_value(bottom) is None else bottom[()]
        return Quotient(
            {poly.divide_monomial(m, shared): c / lead for m, c in top.items()},
            {poly.divide_monomial(m, shared): c / lead for m, c in bottom.items()},
        )

    def _power(self, q: Quotient, n: int) -> Quotient:
        if n < 0:
            return self._power(self._invert(q), -n)
        if n > MAX_POWER and len(q.top) + len(q.bottom) > 2:
            raise Refusal("an exponent is too large to expand")
        digits = max(max(int(c.p).bit_length(), int(c.q).bit_length()) for p in (q.top, q.bottom) for c in p.values())
        if n * digits > MAX_DIGITS:
            raise Refusal(f"a power of a number has more than {MAX_DIGITS} binary digits")
        result = _whole(1)
        for bit in bin(n)[2:]:
            result = self._multiply(result, result)
            result = self._multiply(result, q) if bit == "1" else result
        return result

    def flat(self, q: Quotient) -> Polynomial:
        """The quotient as one polynomial, in which inverses are atoms."""
        return self.reduce(self._plain.product(q.top, self._plain.reciprocal(q.bottom)))

    def reduce(self, p: Polynomial) -> Polynomial:
        """Rewrite with the relations cos^2 = 1 - sin^2, (f**(1/q))**q = f, |f|^2 = f^2 and ((-1)**n)^2 = 1."""
        done: Polynomial = {}
        steps = 0
        while p:
            waiting: Polynomial = {}
            for monomial, coefficient in p.items():
                found = self._reducible(monomial)
                if found is None:
                    done = poly.add(done, {monomial: coefficient})
                    continue
                steps += 1
                if steps > MAX_STEPS:
                    raise Refusal("an expression becomes too large")
                rest, value = found
                waiting = poly.add(waiting, poly.multiply({rest: coefficient}, value))
            p = waiting
        if len(done) > MAX_TERMS:
            raise Refusal("an expression becomes too large")
        return done

    def _reducible(self, monomial: Monomial) -> tuple[Monomial, Polynomial] | None:
        for t, exponent in monomial:
            if exponent < 2 or t.op not in ("cos", "pow", "abs"):
                continue
            size, value = self._relation(t)
            if size and exponent >= size:
                return poly.divide_monomial(monomial, ((t, size),)), value
        return None

    def _relation(self, t: Term) -> tuple[int, Polynomial]:
        if t.op == "cos":
            return 2, poly.add(ONE, poly.atom(Term("sin", t.args), 2), -1)
        if t.op == "abs":
            return 2, poly.power(self._plain(t.args[0]), 2)
        if t.args[0].op == "num" and t.args[0].data == -1 and t.args[1].sort == INT:
            return 2, ONE
        exponent = rational_value(t.args[1])
        if exponent is None or exponent.numerator != 1:
            return 0, {}
        return exponent.denominator, self._plain(t.args[0])

    # Factors ---------------------------------------------------------------------------------------------------------

    def _factored(self, q: Quotient) -> tuple[fmpq, Factors]:
        """(content, factors): q as a rational number times powers of primitive irreducible polynomials."""
        content, factors = irreducible_factors(q.top)
        divisor, others = irreducible_factors(q.bottom)
        powers = {tuple(f.items()): (f, e) for f, e in factors}
        for f, e in others:
            old = powers.get(tuple(f.items()), (f, 0))[1]
            powers[tuple(f.items())] = (f, old - e)
        return content / divisor, [(f, e) for f, e in powers.values() if e]

    def _best_factored(self, q: Quotient) -> tuple[fmpq, Factors]:
        """As ``_factored``, after an exchange that leaves fewer factors of odd exponent.

        Exchanged are sin^2 for 1 - cos^2, and a variable for what it is in terms of a square root: x for t^2 + 1 with
        t the root of x - 1.
        """
        best = self._factored(q)
        for root in sorted({t for m in q.top for t, _ in m if _is_square_root(t)}, key=lambda t: t.digest):
            other = self._factored(Quotient(_in_terms_of_root(q.top, root, self._plain(root.args[0])), q.bottom))
            if _odd(other[1]) < _odd(best[1]):
                best = other
        for s in sorted({t for m in q.top for t, e in m if t.op == "sin" and e > 1}, key=lambda t: t.digest):
            other = self._factored(Quotient(exchanged(q.top, s), q.bottom))
            if _odd(other[1]) < _odd(best[1]):
                best = other
        return best

    def _signed(self, content: fmpq, factors: Factors) -> tuple[fmpq, Factors, Factors]:
        """(content, factors known to be nonnegative, factors of unknown sign); a factor <= 0 is negated."""
        known: Factors = []
        unknown: Factors = []
        for f, e in factors:
            if self._holds("ge", f):
                known.append((f, e))
            elif self._holds("le", f):
                known.append((poly.scale(f, fmpq(-1)), e))
                content = -content if e % 2 else content
            else:
                unknown.append((f, e))
        return content, known, unknown

    def _absolute(self, q: Quotient) -> Quotient:
        if not q.top:
            return q
        content, known, unknown = self._signed(*self._factored(q))
        result = _whole(abs(content))
        for f, e in known:
            result = self._multiply(result, self._power(_whole(f), e))
        for f, e in unknown:
            base = f if e % 2 == 0 else poly.atom(Term("abs", (poly.to_term(f),), None, REAL))
            result = self._multiply(result, self._power(_whole(base), e))
        return result

    def _extremum(self, op: str, a: Quotient, b: Quotient) -> Quotient:
        sign = 1 if op == "max" else -1
        gap = self._absolute(self._add(a, b, -1))
        return self._scale(self._add(self._add(a, b), gap, sign), HALF)

    # Roots, powers, exponentials, logarithms -------------------------------------------------------------------------

    def _pow(self, t: Term) -> Quotient:
        base, exponent = t.args
        value = rational_value(exponent)
        if value is not None and value.denominator == 1:
            return self._power(self._form(base), int(value)) if value else _whole(1)
        if value is not None:
            return self._root(self._form(base), value)
        inner = self._form(base)
        if exponent.sort == INT and not (self._holds("gt", inner.top) and self._holds("gt", inner.bottom)):
            if _constant(inner) == -1:
                return self._sign_power(self.flat(self._form(exponent)))
            return _whole(self._plain(t))
        return self._exp(self.flat(self._multiply(self._form(exponent), self._log(inner))))

    def _sign_power(self, n: Polynomial) -> Quotient:
        """(-1)**n for an integer-valued polynomial n with integer coefficients."""
        result = _whole(1)
        for monomial, coefficient in n.items():
            if not monomial:
                result = self._scale(result, -1 if coefficient.p % 2 else 1)
            elif coefficient.q != 1 or not poly.is_integral({monomial: fmpq(1)}):
                raise Refusal("an exponent of -1 is not an integer combination of integers")
            elif coefficient.p % 2:
                exponent = poly.to_term(
                    {tuple((t, 1) for t, _ in monomial): fmpq(1)}
                )  # n**2 and n have the same parity
                result = self._multiply(result, _whole(poly.atom(Term("pow", (coerce(-1), exponent), None, REAL))))
        return result

    def _root(self, q: Quotient, exponent: Fraction) -> Quotient:
        """q**exponent for q >= 0 (q > 0 if the exponent is negative)."""
        if not q.top:
            return _whole(0)
        content, known, unknown = self._signed(*self._best_factored(q))
        if content < 0 and not unknown:  # q <= 0, so that q = 0 wherever the root is defined
            return self._nowhere(exponent)
        result = _whole(1)
        for prime, e in _prime_powers(abs(content)):
            result = self._multiply(result, self._generator(_whole(prime), e * exponent))
        for f, e in known:
            result = self._multiply(result, self._generator(_whole(f), e * exponent))
        p, n = exponent.numerator, exponent.denominator
        period = n if n % 2 == 0 else 2 * n
        inside = poly.constant(fmpq(-1 if content < 0 else 1))
        inside = poly.power(inside, p % 2)
        for f, e in unknown:
            outside, rest = divmod(e * p, period)
            inside = poly.multiply(inside, poly.power(f, rest))
            absolute = self._absolute(_whole(f))
            result = self._multiply(result, self._power(absolute, outside * period // n))
        return self._multiply(result, self._generator(_whole(inside), Fraction(1, n)))

    @staticmethod
    def _nowhere(exponent: Fraction) -> Quotient:
        if exponent < 0:
            raise Refusal("a power that is defined nowhere")
        return _whole(0)

    def _generator(self, base: Quotient, exponent: Fraction) -> Quotient:
        """base**exponent for a nonnegative base that is not factored any more."""
        if base.top == ONE:
            return base
        term = poly.to_term(base.top)
        if term.op == "exp":
            argument = poly.scale(self._plain(term.args[0]), poly.rational(exponent))
            return self._exp(argument)
        if term.op == "pow" and (inner := rational_value(term.args[1])) is not None and inner.numerator == 1:
            return self._generator(_whole(self._plain(term.args[0])), inner * exponent)
        outside, rest = divmod(exponent, 1)
        result = self._power(base, int(outside))
        if rest == 0:
            return result
        unit = self._unit("root", term, rest.denominator)
        atom = poly.atom(Term("pow", (term, coerce(Fraction(1, unit))), None, REAL), int(rest * unit))
        return self._multiply(result, _whole(atom))

    def _exp(self, p: Polynomial) -> Quotient:
        """exp(p): one generator per monomial; exp(r log f) is the power f**r."""
        result = _whole(1)
        for monomial, c in p.items():
            if len(monomial) == 1 and monomial[0][1] == 1 and monomial[0][0].op == "log":
                inner = _whole(self._plain(monomial[0][0].args[0]))
                result = self._multiply(result, self._generator(inner, poly.to_fraction(c)))
                continue
            unit = self._unit("exp", monomial, int(c.q))
            atom = poly.atom(Term("exp", (poly.product_term(monomial, fmpq(1, unit)),), None, REAL))
            result = self._multiply(result, self._power(_whole(atom), int(c.p) * (unit // int(c.q))))
        return result

    def _log(self, q: Quotient) -> Quotient:
        """log(q) for q > 0."""
        if not q.top:
            raise Refusal("the logarithm of zero")
        content, known, unknown = self._signed(*self._best_factored(q))
        if content < 0 and not unknown:
            raise Refusal("a logarithm that is defined nowhere")
        result = _whole(0)
        for prime, e in _prime_powers(abs(content)):
            result = self._add(result, _whole(poly.scale(poly.atom(Term("log", (coerce(prime),))), fmpq(e))))
        for f, e in known:
            result = self._add(result, self._scale(self._log_of_factor(f), e))
        inside = poly.constant(fmpq(-1 if content < 0 else 1))
        for f, e in unknown:
            result = self._add(result, self._scale(self._log_of_factor(self._absolute(_whole(f)).top), e - e % 2))
            inside = poly.multiply(inside, f) if e % 2 else inside
        return result if inside == ONE else self._add(result, self._log_of_factor(inside))

    def _log_of_factor(self, f: Polynomial) -> Quotient:
        term = poly.to_term(f)
        if term.op == "exp":
            return self._form(term.args[0])
        if term.op == "pow" and (value := rational_value(term.args[1])) is not None and term.args[1].sort != INT:
            return self._scale(self._log(_whole(self._plain(term.args[0]))), poly.rational(value))
        return _whole(poly.atom(Term("log", (term,), None, REAL)))

    # Trigonometric functions -----------------------------------------------------------------------------------------

    def _cis(self, q: Quotient) -> Cis:
        result: Cis = (_whole(1), _whole(0))
        for monomial, c in self.flat(q).items():
            result = self._rotate(result, self._cis_monomial(monomial, c))
        return result

    def _rotate(self, a: Cis, b: Cis) -> Cis:
        cos = self._add(self._multiply(a[0], b[0]), self._multiply(a[1], b[1]), -1)
        return cos, self._add(self._multiply(a[0], b[1]), self._multiply(a[1], b[0]))

    def _turn(self, a: Cis, n: int) -> Cis:
        """The cosine and sine of n times the angle."""
        if abs(n) > MAX_POWER:
            raise Refusal("a multiple of an angle is too large to expand")
        if n < 0:
            a = (a[0], self._scale(a[1], -1))
        result: Cis = (_whole(1), _whole(0))
        for _ in range(abs(n)):
            result = self._rotate(result, a)
        return result

    def _cis_monomial(self, monomial: Monomial, c: fmpq) -> Cis:
        if monomial == PI_MONOMIAL and (base := self._cis_of_pi(int(c.q))) is not None:
            return self._turn(base, (int(c.p) + int(c.q)) % (2 * int(c.q)) - int(c.q))
        if (PI, 1) in monomial:
            whole = poly.divide_monomial(monomial, PI_MONOMIAL)
            if whole and poly.is_integral({whole: fmpq(1)}) and c.q == 1:
                return self._sign_power({whole: c}), _whole(0)
        unit = self._unit("angle", monomial, int(c.q))
        return self._turn(self._cis_unit(monomial, unit), int(c.p) * (unit // int(c.q)))

    def _cis_unit(self, monomial: Monomial, unit: int) -> Cis:
        if unit == 1 and len(monomial) == 1 and monomial[0][1] == 1 and monomial[0][0].op in ("asin", "atan"):
            function = monomial[0][0]
            u = self._form(function.args[0])
            square = self._multiply(u, u)
            if function.op == "asin":
                return self._root(self._add(_whole(1), square, -1), Fraction(1, 2)), u
            length = self._root(self._add(_whole(1), square), Fraction(-1, 2))
            return length, self._multiply(u, length)
        angle = (poly.product_term(monomial, fmpq(1, unit)),)
        return _whole(poly.atom(Term("cos", angle))), _whole(poly.atom(Term("sin", angle)))

    def _cis_of_pi(self, n: int) -> Cis | None:
        """The cosine and sine of pi/n, where square roots express them simply."""
        if n in (1, 2):
            return (_whole(-1), _whole(0)) if n == 1 else (_whole(0), _whole(1))
        if n == 3:
            return _whole(HALF), self._root(_whole(fmpq(3, 4)), Fraction(1, 2))
        if n == 5:
            five = self._root(_whole(5), Fraction(1, 2))
            sine = self._scale(self._add(_whole(5), five, -1), fmpq(1, 8))
            return self._scale(self._add(_whole(1), five), fmpq(1, 4)), self._root(sine, Fraction(1, 2))
        if n in (4, 8, 16):
            half = self._cis_of_pi(n // 2)
            if half is None:
                return None
            sums = [self._scale(self._add(_whole(1), half[0], sign), HALF) for sign in (1, -1)]
            return self._root(sums[0], Fraction(1, 2)), self._root(sums[1], Fraction(1, 2))
        for p in (3, 5, 4, 2):
            if n % p == 0 and gcd(p, n // p) == 1 and n <= 120:
                u = pow(n // p, -1, p)  # 1/n = u/p + v/(n/p)
                v = (1 - u * (n // p)) // p
                first, second = self._cis_of_pi(p), self._cis_of_pi(n // p)
                return (
                    None
                    if first is None or second is None
                    else self._rotate(self._turn(first, u), self._turn(second, (v + n // p) % (2 * (n // p)) - n // p))
                )
        return None

    # Functions of one argument ---------------------------------------------------------------------------------------

    def _tangent(self, u: Term) -> Quotient:
        cos, sin = self._cis(self._form(u))
        return self._multiply(sin, self._invert(cos))

    def _hyperbolic(self, u: Term, sign: int) -> Quotient:
        e = self._exp(self.flat(self._form(u)))
        return self._scale(self._add(e, self._invert(e), sign), HALF)

    def _area(self, u: Term, shift: int) -> Quotient:
        """Asinh (shift 1) and acosh (shift -1)."""
        q, sign = self._odd_argument(u) if shift == 1 else (self._form(u), 1)
        root = self._root(self._add(self._multiply(q, q), _whole(shift)), Fraction(1, 2))
        return self._scale(self._log(self._add(q, root)), sign)

    def _atanh(self, u: Term) -> Quotient:
        q = self._form(u)
        up, down = self._add(_whole(1), q), self._add(_whole(1), q, -1)
        return self._scale(self._add(self._log(up), self._log(down), -1), HALF)

    def _odd_argument(self, u: Term) -> tuple[Quotient, int]:
        """(q, sign): u as sign * q, the same q for u and -u."""
        q = self._form(u)
        lead = q.top[poly.leading_monomial(q.top)] if q.top and poly.constant_value(q.top) is None else q.top.get((), 0)
        return (self._scale(q, -1), -1) if lead < 0 else (q, 1)

    def _odd_function(self, op: str, u: Term) -> Quotient:
        if (op, u.op) in (("asin", "sin"), ("asin", "cos"), ("atan", "tan")):
            turned = self._turned_back(op, PI / 2 - u.args[0] if u.op == "cos" else u.args[0])
            if turned is not None:
                return turned
        q, sign = self._odd_argument(u)
        if not q.top:
            return _whole(0)
        value = self._arc_value(op, q) if op in ("asin", "atan") else None
        if value is None:
            value = _whole(poly.atom(Term(op, (poly.to_term(self.flat(q)),), None, REAL)))
        return self._scale(value, sign)

    def _arc_value(self, op: str, q: Quotient) -> Quotient | None:
        """Asin or atan of a special value, or of a sine, cosine, tangent of an angle in the right range."""
        closed = not any(free_variables(t) for p in (q.top, q.bottom) for m in p for t, _ in m)
        for n, k in _near_angles(op, q) if closed else ():
            base = self._cis_of_pi(n)
            if base is None:
                continue
            cos, sin = self._turn(base, k)
            special = sin if op == "asin" else self._multiply(sin, self._invert(cos))
            if not self._add(special, q, -1).top:
                return _whole({PI_MONOMIAL: fmpq(k, n)})
        top, bottom = poly.to_term(q.top), poly.to_term(q.bottom)
        angle = top.args[0] if top.args else coerce(0)
        if op == "asin" and q.bottom == ONE and top.op in ("sin", "cos"):
            return self._turned_back(op, angle if top.op == "sin" else PI / 2 - angle)
        if op == "atan" and top.op == "sin" and bottom == Term("cos", top.args):
            return self._turned_back(op, angle)
        if op == "atan" and poly.constant_value(q.top) is not None and self._holds("gt", q.bottom) and q.bottom != ONE:
            turned = poly.atom(Term("atan", (poly.to_term(self.flat(self._invert(q))),), None, REAL))
            return _whole(poly.add({PI_MONOMIAL: HALF}, turned, -1))
        return None

    def _turned_back(self, op: str, angle: Term) -> Quotient | None:
        """Asin(sin(angle)) or atan(tan(angle)), if it is decided by how many half turns the angle is off."""
        half = PI / 2
        for k in _TURNS:  # sin(angle) = (-1)**k sin(angle - k pi)
            turned = angle - k * PI if k else angle
            if op == "asin" and self._within(-half <= turned, turned <= half):
                return self._scale(self._form(turned), -1 if k % 2 else 1)
            if op == "atan" and self._within(-half < turned, turned < half):
                return self._form(turned)
        return None

    def _within(self, *propositions: Term) -> bool:
        return all(self._yes(p) for p in propositions)

    def _sign(self, u: Term) -> Quotient:
        q = self._form(u)
        content, known, unknown = self._signed(*self._factored(q)) if q.top else (fmpq(0), [], [])
        result = _whole((content > 0) - (content < 0))
        for f, e in (*known, *unknown):
            if (f, e) in known and self._holds("gt", f):
                continue
            if self._yes(relation("ne", poly.to_term(f), coerce(0))):
                unit = self._multiply(_whole(f), self._invert(self._absolute(_whole(f))))
                result = self._multiply(result, self._power(unit, e % 2))
                continue
            atom = poly.atom(Term("sign", (poly.to_term(f),), None, INT))
            result = self._multiply(result, _whole(poly.power(atom, 2 - e % 2)))
        return result

    def _floor(self, u: Term, up: bool) -> Quotient:
        """floor(u), or ceiling(u) as -floor(-u)."""
        p = self.flat(self._form(u))
        p = poly.scale(p, fmpq(-1)) if up else p
        whole = {m: fmpq(c.floor()) for m, c in p.items() if (poly.is_integral({m: fmpq(1)}))}
        whole = {m: c for m, c in whole.items() if c != 0}
        rest = poly.add(p, whole, -1)
        if (value := poly.constant_value(rest)) is not None:
            rest_floor = poly.constant(fmpq(value.floor()))
        else:
            rest_floor = poly.atom(Term("floor", (poly.to_term(rest),), None, INT))
        return _whole(poly.scale(poly.add(whole, rest_floor), fmpq(-1 if up else 1)))


_FUNCTIONS: dict[str, Callable[[ElementaryForm, Term], Quotient]] = {
    "exp": lambda form, u: form._exp(form.flat(form._form(u))),
    "log": lambda form, u: form._log(form._form(u)),
    "sqrt": lambda form, u: form._root(form._form(u), Fraction(1, 2)),
    "abs": lambda form, u: form._absolute(form._form(u)),
    "sin": lambda form, u: form._cis(form._form(u))[1],
    "cos": lambda form, u: form._cis(form._form(u))[0],
    "tan": ElementaryForm._tangent,
    "asin": lambda form, u: form._odd_function("asin", u),
    "acos": lambda form, u: form._add(_whole({PI_MONOMIAL: HALF}), form._odd_function("asin", u), -1),
    "atan": lambda form, u: form._odd_function("atan", u),
    "erf": lambda form, u: form._odd_function("erf", u),
    "sinh": lambda form, u: form._hyperbolic(u, -1),
    "cosh": lambda form, u: form._hyperbolic(u, 1),
    "tanh": lambda form, u: form._multiply(form._hyperbolic(u, -1), form._invert(form._hyperbolic(u, 1))),
    "asinh": lambda form, u: form._area(u, 1),
    "acosh": lambda form, u: form._area(u, -1),
    "atanh": ElementaryForm._atanh,
    "sign": ElementaryForm._sign,
    "floor": lambda form, u: form._floor(u, False),
    "ceiling": lambda form, u: form._floor(u, True),
}


def _near_angles(op: str, q: Quotient) -> Iterator[tuple[int, int]]:
    """The special angles k pi/n whose sine or tangent balls do not tell apart from a closed number."""
    try:
        value = evaluate(poly.to_term(q.top) / poly.to_term(q.bottom), {}, 64)
    except (Undefined, EvaluationError):
        return
    if value is None:
        return
    for n, k in _SPECIAL_ANGLES:
        angle = arb.pi() * k / n
        if (op, n, k) != ("atan", 2, 1) and arb(value).overlaps(angle.sin() if op == "asin" else angle.tan()):
            yield n, k


# Factors of polynomials and of numbers -------------------------------------------------------------------------------


def _common(m: Monomial, n: Monomial) -> Monomial:
    powers = dict(n)
    return poly.sort_monomial((t, min(e, powers[t])) for t, e in m if t in powers)


def _odd(factors: Factors) -> int:
    return sum(len(f) for f, e in factors if e % 2)


def _is_square_root(t: Term) -> bool:
    return t.op == "pow" and rational_value(t.args[1]) == Fraction(1, 2)


def _in_terms_of_root(p: Polynomial, root: Term, inside: Polynomial) -> Polynomial:
    """P with a variable v replaced by (root^2 - r)/c, for a root of c v + r; else p itself."""
    linear = sorted((m for m in inside if len(m) == 1 and m[0][1] == 1 and m[0][0].op == "var"), key=poly.monomial_key)
    others = [t for m in inside for t, _ in m]
    if not linear or others.count(v := linear[0][0][0]) != 1:
        return p
    rest = {m: c for m, c in inside.items() if m != linear[0]}
    value = poly.scale(poly.add(poly.atom(root, 2), rest, -1), 1 / inside[linear[0]])
    total: Polynomial = {}
    for monomial, c in p.items():
        kept = poly.sort_monomial((t, e) for t, e in monomial if t != v)
        total = poly.add(total, poly.multiply({kept: c}, poly.power(value, dict(monomial).get(v, 0))))
    return total


def exchanged(p: Polynomial, s: Term) -> Polynomial:
    """P with sin^2 replaced by 1 - cos^2, for one angle."""
    square = poly.add(ONE, poly.atom(Term("cos", s.args), 2), -1)
    total: Polynomial = {}
    for monomial, c in p.items():
        exponent = dict(monomial).get(s, 0)
        rest = poly.sort_monomial((t, e if t != s else exponent % 2) for t, e in monomial if t != s or exponent % 2)
        total = poly.add(total, poly.multiply({rest: c}, poly.power(square, exponent // 2)))
    return total


def irreducible_factors(p: Polynomial) -> tuple[fmpq, Factors]:
    """(content, factors) with p = content * product of factor**exponent, each factor primitive."""
    shared = poly.common_monomial(p)
    lead, rest = poly.primitive_part({poly.divide_monomial(m, shared): c for m, c in p.items()})
    factors: Factors = [(poly.atom(t), e) for t, e in shared]
    if len(rest) == 1:
        return lead, factors
    for f, e in _irreducible(rest):
        first, f = poly.primitive_part(f)
        lead *= first**e
        if f != ONE:
            factors.append((f, e))
    product = poly.constant(lead)
    for f, e in factors:
        product = poly.multiply(product, poly.power(f, e))
    return (lead, factors) if product == p else (fmpq(1), [(p, 1)])


def _irreducible(p: Polynomial) -> Factors:
    """The irreducible factors of a polynomial up to constants (the caller checks the product)."""
    atoms = sorted({t for m in p for t, _ in m}, key=lambda t: t.digest)
    degree = max(sum(e for _, e in m) for m in p)
    if any(t.op in ("ite", "inv") for t in atoms) or degree * len(p) > 400:
        return [(p, 1)]
    scale = lcm(*(int(c.q) for c in p.values()))
    context = fmpz_mpoly_ctx.get([f"x{k}" for k in range(len(atoms))], Ordering.lex)
    position = {t: k for k, t in enumerate(atoms)}
    integral = {}
    for m, c in p.items():
        powers = [0] * len(atoms)
        for t, e in m:
            powers[position[t]] = e
        integral[tuple(powers)] = int((c * scale).p)
    result: Factors = []
    product: Polynomial = ONE
    for factor, e in context.from_dict(integral).factor()[1]:
        back: dict[Monomial, fmpq] = {}
        for exponents, coefficient in factor.to_dict().items():
            back[poly.sort_monomial((atoms[k], int(n)) for k, n in enumerate(exponents) if n)] = fmpq(coefficient)
        result.append((back, int(e)))
        product = poly.multiply(product, poly.power(back, int(e)))
    leading = poly.leading_monomial(product)
    scaled = p[leading] / product[leading] if leading in p else fmpq(0)
    return [*result, (poly.constant(scaled), 1)] if scaled != 0 else [(p, 1)]


def _prime_powers(value: fmpq) -> list[tuple[int, int]]:
    """Small primes with their exponents in a positive rational, and what is left of numerator and denominator."""
    powers: dict[int, int] = {}
    for part, sign in ((fmpz(value.p), 1), (fmpz(value.q), -1)):
        rest, prime = int(part), 2
        while prime <= MAX_PRIME and prime * prime <= rest:
            while rest % prime == 0:
                powers[prime] = powers.get(prime, 0) + sign
                rest //= prime
            prime += 1 if prime == 2 else 2
        if rest > 1:
            base, e = _perfect_power(rest)
            powers[base] = powers.get(base, 0) + sign * e
    return [(p, e) for p, e in powers.items() if e]


def _perfect_power(n: int) -> tuple[int, int]:
    for e in range(min(n.bit_length(), 64), 1, -1):
        root = int(fmpz(n).root(e))
        if root**e == n:
            return root, e
    return n, 1
