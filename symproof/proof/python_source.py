"""Terms and steps as the Python that an author writes, to be pasted into a theorem module."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from symproof.logic.term import Term
from symproof.logic.text import open_binder, range_of
from symproof.proof.step import Branch, By, FactReference, Step

__all__ = ["by_source", "steps_source", "term_source"]

_INFIX = {"add": ("+", 4, 4, 5), "sub": ("-", 4, 4, 5), "mul": ("*", 5, 5, 6), "div": ("/", 5, 5, 6)}
_ORDER = {"le": "<=", "lt": "<", "ge": ">=", "gt": ">"}
_WORDS = {
    "eq": "Eq", "ne": "Ne", "and": "And", "or": "Or", "not": "Not", "implies": "Implies", "iff": "Iff", "ite": "Ite",
    "abs": "Abs", "min": "Min", "max": "Max", "exp": "exp", "log": "log", "sqrt": "sqrt", "erf": "erf",
    "transpose": "transpose", "inverse": "inverse", "trace": "trace", "sum": "Sum", "minover": "MinOver",
    "maxover": "MaxOver", "lam": "Lam", "forall": "ForAll", "exists": "Exists", "diff": "Diff",
}  # fmt: skip
_MARGIN = "    "


def term_source(term: Term) -> str:
    """The term as Python, with the names of ``symproof.logic.syntax``; variables and definitions go by their names."""
    return _term(term, 0)


def _paren(text: str, level: int, around: int) -> str:
    return f"({text})" if level < around else text


def _term(t: Term, around: int) -> str:
    if t.op == "num":
        value: Fraction = t.data
        if value.denominator != 1:
            return f"num(Fraction({value.numerator}, {value.denominator}))"
        return _paren(str(value), 6, around) if value < 0 else str(value)
    if t.op == "var":
        return str(t.data)
    if t.op in ("true", "false"):
        return t.op.upper()
    if t.op in _INFIX:
        sign, level, left, right = _INFIX[t.op]
        first = _operand(t.args[0], left, t.args[1].op == "num")
        return _paren(f"{first} {sign} {_term(t.args[1], right)}", level, around)
    if t.op == "neg":
        inner = t.args[0]
        return _paren(f"-{f'num({inner.data})' if inner.op == 'num' else _term(inner, 6)}", 6, around)
    if t.op == "pow":
        return _paren(f"{_operand(t.args[0], 8, True)}**{_term(t.args[1], 7)}", 7, around)
    if t.op in _ORDER:
        return _paren(f"{_operand(t.args[0], 4, True)} {_ORDER[t.op]} {_term(t.args[1], 4)}", 2, around)
    if t.op == "apply":
        return f"{_term(t.args[0], 9)}({_list(t.args[1:])})"
    if t.op == "call":
        return f"{t.data.name.split('.')[-1]}({_list(t.args)})"
    if t.op in ("forall", "exists", "lam", "sum", "minover", "maxover", "diff"):
        return _binder(t)
    if t.op == "matlit":
        _, cols = t.data
        rows = ", ".join(f"[{_list(t.args[k : k + cols])}]" for k in range(0, len(t.args), cols))
        return f"literal_matrix([{rows}])"
    if t.op == "identity":
        return f"identity({_term(t.sort.args[0], 0)})"  # type: ignore[arg-type]
    if t.op == "zero":
        return f"zero_matrix({_list(t.sort.args)})"  # type: ignore[arg-type]
    if t.op in ("pi", "e"):
        return f'Term("{t.op}")'
    word = _WORDS.get(t.op)
    return f"{word}({_list(t.args)})" if word else f'unary("{t.op}", {_list(t.args)})'


def _operand(t: Term, level: int, literal_beside: bool) -> str:
    """A left operand; a literal number that Python would compute with, or turn around, is wrapped."""
    return f"num({t.data})" if t.op == "num" and t.data.denominator == 1 and literal_beside else _term(t, level)


def _list(terms: Sequence[Term]) -> str:
    return ", ".join(_term(t, 0) for t in terms)


def _binder(t: Term) -> str:
    variables, body = open_binder(t)
    names = ", ".join(v.name for v in variables)
    if t.op == "forall" and body.op == "implies":
        span = range_of(variables[0], body.args[0])
        if span is not None:
            return f"forall_in({names}, {_term(span[0], 0)}, {_term(span[1], 0)}, {_term(body.args[1], 0)})"
    if t.op in ("forall", "exists", "lam"):
        listed = names if len(variables) == 1 else f"({names})"
        return f"{_WORDS[t.op]}({listed}, {_term(body, 0)})"
    if t.op == "diff":
        return f"Diff({names}, {_term(body, 0)}, {_term(t.args[0], 0)})"
    return f"{_WORDS[t.op]}({names}, {_list(t.args[:-1])}, {_term(body, 0)})"


def by_source(by: By) -> str:
    """A justification as Python."""
    words = [f'"{by.rule}"', *(_fact(f) for f in by.facts)]
    if by.rewrite:
        words.append(f"rewrite=[{', '.join(_fact(f) for f in by.rewrite)}]")
    if by.unfold:
        words.append(f"unfold=[{', '.join(d.name.split('.')[-1] for d in by.unfold)}]")
    words += [f"{name}={_value(value)}" for name, value in by.options]
    return words[0] if len(words) == 1 else f"by({', '.join(words)})"


def _value(value: Any) -> str:
    if isinstance(value, Term):
        return term_source(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_value(v) for v in value)}]"
    return repr(value)


def _fact(fact: FactReference) -> str:
    return f'at("{fact.label}", {_list(fact.args)})' if fact.args else f'"{fact.label}"'


def steps_source(steps: Sequence[Step], margin: str = "") -> str:
    """Steps as Python, one after the other, each with a comma at its end."""
    return "\n".join(line for step in steps for line in _step(step, margin))


def _step(step: Step, margin: str) -> Iterator[str]:
    head, inner = _head(step), step.steps
    if step.kind in ("have", "suffices") and step.by is None:
        yield f"{margin}{head}, proof=["
        yield steps_source(inner, margin + _MARGIN)
        yield f"{margin}]),"
    elif step.kind == "contradiction":
        yield f"{margin}{head},"
        yield steps_source(inner, margin + _MARGIN)
        yield f"{margin}),"
    elif step.kind in ("cases", "conjunction"):
        yield f"{margin}{head}"
        for branch in step.branches:
            yield from _branch(branch, margin + _MARGIN)
        end = f"exhaustive={by_source(step.by)}" if step.by is not None else ""
        yield f"{margin}{_MARGIN}{end})," if end else f"{margin}),"
    elif step.kind == "induction":
        base, successor = step.branches
        yield f"{margin}{head}, base=["
        yield steps_source(base.steps, margin + _MARGIN)
        yield f'{margin}], hypothesis="{successor.label}", bound="{step.label}", step=['
        yield steps_source(successor.steps, margin + _MARGIN)
        yield f"{margin}]),"
    else:
        yield f"{margin}{head}),"


def _branch(branch: Branch, margin: str) -> Iterator[str]:
    if branch.assumption is None:
        yield f"{margin}["
        yield steps_source(branch.steps, margin + _MARGIN)
        yield f"{margin}],"
    else:
        yield f'{margin}case("{branch.label}", {term_source(branch.assumption)},'
        yield steps_source(branch.steps, margin + _MARGIN)
        yield f"{margin}),"


def _head(step: Step) -> str:
    """The beginning of a step, up to what its sub-proofs or its closing bracket follow."""
    claim = term_source(step.claim) if step.claim is not None else ""
    reason = f", {by_source(step.by)}" if step.by is not None else ""
    names = ", ".join(v.name for v in step.variables)
    quoted = [f'"{label}"' for label in step.labels]
    labels = quoted[0] if len(quoted) == 1 else f"({', '.join(quoted)})"
    match step.kind:
        case "have" | "suffices":
            return f'{step.kind}("{step.label}", {claim}{reason}'
        case "calc":
            links = "".join(f', ("{k.relation}", {term_source(k.term)}, {by_source(k.by)})' for k in step.links)
            return f'calc("{step.label}", {term_source(step.terms[0])}{links}'
        case "assume":
            return f"assume({', '.join(quoted)}"
        case "take":
            return f"take({names}"
        case "let":
            return f'let("{step.label}", {names}, {term_source(step.terms[0])}'
        case "obtain":
            variables = names if len(step.variables) == 1 else f"({names})"
            return f"obtain({variables}, {labels}, {_fact(step.facts[0])}"
        case "witness":
            return f"witness({_list(step.terms)}"
        case "contradiction":
            return f'contradiction("{step.label}"'
        case "induction":
            return f"induction({names}"
        case "apply":
            values = ", ".join(f'"{name}": {term_source(value)}' for name, value in step.substitution)
            given = ", ".join(f'"{name}": {_fact(fact)}' for name, fact in step.by.options) if step.by else ""
            using = f", using={{{given}}}" if given else ""
            return f'apply({labels}, "{step.target}"' + (f", {{{values}}}" if values else "") + using
        case "unfold":
            definitions = "".join(f", {d.name.split('.')[-1]}" for d in step.definitions)
            return f'unfold("{step.label}", "{step.target}"{definitions}'
        case "cite":
            return f'cite("{step.label}", {claim}, "{step.reference}"'
        case "open":
            return f'open_step("{step.label}", {claim}'
        case "qed" if step.by is not None:
            return f"qed({by_source(step.by)}"
    return f"{step.kind}("
