"""Single claims: the terms they are made of, the facts they cite, and the rule that establishes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn, Protocol

from symproof.errors import SymproofError
from symproof.kernel.definedness import obligations as definedness_obligations
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.discharge import Discharger, introduce
from symproof.kernel.interface import BEST_TRUST, rules, worst
from symproof.kernel.matching import rewrite
from symproof.kernel.normal_form import canonical, normal_form
from symproof.kernel.rule import UNREADABLE, Accepted, Evidence, Refusal, Request, Rule
from symproof.kernel.rules.linear import discharge_linear
from symproof.kernel.sequent import Sequent
from symproof.kernel.wellformed import definitions_of, ill_formed, outside
from symproof.logic.definition import Definition
from symproof.logic.sort import BOOL, SortError, accepts
from symproof.logic.term import Term, coerce, instantiate, replace_calls
from symproof.proof.step import By, FactReference, Step
from symproof.proof.theorem import Theorem

__all__ = ["ClaimChecker", "Observer", "Stopped"]

MAX_UNFOLDINGS = 20


class Observer(Protocol):
    """Is told what was accepted; it has no say in the outcome."""

    def accepted(self, path: str, rule: Rule, request: Request, accepted: Accepted) -> None:
        """A rule accepted a goal at the step ``path``, and its obligations were discharged."""

    def defined(self, path: str, claim: Term, sequent: Sequent) -> None:
        """All terms of a claim at the step ``path`` were found to be defined."""


class Stopped(SymproofError):
    """A step does not fit its goal, so that the rest of its sub-proof cannot be read."""


@dataclass
class ClaimChecker:
    """Establishes single claims of one theorem: terms, facts and rules, with a report of what is refused."""

    theorem: Theorem
    library: Mapping[str, Theorem]
    evidence: Evidence
    first_only: bool
    watch: Callable[[str, Step], None] | None = None
    observer: Observer | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    notions: dict[str, Definition] = field(default_factory=dict)
    discharge: Discharger = field(init=False)

    def __post_init__(self) -> None:
        self.discharge = Discharger(self.evidence, discharge_linear)

    # Reports -----------------------------------------------------------------------------------------------------

    def report(self, code: str, path: str, step: Step | None, message: str, **more: Any) -> None:
        """Note why something is refused; stops if only the first such diagnostic is asked for."""
        source = step.source if step is not None and step.source.file else self.theorem.where
        self.diagnostics.append(Diagnostic(code, self.theorem.id, path, message, source, **more))
        if self.first_only:
            raise Stopped

    def stop(self, code: str, path: str, step: Step | None, message: str, **more: Any) -> NoReturn:
        """Report and leave the sub-proof."""
        self.report(code, path, step, message, **more)
        raise Stopped

    # Terms -------------------------------------------------------------------------------------------------------

    def proper(self, terms: Iterable[Term], sequent: Sequent, path: str, step: Step | None) -> None:
        """Report and stop if a term is ill-formed, has a variable that is not in scope, or a name means two notions."""
        terms = tuple(terms)
        problem = next(filter(None, map(ill_formed, terms)), "")
        if problem:
            self.stop("SP-SORT-001", path, step, f"a term does not fit together: {problem}", sequent=sequent)
        unknown = outside(terms, sequent.variables)
        if unknown:
            self.stop(
                "SP-VAR-002", path, step, f"the variable {unknown[0].name!r} of sort {unknown[0].sort} is not in scope",
                sequent=sequent, expected="one of " + ", ".join(f"{v.name}: {v.sort}" for v in sequent.variables),
                hint="introduce it first: declare it in the statement, or take, let or obtain it",
            )  # fmt: skip
        for definition in sorted(frozenset().union(*map(definitions_of, terms)), key=lambda d: d.digest):
            if self.notions.setdefault(definition.name, definition) != definition:
                self.stop("SP-DEF-002", path, step, f"two different definitions are called {definition.name}")

    def proposition(self, statement: Term, sequent: Sequent, path: str) -> None:
        """Report a part of the theorem's statement that is no well-formed, defined proposition about its variables."""
        self.proper([statement], sequent, path, None)
        if statement.sort != BOOL:
            self.stop("SP-SORT-001", path, None, f"no proposition: {statement}")
        self.defined(statement, sequent, path, None)

    # Claims ------------------------------------------------------------------------------------------------------

    def defined(self, claim: Term, sequent: Sequent, path: str, step: Step | None) -> None:
        """Report the terms of a claim that are not known to be defined."""
        missing = tuple(o for o in definedness_obligations(claim) if not self.discharge(sequent, o))
        if self.observer is not None and not missing:
            self.observer.defined(path, claim, sequent)
        if missing:
            self.report(
                "SP-DEF-001", path, step, f"not known to be defined: {missing[0]}", goal=claim, sequent=sequent,
                obligations=missing, hint="establish the condition in an earlier step, or assume it in the statement",
            )  # fmt: skip

    def fact(self, reference: FactReference, sequent: Sequent, path: str, step: Step) -> Term:
        """The proposition of a fact reference. Reports and stops if there is none."""
        proposition = sequent.find(reference.label)
        if proposition is None:
            labels = sorted({h.label for h in sequent.hypotheses if h.label})
            self.stop(
                "SP-FACT-001", path, step, f"no fact {reference.label!r} is in reach", sequent=sequent,
                expected="one of " + ", ".join(labels),
            )  # fmt: skip
        if not reference.args:
            return proposition
        self.proper(reference.args, sequent, path, step)
        for value in reference.args:
            self.defined(value, sequent, path, step)
        try:
            return self._instance(proposition, reference, sequent)
        except (Refusal, SortError) as problem:
            self.stop(
                "SP-FACT-002", path, step, f"{reference.label!r} cannot be instantiated: {problem}", sequent=sequent,
                goal=proposition,
            )  # fmt: skip
            raise

    def _instance(self, proposition: Term, reference: FactReference, sequent: Sequent) -> Term:
        pending = list(reference.args)
        while pending or proposition.op == "implies":
            if proposition.op == "forall" and pending:
                value = pending.pop(0)
                if not accepts(proposition.data[0].sort, value.sort):
                    raise Refusal(f"{value} is of sort {value.sort}, expected {proposition.data[0].sort}")
                proposition = instantiate(proposition, (value,))
            elif proposition.op == "implies":
                if not self.discharge(sequent, proposition.args[0]):
                    if pending:
                        raise Refusal(f"its premise is not discharged: {proposition.args[0]}")
                    break
                proposition = proposition.args[1]
            else:
                raise Refusal(f"{len(pending)} terms too many for {proposition}")
        return proposition

    def establish(self, claim: Term, by: By, sequent: Sequent, path: str, step: Step) -> Accepted | None:
        """Apply a rule to a claim; None (with a report) if it is refused or an obligation is left."""
        rule = rules().get(by.rule)
        if rule is None:
            self.report(
                "SP-RULE-001", path, step, f"no rule {by.rule!r}", goal=claim, sequent=sequent, by=by,
                expected="one of " + ", ".join(sorted(rules())),
            )  # fmt: skip
            return None
        inner, goal = (sequent, claim) if self._as_it_stands(claim, by, sequent) else introduce(sequent, claim)
        facts = tuple(self.fact(f, inner, path, step) for f in by.facts)
        equations = [self.fact(f, inner, path, step) for f in by.rewrite]
        goal, *facts_list = (self._prepared(t, by, equations, inner) for t in (goal, *facts))
        request = Request(goal, tuple(facts_list), inner, self.discharge, self.evidence, by.options)
        try:
            accepted = rule.check(request)
        except Refusal as refusal:
            self.report(
                "SP-RULE-003" if refusal.undecided else "SP-RULE-002", path, step, refusal.reason, goal=goal,
                sequent=inner, by=by, got=refusal.got, expected=refusal.expected, obligations=refusal.obligations,
            )  # fmt: skip
            return None
        except UNREADABLE as problem:
            self.report(
                "SP-RULE-002", path, step, f"the evidence for {by.rule} cannot be read", goal=goal, by=by,
                got=f"{type(problem).__name__}: {problem}",
            )  # fmt: skip
            return None
        left = tuple(o for o in accepted.obligations if not self.discharge(inner, o))
        if left:
            self.report(
                "SP-OBL-001", path, step, f"a side condition of {by.rule} is not discharged: {left[0]}", goal=goal,
                sequent=inner, by=by, obligations=left, hint="establish it in an earlier step",
            )  # fmt: skip
            return None
        accepted = replace(accepted, trust=worst(accepted.trust, BEST_TRUST.get(by.rule, "proved")))
        if self.observer is not None:
            self.observer.accepted(path, rule, request, accepted)
        return accepted

    @staticmethod
    def _as_it_stands(claim: Term, by: By, sequent: Sequent) -> bool:
        """Whether ``logic`` should see a quantified claim whole, since a cited fact contains it as a part."""
        if by.rule != "logic" or claim.op not in ("forall", "implies"):
            return False
        cited = (sequent.find(f.label) for f in by.facts)
        return any(claim == part for fact in cited if fact is not None for part in fact.walk())

    def _prepared(self, term: Term, by: By, equations: list[Term], sequent: Sequent) -> Term:
        for _ in range(2 if by.unfold else 1):
            for equation in equations:
                term = rewrite(term, equation, sequent, self.discharge)
            term = self._unfolded(term, by.unfold, sequent)
        return term

    def _unfolded(self, term: Term, definitions: tuple[Definition, ...], sequent: Sequent) -> Term:
        """``term`` with these definitions replaced, also where they come out of each other."""
        if not definitions:
            return term
        unfold = self._unfolder(definitions, sequent)
        for _ in range(MAX_UNFOLDINGS):
            after = replace_calls(term, unfold)
            if after == term:
                break
            term = after
        return term

    def _unfolder(
        self, definitions: tuple[Definition, ...], sequent: Sequent
    ) -> Callable[[Definition, tuple[Term, ...]], Term | None]:
        def unfold(definition: Definition, args: tuple[Term, ...]) -> Term | None:
            if definition not in definitions:
                return None
            if definition.kind != "recursive":
                return definition.unfold(args)
            index = args[0]
            if not normal_form(index):
                return definition.unfold_at_zero(args[1:])
            before = canonical(index - 1)
            if self.discharge(sequent, coerce(0) <= before):
                return definition.unfold_successor(before, args[1:])
            return None

        return unfold
