r"""Terms as LaTeX mathematics, the way a paper sets them: subscripts for indices, fractions, sums, cases.

Names are set by a notation (name to LaTeX) or by a default: greek letters, subscripts for trailing digits. Names never
reach LaTeX unescaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from symproof.logic.collected_sum import collected
from symproof.logic.latex_names import name_to_latex, number_to_latex, subscripted
from symproof.logic.sort import INT, Sort
from symproof.logic.term import BINDERS, Term, free_variables, subst
from symproof.logic.text import open_binder, range_of

__all__ = ["sort_to_latex", "to_latex"]

_RELATIONS = {"eq": "=", "ne": r"\ne", "le": r"\le", "lt": "<", "ge": r"\ge", "gt": ">"}
_CHAINED = {"le", "lt"}
_MAPS = r" \mapsto "
_LETTERS = "UVZABCDEHKMNPQRSTXY"
"""For families that are given by a formula."""
_FUNCTIONS = {
    "exp": r"\exp", "log": r"\log", "sin": r"\sin", "cos": r"\cos", "tan": r"\tan", "asin": r"\arcsin",
    "acos": r"\arccos", "atan": r"\arctan", "sinh": r"\sinh", "cosh": r"\cosh", "tanh": r"\tanh",
}  # fmt: skip
_CONSTANTS = {"pi": r"\pi", "e": r"\mathrm{e}", "true": r"\top", "false": r"\bot"}
ATOM, POWER, PRODUCT, SUM, RELATION, NOT, AND, OR, ARROW, ANY = 9, 8, 7, 6, 5, 4, 3, 2, 1, 0


def sort_to_latex(variable: Term, notation: Mapping[str, str] | None = None) -> str:
    r"""A declaration such as ``x_{i,l} \in \mathbb{R}``: the variable with its sort."""
    sort, name = variable.sort, name_to_latex(variable.name, notation)
    if sort.kind == "int":
        return rf"{name} \in \mathbb{{Z}}"
    if sort.kind == "real":
        return rf"{name} \in \mathbb{{R}}"
    if sort.kind == "matrix":
        rows, cols = (to_latex(a, notation) for a in sort.args)  # type: ignore[arg-type]
        return rf"{name} \in \mathbb{{R}}^{{{rows} \times {cols}}}"
    values = r"\mathbb{Z}" if sort.kind == "fun" and sort.result == INT else r"\mathbb{R}"
    if sort.kind == "fun" and all(s == INT for s in sort.domain):
        return rf"{subscripted(name, ['i', 'j', 'k', 'l'][: len(sort.domain)])} \in {values}"
    domain = r" \times ".join(map(_domain_to_latex, sort.domain))
    return rf"{name} \colon {domain} \to {values}"


def _domain_to_latex(sort: Sort) -> str:
    """The set of an argument; families of numbers as functions of their indices."""
    if sort.kind != "fun":
        return r"\mathbb{Z}" if sort == INT else r"\mathbb{R}"
    inner = r" \times ".join(map(_domain_to_latex, sort.domain))
    values = r"\mathbb{Z}" if sort.result == INT else r"\mathbb{R}"
    return rf"\left({inner} \to {values}\right)"


def to_latex(term: Term, notation: Mapping[str, str] | None = None) -> str:
    r"""``term`` as a LaTeX formula without delimiters.

    Families that are given by a formula and named more than once are set as ``U``, with ``\text{where }`` at the end.
    """
    printer = _Printer(notation or {}, term)
    text = printer.show(term, ANY)
    if not printer.letters:
        return text
    meanings = ",\\; ".join(printer.meanings)
    return rf"{printer.show(term, ANY)} \quad \text{{where }} {meanings}"  # the letters are known now


def _is_identity(variables: tuple[Term, ...], body: Term) -> bool:
    """Whether a table has the entries 1 on the diagonal and 0 elsewhere."""
    if body.op != "ite" or len(variables) != 2 or body.args[0].op != "eq" or body.args[0].args != variables:
        return False
    return all(part.op == "num" and part.data == number for part, number in zip(body.args[1:], (1, 0), strict=True))


def _with_function_put_in(call: Term) -> Term | None:
    """The value of a parameter that is a function, where a formula gives it: ``F(x)`` with ``y -> y**2`` for ``F``."""
    body = call.data.body
    if body is None or body.op != "apply" or body.args[0] not in call.data.params:
        return None
    unfolded: Term = call.data.unfold(call.args)
    return unfolded if unfolded.op != "apply" else None


class _Printer:
    def __init__(self, notation: Mapping[str, str], term: Term) -> None:
        self.notation = notation
        self.term = term
        self.letters: dict[Term, str] = {}
        self.meanings: list[str] = []

    def name(self, variable: Term) -> str:
        return name_to_latex(variable.name, self.notation)

    def show(self, t: Term, around: int) -> str:
        """``t`` set so that it can stand where operators of level ``around`` bind."""
        text, level = self.level(t)
        return rf"\left({text}\right)" if level < around else text

    def level(self, t: Term) -> tuple[str, int]:
        """The formula and how tightly its outermost operator binds."""
        op, args = t.op, t.args
        if op == "num":
            return number_to_latex(t.data), SUM if t.data < 0 else ATOM if t.data.denominator == 1 else PRODUCT
        if op == "var":
            return self.name(t), ATOM
        if op in _CONSTANTS:
            return _CONSTANTS[op], ATOM
        if op in _RELATIONS:
            return f"{self.show(args[0], SUM)} {_RELATIONS[op]} {self.show(args[1], SUM)}", RELATION
        if op in ("add", "sub"):
            sign = "+" if op == "add" else "-"
            return f"{self.show(args[0], SUM)} {sign} {self.show(args[1], PRODUCT)}", SUM
        if op == "neg":
            return f"-{self.show(args[0], PRODUCT)}", SUM
        if op == "mul":
            return self.product(args[0], args[1]), PRODUCT
        if op == "div" and args[0].op == "num" and args[1].op == "num" and args[1].data == 1:
            return self.level(args[0])  # the division makes an integer a real number
        if op in ("div", "inv"):
            top, bottom = args if op == "div" else (Term("num", (), Fraction(1), INT), args[0])
            return rf"\frac{{{self.show(top, ANY)}}}{{{self.show(bottom, ANY)}}}", POWER
        if op == "pow":
            return self.power(args[0], args[1]), POWER
        if op in ("and", "or", "not", "implies", "iff"):
            return self.connective(t)
        if op in ("forall", "exists"):
            return self.quantified(t), ANY
        if t in self.letters:
            return self.letters[t], ATOM
        if op in BINDERS:
            return self.bound(t)
        if op == "apply":
            return self.applied(t), ATOM
        if op == "call":
            unfolded = _with_function_put_in(t)
            if unfolded is not None:
                return self.level(unfolded)
            return self.called(t), ATOM if t.sort.kind != "bool" else RELATION
        return self.function(t)

    def product(self, a: Term, b: Term) -> str:
        left = self.show(a, POWER if a.op in ("sum", "minover", "maxover") else PRODUCT)
        right = self.show(b, POWER if b.op == "mul" else PRODUCT if b.op == "sum" else POWER)
        if b.op == "num" or right[:1].isdigit() or (a.op == "num" and right.startswith(r"\frac")):
            return rf"{left} \cdot {right}"
        return rf"{left}\,{right}"

    def power(self, base: Term, exponent: Term) -> str:
        below = self.show(base, ATOM)
        if base.op in ("apply", "call", "exp", "var") and "^" in below:
            below = rf"\left({below}\right)"
        return rf"{below}^{{{self.show(exponent, ANY)}}}"

    def connective(self, t: Term) -> tuple[str, int]:
        if t.op == "not":
            return rf"\lnot {self.show(t.args[0], ATOM)}", NOT
        if t.op == "and":
            return r" \;\land\; ".join(self.conjuncts(t.args)), AND
        if t.op == "or":
            return r" \;\lor\; ".join(self.show(a, AND) for a in t.args), OR
        sign = r"\implies" if t.op == "implies" else r"\iff"
        return rf"{self.show(t.args[0], OR)} {sign} {self.show(t.args[1], ARROW if t.op == 'implies' else OR)}", ARROW

    def conjuncts(self, parts: Sequence[Term]) -> Iterator[str]:
        """The parts of a conjunction, ``a <= b`` and ``b <= c`` joined to one chain."""
        before: Term | None = None
        text = ""
        for part in parts:
            if before is not None and {before.op, part.op} <= _CHAINED and before.args[1] == part.args[0]:
                text += f" {_RELATIONS[part.op]} {self.show(part.args[1], SUM)}"
            else:
                if before is not None:
                    yield text
                text = self.show(part, NOT)
            before = part
        yield text

    def quantified(self, t: Term) -> str:
        names: list[str] = []
        body = t
        while body.op == t.op:
            (variable,), inner = open_binder(body)
            span, rest = self._ranged(t.op, variable, inner)
            if span is not None:
                names.append(f"{self.name(variable)} = {span[0]}, \\dots, {span[1]}")
                body = rest
                break
            names.append(self.name(variable) + (r" \in \mathbb{Z}" if variable.sort == INT else ""))
            body = inner
        sign = r"\forall" if t.op == "forall" else r"\exists"
        return rf"{sign}\, {', '.join(names)} \colon\; {self.show(body, ANY)}"

    def _ranged(self, op: str, variable: Term, body: Term) -> tuple[tuple[str, str] | None, Term]:
        """(low and high, the rest) of a quantifier over a range, else (None, body)."""
        if op == "forall" and body.op == "implies":
            span, rest = range_of(variable, body.args[0]), body.args[1]
        elif op == "exists" and body.op == "and" and len(body.args) > 2:
            guard = Term("and", body.args[:2], None, body.sort)
            parts = body.args[2:]
            span = range_of(variable, guard)
            rest = parts[0] if len(parts) == 1 else Term("and", parts, None, body.sort)
        else:
            return None, body
        return (None, body) if span is None else ((self.show(span[0], ANY), self.show(span[1], ANY)), rest)

    def bound(self, t: Term) -> tuple[str, int]:
        variables, body = open_binder(t)
        if t.op == "lam":
            return self.function_of(variables, body)
        if t.op == "diff":
            name = self.name(variables[0])
            inside = self.show(body, PRODUCT)
            return rf"\frac{{d}}{{d{name}}} {inside} \Big|_{{{name} = {self.show(t.args[0], ANY)}}}", PRODUCT
        low, high, name = self.show(t.args[0], ANY), self.show(t.args[1], ANY), self.name(variables[0])
        if t.op == "sum":
            return rf"\sum_{{{name}={low}}}^{{{high}}} {self.show(body, PRODUCT)}", PRODUCT
        word = r"\min" if t.op == "minover" else r"\max"
        return rf"{word}_{{{low} \le {name} \le {high}}} {self.show(body, PRODUCT)}", PRODUCT

    def function_of(self, variables: tuple[Term, ...], body: Term) -> tuple[str, int]:
        """A function given by a formula; a partly applied family such as (l -> x_(i,l)) is shown as x_i."""
        if body.op == "apply" and body.args[-len(variables) :] == variables and body.args[0].op == "var":
            kept = body.args[1 : -len(variables)]
            if not any(v in kept for v in variables):
                return self._with_arguments(self.name(body.args[0]), kept), ATOM
        table = body.data.latex_table if body.op == "call" and body.args[-2:] == variables else ""
        if table and not free_variables(Term("and", body.args[:-2])) & set(variables):
            return self.formatted(table, body), PRODUCT
        if _is_identity(variables, body):
            return "I", ATOM
        swapped = (variables[-1], variables[-2]) if len(variables) > 1 and body.op == "apply" else ()
        if swapped and body.args[-2:] == swapped and not free_variables(Term("and", body.args[:-2])) & set(swapped):
            return self.transposed(variables[:-2], body)
        names = ", ".join(self.name(v) for v in variables)
        names = names if len(variables) == 1 else f"({names})"
        return f"{names}{_MAPS}{self.show(body, SUM)}", ANY

    def transposed(self, variables: tuple[Term, ...], body: Term) -> tuple[str, int]:
        """A table with rows and columns exchanged, or a family of such tables."""
        name = self._with_arguments(self.show(body.args[0], ATOM), body.args[1:-2])
        if not variables:
            return rf"{name}^\top", POWER
        names = ", ".join(self.name(v) for v in variables)
        return rf"{names if len(variables) == 1 else f'({names})'} \mapsto {name}^\top", ANY

    def _with_arguments(self, name: str, args: tuple[Term, ...]) -> str:
        indices = [self.show(a, SUM) for a in args if a.sort == INT]
        points = [self.show(a, ANY) for a in args if a.sort != INT]
        shown = subscripted(name, indices) if indices else name
        return rf"{shown}({', '.join(points)})" if points else shown

    def applied(self, t: Term) -> str:
        function, *args = t.args
        name = self.show(function, ATOM)
        if function.sort.domain and all(s != INT for s in function.sort.domain):
            return rf"{name}\left({', '.join(self.show(a, ANY) for a in args)}\right)"
        return self._with_arguments(name, tuple(args))

    def called(self, t: Term) -> str:
        if t.data.latex:
            return self.formatted(t.data.latex, t)
        name = rf"\mathrm{{{re.sub(r'[^A-Za-z0-9]', ' ', t.data.name.split('.')[-1])}}}"
        shown = self.arguments(t.args)
        return rf"{name}\left({', '.join(shown)}\right)" if shown else name

    def arguments(self, args: Sequence[Term]) -> list[str]:
        return [self.show(a, ANY if a.op != "lam" else ATOM if self.level(a)[1] == ATOM else PRODUCT) for a in args]

    def formatted(self, form: str, t: Term) -> str:
        """A format string of a definition, filled in at the arguments of a call."""
        given = dict(zip(t.data.params, t.args, strict=True))
        args = (*t.args, *(collected(subst(each, given)) for each in t.data.shown))
        shown = [
            self.abbreviated(a, text) if a.op == "lam" and _MAPS in text and form.count(f"{{{k}}}") > 1 else text
            for k, (a, text) in enumerate(zip(args, self.arguments(args), strict=True))
        ]
        return form.format(*shown)

    def abbreviated(self, family: Term, text: str) -> str:
        """A letter for a family that is given by a formula, the bound variables that it depends on above it."""
        above = sorted(self.name(v) for v in free_variables(family) - free_variables(self.term))
        taken = self.taken()
        letter = next((each for each in _LETTERS if each not in taken), None)
        if letter is None:
            return text
        indices, body = self.level(family)[0].split(_MAPS, 1)
        name = self.letters[family] = f"{letter}^{{{','.join(above)}}}" if above else letter
        self.meanings.append(f"{name}_{{{indices.strip('()')}}} = {body}")
        return name

    def taken(self) -> set[str]:
        """The names that letters must not have."""
        names = {t.data for t in self.term.walk() if t.op == "var"}
        bound = {b.hint for t in self.term.walk() if t.op in BINDERS for b in t.data}
        return names | bound | set(self.notation.values()) | {name[0] for name in self.letters.values()}

    def function(self, t: Term) -> tuple[str, int]:
        op, args = t.op, t.args
        if op == "ite":
            return self.cases(t), ATOM
        if op == "abs":
            return rf"\left\lvert {self.show(args[0], ANY)} \right\rvert", ATOM
        if op == "sqrt":
            return rf"\sqrt{{{self.show(args[0], ANY)}}}", ATOM
        if op in ("min", "max"):
            return rf"\{op}\left\{{{', '.join(self.show(a, ANY) for a in args)}\right\}}", ATOM
        if op in ("floor", "ceiling"):
            left, right = (r"\lfloor", r"\rfloor") if op == "floor" else (r"\lceil", r"\rceil")
            return rf"\left{left} {self.show(args[0], ANY)} \right{right}", ATOM
        if op in ("transpose", "inverse"):
            upper = r"\top" if op == "transpose" else "-1"
            return rf"{self.show(args[0], ATOM)}^{{{upper}}}", POWER
        if op in ("identity", "zero"):
            size = self.show(t.sort.args[0], ANY)  # type: ignore[arg-type]
            return (f"I_{{{size}}}" if op == "identity" else "0"), ATOM
        if op == "matlit":
            cols = t.data[1]
            rows = [args[i : i + cols] for i in range(0, len(args), cols)]
            inside = r" \\ ".join(" & ".join(self.show(e, ANY) for e in row) for row in rows)
            return rf"\begin{{pmatrix}} {inside} \end{{pmatrix}}", ATOM
        name = _FUNCTIONS.get(op, rf"\mathrm{{{re.sub(r'[^A-Za-z0-9]', '', op)}}}")
        return rf"{name}\left({', '.join(self.show(a, ANY) for a in args)}\right)", ATOM

    def cases(self, t: Term) -> str:
        rows = []
        while t.op == "ite":
            rows.append(rf"{self.show(t.args[1], ANY)} & \text{{if }} {self.show(t.args[0], ANY)}")
            t = t.args[2]
        rows.append(rf"{self.show(t, ANY)} & \text{{otherwise}}")
        inside = r" \\ ".join(rows)
        return rf"\begin{{cases}} {inside} \end{{cases}}"
