"""Terms, sequents and questions of the re-checker from those of the kernel, and all that the kernel accepts of a proof.

``recorded(ids)`` checks theorems of the library with the kernel and yields, theorem by theorem, what their rules
accepted and what side conditions were discharged, as the re-checker is asked it.

Evidence is converted value by value: terms, fractions, tuples (lists become tuples), dicts. That of ``linear`` depends
on positions that only the kernel knows, so it becomes, for each direction of the goal, a tuple of (proposition,
multiplier) pairs: the relations whose multiple is added, and ``a <= |a|``, ``-a <= |a|``, ``a <= max(...)``,
``min(...) <= a`` for the absolute values, maxima and minima that occur. That of ``sos`` names the relations of a
product in the same way: (weight, square, relations). Entries whose evidence cannot be read so are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq

from symproof.kernel import check as kernel_check
from symproof.kernel import claim_checker
from symproof.kernel.check import CheckResult, check_theorem
from symproof.kernel.discharge import Discharger
from symproof.kernel.interface import rules
from symproof.kernel.rule import Accepted, Request
from symproof.kernel.rules.linear import LinearFacts
from symproof.kernel.sequent import Sequent as KernelSequent
from symproof.library import load_library
from symproof.logic.definition import Definition as KernelDefinition
from symproof.logic.sort import Sort as KernelSort
from symproof.logic.term import Binder as KernelBinder
from symproof.logic.term import Term as KernelTerm
from symproof.logic.term import coerce, relation
from symproof.proof.theorem import Theorem
from symproof.recheck.question import Evidence, Question, SideConditions
from symproof.recheck.sequent import Sequent
from symproof.recheck.term import Binder, Definition, Sort, Term, build
from symproof.tactics.evidence_search import SearchingEvidence

__all__ = ["Asked", "Converter", "Recorded", "back", "checked", "record", "recorded"]


@dataclass
class Converter:
    """Converts values of the kernel; equal ones become the same object."""

    _terms: dict[KernelTerm, Term] = field(default_factory=dict)
    _definitions: dict[KernelDefinition, Definition] = field(default_factory=dict)
    _sequents: dict[int, tuple[Any, Sequent]] = field(default_factory=dict)

    def term(self, t: KernelTerm) -> Term:
        """A term. The kernel's own ``inv(a)`` becomes 1/a."""
        found = self._terms.get(t)
        if found is None:
            found = self._terms[t] = self._term(t)
        return found

    def _term(self, t: KernelTerm) -> Term:
        if t.op == "inv":
            return self.term(coerce(1) / t.args[0])
        data = t.data
        if isinstance(data, KernelDefinition):
            data = self.definition(data)
        elif t.op in ("lam", "forall", "exists", "sum", "minover", "maxover", "diff"):
            data = tuple(Binder(self.sort(b.sort), b.hint) for b in data)
        return build(t.op, tuple(self.term(a) for a in t.args), data, self.sort(t.sort))

    def sort(self, s: KernelSort) -> Sort:
        """A sort."""
        return Sort(s.kind, tuple(self.term(p) if isinstance(p, KernelTerm) else self.sort(p) for p in s.args))

    def definition(self, d: KernelDefinition) -> Definition:
        """A definition."""
        found = self._definitions.get(d)
        if found is None:
            parts = (None if p is None else self.term(p) for p in (d.body, d.base, d.step, d.previous))
            found = Definition(d.name, tuple(self.term(p) for p in d.params), self.sort(d.sort), *parts)
            self._definitions[d] = found
        return found

    def sequent(self, s: KernelSequent) -> Sequent:
        """A sequent; the same one for the same hypotheses and variables."""
        known = self._sequents.get(id(s.hypotheses))
        if known is None or known[0] is not s.hypotheses or len(known[1].variables) != len(s.variables):
            pairs = tuple((h.label, self.term(h.proposition)) for h in s.hypotheses)
            known = (s.hypotheses, Sequent(tuple(self.term(v) for v in s.variables), pairs))
            self._sequents[id(s.hypotheses)] = known
        return known[1]

    def value(self, v: Any) -> Any:
        """Evidence, or an option. Raises TypeError for what has no such form."""
        if isinstance(v, KernelTerm):
            return self.term(v)
        if v is None or isinstance(v, (bool, int, str, Fraction)):
            return v
        if isinstance(v, fmpq):
            return Fraction(int(v.p), int(v.q))
        if isinstance(v, (list, tuple)):
            return tuple(self.value(x) for x in v)
        if isinstance(v, dict):
            return {k: self.value(x) for k, x in v.items()}
        raise TypeError(f"evidence of type {type(v).__name__}: {v!r}")

    def evidence(self, rule: str, goal: KernelTerm, facts: tuple[KernelTerm, ...], value: Any) -> Any:
        """What was found for a goal from facts."""
        if rule not in ("linear", "sos"):
            return self.value(value)
        sources = LinearFacts(facts, goal, lambda _: {})._sources
        if rule == "linear":
            return tuple(
                tuple((self.value(_relation(*s)), Fraction(m)) for s, m in zip(sources, part, strict=True) if m)
                for part in value
            )
        return tuple(
            (Fraction(w), self.value(coerce(square)), tuple(self.term(_relation(*sources[k])) for k in factors))
            for w, square, factors in value
        )


def back(t: Term) -> KernelTerm:
    """A term of the kernel from one without definitions, for its evaluation."""
    data = tuple(KernelBinder(_sort_back(b.sort), b.hint) for b in t.binders) if t.binders else t.data
    return KernelTerm(t.op, tuple(map(back, t.args)), data, _sort_back(t.sort))


def _sort_back(s: Sort) -> KernelSort:
    return KernelSort(s.kind, tuple(back(p) if isinstance(p, Term) else _sort_back(p) for p in s.parts))


def _relation(source: KernelTerm, argument: KernelTerm | None, sign: int) -> KernelTerm:
    """A fact of linear arithmetic as a proposition: ``_sources`` of the kernel's ``LinearFacts``."""
    if argument is None:
        return source
    if source.op == "min":
        return relation("le", source, argument)
    return relation("le", argument if sign < 0 else -argument, source)


@dataclass(frozen=True)
class Asked:
    """A rule that the kernel applied with success.

    Attributes:
        theorem: whose proof it is in.
        rule: its name.
        goal, facts, sequent, options: as in ``Question``.
        evidence: what the rule found in the kernel's table.
        obligations: what the kernel still wanted to be discharged.
        trust: what the kernel made of it.
    """

    theorem: str
    rule: str
    goal: Term
    facts: tuple[Term, ...]
    sequent: Sequent
    options: dict[str, Any]
    evidence: Evidence
    obligations: tuple[Term, ...]
    trust: str

    def question(self, side: SideConditions) -> Question:
        """The same as a question to a rule of the re-checker."""
        return Question(self.goal, self.facts, self.sequent, side, self.evidence, self.options)


@dataclass
class Recorded:
    """What the kernel accepted of the proof of one theorem, in order.

    Attributes:
        theorem: its id.
        rules: the applications of rules that were accepted.
        discharged: (sequent, proposition) pairs of the side conditions that were discharged.
        evidence: all evidence that was found, for rules and side conditions.
        accepted: whether the kernel accepted the whole proof.
    """

    theorem: str
    rules: list[Asked] = field(default_factory=list)
    discharged: list[tuple[Sequent, Term]] = field(default_factory=list)
    evidence: Evidence = field(default_factory=Evidence)
    accepted: bool = False


class _Watched:
    """An evidence table that notes what was found in it."""

    def __init__(self, table: Any, found: list[Any]) -> None:
        self.table, self.found = table, found

    def find(self, rule: str, goal: Any, facts: Any, request: Any = None) -> Any:
        value = self.table.find(rule, goal, facts, request)
        if value is not None:
            self.found.append((rule, goal, facts, value))
        return value


def recorded(ids: Iterable[str], convert: Converter | None = None) -> Iterator[Recorded]:
    """What the kernel accepts of the proofs of these theorems of the library."""
    library = load_library().theorems
    convert = convert or Converter()
    for name in ids:
        yield record(library[name], library, convert)


def record(theorem: Theorem, library: Mapping[str, Theorem], convert: Converter) -> Recorded:
    """What the kernel accepts of the proof of a theorem, with evidence that is searched."""
    name = theorem.id
    found: list[Any] = []
    asked: list[tuple[str, Request, Accepted, list[Any]]] = []
    discharged: list[tuple[KernelSequent, KernelTerm]] = []

    def watched(rule_name: str) -> Any:
        rule = rules().get(rule_name)

        def check(request: Request) -> Accepted:
            own: list[Any] = []
            accepted = rule.check(replace(request, evidence=_Watched(request.evidence, own)))
            asked.append((rule_name, request, accepted, own))
            return accepted

        return None if rule is None else replace(rule, check=check)

    class Rules:
        get = staticmethod(watched)
        __getitem__ = staticmethod(watched)

    original = Discharger.__call__

    def ask(self: Discharger, sequent: KernelSequent, proposition: KernelTerm) -> bool:
        top = self._depth == 0
        answer = original(self, sequent, proposition)
        if top and answer:
            discharged.append((sequent, proposition))
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(claim_checker, "rules", Rules)
        patch.setattr(kernel_check, "rules", Rules)
        patch.setattr(Discharger, "__call__", ask)
        result = check_theorem(theorem, library, _Watched(SearchingEvidence(), found))
    rules_asked = [
        Asked(name, rule, convert.term(r.goal), tuple(map(convert.term, r.facts)), convert.sequent(r.sequent),
              {k: _or_none(convert, v) for k, v in r.options}, _evidence(convert, own),
              tuple(map(convert.term, a.obligations)), a.trust)
        for rule, r, a, own in asked
    ]  # fmt: skip
    sides = [(convert.sequent(s), convert.term(p)) for s, p in discharged]
    return Recorded(name, rules_asked, sides, _evidence(convert, found), result.accepted)


def _or_none(convert: Converter, value: Any) -> Any:
    try:
        return convert.value(value)
    except TypeError:
        return None


def _evidence(convert: Converter, found: list[Any]) -> Evidence:
    entries = []
    for rule, goal, facts, value in found:
        try:
            own = convert.evidence(rule, goal, facts, value)
        except TypeError:
            continue
        entries.append((rule, convert.term(goal), tuple(map(convert.term, facts)), own))
    return Evidence(tuple(entries))


def checked(theorem: Theorem, library: Mapping[str, Theorem], convert: Converter) -> tuple[CheckResult, Evidence]:
    """What the kernel says of a theorem, with searched evidence, and the evidence."""
    found: list[Any] = []
    result = check_theorem(theorem, library, _Watched(SearchingEvidence(), found))
    return result, _evidence(convert, found)
