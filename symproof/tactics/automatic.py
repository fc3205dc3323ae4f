"""Tactics: from a goal and what is in reach to proof steps that the kernel then checks like any others.

A tactic is a search. What it returns has been tried with the rules of the kernel, but counts for nothing: the steps go
into the proof, are shown on request, and the proof is checked from scratch.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType

from symproof.kernel.check import Trial
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.discharge import negation
from symproof.kernel.matching import match, pattern_of
from symproof.kernel.sequent import Hypothesis, Sequent, conjuncts
from symproof.logic.term import Term, coerce, instantiate, relation
from symproof.proof.step import Branch, By, FactReference, Step
from symproof.tactics.evidence_search import SearchingEvidence

__all__ = ["TACTICS", "Search", "run_tactic"]

SECONDS = 20.0
MAX_DEPTH = 5
MAX_INSTANCES = 12
MAX_CANDIDATES = 60
MAX_WITNESSES = 8
ORDER = ("lt", "le", "gt", "ge")
RELATIONS = ("eq", "ne", *ORDER)


class _LateError(Exception):
    """The time of a search is over."""


@dataclass
class Search:
    """One search: what was tried, until when, and the labels that are taken.

    Attributes:
        deadline: in seconds of ``time.monotonic``.
        taken: labels that new steps must not use.
    """

    deadline: float
    taken: set[str] = field(default_factory=set)
    trial: Trial = field(default_factory=lambda: Trial(SearchingEvidence()))
    _names: int = 0

    @classmethod
    def until(cls, deadline: float) -> Search:
        """A search that ends at a time of ``time.monotonic``."""
        return cls(deadline)

    def one_rule_in_time(self, sequent: Sequent, goal: Term, rule: str) -> By | None:
        """A justification by this rule, or None if none is found in time."""
        try:
            return self.one_rule(sequent, goal, (rule,))
        except _LateError:
            return None

    # One rule ----------------------------------------------------------------------------------------------------

    def one_rule(self, sequent: Sequent, goal: Term, rules: Sequence[str]) -> By | None:
        """A justification by one of these rules, with as few facts as it needs."""
        for rule in rules:
            for by in self._attempts(sequent, goal, rule):
                if time.monotonic() > self.deadline:
                    raise _LateError
                if self.accepts(sequent, goal, by):
                    return self._slim(sequent, goal, by)
        return None

    def accepts(self, sequent: Sequent, goal: Term, by: By) -> bool:
        """Whether the kernel accepts the goal by this rule."""
        return not isinstance(self.trial.rule(sequent, goal, by), Diagnostic)

    def _attempts(self, sequent: Sequent, goal: Term, rule: str) -> Iterator[By]:
        plain = tuple(FactReference(h.label) for h in sequent.hypotheses if h.label and h.proposition.op != "exists")
        relations = tuple(FactReference(h.label) for h in sequent.hypotheses if h.label and _is_relation(h))
        instances = self.instances(sequent, goal)
        if rule in ("ring", "elementary", "extremum", "derivative", "bound", "sum"):
            yield By(rule)
            if rule == "ring" and (equations := _equations(sequent)):
                yield By("ring", rewrite=equations)
        elif rule == "sign":
            yield By("sign", tuple(f for f in relations if _shares(sequent, f, goal)))
            yield By("sign", (*relations, *instances))
        elif rule in ("linear", "sos"):
            yield By(rule, relations)
            if instances:
                yield By(rule, (*relations, *instances))
        elif rule == "ideal":
            equations = tuple(
                FactReference(h.label) for h in sequent.hypotheses if h.label and h.proposition.op == "eq"
            )
            if equations and goal.op == "eq":
                yield By("ideal", equations)
        elif rule == "logic":
            yield from (By("logic", (f,)) for f in plain)
            yield from (By("logic", (f,)) for f in instances)
            yield By("logic", (*plain, *instances)[:14])
        elif rule == "rewrite":
            equations = _equations(sequent)
            for fact in plain if equations else ():
                if fact not in equations:
                    yield By("rewrite", (*equations, fact))

    def _slim(self, sequent: Sequent, goal: Term, by: By) -> By:
        """Without the facts that it does not need."""
        for name in ("facts", "rewrite"):
            for fact in getattr(by, name):
                shorter = _without(by, name, fact)
                if time.monotonic() <= self.deadline and self.accepts(sequent, goal, shorter):
                    by = shorter
        return by

    def instances(self, sequent: Sequent, goal: Term) -> tuple[FactReference, ...]:
        """Universally quantified facts at terms that occur in the goal or in what is in reach."""
        found: dict[FactReference, None] = {}
        around = [goal, *(h.proposition for h in sequent.hypotheses if _is_relation(h))]
        for h in reversed(sequent.hypotheses):
            if not h.label or h.proposition.op != "forall":
                continue
            pattern = pattern_of(h.proposition)
            for values in self._values(pattern.variables, pattern.body, around, sequent):
                reference = FactReference(h.label, values)
                if not isinstance(self.trial.fact(sequent, reference), Diagnostic):
                    found.setdefault(reference)
                if len(found) >= MAX_INSTANCES:
                    return tuple(found)
        return tuple(found)

    def _values(
        self, variables: tuple[Term, ...], body: Term, around: Sequence[Term], sequent: Sequent
    ) -> Iterator[tuple[Term, ...]]:
        """Values for pattern variables: where a part of the body occurs, then the variables in scope."""
        unknown = frozenset(variables)
        seen: dict[tuple[Term, ...], None] = {}
        parts = [p for p in body.walk() if p.args and not p.loose and unknown & set(p.walk())]
        for part in [p for p in parts if p.op in ("apply", "call")] or parts[1:]:
            for term in (t for each in around for t in each.walk() if not t.loose):
                found: dict[Term, Term] = {}
                if match(part, term, unknown, found) and set(found) == unknown:
                    seen.setdefault(tuple(found[v] for v in variables))
        scope = [[v for v in sequent.variables if v.sort == p.sort] for p in variables]
        if all(scope) and len(variables) <= 2:
            for values in product(*scope):
                seen.setdefault(values)
        yield from list(seen)[:MAX_CANDIDATES]

    # Whole proofs ------------------------------------------------------------------------------------------------

    def prove(self, sequent: Sequent, goal: Term, depth: int = 0) -> tuple[Step, ...] | None:
        """Steps that prove the goal, or None if none were found. Raises _LateError."""
        if (by := self.one_rule(sequent, goal, _rules_for(goal, depth))) is not None:
            return (Step("qed", by=by),)
        if depth >= MAX_DEPTH:
            return None
        by_shape = self._by_shape(sequent, goal, depth)
        if by_shape is not None:
            return by_shape
        if goal.op in ("forall", "implies", "and", "iff"):
            return None
        for split in self._splits(sequent, goal):
            found = self._cases(sequent, goal, split, depth)
            if found is not None:
                return found
        return self._by_contradiction(sequent, goal, depth)

    def _by_shape(self, sequent: Sequent, goal: Term, depth: int) -> tuple[Step, ...] | None:
        match goal.op:
            case "forall":
                v = self._variable(sequent, goal)
                return self._after(
                    Step("take", variables=(v,)), sequent.with_variable(v), instantiate(goal, (v,)), depth
                )
            case "implies":
                parts = goal.args[0].args if goal.args[0].op == "and" else (goal.args[0],)
                labels = tuple(self._label("given") for _ in parts)
                for label, part in zip(labels, parts, strict=True):
                    sequent = sequent.with_hypothesis(label, part)
                return self._after(Step("assume", labels=labels), sequent, goal.args[1], depth)
            case "and":
                proofs = [self.prove(sequent, part, depth + 1) for part in goal.args]
                if any(p is None for p in proofs):
                    return None
                return (Step("conjunction", branches=tuple(Branch(p) for p in proofs if p is not None)),)
            case "iff":
                return self._both_ways(sequent, goal, depth)
            case "or":
                return self._one_of(sequent, goal, depth)
            case "exists":
                return self._witness(sequent, goal, depth)
        return None

    def _after(self, first: Step, sequent: Sequent, goal: Term, depth: int) -> tuple[Step, ...] | None:
        rest = self.prove(sequent, goal, depth)
        return None if rest is None else (first, *rest)

    def _both_ways(self, sequent: Sequent, goal: Term, depth: int) -> tuple[Step, ...] | None:
        a, b = goal.args
        steps, labels = [], []
        for p, q in ((a, b), (b, a)):
            claim = Term("implies", (p, q), None, goal.sort)
            proof = self.prove(sequent, claim, depth + 1)
            if proof is None:
                return None
            labels.append(self._label("direction"))
            steps.append(Step("have", labels[-1], claim=claim, steps=proof))
        return (*steps, Step("qed", by=By("logic", tuple(FactReference(label) for label in labels))))

    def _one_of(self, sequent: Sequent, goal: Term, depth: int) -> tuple[Step, ...] | None:
        *others, last = goal.args
        for part in goal.args:
            proof = self.prove(sequent, part, MAX_DEPTH)
            if proof is not None:
                label = self._label("part")
                return (
                    Step("have", label, claim=part, steps=proof),
                    Step("qed", by=By("logic", (FactReference(label),))),
                )
        label = self._label("otherwise")
        first = others[0] if len(others) == 1 else Term("or", tuple(others), None, goal.sort)
        proof = self.prove(sequent.with_hypothesis(label, negation(first)), last, depth + 1)
        if proof is None:
            return None
        inner = self._label("part")
        yes = Branch((Step("qed", by=By("logic", (FactReference(label),))),), label, first)
        no = Branch(
            (Step("have", inner, claim=last, steps=proof), Step("qed", by=By("logic", (FactReference(inner),)))),
            label, negation(first),
        )  # fmt: skip
        return (Step("cases", branches=(yes, no)),)

    def _witness(self, sequent: Sequent, goal: Term, depth: int) -> tuple[Step, ...] | None:
        sort, body = goal.data[0].sort, goal.args[0]
        around = [*(t for t in sequent.variables), *(t for h in sequent.hypotheses for t in h.proposition.walk())]
        around += [t for t in body.walk()]
        terms = [*dict.fromkeys(t for t in around if not t.loose and t.sort == sort)][:MAX_WITNESSES]
        if sort.is_number:
            terms += [coerce(0), coerce(1), *(v + k for v in sequent.variables if v.sort == sort for k in (1, -1))]
        for term in terms:
            proof = self.prove(sequent, instantiate(goal, (term,)), max(depth + 1, MAX_DEPTH - 1))
            if proof is not None:
                return (Step("witness", terms=(term,)), *proof)
        return None

    # Cases -------------------------------------------------------------------------------------------------------

    def _splits(self, sequent: Sequent, goal: Term) -> Iterator[tuple[tuple[Term, ...], By | None]]:
        """Ways to distinguish cases: what an alternative in reach says, and the choices inside the terms."""
        known = set(sequent.facts())
        for h in sequent.hypotheses:
            if h.label and h.proposition.op == "or" and not known & set(h.proposition.args):
                yield h.proposition.args, By("logic", (FactReference(h.label),))
        around = [goal, *(h.proposition for h in sequent.hypotheses if _is_relation(h))]
        conditions = dict.fromkeys(c for term in around for t in term.walk() for c in _choices(t))
        for condition in conditions:
            other = negation(condition)
            if (
                condition not in known
                and other not in known
                and not any(self.trial.discharges(sequent, p) for p in (condition, other))
            ):
                yield (condition, other), None

    def _cases(
        self, sequent: Sequent, goal: Term, split: tuple[tuple[Term, ...], By | None], depth: int
    ) -> tuple[Step, ...] | None:
        assumptions, exhaustive = split
        branches = []
        for assumption in assumptions:
            label = self._label("case")
            proof = self.prove(sequent.with_hypothesis(label, assumption), goal, depth + 1)
            if proof is None:
                return None
            branches.append(Branch(proof, label, assumption))
        return (Step("cases", branches=tuple(branches), by=exhaustive),)

    def _by_contradiction(self, sequent: Sequent, goal: Term, depth: int) -> tuple[Step, ...] | None:
        if (goal.op not in ORDER and goal.op not in ("ne", "not", "eq")) or depth > 0:
            return None
        label = self._label("otherwise")
        inside = sequent.with_hypothesis(label, negation(goal))
        by = self.one_rule(inside, Term("false", (), None, goal.sort), ("linear", "logic", "sos"))
        return None if by is None else (Step("contradiction", label, steps=(Step("qed", by=by),)),)

    # Names -------------------------------------------------------------------------------------------------------

    def _label(self, word: str) -> str:
        while True:
            self._names += 1
            label = f"{word}_{self._names}"
            if label not in self.taken:
                self.taken.add(label)
                return label

    def _variable(self, sequent: Sequent, goal: Term) -> Term:
        from symproof.logic.text import open_binder

        (variable,), _ = open_binder(goal, sequent.names())
        name = variable.name.rstrip("'")
        number = 1
        while name in sequent.names():
            number += 1
            name = f"{variable.name.rstrip(chr(39))}{number}"
        return Term("var", (), name, variable.sort)


def _without(by: By, name: str, fact: FactReference) -> By:
    kept = tuple(f for f in getattr(by, name) if f != fact)
    return By(by.rule, kept, by.rewrite) if name == "facts" else By(by.rule, by.facts, kept)


def _is_relation(h: Hypothesis) -> bool:
    return all(p.op in RELATIONS and p.args[0].sort.is_number for p in conjuncts(h.proposition))


def _equations(sequent: Sequent) -> tuple[FactReference, ...]:
    """The equations in reach that define something: with a variable, a value of a family or a notion on the left."""
    found = []
    for h in sequent.hypotheses:
        body = pattern_of(h.proposition).body
        if h.label and body.op == "eq" and body.args[0].op in ("var", "apply", "call", "sum"):
            found.append(FactReference(h.label))
    return tuple(found)


def _shares(sequent: Sequent, fact: FactReference, goal: Term) -> bool:
    proposition = sequent.find(fact.label)
    used = {t for t in goal.walk() if t.op == "var"}
    return proposition is not None and any(t in used for t in proposition.walk() if t.op == "var")


def _rules_for(goal: Term, depth: int) -> tuple[str, ...]:
    if goal.op in ("forall", "implies"):
        return ("logic", "ring", "sign") if depth == 0 else ("logic",)
    if goal.op == "false":
        return ("linear", "logic", "sign", "sos")
    if goal.op in RELATIONS and goal.args[0].sort.is_number:
        if goal.op == "eq":
            return ("ring", "logic", "linear", "rewrite", "ideal", "elementary", "derivative", "sum", "sign")
        return ("sign", "ring", "linear", "logic", "extremum", "sum", "bound", "rewrite", "sos", "elementary")
    return ("logic", "rewrite", "extremum")


def _choices(t: Term) -> Iterator[Term]:
    """The conditions on which the value of a piecewise term depends."""
    if t.loose:
        return
    if t.op == "ite":
        yield t.args[0]
    elif t.op == "abs":
        yield t.args[0] >= 0
    elif t.op in ("min", "max") and len(t.args) == 2:
        yield relation("le", *t.args)


# The tactics ---------------------------------------------------------------------------------------------------------


def _auto(search: Search, sequent: Sequent, goal: Term) -> tuple[Step, ...] | None:
    return search.prove(sequent, goal)


def _positivity(search: Search, sequent: Sequent, goal: Term) -> tuple[Step, ...] | None:
    """A sign by structure: first the signs of parts that linear arithmetic or squares decide, then of the whole."""
    if goal.op not in (*ORDER, "ne") or not goal.args[0].sort.is_number:
        return None
    steps: list[Step] = []
    by = search.one_rule(sequent, goal, ("sign",))
    parts = dict.fromkeys(t for t in goal.walk() if t.sort.is_number and not t.loose and t.op in ("add", "sub"))
    for part in [*parts] if by is None else ():
        for claim in (part > 0, part >= 0, part < 0, part <= 0):
            found = search.one_rule(sequent, claim, ("sign", "linear", "sos")) if claim != goal else None
            if found is not None:
                label = search._label("sign")
                steps.append(Step("have", label, claim=claim, by=found))
                sequent = sequent.with_hypothesis(label, claim)
                break
    by = by or search.one_rule(sequent, goal, ("sign",))
    return None if by is None else (*steps, Step("qed", by=by))


def _chain(search: Search, sequent: Sequent, goal: Term) -> tuple[Step, ...] | None:
    """One link of a chain: one rule if one does, else what ``auto`` finds."""
    return search.prove(sequent, goal)


Tactic = Callable[[Search, Sequent, Term], "tuple[Step, ...] | None"]
TACTICS: Mapping[str, Tactic] = MappingProxyType({"auto": _auto, "positivity": _positivity, "calc": _chain})
"""The tactics by the name that an author writes in place of a rule."""


def run_tactic(
    name: str, sequent: Sequent, goal: Term, taken: set[str] | None = None, seconds: float = SECONDS
) -> tuple[Step, ...] | None:
    """Steps that prove the goal, or None if the tactic finds none in time.

    Args:
        name: one of ``TACTICS``.
        sequent: what is in reach.
        goal: what is to be shown.
        taken: labels that the steps must not use; those of the steps are added.
        seconds: how long to search at most.
    """
    labels = taken if taken is not None else set()
    labels |= {h.label for h in sequent.hypotheses}
    search = Search(time.monotonic() + seconds, labels)
    try:
        return TACTICS[name](search, sequent, goal)
    except _LateError:
        return None
