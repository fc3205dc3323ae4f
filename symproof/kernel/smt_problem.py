"""Propositions as a problem in SMT-LIB 2: is there a model of the facts in which the goal fails?

Exact are: + - * / with x/0 = 0, literal integer powers up to ``MAX_POWER`` (0**0 = 1; 0 to a negative power is 0 as
for division), abs, min, max, sign, floor, ceiling, piecewise terms, relations and connectives; sqrt(a) is some r with
r >= 0 and r**2 = a where a >= 0. Integers and reals are the sorts Int and Real. Everything else stands for itself: the
value of a function at numbers is that of an uninterpreted function, any other term (sums, quantifiers, derivatives,
matrices, functions of functions) is an unknown, one for all equal terms. So every model of the facts and of the negated
goal, whatever functions have outside their domain, is a model of the problem: if the problem has none, the goal
follows. The converse is false.

The text holds only names that are made here, whatever the variables are called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from symproof.kernel.rule import Refusal
from symproof.logic.rational_value import rational_value
from symproof.logic.sort import BOOL, INT, REAL, Sort
from symproof.logic.term import Term

__all__ = ["SmtProblem", "smt_problem"]

MAX_POWER = 32
MAX_TEXT = 500_000
_KINDS = {"int": "Int", "real": "Real", "bool": "Bool"}
_FUNCTIONS = frozenset({
    "exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf",
})  # fmt: skip
_COMPARE = {"eq": "=", "le": "<=", "lt": "<", "ge": ">=", "gt": ">"}
_CONNECT = {"and": "and", "or": "or", "not": "not", "implies": "=>", "iff": "="}

Part = tuple[str, str]
"""An expression and its sort: Int, Real or Bool."""


@dataclass(frozen=True)
class SmtProblem:
    """A problem for an SMT solver; if it is unsatisfiable, the goal follows from the facts.

    Attributes:
        text: the problem in SMT-LIB 2: declarations, one assertion for each fact, then the negated goal.
        variables: the names of the free variables that are numbers, propositions or functions of numbers.
        opaque: the terms of which the solver knows nothing but that they are equal to themselves, or that they are
            values of a function.
        polynomial: whether all unknowns are real numbers, without functions.
    """

    text: str
    variables: tuple[tuple[str, Term], ...]
    opaque: tuple[Term, ...]
    polynomial: bool


def smt_problem(facts: Sequence[Term], goal: Term) -> SmtProblem:
    """The problem whether some model of the facts is none of the goal.

    Args:
        facts: propositions.
        goal: a proposition.

    Raises:
        Refusal: the problem gets too long, or a term does not fit together.
    """
    writer = _Writer()
    known = [writer.as_kind(fact, "Bool") for fact in facts]
    asserted = [*known, f"(not {writer.as_kind(goal, 'Bool')})"]
    lines = [*writer.lines, *(f"(assert {p})" for p in asserted)]
    opaque = tuple(sorted(writer.opaque, key=lambda t: t.digest))
    return SmtProblem("\n".join(lines) + "\n", tuple(writer.variables), opaque, writer.polynomial)


class _Writer:
    """Writes each term once: a definition of its own, used by name from then on."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.variables: list[tuple[str, Term]] = []
        self.opaque: set[Term] = set()
        self.polynomial = True
        self._parts: dict[Term, Part] = {}
        self._symbols: dict[object, str] = {}
        self._length = 0

    def as_kind(self, t: Term, kind: str) -> str:
        """The expression of a term in a sort that takes it (an Int is a Real as well)."""
        return self._cast(self.part(t), kind)

    def part(self, t: Term) -> Part:
        """The expression of a number or a proposition."""
        found = self._parts.get(t)
        if found is None:
            if t.loose or t.sort.kind not in _KINDS:
                raise Refusal(f"neither a number nor a proposition: {t}")
            exact = _EXACT.get(t.op)
            found = exact(self, t) if exact is not None else None
            found = self._named(found) if found is not None else self._opaque(t)
            self._parts[t] = found
        return found

    # Names

    def _cast(self, part: Part, kind: str) -> str:
        expression, own = part
        if own == kind:
            return expression
        if (own, kind) == ("Int", "Real"):
            return f"(to_real {expression})"
        raise Refusal(f"a term of the sort {own} stands where {kind} is wanted")

    def _write(self, line: str) -> None:
        self._length += len(line)
        if self._length > MAX_TEXT:
            raise Refusal("the problem is too long for the solver", expected="fewer facts")
        self.lines.append(line)

    def _named(self, part: Part) -> Part:
        expression, kind = part
        if " " not in expression:
            return part
        name = f"t{len(self.lines)}"
        self._write(f"(define-fun {name} () {kind} {expression})")
        return name, kind

    def _symbol(self, key: object, domain: Sequence[str], kind: str, variable: Term | None = None) -> str:
        """The name of an unknown, or of an uninterpreted function."""
        name = self._symbols.get(key)
        if name is None:
            name = self._symbols[key] = f"u{len(self._symbols)}"
            self._write(f"(declare-fun {name} ({' '.join(domain)}) {kind})")
            self.polynomial = self.polynomial and not domain and kind != "Int"
            if variable is not None:
                self.variables.append((name, variable))
        return name

    # What the solver does not understand

    def _opaque(self, t: Term) -> Part:
        self.opaque.add(t)
        kind = _KINDS[t.sort.kind]
        if t.op == "apply":
            head = t.args[0]
            value = self._value(head, t.args[1:], head.sort.domain, kind, head if head.op == "var" else None)
        elif t.op == "call":
            value = self._value(t.data, t.args, [p.sort for p in t.data.params], kind)
        elif t.op in _FUNCTIONS:
            value = self._value(t.op, t.args, [REAL], kind)
        elif t.op == "pow":
            value = self._power(t)
        else:
            value = None
        return self._named((value if value is not None else self._symbol(("term", t), (), kind), kind))

    def _value(
        self, function: object, args: Sequence[Term], domain: Sequence[Sort], kind: str, variable: Term | None = None
    ) -> str | None:
        """The value of an uninterpreted function; None if an argument is no number."""
        kinds = [_KINDS.get(s.kind, "") for s in domain]
        if not args or any(k not in ("Int", "Real") for k in kinds) or not all(a.sort.is_number for a in args):
            return None
        parts = [self.part(a) for a in args]
        if any(k == "Int" and own == "Real" for k, (_, own) in zip(kinds, parts, strict=True)):
            return None
        inside = " ".join(self._cast(part, k) for k, part in zip(kinds, parts, strict=True))
        return f"({self._symbol(('function', function, kind), kinds, kind, variable)} {inside})"

    def _power(self, t: Term) -> str | None:
        """A power that is no polynomial. A literal, an integer and a real exponent are three functions.

        They may differ at bases where the power is not defined.
        """
        base, exponent = t.args
        literal = rational_value(exponent)
        if literal is not None:
            return self._value(("pow", literal), (base,), [REAL], _KINDS[t.sort.kind])
        return self._value(("pow", exponent.sort.kind), t.args, [REAL, exponent.sort], _KINDS[t.sort.kind])

    # Numbers

    def number(self, t: Term) -> Part:
        value = t.data
        if not isinstance(value, Fraction):
            raise Refusal(f"no literal number: {t}")
        if t.sort == INT and value.denominator == 1:
            return (str(value) if value >= 0 else f"(- {-value})"), "Int"
        size = f"{abs(value.numerator)}.0"
        size = size if value.denominator == 1 else f"(/ {size} {value.denominator}.0)"
        return (size if value >= 0 else f"(- {size})"), "Real"

    def variable(self, t: Term) -> Part:
        kind = _KINDS[t.sort.kind]
        return self._symbol(("term", t), (), kind, t), kind

    def _alike(self, terms: Sequence[Term]) -> tuple[list[str], str]:
        """The expressions of numbers in one sort."""
        parts = [self.part(a) for a in terms]
        kind = "Int" if all(own == "Int" for _, own in parts) else "Real"
        return [self._cast(part, kind) for part in parts], kind

    def arithmetic(self, t: Term) -> Part:
        parts, kind = self._alike(t.args)
        sign = {"add": "+", "sub": "-", "mul": "*", "neg": "-"}[t.op]
        return f"({sign} {' '.join(parts)})", kind

    def division(self, t: Term) -> Part:
        above, below = (self.as_kind(a, "Real") for a in t.args)
        value = rational_value(t.args[1])
        quotient = f"(/ {above} {below})"
        return (quotient if value else f"(ite (= {below} 0.0) 0.0 {quotient})"), "Real"

    def power(self, t: Term) -> Part | None:
        exponent = rational_value(t.args[1])
        if exponent is None or exponent.denominator != 1 or abs(exponent) > MAX_POWER:
            return None
        base, kind = self.part(t.args[0])
        count = int(abs(exponent))
        if count == 0:
            return ("1", "Int") if kind == "Int" else ("1.0", "Real")
        if exponent > 0:
            return (base if count == 1 else f"(* {' '.join([base] * count)})"), kind
        base = self._cast((base, kind), "Real")
        below = base if count == 1 else f"(* {' '.join([base] * count)})"
        return f"(ite (= {base} 0.0) 0.0 (/ 1.0 {below}))", "Real"

    def absolute(self, t: Term) -> Part:
        a, kind = self.part(t.args[0])
        return f"(ite (< {a} {_zero(kind)}) (- {a}) {a})", kind

    def sign(self, t: Term) -> Part:
        a, kind = self.part(t.args[0])
        zero = _zero(kind)
        return f"(ite (< {a} {zero}) (- 1) (ite (< {zero} {a}) 1 0))", "Int"

    def rounded(self, t: Term) -> Part:
        a, kind = self.part(t.args[0])
        if kind == "Int":
            return a, kind
        return (f"(to_int {a})" if t.op == "floor" else f"(- (to_int (- {a})))"), "Int"

    def extremum(self, t: Term) -> Part:
        (best, *others), kind = self._alike(t.args)
        compare = "<=" if t.op == "min" else ">="
        for other in others:
            best, _ = self._named((f"(ite ({compare} {best} {other}) {best} {other})", kind))
        return best, kind

    def choice(self, t: Term) -> Part:
        condition = self.as_kind(t.args[0], "Bool")
        if t.sort == BOOL:
            (a, b), kind = [self.as_kind(each, "Bool") for each in t.args[1:]], "Bool"
        else:
            (a, b), kind = self._alike(t.args[1:])
        return f"(ite {condition} {a} {b})", kind

    def root(self, t: Term) -> Part:
        a = self.as_kind(t.args[0], "Real")
        r = self._symbol(("term", t), (), "Real")
        self._write(f"(assert (=> (>= {a} 0.0) (and (>= {r} 0.0) (= (* {r} {r}) {a}))))")
        return r, "Real"

    # Propositions

    def truth(self, t: Term) -> Part:
        return t.op, "Bool"

    def relation(self, t: Term) -> Part:
        if t.op == "ne":
            return f"(not {self.as_kind(Term('eq', t.args, None, BOOL), 'Bool')})", "Bool"
        if not all(a.sort.is_number for a in t.args):
            pair = frozenset(t.args)  # an equation of matrices; it has no direction
            self.opaque.add(t)
            return self._symbol(("eq", pair), (), "Bool"), "Bool"
        (a, b), _ = self._alike(t.args)
        return f"({_COMPARE[t.op]} {a} {b})", "Bool"

    def junction(self, t: Term) -> Part:
        parts = [self.as_kind(a, "Bool") for a in t.args]
        return f"({_CONNECT[t.op]} {' '.join(parts)})", "Bool"


def _zero(kind: str) -> str:
    return "0" if kind == "Int" else "0.0"


_EXACT: dict[str, Callable[[_Writer, Term], Part | None]] = {
    "num": _Writer.number,
    "var": _Writer.variable,
    **dict.fromkeys(("add", "sub", "mul", "neg"), _Writer.arithmetic),
    "div": _Writer.division,
    "pow": _Writer.power,
    "abs": _Writer.absolute,
    "sign": _Writer.sign,
    **dict.fromkeys(("floor", "ceiling"), _Writer.rounded),
    **dict.fromkeys(("min", "max"), _Writer.extremum),
    "ite": _Writer.choice,
    "sqrt": _Writer.root,
    **dict.fromkeys(("true", "false"), _Writer.truth),
    **dict.fromkeys((*_COMPARE, "ne"), _Writer.relation),
    **dict.fromkeys(_CONNECT, _Writer.junction),
}
"""How the operators are written that the solver understands; a writer that returns None gives up."""
