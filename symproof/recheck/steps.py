"""Walking through a proof: what each kind of step does to what is in reach and to the goal that is left.

Invariants: every free variable of a hypothesis or of the goal is in scope, with one name for each; a label is given
once; nothing is added to what is in reach that does not follow from it (or is marked as cited or open); what a branch
or a proof inside a step assumes ends with it.
"""

from __future__ import annotations

from collections.abc import Mapping

from symproof.recheck.claims import Claims
from symproof.recheck.negation import negation
from symproof.recheck.normal_form import canonical
from symproof.recheck.outcome import Outcome, Problem
from symproof.recheck.place import Place, defining, only
from symproof.recheck.proof import KINDS, Branch, FactReference, Step, Theorem
from symproof.recheck.question import Question, rule, worst
from symproof.recheck.refused import Refused
from symproof.recheck.refutation import require_denied
from symproof.recheck.sequent import Sequent
from symproof.recheck.term import (
    BOOL,
    FALSE,
    INT,
    Term,
    accepts,
    connective,
    free_variables,
    relation,
    resized,
    substituted,
)  # fmt: skip
from symproof.recheck.wellformed import Wellformed

__all__ = ["check_theorem"]

STRENGTH = {"eq": 0, "le": 1, "lt": 2, "ge": -1, "gt": -2}
"""The relations of a chain: those upwards are positive, those downwards negative, strict ones stronger."""
RELATION = {"=": "eq", "==": "eq", "<=": "le", "<": "lt", ">=": "ge", ">": "gt"}


class _Walk:
    """A walk through the proof of one theorem."""

    def __init__(self, theorem: Theorem, library: Mapping[str, Theorem], wellformed: Wellformed) -> None:
        self.theorem, self.library, self.wellformed = theorem, library, wellformed
        self.claims = Claims(theorem, wellformed)
        self.problems: list[Problem] = []
        self.level = "proved"

    def note(self, place: str, step: Step | None, refused: Refused) -> None:
        """Note that something is refused."""
        kind = "" if step is None else step.kind + (f" by {step.by.rule}" if step.by is not None else "")
        self.problems.append(Problem(place, kind, refused.reason, refused.undecided))

    def prove(self, sequent: Sequent, goal: Term, steps: tuple[Step, ...], path: str) -> None:
        """Follow the steps of a proof of ``goal``; what is refused is noted.

        After a claim that is refused the walk goes on with it, to find what else is refused; after a step that does
        not fit, it does not.
        """
        place = Place(sequent, goal)
        number, step = path, None
        try:
            for position, step in enumerate(steps, 1):
                number = f"{path}.{position}" if path else str(position)
                place.wanted  # noqa: B018 - refuses a step after the goal is reached
                if step.kind not in KINDS:
                    raise Refused(f"there is no step of kind {step.kind!r}")
                self.wellformed.require(_terms(step), place.sequent.variables)
                getattr(self, f"_{step.kind}")(place, step, number)
            if place.goal is not None and not self.claims.reached(place.goal, place.sequent):
                raise Refused(f"the proof ends without reaching its goal: {place.goal}")
        except Refused as refused:
            self.note(number, step, refused)

    def _lowered(self, level: str) -> None:
        self.level = worst(self.level, level)

    def _attempt(self, place: str, step: Step, claim: Term, sequent: Sequent) -> None:
        """Decide a claim by the rule or the proof of a step; what is refused is noted."""
        if step.by is None and not step.steps:
            raise Refused("a claim without a reason")
        if step.by is None:
            self.prove(sequent, claim, step.steps, place)
        elif step.steps:
            raise Refused("a claim with two reasons")
        else:
            try:
                self._lowered(self.claims.establish(claim, step.by, sequent))
            except Refused as refused:
                self.note(place, step, refused)

    # Claims ----------------------------------------------------------------------------------------------------------

    def _have(self, place: Place, step: Step, path: str) -> None:
        claim = _claim(step)
        self.claims.require_defined(claim, place.sequent)
        self._attempt(path, step, claim, place.sequent)
        place.add(step.label, claim)

    def _suffices(self, place: Place, step: Step, path: str) -> None:
        claim, inner = _claim(step), Place(place.sequent, None)
        self.claims.require_defined(claim, place.sequent)
        inner.add(step.label, claim)
        self._attempt(path, step, place.wanted, inner.sequent)
        place.goal = claim

    def _qed(self, place: Place, step: Step, path: str) -> None:
        self._attempt(path, step, place.wanted, place.sequent)
        place.goal = None

    def _calc(self, place: Place, step: Step, path: str) -> None:
        """A chain of relations in one direction; it is strict if one of them is."""
        first, whole = only(step.terms), "eq"
        before = first
        if not step.links:
            raise Refused("a chain without links")
        for link in step.links:
            name = RELATION.get(link.relation, link.relation)
            if name not in STRENGTH or STRENGTH[name] * STRENGTH[whole] < 0:
                raise Refused(f"{link.relation!r} does not fit into the chain")
            claim = relation(name, before, link.term)
            self.claims.require_defined(claim, place.sequent)
            self._attempt(path, Step("calc", by=link.by), claim, place.sequent)
            whole = max(whole, name, key=lambda n: abs(STRENGTH[n]))
            before = link.term
        place.add(step.label, relation(whole, first, before))

    def _cite(self, place: Place, step: Step, path: str) -> None:
        if not step.reference.strip():
            raise Refused("a citation without a reference")
        claim = _claim(step)
        self.claims.require_defined(claim, place.sequent)
        self._lowered("cited")
        place.add(step.label, claim)

    def _open(self, place: Place, step: Step, path: str) -> None:
        self._lowered("open")
        place.add(step.label, _claim(step))

    def _unfold(self, place: Place, step: Step, path: str) -> None:
        goal = step.target == "goal"
        before = place.wanted if goal else self.claims.fact(FactReference(step.target), place.sequent)
        after = self.claims.unfolded(before, step.definitions, place.sequent)
        if after == before:
            raise Refused("there is nothing to unfold")
        self.claims.require_defined(after, place.sequent)
        if goal:
            place.goal = after
        else:
            place.add(step.label, after)

    # Connectives and quantifiers -------------------------------------------------------------------------------------

    def _assume(self, place: Place, step: Step, path: str) -> None:
        goal = place.wanted
        if goal.op == "implies":
            premise, place.goal = goal.args
        elif goal.op in ("not", "ne"):
            premise, place.goal = negation(goal), FALSE
        else:
            raise Refused("the goal is neither an implication nor a denial")
        place.add_parts(step.labels, premise)

    def _take(self, place: Place, step: Step, path: str) -> None:
        for variable in step.variables:
            place.goal = self._opened("forall", place.wanted, variable, place)

    def _obtain(self, place: Place, step: Step, path: str) -> None:
        reference = only(step.facts)
        proposition = self.claims.fact(reference, place.sequent)
        for variable in step.variables:
            proposition = self._opened("exists", proposition, variable, place)
        place.add_parts(step.labels, proposition)

    def _opened(self, name: str, proposition: Term, variable: Term, place: Place) -> Term:
        """The body of a quantifier with a new variable for the bound one; the variable is in scope from then on."""
        self.wellformed.require_new(variable, place.sequent)
        if proposition.op != name or proposition.binders[0].sort != variable.sort:
            raise Refused(f"there is no {name} for {variable} of its sort")
        place.introduce(variable)
        return proposition.at(variable)

    def _let(self, place: Place, step: Step, path: str) -> None:
        variable, value = only(step.variables), only(step.terms)
        self.wellformed.require_new(variable, place.sequent)
        if not accepts(variable.sort, value.sort):
            raise Refused(f"{variable} is of another sort than its value")
        equation = defining(variable, value)
        self.claims.require_defined(equation, place.sequent)
        place.introduce(variable)
        place.add(step.label, equation)

    def _witness(self, place: Place, step: Step, path: str) -> None:
        for term in step.terms:
            if place.wanted.op != "exists":
                raise Refused(f"the goal does not ask for {term}")
            place.goal = place.wanted.at(term)
        self.claims.require_defined(place.wanted, place.sequent)

    # Branches --------------------------------------------------------------------------------------------------------

    def _conjunction(self, place: Place, step: Step, path: str) -> None:
        goal = place.wanted
        if goal.op != "and" or len(goal.args) != len(step.branches):
            raise Refused(f"the goal is no conjunction of {len(step.branches)} parts")
        for position, (branch, part) in enumerate(zip(step.branches, goal.args, strict=True), 1):
            if branch.assumption is not None:
                raise Refused("a part of a conjunction is shown without an assumption")
            self.prove(place.sequent, part, branch.steps, f"{path}.{position}")
        place.goal = None

    def _cases(self, place: Place, step: Step, path: str) -> None:
        goal, assumptions = place.wanted, [_assumption(branch) for branch in step.branches]
        alternatives = connective("or", *assumptions)
        if step.by is not None:
            self._attempt(path, Step("cases", by=step.by), alternatives, place.sequent)
        elif not self._exhaustive(alternatives, place.sequent):
            self.note(path, step, Refused("the cases are not shown to leave nothing out"))
        for position, (branch, assumption) in enumerate(zip(step.branches, assumptions, strict=True), 1):
            self.claims.require_defined(assumption, place.sequent)
            inner = Place(place.sequent, goal)
            inner.add(branch.label, assumption)
            self.prove(inner.sequent, goal, branch.steps, f"{path}.{position}")
        place.goal = None

    def _exhaustive(self, alternatives: Term, sequent: Sequent) -> bool:
        if self.claims.side.holds(sequent, alternatives):
            return True
        try:
            answer = rule("logic")(Question(alternatives, (), sequent, self.claims.side))
        except Refused:
            return False
        return not answer.obligations and answer.trust == "proved"

    def _contradiction(self, place: Place, step: Step, path: str) -> None:
        inner = Place(place.sequent, FALSE)
        inner.add(step.label, negation(place.wanted))
        self.prove(inner.sequent, FALSE, step.steps, path)
        place.goal = None

    def _induction(self, place: Place, step: Step, path: str) -> None:
        """P(n0); and P(n + 1) for any integer n of which n0 <= n and P(n) hold."""
        n = only(step.variables)
        base, successor = only(step.branches[:-1]), step.branches[-1]
        inner = Place(place.sequent, None)
        claim = self._opened("forall", place.wanted, n, inner)
        start = claim.args[0].args[0] if claim.op == "implies" and claim.args[0].op == "le" else None
        fits = start is not None and start.sort == n.sort == INT and n not in free_variables(start)
        if start is None or not fits or claim.args[0].args[1] != n:
            raise Refused("the goal does not say: for all integers n, n0 <= n implies P(n)")
        bound, claim = claim.args
        self.prove(place.sequent, substituted(claim, {n: start}), base.steps, f"{path}.1")
        inner.add(step.label, bound)
        inner.add(successor.label, claim)
        self.prove(inner.sequent, substituted(claim, {n: n + 1}), successor.steps, f"{path}.2")
        place.goal = None

    # Other results ---------------------------------------------------------------------------------------------------

    def _apply(self, place: Place, step: Step, path: str) -> None:
        """What another result says of these values, if its hypotheses hold of them."""
        other = self.library.get(step.target)
        if other is None or other.id != step.target or other.id == self.theorem.id:
            raise Refused(f"there is no other result {step.target!r}")
        mapping = self._values(other, step, place.sequent)
        given = dict(step.by.options) if step.by is not None else {}
        if strange := given.keys() - {label for label, _ in other.hypotheses}:
            raise Refused(f"{other.id} has no hypothesis {min(strange)!r}")
        if not all(isinstance(each, FactReference) for each in given.values()):
            raise Refused("what is given for a hypothesis is no fact")
        for label, hypothesis in other.hypotheses:
            needed = substituted(hypothesis, mapping)
            self.wellformed.statement(needed, place.sequent.variables)
            if label in given:
                fact = self.claims.fact(given[label], place.sequent)
                holds = fact == needed or canonical(fact) == canonical(needed)
            else:
                holds = self.claims.side.holds(place.sequent, needed) or self.claims.reached(needed, place.sequent)
            if not holds:
                self.note(path, step, Refused(f"the hypothesis {label!r} of {other.id} is not shown to hold"))
        claim = substituted(other.conclusion, mapping)
        self.wellformed.statement(claim, place.sequent.variables)
        self.claims.require_defined(claim, place.sequent)
        place.add_parts(step.labels, claim)

    @staticmethod
    def _values(other: Theorem, step: Step, sequent: Sequent) -> dict[Term, Term]:
        """A term for each variable of another result: the one given, or the variable in scope of the same name."""
        given, scope = dict(step.substitution), {v.name: v for v in sequent.variables}
        if len(given) < len(step.substitution):
            raise Refused("two terms for one variable")
        mapping: dict[Term, Term] = {}
        for variable in sorted(other.variables, key=lambda v: v.sort != INT):  # sizes first
            value = given.pop(variable.name, scope.get(variable.name))
            if value is None or not accepts(resized(variable.sort, mapping), value.sort):
                raise Refused(f"{other.id} wants a value for {variable.name} of its sort")
            mapping[variable] = value
        if given:
            raise Refused(f"{other.id} has no variable {min(given)}")
        return mapping


def _terms(step: Step) -> list[Term]:
    """The terms of a step that stand where it stands; those of facts are looked at where they are used."""
    found = [t for t in (step.claim, *(b.assumption for b in step.branches)) if t is not None]
    return [*found, *step.terms, *(link.term for link in step.links), *(value for _, value in step.substitution)]


def _proposition(term: Term | None) -> Term:
    if term is None or term.sort != BOOL:
        raise Refused("a proposition is wanted")
    return term


def _claim(step: Step) -> Term:
    return _proposition(step.claim)


def _assumption(branch: Branch) -> Term:
    return _proposition(branch.assumption)


def check_theorem(theorem: Theorem, library: Mapping[str, Theorem], wellformed: Wellformed) -> Outcome:
    """What comes out for a theorem by itself; what it applies is taken to hold, and is for the caller to look at.

    Args:
        theorem: what is checked.
        library: the results that its steps may apply, by name.
        wellformed: what is known of the terms of the whole certificate.
    """
    walk = _Walk(theorem, library, wellformed)
    try:
        sequent = walk.claims.statement()
        if theorem.refuted_by:
            walk.level = "open"
            require_denied(theorem, library)
        elif theorem.proof:
            walk.prove(sequent, theorem.conclusion, theorem.proof, "")
        else:
            walk.level = "cited" if theorem.citation.strip() else "open"
    except Refused as refused:
        walk.note("statement", None, refused)
    except RecursionError:
        walk.note("", None, Refused("terms or proofs are nested too deeply", undecided=True))
    return Outcome(theorem, tuple(walk.problems), "open" if walk.problems else walk.level)
