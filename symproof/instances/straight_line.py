"""A term in one real variable as a straight-line program: its different subterms in order, each after its parts.

Everything here is without recursion and linear in the number of different subterms, so that deep or shared terms cost
no more than they should. Closed rational arithmetic is computed, and neutral factors and summands go; nothing else is
simplified.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from flint import fmpq

from symproof.errors import SymproofError
from symproof.kernel.evaluate import EvaluationError, Undefined, evaluate
from symproof.logic.rational_value import MAX_BITS
from symproof.logic.sort import BOOL, INT, Sort
from symproof.logic.syntax import FALSE, TRUE, num
from symproof.logic.term import Term
from symproof.logic.text import to_text

__all__ = ["CONNECTIVES", "FUNCTIONS", "RELATIONS", "JetRefusal", "Node", "straight_line"]

MAX_NODES = 4_000
MAX_DEPTH = 200
MAX_EXPONENT = 10_000
MAX_SHOWN = 80

ARITHMETIC = frozenset({"add", "sub", "mul", "div", "neg", "pow"})
FUNCTIONS = frozenset(
    {"exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh",
     "atanh", "erf"}
)  # fmt: skip
"""Analytic on the open sets where they are defined."""
CHOICES = frozenset({"abs", "sign", "floor", "ceiling", "min", "max", "ite"})
RELATIONS = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
CONNECTIVES = frozenset({"and", "or", "not", "implies", "iff"})
LEAVES = frozenset({"num", "var", "pi", "e", "true", "false"})
KNOWN = ARITHMETIC | FUNCTIONS | CHOICES | RELATIONS | CONNECTIVES | LEAVES
NEUTRAL = {"add": 0, "sub": 0, "mul": 1, "div": 1, "pow": 1}
_FOLDED = (ARITHMETIC | CHOICES | RELATIONS) - {"ite"}


class JetRefusal(SymproofError):
    """No derivatives can be certified at a point or on a ball.

    Attributes:
        code: ``undefined`` (a division by 0, a logarithm of 0), ``not_real`` (a root or logarithm of a negative
            number), ``not_smooth`` (a kink, a jump, or the end of a domain, or no telling on which side of it) or
            ``not_evaluable`` (too large, or outside the language).
        reason: one sentence, with the part of the formula.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True)
class Node:
    """One line of the program.

    Attributes:
        op: the operator of the term.
        args: the lines of its parts.
        term: the subterm, with closed rational arithmetic computed.
        rational: its value if that is known to be a rational number.
        literal: whether it is a number, or arithmetic with numbers. The kernel reads powers by their exponents:
            x**2 and x**(4/2) are defined everywhere, x**Max(2, 1/3) only for positive x.
        closed: whether the variable does not occur in it.
    """

    op: str
    args: tuple[int, ...]
    term: Term = field(repr=False)
    rational: Fraction | None
    literal: bool
    closed: bool

    @cached_property
    def text(self) -> str:
        """The subterm for messages, cut if it is long."""
        whole = to_text(self.term)
        return whole if len(whole) <= MAX_SHOWN else f"{whole[:MAX_SHOWN]}..."


def straight_line(term: Term, variable: Term) -> tuple[Node, ...]:
    """The different subterms of ``term``, the whole of it last.

    Raises JetRefusal (``not_evaluable``) for other free variables, operators that are no functions of one real number,
    and beyond the limits on size and depth.
    """
    if not term.sort.is_number:
        raise JetRefusal("not_evaluable", "the formula is no number")
    program = _Program(variable)
    stack: list[tuple[Term, bool]] = [(term, False)]
    while stack:
        t, ready = stack.pop()
        if id(t) in program.lines:
            continue
        if ready:
            program.add(t)
        elif t.op not in KNOWN:
            raise JetRefusal("not_evaluable", f"{t.op} is no function of one real number that is known here")
        else:
            stack.append((t, True))
            stack.extend((a, False) for a in reversed(t.args))
            if len(stack) > MAX_NODES * 4:
                raise _too_large()
    return program.needed(program.lines[id(term)])


def _too_large() -> JetRefusal:
    return JetRefusal("not_evaluable", f"the formula has more than {MAX_NODES} different parts")


class _Program:
    """The lines so far; equal subterms get one line."""

    def __init__(self, variable: Term) -> None:
        self.variable = variable
        self.nodes: list[Node] = []
        self.depths: list[int] = []
        self.lines: dict[int, int] = {}
        self._known: dict[Any, int] = {}

    def add(self, t: Term) -> None:
        args = tuple(self.lines[id(a)] for a in t.args)
        depth = 1 + max((self.depths[a] for a in args), default=0)
        if depth > MAX_DEPTH:
            raise JetRefusal("not_evaluable", f"the formula is nested more than {MAX_DEPTH} deep")
        if t.op == "var" and t != self.variable:
            raise JetRefusal("not_evaluable", f"{t} is not the variable {self.variable}")
        same = self._neutral(t, args)
        folded = self._folded(t, args) if same is None else None
        if same is not None:
            self.lines[id(t)] = same
        elif folded is None:
            self.lines[id(t)] = self._line(t.op, args, t.data, t.sort, depth, t.op == "num")
        else:
            literal = t.op in ARITHMETIC and all(self.nodes[a].literal for a in args)
            self.lines[id(t)] = self._line(folded.op, (), folded.data, t.sort, 1, literal)

    def _line(self, op: str, args: tuple[int, ...], data: Any, sort: Sort, depth: int, literal: bool) -> int:
        key = (op, args, data, sort.kind, literal)
        found = self._known.get(key)
        if found is None:
            if len(self.nodes) >= MAX_NODES:
                raise _too_large()
            term = Term(op, tuple(self.nodes[a].term for a in args), data, sort)
            closed = op != "var" and all(self.nodes[a].closed for a in args)
            found = self._known[key] = len(self.nodes)
            self.nodes.append(Node(op, args, term, data if op == "num" else None, literal, closed))
            self.depths.append(depth)
        return found

    def _neutral(self, t: Term, args: tuple[int, ...]) -> int | None:
        """The other part in a product with 1, a sum with 0 and the like, if it is of the same sort."""
        same = None
        if t.op == "pow" and not self._arithmetic(args[1]):
            return None
        if t.op in NEUTRAL:
            a, b = args
            if self.nodes[b].rational == NEUTRAL[t.op]:
                same = a
            elif t.op in ("add", "mul") and self.nodes[a].rational == NEUTRAL[t.op]:
                same = b
        elif t.op in ("min", "max") and len(set(args)) == 1 and self.nodes[args[0]].rational is None:
            same = args[0]
        return same if same is not None and self.nodes[same].term.sort == t.sort else None

    def _arithmetic(self, exponent: int) -> bool:
        """Whether a power with this exponent, if that is an integer, is one for every base."""
        return self.nodes[exponent].literal or self.nodes[exponent].term.sort == INT

    def _folded(self, t: Term, args: tuple[int, ...]) -> Term | None:
        """A literal for an operation on literals, if its value is a rational number of a moderate size, or a truth."""
        values = [self.nodes[a].rational for a in args]
        if t.op not in _FOLDED or any(v is None for v in values):
            return None
        numbers = [v for v in values if v is not None]
        if t.op == "pow" and not (
            self._arithmetic(args[1])
            and numbers[1].denominator == 1
            and _bits(numbers[0]) * abs(numbers[1]) <= MAX_BITS
        ):
            return None
        try:
            value = evaluate(Term(t.op, tuple(map(num, numbers)), None, t.sort), {})
        except (Undefined, EvaluationError):
            return None
        if t.sort == BOOL:
            return TRUE if value is True else FALSE if value is False else None
        if not isinstance(value, fmpq):
            return None
        exact = Fraction(int(value.p), int(value.q))
        return num(exact) if _bits(exact) <= MAX_BITS else None

    def needed(self, root: int) -> tuple[Node, ...]:
        """The lines that the line ``root`` needs, renumbered, that one last."""
        wanted = {root}
        for k in range(root, -1, -1):
            if k in wanted:
                wanted.update(self.nodes[k].args)
        place = {k: new for new, k in enumerate(sorted(wanted))}
        return tuple(replace(self.nodes[k], args=tuple(place[a] for a in self.nodes[k].args)) for k in place)


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())
