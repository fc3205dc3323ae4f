"""A hash of what a result says, definitions included: to tell whether two programs mean the same result by a name."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from symproof.recheck.proof import Theorem
from symproof.recheck.term import BINDING, Definition, Sort, Term

__all__ = ["statement_hash"]


def statement_hash(theorem: Theorem) -> str:
    """The SHA-256 (hex) of name, variables, hypotheses and conclusion; names of bound variables do not count."""
    known: dict[Term | Definition, str] = {}
    variables = [_term(v, known) for v in theorem.variables]
    hypotheses = [[label, _term(p, known)] for label, p in theorem.hypotheses]
    return _hash([theorem.id, variables, hypotheses, _term(theorem.conclusion, known)])


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _term(t: Term, known: dict[Term | Definition, str]) -> str:
    if t not in known:
        if t.op in BINDING:
            data: Any = [_sort(b.sort, known) for b in t.binders]
        else:
            data = _definition(t.data, known) if t.op == "call" else str(t.data)
        known[t] = _hash([t.op, data, _sort(t.sort, known), [_term(a, known) for a in t.args]])
    return known[t]


def _sort(sort: Sort, known: dict[Term | Definition, str]) -> Any:
    return [sort.kind, [_term(p, known) if isinstance(p, Term) else _sort(p, known) for p in sort.parts]]


def _definition(notion: Definition, known: dict[Term | Definition, str]) -> str:
    if notion not in known:
        parts = (*notion.params, notion.body, notion.base, notion.step, notion.previous)
        terms = [None if p is None else _term(p, known) for p in parts]
        known[notion] = _hash([notion.name, len(notion.params), _sort(notion.sort, known), terms])
    return known[notion]
