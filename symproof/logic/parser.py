"""The safe parser of the claim grammar: untrusted text to terms, with limits on everything, and never ``eval``.

Precedence, weakest first: ``->`` (to the right), ``or``, ``and``, ``not``, relations (chains ``a < b <= c`` mean the
conjunction), ``+ -``, ``* /``, unary ``-``, ``**`` (to the right; ``-x**2`` is ``-(x**2)`` as in Python).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from symproof.errors import InputError
from symproof.logic.rational_value import rational_value
from symproof.logic.sort import BOOL, REAL
from symproof.logic.syntax import And, Diff, Implies, Max, Min, Not, Or, num, unary
from symproof.logic.term import Term, arithmetic, relation

__all__ = ["FUNCTIONS", "IMAGINARY_UNIT", "ClaimError", "parse_expression", "parse_proposition"]

MAX_LENGTH = 10_000
MAX_TOKENS = 3_000
MAX_NESTING = 60
MAX_DEPTH = 150
MAX_DIGITS = 1_000
MAX_EXPONENT = 10_000
MAX_DECIMAL_EXPONENT = 1_000
MAX_DERIVATIVE = 12

IMAGINARY_UNIT = Term("var", (), "I", REAL)
"""What ``I`` is read as: a reserved variable, whose only known property the prover uses is that its square is -1."""

UNARY = {
    "exp": "exp", "log": "log", "ln": "log", "sqrt": "sqrt", "sin": "sin", "cos": "cos", "tan": "tan", "asin": "asin",
    "acos": "acos", "atan": "atan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "asinh": "asinh",
    "acosh": "acosh", "atanh": "atanh", "erf": "erf", "Abs": "abs", "abs": "abs", "sign": "sign", "floor": "floor",
    "ceiling": "ceiling",
}  # fmt: skip
FUNCTIONS = frozenset({*UNARY, "Max", "Min", "Rational", "diff"})
CONSTANTS = {"pi": Term("pi"), "E": Term("e"), "I": IMAGINARY_UNIT}
KEYWORDS = frozenset({"and", "or", "not"})
_RELATIONS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_HINTS = {
    "^": "Write ** for powers.",
    "=": "Write == for equality.",
    "|": "Write Abs(x) for the absolute value, and `or` between propositions.",
    "&": "Write `and` between propositions.",
    "~": "Write `not` before a proposition.",
    "!": "Write != for inequality; factorials are not in the grammar.",
    "//": "Write floor(a/b).",
    "≤": "Write <=.", "≥": "Write >=.", "≠": "Write !=.", "−": "Write the ASCII sign -.", "·": "Write *.",
    "π": "Write pi.", "√": "Write sqrt(x).",
}  # fmt: skip


class ClaimError(InputError):
    """Text that the claim grammar does not read, or a claim beyond the limits."""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int


_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|==|!=|<=|>=|->|//|[-+*/(),<>]))",
    re.ASCII,
)


def parse_expression(text: str, names: Mapping[str, Term], where: str = "expression") -> Term:
    """Read a number such as ``x**2 + Rational(1, 3)``; ``names`` are the variables in scope.

    Raises ClaimError (an InputError) with the position of the first thing that does not fit.
    """
    term = _parse(text, names, where)
    if not term.sort.is_number:
        raise ClaimError("a number is wanted", where, "an expression", "a proposition")
    return term


def parse_proposition(text: str, names: Mapping[str, Term], where: str = "claim") -> Term:
    """Read a proposition such as ``x > 0 -> log(x) <= x - 1``; ``names`` are the variables in scope.

    Raises ClaimError (an InputError) with the position of the first thing that does not fit.
    """
    term = _parse(text, names, where)
    if term.sort != BOOL:
        raise ClaimError("a proposition is wanted", where, "a relation, for example a == b or a <= b", "an expression")
    return term


def _parse(text: str, names: Mapping[str, Term], where: str) -> Term:
    if not isinstance(text, str):
        raise ClaimError("not a text", where, "a string", type(text).__name__)
    if len(text) > MAX_LENGTH:
        raise ClaimError("the text is too long", where, f"at most {MAX_LENGTH} characters", f"{len(text)}")
    parser = _Parser(_tokens(text, where), names, where)
    term, _ = parser.parse(0)
    if parser.now.kind != "end":
        raise parser.error("an operator or the end")
    return term


def _tokens(text: str, where: str) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            found = text[start]
            hint = _HINTS.get(found, "")
            raise ClaimError("a sign that the grammar does not know", _at(where, start), "", ascii(found), hint)
        kind = match.lastgroup or ""
        start = match.start(kind)
        if match[kind] == "//":
            raise ClaimError("a sign that the grammar does not know", _at(where, start), "", "'//'", _HINTS["//"])
        if kind == "number" and text[match.end() : match.end() + 1].isidentifier():
            raise ClaimError(
                "a number is followed by a name", _at(where, match.end()), "an operator", "", "Write * for products."
            )
        tokens.append(_Token(kind, match[kind], start))
        position = match.end()
        if len(tokens) > MAX_TOKENS:
            raise ClaimError("the text is too long", where, f"at most {MAX_TOKENS} names, numbers and signs")
    tokens.append(_Token("end", "", len(text)))
    return tokens


def _at(where: str, position: int) -> str:
    return f"{where}, character {position + 1}"


Parsed = tuple[Term, int]
"""A term and its depth."""


class _Parser:
    """A Pratt parser over a list of tokens."""

    def __init__(self, tokens: list[_Token], names: Mapping[str, Term], where: str) -> None:
        self.tokens, self.names, self.where = tokens, names, where
        self.index = 0
        self.nesting = 0

    @property
    def now(self) -> _Token:
        return self.tokens[self.index]

    def error(
        self, expected: str, what: str = "cannot read this", hint: str = "", token: _Token | None = None
    ) -> ClaimError:
        """An error at a token (the current one by default)."""
        token = token or self.now
        found = "the end of the text" if token.kind == "end" else repr(token.text[:40])
        hint = hint or _HINTS.get(token.text, "")
        return ClaimError(what, _at(self.where, token.position), expected, found, hint)

    def take(self, text: str = "") -> _Token:
        """The current token (which must be ``text`` if that is given); move on."""
        token = self.now
        if text and token.text != text:
            raise self.error(repr(text))
        self.index += token.kind != "end"
        return token

    def parse(self, level: int) -> Parsed:
        """A term whose outermost operator binds more strongly than ``level``."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise self.error(f"at most {MAX_NESTING} levels", "the text is nested too deeply")
        left = self.prefix()
        while True:
            operator = self.now
            binding = _INFIX.get(operator.text, 0) if operator.kind in ("sign", "name") else 0
            if binding <= level:
                break
            left = self.infix(left, operator, binding)
        self.nesting -= 1
        return left

    # Prefix positions

    def prefix(self) -> Parsed:
        token = self.take()
        if token.kind == "number":
            return num(self.number(token)), 1
        if token.text == "(":
            inside = self.parse(0)
            self.take(")")
            return inside
        if token.text in ("-", "+"):
            term, depth = self.wanted(self.parse(_UNARY_LEVEL), token, number=True)
            return (-term, depth + 1) if token.text == "-" else (term, depth)
        if token.text == "not":
            term, depth = self.wanted(self.parse(_INFIX["=="] - 1), token, number=False)
            return Not(term), depth + 1
        if token.kind == "name":
            return self.name(token)
        raise self.error("a number, a name or a parenthesis", token=token)

    def number(self, token: _Token) -> Fraction:
        mantissa, _, exponent = token.text.lower().partition("e")
        if len(mantissa) > MAX_DIGITS:
            raise self.error(f"at most {MAX_DIGITS} digits", "the number is too long", token=token)
        if exponent and (len(exponent) > 6 or abs(int(exponent)) > MAX_DECIMAL_EXPONENT):
            raise self.error(f"an exponent up to {MAX_DECIMAL_EXPONENT}", "the number is too large", token=token)
        whole, _, decimals = mantissa.partition(".")
        value = Fraction(int(whole + decimals), 10 ** len(decimals))
        return value * Fraction(10) ** int(exponent or 0)

    def name(self, token: _Token) -> Parsed:
        if token.text in self.names:
            if self.now.text == "(":
                raise self.error("an operator", f"{token.text} is a variable, not a function", "Write * for products.")
            return self.names[token.text], 1
        if token.text in CONSTANTS:
            return CONSTANTS[token.text], 1
        if token.text not in FUNCTIONS:
            raise self.unknown(token)
        self.take("(")
        if token.text == "diff":
            return self.derivative(token)
        arguments = [self.wanted(self.parse(0), token, number=True)]
        while self.now.text == ",":
            self.take()
            arguments.append(self.wanted(self.parse(0), token, number=True))
        self.take(")")
        depth = 1 + max(d for _, d in arguments)
        return self.limited(self.function(token, [t for t, _ in arguments]), depth, token)

    def unknown(self, token: _Token) -> ClaimError:
        if self.now.text == "(":
            return self.error("one of " + ", ".join(sorted(FUNCTIONS)), "an unknown function", token=token)
        hint = "Declare it, for example with --var x:real."
        return self.error("a declared variable, pi, E or I", "a name that is not declared", hint, token=token)

    def function(self, token: _Token, arguments: list[Term]) -> Term:
        name = token.text
        if name in ("Max", "Min"):
            return (Max if name == "Max" else Min)(*arguments)
        count = 2 if name == "Rational" else 1
        if len(arguments) != count:
            raise self.error(f"{count} argument(s)", f"{name} got {len(arguments)} arguments", token=token)
        if name != "Rational":
            return unary(UNARY[name], arguments[0])
        p, q = (rational_value(a) for a in arguments)
        if p is None or q is None or p.denominator != 1 or q.denominator != 1 or q == 0:
            raise self.error("two integers, the second not 0", "not a rational number", token=token)
        return num(p / q)

    def derivative(self, token: _Token) -> Parsed:
        body, depth = self.wanted(self.parse(0), token, number=True)
        self.take(",")
        name = self.take()
        x = self.names.get(name.text)
        if x is None or x.sort != REAL:
            raise self.error("a declared real variable", "not a variable to differentiate by", token=name)
        order = 1
        if self.now.text == ",":
            self.take()
            count = self.take()
            if count.kind != "number" or not count.text.isdigit() or not 1 <= int(count.text[:9]) <= MAX_DERIVATIVE:
                raise self.error(f"a literal order from 1 to {MAX_DERIVATIVE}", "not an order", token=count)
            order = int(count.text)
        self.take(")")
        term = body
        for _ in range(order):
            term = Diff(x, term, x)
        return self.limited(term, depth + order, token)

    # Infix positions

    def infix(self, left: Parsed, operator: _Token, binding: int) -> Parsed:
        if operator.text in _RELATIONS:
            return self.chain(left, binding)
        self.take()
        right = self.parse(binding - 1 if operator.text in ("**", "->") else binding)
        number = operator.text in _ARITHMETIC
        (a, m), (b, n) = self.wanted(left, operator, number), self.wanted(right, operator, number)
        return self.limited(self.combine(operator, a, b), 1 + max(m, n), operator)

    def combine(self, operator: _Token, a: Term, b: Term) -> Term:
        if operator.text not in _ARITHMETIC:
            return _CONNECTIVES[operator.text](a, b)
        if operator.text == "**":
            value = rational_value(b)
            sizes = (abs(value.numerator), value.denominator) if value is not None else (0, 0)
            if max(sizes) > MAX_EXPONENT:
                raise self.error(f"at most {MAX_EXPONENT}", "the exponent is too large", token=operator)
        return arithmetic(_ARITHMETIC[operator.text], a, b)

    def chain(self, left: Parsed, binding: int) -> Parsed:
        """One relation, or several in a row: a < b <= c."""
        parts: list[Term] = []
        depth = 1
        while self.now.text in _RELATIONS:
            operator = self.take()
            right = self.parse(binding)
            (a, m), (b, n) = self.wanted(left, operator, True), self.wanted(right, operator, True)
            parts.append(relation(_RELATIONS[operator.text], a, b))
            depth = max(depth, m, n)
            left = right
        return And(*parts), depth + 2

    def wanted(self, parsed: Parsed, token: _Token, number: bool) -> Parsed:
        """``parsed``, if it is a number (or a proposition)."""
        if parsed[0].sort.is_number != number:
            wanted, found = ("a number", "a proposition") if number else ("a proposition", "a number")
            raise ClaimError(f"{token.text} takes {wanted}", _at(self.where, token.position), wanted, found)
        return parsed

    def limited(self, term: Term, depth: int, token: _Token) -> Parsed:
        if depth > MAX_DEPTH:
            raise self.error(f"at most {MAX_DEPTH} nested operations", "the expression is too deep", token=token)
        return term, depth


_INFIX = {
    "->": 1, "or": 2, "and": 3, **dict.fromkeys(_RELATIONS, 5), "+": 6, "-": 6, "*": 7, "/": 7, "**": 9,
}  # fmt: skip
_UNARY_LEVEL = 8
_ARITHMETIC = {"+": "add", "-": "sub", "*": "mul", "/": "div", "**": "pow"}
_CONNECTIVES: dict[str, Callable[[Term, Term], Term]] = {"and": And, "or": Or, "->": Implies}
