"""Tactics: from a goal and what is in reach to proof steps that the kernel then checks like any others.

A tactic is a search. What it returns has been tried with the rules of the kernel, but counts for nothing: the steps go
into the proof, are shown on request, and the proof is checked from scratch.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from types import MappingProxyType
from typing import Any

from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.discharge import negation
from symproof.kernel.matching import Pattern, match, pattern_of
from symproof.kernel.sequent import Hypothesis, Sequent, conjuncts
from symproof.kernel.trial import Trial
from symproof.logic.definition import Definition
from symproof.logic.term import Term, coerce, instantiate, relation, replace_calls
from symproof.proof.step import Branch, By, FactReference, Step
from symproof.proof.theorem import Theorem
from symproof.tactics.apply_search import Application, apply_search
from symproof.tactics.evidence_search import SearchingEvidence

__all__ = ["ORDER", "Search", "SearchEndsError", "identity_ways"]

MAX_ATTEMPTS = 6_000
"""So many questions to the kernel may come up in one search: the bound that makes it find the same each time."""
MAX_DEPTH = 5
MAX_LEMMAS = 3
MAX_FACTS_FOR_SQUARES = 10
MAX_INSTANCES = 12
MAX_CANDIDATES = 60
MAX_WITNESSES = 8
ORDER = ("lt", "le", "gt", "ge")
RELATIONS = ("eq", "ne", *ORDER)


class SearchEndsError(Exception):
    """The time of a search is over, or it has asked the kernel as often as it may."""


@dataclass
class Search:
    """One search: what was tried, until when, and the labels that are taken.

    Attributes:
        deadline: in seconds of ``time.monotonic``.
        taken: labels that new steps must not use.
        library: the results that ``lemmas`` are taken from.
        inside: the id of the theorem whose proof this is.
        lemmas: the ids of the results that the search may apply.
        tried: what was tried, in words, in order; for the author if nothing is found.
    """

    deadline: float
    taken: set[str] = field(default_factory=set)
    library: Mapping[str, Theorem] = field(default_factory=lambda: MappingProxyType({}))
    inside: str = ""
    lemmas: tuple[str, ...] = ()
    tried: dict[str, None] = field(default_factory=dict)
    attempts: int = 0
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
        except SearchEndsError:
            return None

    # One rule ----------------------------------------------------------------------------------------------------

    def one_rule(self, sequent: Sequent, goal: Term, rules: Sequence[str]) -> By | None:
        """A justification by one of these rules, with as few facts as it needs."""
        for rule in rules:
            self.tried.setdefault(f"rule {rule}")
            for by in self._attempts(sequent, goal, rule):
                if self.accepts(sequent, goal, by):
                    return self.slim(sequent, goal, by)
        return None

    def accepts(self, sequent: Sequent, goal: Term, by: By) -> bool:
        """Whether the kernel accepts the goal by this rule."""
        self.attempts += 1
        if self.attempts > MAX_ATTEMPTS or time.monotonic() > self.deadline:
            raise SearchEndsError
        return not isinstance(self.trial.rule(sequent, goal, by), Diagnostic)

    def _attempts(self, sequent: Sequent, goal: Term, rule: str) -> Iterator[By]:
        plain = tuple(FactReference(h.label) for h in sequent.hypotheses if h.label and h.proposition.op != "exists")
        relations = tuple(FactReference(h.label) for h in sequent.hypotheses if h.label and _is_relation(h))
        instances = self.instances(sequent, goal)
        if rule in ("ring", "field", "elementary", "extremum", "derivative", "bound", "sum", "monotone", "matrix"):
            yield from (identity_ways(sequent, goal, rule) if rule in ("ring", "field", "matrix") else (By(rule),))
        elif rule == "sign":
            yield By("sign", tuple(f for f in relations if _shares(sequent, f, goal)))
            yield By("sign", (*relations, *instances))
        elif rule in ("linear", "sos"):
            for facts in (relations, (*relations, *instances)) if instances else (relations,):
                if rule == "linear" or len(facts) <= MAX_FACTS_FOR_SQUARES:
                    yield By(rule, facts)
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

    def slim(self, sequent: Sequent, goal: Term, by: By) -> By:
        """Without the facts that it does not need."""
        for name in ("facts", "rewrite", "unfold"):
            for fact in getattr(by, name):
                shorter = _without(by, name, fact)
                try:
                    by = shorter if self.accepts(sequent, goal, shorter) else by
                except SearchEndsError:
                    return by
        return by

    def instances(self, sequent: Sequent, goal: Term) -> tuple[FactReference, ...]:
        """Universally quantified facts at terms that occur in the goal or in what is in reach, the likeliest first."""
        ranked: list[tuple[int, FactReference]] = []
        around = [h.proposition for h in sequent.hypotheses if _is_relation(h)]
        for h in reversed(sequent.hypotheses):
            if not h.label or h.proposition.op != "forall":
                continue
            pattern = pattern_of(h.proposition)
            seen: set[tuple[Term, ...]] = set()
            for rank, places in enumerate(([goal], around, None)):
                for values in self._values(pattern, places, sequent):
                    said = self.trial.fact(sequent, reference := FactReference(h.label, values))
                    if values not in seen and not isinstance(said, Diagnostic):
                        seen.add(values)
                        ranked.append((rank + 3 * (said.op == "implies"), reference))
        ranked.sort(key=lambda each: each[0])
        return tuple(reference for _, reference in ranked[:MAX_INSTANCES])

    def _values(self, pattern: Pattern, places: Sequence[Term] | None, sequent: Sequent) -> Iterator[tuple[Term, ...]]:
        """Values for pattern variables: where a part of the body occurs; without places the variables in scope."""
        variables, unknown = pattern.variables, frozenset(pattern.variables)
        seen: dict[tuple[Term, ...], None] = {}
        if places is None:
            scope = [[v for v in sequent.variables if v.sort == p.sort] for p in variables]
            yield from list(product(*scope))[:MAX_CANDIDATES] if len(variables) <= 2 else ()
            return
        parts = [p for p in pattern.body.walk() if p.args and not p.loose and unknown & set(p.walk())]
        for part in [p for p in parts if p.op in ("apply", "call")] or parts[1:]:
            for term in (t for each in places for t in each.walk() if not t.loose):
                found: dict[Term, Term] = {}
                if match(part, term, unknown, found) and set(found) == unknown:
                    seen.setdefault(tuple(found[v] for v in variables))
        yield from list(seen)[:MAX_CANDIDATES]

    # Whole proofs ------------------------------------------------------------------------------------------------

    def prove(self, sequent: Sequent, goal: Term, depth: int = 0) -> tuple[Step, ...] | None:
        """Steps that prove the goal, or None if none were found. Raises SearchEndsError."""
        if (by := self.one_rule(sequent, goal, _rules_for(goal, depth))) is not None:
            return (Step("qed", by=by),)
        if depth >= MAX_DEPTH:
            return None
        if (opened := self._taken_apart(sequent)) is not None:
            rest = self.prove(opened[1], goal, depth)
            return None if rest is None else (*opened[0], *rest)
        by_shape = self._by_shape(sequent, goal, depth)
        if by_shape is not None:
            return by_shape
        if goal.op in ("forall", "implies", "and", "iff"):
            return None
        if (by_lemma := self._by_lemma(sequent, goal, depth)) is not None:
            return by_lemma
        for split in self._splits(sequent, goal):
            self.tried.setdefault(f"cases {' or '.join(map(str, split[0]))}")
            found = self._cases(sequent, goal, split, depth)
            if found is not None:
                return found
        by_contradiction = self._by_contradiction(sequent, goal, depth)
        return by_contradiction or self._unfolded(sequent, goal, depth)

    def _taken_apart(self, sequent: Sequent) -> tuple[tuple[Step, ...], Sequent] | None:
        """Steps that make facts of the parts of a fact, and what is in reach then.

        The fact itself is left out there, since the parts say all that it says; the kernel has it all the same.
        """
        for position, h in enumerate(sequent.hypotheses):
            p = h.proposition
            rest = (*sequent.hypotheses[:position], *sequent.hypotheses[position + 1 :])
            inside = Sequent(sequent.variables, rest)
            fact = FactReference(h.label)
            if h.label and p.op == "exists":
                self.tried.setdefault(f"a value from {h.label}")
                v, label = self._variable(sequent, p), self.label("value")
                step = Step("obtain", labels=(label,), variables=(v,), facts=(fact,))
                return (step,), inside.with_variable(v).with_hypothesis(label, instantiate(p, (v,)))
            if h.label and p.op == "and" and not _is_relation(h):
                steps = []
                for part in p.args:
                    label = self.label("part")
                    steps.append(Step("have", label, claim=part, by=By("logic", (fact,))))
                    inside = inside.with_hypothesis(label, part)
                return tuple(steps), inside
        return None

    def _unfolded(self, sequent: Sequent, goal: Term, depth: int) -> tuple[Step, ...] | None:
        """The last resort: definitions replaced by what they say, in the goal and in what is in reach."""
        around = (goal, *(h.proposition for h in sequent.hypotheses))
        calls = (t.data for p in around for t in p.walk() if t.op == "call")
        notions = tuple(dict.fromkeys(d for d in calls if d.kind == "explicit"))
        if not notions or depth > 1:
            return None
        self.tried.setdefault(f"unfolding {', '.join(d.name for d in notions)}")
        steps: list[Step] = []
        hypotheses: list[Hypothesis] = []
        if (inner := _without_notions(goal, notions)) != goal:
            steps.append(Step("unfold", "goal", target="goal", definitions=notions))
        for h in sequent.hypotheses:
            after = _without_notions(h.proposition, notions)
            hypotheses.append(h)
            if h.label and after != h.proposition:
                label = self.label(f"{h.label}_unfolded")
                steps.append(Step("unfold", label, target=h.label, definitions=notions))
                hypotheses[-1] = Hypothesis(label, after)
        inside = Sequent(sequent.variables, tuple(hypotheses))
        rest = self.prove(inside, inner, depth + 1)
        return None if rest is None else (*steps, *rest)

    # Results of the library --------------------------------------------------------------------------------------

    def _by_lemma(self, sequent: Sequent, goal: Term, depth: int) -> tuple[Step, ...] | None:
        """One of the lemmas, with what remains of its hypotheses shown before."""
        if not self.lemmas or depth > 2:
            return None
        self.tried.setdefault(f"results {', '.join(self.lemmas)}")
        offers = apply_search(
            sequent, goal, self.library, inside=self.inside, among=self.lemmas, taken=self.taken
        )  # fmt: skip
        for offer in [o for o in offers if o.applies][:MAX_LEMMAS]:
            steps = self.applied(sequent, offer, depth)
            if steps is not None:
                return steps
        return None

    def applied(self, sequent: Sequent, offer: Application, depth: int = 0) -> tuple[Step, ...] | None:
        """The steps of an offer with proofs of what it leaves to show, or None if one of them is not found."""
        if offer.remaining and offer.steps[0].kind in ("take", "assume"):
            return None  # what remains is about variables that are not in reach yet
        steps: list[Step] = []
        for offered in offer.steps:
            step = offered
            self.taken |= {name for name in (step.label, *step.labels) if name}
            if offered.kind == "have" and offered.claim is not None:
                proof = self.prove(sequent, offered.claim, depth + 1)
                if proof is None:
                    self.tried.setdefault(f"{offer.theorem}, of which {step.label} remains: {offered.claim}")
                    return None
                only = proof[0].by if len(proof) == 1 and proof[0].kind == "qed" else None
                step = Step("have", step.label, claim=offered.claim, by=only, steps=() if only is not None else proof)
                sequent = sequent.with_hypothesis(offered.label, offered.claim)
            steps.append(step)
        return tuple(steps)

    def _by_shape(self, sequent: Sequent, goal: Term, depth: int) -> tuple[Step, ...] | None:
        match goal.op:
            case "forall":
                v = self._variable(sequent, goal)
                return self._after(
                    Step("take", variables=(v,)), sequent.with_variable(v), instantiate(goal, (v,)), depth
                )
            case "implies":
                parts = goal.args[0].args if goal.args[0].op == "and" else (goal.args[0],)
                labels = tuple(self.label("given") for _ in parts)
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
            labels.append(self.label("direction"))
            steps.append(Step("have", labels[-1], claim=claim, steps=proof))
        return (*steps, Step("qed", by=By("logic", tuple(FactReference(label) for label in labels))))

    def _one_of(self, sequent: Sequent, goal: Term, depth: int) -> tuple[Step, ...] | None:
        *others, last = goal.args
        for part in goal.args:
            proof = self.prove(sequent, part, MAX_DEPTH)
            if proof is not None:
                label = self.label("part")
                return (
                    Step("have", label, claim=part, steps=proof),
                    Step("qed", by=By("logic", (FactReference(label),))),
                )
        label = self.label("otherwise")
        first = others[0] if len(others) == 1 else Term("or", tuple(others), None, goal.sort)
        proof = self.prove(sequent.with_hypothesis(label, negation(first)), last, depth + 1)
        if proof is None:
            return None
        inner = self.label("part")
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
            label = self.label("case")
            proof = self.prove(sequent.with_hypothesis(label, assumption), goal, depth + 1)
            if proof is None:
                return None
            branches.append(Branch(proof, label, assumption))
        return (Step("cases", branches=tuple(branches), by=exhaustive),)

    def _by_contradiction(self, sequent: Sequent, goal: Term, depth: int) -> tuple[Step, ...] | None:
        if (goal.op not in ORDER and goal.op not in ("ne", "not", "eq")) or depth > 0:
            return None
        label = self.label("otherwise")
        inside = sequent.with_hypothesis(label, negation(goal))
        by = self.one_rule(inside, Term("false", (), None, goal.sort), ("linear", "logic", "sos"))
        return None if by is None else (Step("contradiction", label, steps=(Step("qed", by=by),)),)

    # Names -------------------------------------------------------------------------------------------------------

    def label(self, word: str) -> str:
        """A label that is not taken yet."""
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


def _without_notions(term: Term, notions: tuple[Definition, ...]) -> Term:
    """The term with these explicit definitions replaced, also where they come out of each other."""
    while (after := replace_calls(term, lambda d, args: d.unfold(args) if d in notions else None)) != term:
        term = after
    return term


def _without(by: By, name: str, fact: Any) -> By:
    kept = tuple(f for f in getattr(by, name) if f != fact)
    if name == "facts":
        return replace(by, facts=kept)
    return replace(by, rewrite=kept) if name == "rewrite" else replace(by, unfold=kept)


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


def identity_ways(sequent: Sequent, goal: Term, rule: str) -> Iterator[By]:
    """Ways to use a rule for identities: as it is, by the equations in reach, by definitions, by both."""
    equations = _equations(sequent)
    around = (goal, *(p for f in equations if (p := sequent.find(f.label)) is not None))
    notions = tuple(dict.fromkeys(t.data for p in around for t in p.walk() if t.op == "call"))
    explicit = tuple(d for d in notions if d.kind == "explicit")
    for definitions in dict.fromkeys(((), explicit, notions)):
        for rewrite in dict.fromkeys(((), equations)):
            yield By(rule, rewrite=rewrite, unfold=definitions)


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
        plain = ("sign", "ring", "linear", "logic", "extremum", "sum", "bound", "rewrite", "sos", "elementary")
        return (*plain, "monotone")
    if goal.op in ("eq", "ne") and goal.args[0].sort.kind == "matrix":
        return ("matrix", "logic", "rewrite")
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
