"""Terms, proofs and check results as plain data, and back.

Plain data crosses between processes and into the cache as JSON, never as a pickle. Terms go into a table, each once;
the names of bound variables are kept, since they are shown. The encoding is injective: every value carries its kind,
so that two different values never have the same plain form. It is therefore also what content keys are made of.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

from symproof.errors import SymproofError
from symproof.kernel.check import CheckedStep, CheckResult
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.sequent import Hypothesis, Sequent
from symproof.logic.definition import Definition
from symproof.logic.sort import Sort
from symproof.logic.term import Binder, Term
from symproof.proof.step import Branch, By, FactReference, Link, Source, Step
from symproof.proof.theorem import Citation, Theorem, Work, walk

__all__ = ["Encoder", "HashingEncoder", "NotPlainError", "decode_result", "encode_result"]

_CLASSES: Mapping[str, type] = {
    c.__name__: c
    for c in (
        Branch, By, CheckedStep, Citation, Definition, Diagnostic, FactReference, Hypothesis, Link, Sequent, Sort,
        Source, Step, Work,
    )
}  # fmt: skip


_FIELDS: Mapping[type, tuple[str, ...]] = {c: tuple(f.name for f in fields(c) if f.init) for c in _CLASSES.values()}


class NotPlainError(SymproofError):
    """A value has no plain form, or plain data have not the form that is expected."""


class Encoder:
    """Turns values into plain data; terms, sorts and definitions go into ``table``, each once.

    Attributes:
        table: what the numbers of terms, sorts and definitions stand for.
        steps: the numbers of the steps that the reader has, by ``id``.
    """

    def __init__(self, skip: Mapping[type, frozenset[str]] | None = None) -> None:
        """``skip`` names fields to leave out, by class."""
        self.table: list[Any] = []
        self._numbers: dict[str, int] = {}
        self._seen: dict[int, tuple[Any, Any]] = {}  # the object is kept, so that its id stays its own
        self._skip = skip or {}
        self.steps: Mapping[int, int] = {}

    def encode(self, value: Any) -> Any:
        """The plain form of a value. Raises NotPlainError if it has none."""
        kind = type(value)
        if value is None or kind is str or kind is bool:
            return value
        if kind is Term or kind is Definition or kind is Sort:
            return self._named(value)
        if kind is tuple or kind is list:
            return ["l", *map(self.encode, value)]
        if kind is int:
            return ["i", format(value, "x")]
        if kind is Fraction:
            return ["q", format(value.numerator, "x"), format(value.denominator, "x")]
        if kind is Binder:
            return ["b", self.encode(value.sort), self.encode(value.hint)]
        if id(value) in self.steps:
            return ["s", self.steps[id(value)]]
        if kind in _FIELDS:
            return self._fields(value)
        if isinstance(value, Mapping):
            pairs = sorted((str(key), item) for key, item in value.items())
            if not all(type(key) is str for key in value):
                raise NotPlainError("a mapping with keys that are no strings")
            return ["m", *([key, self.encode(item)] for key, item in pairs)]
        raise NotPlainError(f"no plain form of {kind.__name__}")

    def fields_of(self, value: Any, without: frozenset[str]) -> Any:
        """The plain form of all fields of a dataclass but some, under their names."""
        return ["m", *([f.name, self.encode(getattr(value, f.name))] for f in fields(value) if f.name not in without)]

    def _fields(self, value: Any) -> Any:
        without = self._skip.get(type(value), frozenset())
        names = [name for name in _FIELDS[type(value)] if name not in without]
        return ["d", type(value).__name__, *([name, self.encode(getattr(value, name))] for name in names)]

    def _named(self, value: Any) -> Any:
        known = self._seen.get(id(value))
        if known is not None:
            return known[1]
        if isinstance(value, Term):
            inside = [self.encode(a) for a in value.args]
            form: Any = ["t", value.op, self.encode(value.sort), self.encode(value.data), inside]
        else:
            form = self._fields(value)
        found = ["#", self._name_of(form)]
        self._seen[id(value)] = (value, found)
        return found

    def _name_of(self, form: Any) -> int | str:
        """The number of a plain form in the table; equal forms, and only those, have the same text in JSON."""
        key = json.dumps(form)
        if key not in self._numbers:
            self._numbers[key] = len(self.table)
            self.table.append(form)
        return self._numbers[key]


class HashingEncoder(Encoder):
    """Puts the hash of a term, a sort or a definition where another encoder puts its number: no table is needed.

    One can encode many values; what they share is encoded once.
    """

    def _name_of(self, form: Any) -> int | str:
        return hashlib.sha256(json.dumps(form).encode()).hexdigest()


class _Decoder:
    def __init__(self, table: Any) -> None:
        self.values: list[Any] = []
        self.steps: tuple[Step, ...] = ()
        self._readers: Mapping[str, Callable[..., Any]] = {
            "i": lambda n: int(n, 16),
            "q": lambda p, q: Fraction(int(p, 16), int(q, 16)),
            "b": lambda sort, hint: Binder(self.decode(sort), self.decode(hint)),
            "l": lambda *items: tuple(map(self.decode, items)),
            "m": lambda *pairs: {key: self.decode(item) for key, item in pairs},
            "#": lambda n: self.values[n],
            "s": lambda n: self.steps[n],
            "t": self._term,
            "d": lambda name, *pairs: _CLASSES[name](**{key: self.decode(item) for key, item in pairs}),
        }
        for form in _list(table):
            self.values.append(self.decode(form))

    def _term(self, op: str, sort: Any, data: Any, inside: list[Any]) -> Term:
        return Term(op, tuple(self.decode(a) for a in inside), self.decode(data), self.decode(sort))

    def decode(self, form: Any) -> Any:
        if form is None or isinstance(form, bool | str):
            return form
        kind, *rest = _list(form)
        return self._readers[kind](*rest)


def _list(form: Any) -> list[Any]:
    if not isinstance(form, list):
        raise NotPlainError("a list is expected")
    return form


def encode_result(result: CheckResult, theorem: Theorem) -> dict[str, Any]:
    """A check result as plain data, without its theorem.

    Args:
        result: what the kernel said.
        theorem: the theorem as its author wrote it; the proof is put in if tactics in it were expanded.

    Raises:
        NotPlainError: a step holds something that has no plain form.
    """
    encoder = Encoder()
    expanded = result.theorem.proof is not theorem.proof
    proof = encoder.encode(result.theorem.proof) if expanded else None
    encoder.steps = {id(step): k for k, step in enumerate(walk(result.theorem.proof))}
    body = {
        "proof": proof,
        "accepted": result.accepted,
        "trust": result.trust,
        "steps": encoder.encode(result.steps),
        "diagnostics": encoder.encode(result.diagnostics),
        "citations": encoder.encode(result.citations),
    }
    return {**body, "table": encoder.table}


def decode_result(theorem: Theorem, data: Mapping[str, Any]) -> CheckResult:
    """The check result of a theorem from plain data.

    Args:
        theorem: the theorem of this run, as its author wrote it.
        data: from :func:`encode_result`.

    Raises:
        NotPlainError: the data have another form.
    """
    try:
        decoder = _Decoder(data["table"])
        if data["proof"] is not None:
            theorem = _expanded(theorem, decoder.decode(data["proof"]))
        decoder.steps = tuple(walk(theorem.proof))
        steps, diagnostics, citations = (decoder.decode(data[key]) for key in ("steps", "diagnostics", "citations"))
        accepted, trust = data["accepted"], data["trust"]
        whole = all(isinstance(s, CheckedStep) for s in steps) and all(isinstance(d, Diagnostic) for d in diagnostics)
        if not (whole and isinstance(accepted, bool) and isinstance(trust, str)):
            raise NotPlainError("not a check result")
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as problem:
        raise NotPlainError(f"not a check result ({type(problem).__name__})") from problem
    return CheckResult(theorem, accepted, trust, steps, diagnostics, Theorem.uses(theorem), citations)


def _expanded(theorem: Theorem, proof: Any) -> Theorem:
    if not isinstance(proof, tuple) or not all(isinstance(step, Step) for step in proof):
        raise NotPlainError("not a proof")
    expanded = replace(theorem, proof=proof)
    if Theorem.uses(expanded) != Theorem.uses(theorem):
        raise NotPlainError("the proof applies other results")
    return expanded
