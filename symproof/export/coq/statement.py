"""Propositions as Coq text over the real numbers.

What arithmetic does not look into becomes a symbol that the lemma quantifies over: functions, families, notions that
are not unfolded. So each lemma says at least what the step says: it holds for every meaning of these symbols. Coq's
functions are total like ours (``x/0 = 0``); that terms are defined is said by lemmas of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from symproof.errors import SymproofError
from symproof.logic.definition import Definition
from symproof.logic.rational_value import rational_value
from symproof.logic.sort import Sort
from symproof.logic.syntax import variable
from symproof.logic.term import Binder, Term, free_variables, instantiate

__all__ = ["NotExported", "Statement", "number"]

RELATIONS = {"eq": "=", "ne": "<>", "le": "<=", "lt": "<", "ge": ">=", "gt": ">"}
CONNECTIVES = {"and": " /\\ ", "or": " \\/ ", "implies": " -> ", "iff": " <-> "}
FUNCTIONS = {
    "abs": "Rabs", "exp": "exp", "log": "ln", "sqrt": "sqrt", "sin": "sin", "cos": "cos", "tan": "tan", "atan": "atan",
    "asin": "asin", "acos": "acos", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
}  # fmt: skip
RESERVED = re.compile(
    r"Prop|Set|Type|[RZNQDIESO]|PI|INR|IZR|exp|ln|a?(sin|cos|tan)h?|sqrt|R(abs|min|max|power)|bigsum|forall|exists"
    r"|fun|let|in|if|then|else|match|with|end|fix|cofix|return|as|at|where|le|lt|ge|gt|eq|not|and|or|iff|True|False|pow"
    r"|for|SProp|Axiom|(Co)?Fixpoint|Definition|Hypothesis|Parameter|Theorem|Variable|is_[a-z]+"
    r"|Derive|e|nat|plus|mult|opp|inv|up|fact|sum|id|using|by|H.*"
)
"""Names that Coq's language, its library or the preamble has, or that a script gives to a hypothesis."""


class NotExported(SymproofError):
    """A statement, or a step, that Coq is not asked about; the text says why."""


def number(value: Fraction) -> str:
    """A rational number."""
    if value.denominator == 1:
        return str(value.numerator) if value >= 0 else f"(- {-value.numerator})"
    return (
        f"(- ({-value.numerator} / {value.denominator}))" if value < 0 else f"({value.numerator} / {value.denominator})"
    )


class Statement:
    """Writes the propositions of one lemma; collects the symbols that it quantifies over.

    Attributes:
        symbols: Coq name to Coq type.
        meaning: Coq name to what it stands for, where the name does not say it.
        operators: Coq name to the operator of ours that it stands for.
    """

    def __init__(self) -> None:
        self.symbols: dict[str, str] = {}
        self.meaning: dict[str, str] = {}
        self.operators: dict[str, str] = {}
        self._names: dict[object, str] = {}
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}
        self._bound: set[Term] = set()

    def proposition(self, p: Term) -> str:
        """A proposition. Raises NotExported."""
        if p.op in RELATIONS and p.args[0].sort.is_number:
            return f"({self.real(p.args[0])} {RELATIONS[p.op]} {self.real(p.args[1])})"
        if p.op in CONNECTIVES:
            return "(" + CONNECTIVES[p.op].join(map(self.proposition, p.args)) + ")"
        if p.op == "not":
            return f"(~ {self.proposition(p.args[0])})"
        if p.op in ("true", "false"):
            return p.op.capitalize()
        if p.op in ("forall", "exists"):
            (name, kind), body = self._open(p)
            return f"({p.op} {name} : {kind}, {self.proposition(body)})"
        if p.op in ("apply", "call", "var"):
            return self._value(p)
        return self._whole(p, "Prop")

    def real(self, t: Term) -> str:
        """A number as a real number. Raises NotExported."""
        op = t.op
        if op == "num":
            return number(t.data)
        if op in ("add", "sub", "mul", "div"):
            sign = {"add": "+", "sub": "-", "mul": "*", "div": "/"}[op]
            return f"({self.real(t.args[0])} {sign} {self.real(t.args[1])})"
        if op in ("neg", "inv"):
            return f"({'-' if op == 'neg' else '/'} {self.real(t.args[0])})"
        if op == "pow":
            return self._power(t)
        if op in FUNCTIONS:
            return f"({FUNCTIONS[op]} {self.real(t.args[0])})"
        if op in ("min", "max"):
            return self._extremum({"min": "Rmin", "max": "Rmax"}[op], [self.real(a) for a in t.args])
        if op == "pi":
            return "PI"
        if op == "e":
            return "(exp 1)"
        if op == "ite":
            head = self._symbol("ite", "Prop -> R -> R -> R")
            return f"({head} {self.proposition(t.args[0])} {self.real(t.args[1])} {self.real(t.args[2])})"
        if op in ("sum", "minover", "maxover"):
            return self._over(t)
        if op == "diff":
            (name, _), body = self._open(t)
            head = self._symbol("derivative", "(R -> R) -> R -> R")
            return f"({head} (fun {name} : R => {self.real(body)}) {self.real(t.args[0])})"
        if t.sort.kind == "int":
            return f"(IZR {self.integer(t)})"
        return self._value(t)

    def integer(self, t: Term) -> str:
        """An integer as an element of Z. Raises NotExported."""
        if t.op == "num" and t.data.denominator == 1:
            return f"({int(t.data)})%Z"
        if t.op in ("add", "sub", "mul"):
            sign = {"add": "+", "sub": "-", "mul": "*"}[t.op]
            return f"({self.integer(t.args[0])} {sign} {self.integer(t.args[1])})%Z"
        if t.op == "neg":
            return f"(- {self.integer(t.args[0])})%Z"
        if t.op in ("min", "max"):
            return self._extremum({"min": "Z.min", "max": "Z.max"}[t.op], [self.integer(a) for a in t.args])
        if t.op == "ite":
            head = self._symbol("itez", "Prop -> Z -> Z -> Z")
            return f"({head} {self.proposition(t.args[0])}%R {self.integer(t.args[1])} {self.integer(t.args[2])})"
        return self._value(t)

    def local(self, bound: Binder) -> tuple[Term, str]:
        """A variable that a proof introduces, and its name: it is no symbol of the lemma."""
        name = self._free_name(bound.hint or "z")
        fresh = variable(f"?{name}", bound.sort)
        self._names[fresh] = name
        return fresh, name

    # Parts -------------------------------------------------------------------------------------------------------

    def _power(self, t: Term) -> str:
        exponent = rational_value(t.args[1])
        if exponent is not None and exponent.denominator == 1 and abs(exponent) <= 200:
            power = f"({self.real(t.args[0])} ^ {abs(int(exponent))})"
            return power if exponent >= 0 else f"(/ {power})"
        head = self._symbol("power", "R -> R -> R")
        return f"({head} {self.real(t.args[0])} {self.real(t.args[1])})"

    @staticmethod
    def _extremum(head: str, parts: list[str]) -> str:
        text = parts[-1]
        for part in reversed(parts[:-1]):
            text = f"({head} {part} {text})"
        return text

    def _over(self, t: Term) -> str:
        (name, kind), body = self._open(t)
        head = "bigsum" if t.op == "sum" else self._symbol(t.op, "Z -> Z -> (Z -> R) -> R")
        low, high = self.integer(t.args[0]), self.integer(t.args[1])
        return f"({head} {low} {high} (fun {name} : {kind} => {self.real(body)}))"

    def _open(self, binder: Term) -> tuple[tuple[str, str], Term]:
        """The name and type of the bound variable, and the body with it."""
        (bound,) = binder.data
        name = self._free_name(bound.hint or "z", "")
        fresh = variable(f"?{name}", bound.sort)
        self._names[fresh] = name
        self._bound.add(fresh)
        return (name, self.type_of(bound.sort)), instantiate(binder, (fresh,))

    def _value(self, t: Term) -> str:
        """A variable, or a function or notion at arguments."""
        if t.op == "var":
            return self._name(t, t.name, self.type_of(t.sort))
        if t.op == "apply":
            head = self._function(t.args[0])
            return f"({head} {self._arguments(t.args[0].sort.domain, t.args[1:])})"
        if t.op == "call" and self._is_plain(t.data):
            kind = self._arrow((*(p.sort for p in t.data.params), t.data.sort))
            head = self._name(t.data, t.data.name.split(".")[-1], kind, t.data.name)
            return f"({head} {self._arguments([p.sort for p in t.data.params], t.args)})" if t.args else head
        if t.op in ("sign", "floor", "ceiling", "asinh", "acosh", "atanh", "erf"):
            kind = "R -> Z" if t.sort.kind == "int" else "R -> R"
            return f"({self._symbol(t.op, kind)} {self.real(t.args[0])})"
        return self._whole(t, self.type_of(t.sort))

    @staticmethod
    def _is_plain(definition: Definition) -> bool:
        return not any(_has_matrix(p.sort) for p in definition.params) and not _has_matrix(definition.sort)

    def _function(self, f: Term) -> str:
        return self._argument(f.sort, f)

    def _arguments(self, sorts: Iterable[Sort], terms: Iterable[Term]) -> str:
        return " ".join(self._argument(sort, t) for sort, t in zip(sorts, terms, strict=True))

    def _argument(self, wanted: Sort, t: Term) -> str:
        """A term where one of sort ``wanted`` is asked for: an integer may stand for a real."""
        if wanted.kind in ("real", "int", "bool"):
            writer = {"real": self.real, "int": self.integer, "bool": self.proposition}[wanted.kind]
            return writer(t)
        if t.op != "lam":
            if self.type_of(wanted) != self.type_of(t.sort):
                raise NotExported("a family of integers as one of reals")
            return self._value(t)
        names, fresh = [], []
        for bound, sort in zip(t.data, wanted.domain, strict=True):
            if bound.sort != sort:
                raise NotExported("a function of reals as one of integers")
            name = self._free_name(bound.hint or "z")
            fresh.append(variable(f"?{name}", bound.sort))
            self._names[fresh[-1]] = name
            self._bound.add(fresh[-1])
            names.append(f"({name} : {self.type_of(sort)})")
        return f"(fun {' '.join(names)} => {self._argument(wanted.result, instantiate(t, tuple(fresh)))})"

    def _whole(self, t: Term, kind: str) -> str:
        """A term that is not looked into: a symbol of its own."""
        if free_variables(t) & self._bound:
            raise NotExported(f"{t.op} under a quantifier")
        return self._name(t, "t", kind, str(t))

    # Names -------------------------------------------------------------------------------------------------------

    def type_of(self, sort: Sort) -> str:
        """The Coq type of a sort. Raises NotExported for matrices."""
        if sort.kind == "fun":
            return self._arrow((*sort.domain, sort.result))
        kind = {"real": "R", "int": "Z", "bool": "Prop"}.get(sort.kind)
        if kind is None:
            raise NotExported("matrices of symbolic size")
        return kind

    def _arrow(self, sorts: Iterable[Sort]) -> str:
        return " -> ".join(f"({kind})" if " " in kind else kind for kind in map(self.type_of, sorts))

    def _symbol(self, name: str, kind: str) -> str:
        found = self._name(("operator", name, kind), name, kind, f"the operator {name}")
        self.operators[found] = name
        return found

    def _name(self, key: object, wanted: str, kind: str, meaning: str = "") -> str:
        if key in self._names:
            return self._names[key]
        name = self._free_name(wanted)
        self._names[key] = name
        self.symbols[name] = kind
        if meaning or name != wanted:
            self.meaning[name] = meaning or wanted
        return name

    def _free_name(self, wanted: str, mark: str = "_") -> str:
        """A name that was not given before."""
        base = self._ascii(wanted)
        count = self._counts.get(base + mark, 0)
        name = f"{base}{mark}{count}" if count else base
        while name in self._taken:
            count += 1
            name = f"{base}{mark}{count}"
        self._counts[base + mark] = count
        self._taken.add(name)
        return name

    @staticmethod
    def _ascii(name: str) -> str:
        name = re.sub(r"[^A-Za-z0-9_]", "_", name.replace("'", "_p"))
        if not name or not name[0].isalpha():
            name = "x" + name
        return f"{name}_v" if RESERVED.fullmatch(name) else name


def _has_matrix(sort: Sort) -> bool:
    return sort.kind == "matrix" or (sort.kind == "fun" and any(_has_matrix(s) for s in (*sort.domain, sort.result)))
