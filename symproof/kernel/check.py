"""Checking a theorem: every step is accepted by a rule or refused with a diagnostic.

``check_theorem`` walks the proof with the sequent in reach and the goal that is left. A refused claim is reported and
then taken as a hypothesis, so that later mistakes show as well; the theorem is accepted only if there is no diagnostic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from symproof.kernel.check_result import CheckedStep, CheckResult
from symproof.kernel.claim_checker import ClaimChecker, Observer, Stopped
from symproof.kernel.discharge import negation
from symproof.kernel.interface import rules, worst
from symproof.kernel.normal_form import canonical
from symproof.kernel.plain_proof import strange_part
from symproof.kernel.refutation import negations, refutes
from symproof.kernel.rule import UNREADABLE, Evidence, NoEvidence, Refusal, Request
from symproof.kernel.sequent import RESERVED, Sequent
from symproof.kernel.wellformed import ill_formed, outside
from symproof.logic.sort import INT, SortError, accepts
from symproof.logic.syntax import Eq, ForAll, Or
from symproof.logic.term import Term, free_variables, instantiate, relation, subst
from symproof.proof.step import KINDS, Branch, FactReference, Step
from symproof.proof.theorem import Theorem

__all__ = ["CheckResult", "CheckedStep", "check_theorem"]

CHAIN = {"eq": 0, "le": 1, "lt": 2, "ge": -1, "gt": -2}
SYMBOLS = {"=": "eq", "==": "eq", "<=": "le", "<": "lt", ">=": "ge", ">": "gt"}


@dataclass
class _State:
    """What is in reach, and the goal that is left (None once it is reached)."""

    sequent: Sequent
    goal: Term | None


@dataclass
class _Checker(ClaimChecker):
    """Checks proofs step by step; every kind of step has a method of its own."""

    # Proofs ------------------------------------------------------------------------------------------------------

    def prove(
        self, sequent: Sequent, goal: Term, steps: tuple[Step, ...], path: str, owner: Step | None
    ) -> tuple[CheckedStep, ...]:
        """Check a (sub-)proof of ``goal``; returns the checked steps and reports what fails."""
        state = _State(sequent, goal)
        checked: list[CheckedStep] = []
        for position, step in enumerate(steps, 1):
            number = f"{path}.{position}" if path else str(position)
            before = state.goal
            if before is None:
                self.report("SP-GOAL-001", number, step, "the goal is already reached; this step proves nothing")
                return tuple(checked)
            count = len(self.diagnostics)
            if self.watch is not None:
                self.watch(number, step)
            try:
                if step.kind not in KINDS:
                    self.stop("SP-SORT-001", number, step, f"there is no step of kind {step.kind!r}")
                self.proper(_terms(step), state.sequent, number, step)
                done = getattr(self, f"_{step.kind}")(state, step, number)
            except Stopped:
                if self.first_only:
                    raise
                checked.append(CheckedStep(number, step, step.claim, before, "open", accepted=False))
                return tuple(checked)
            except (SortError, Refusal) as problem:
                self.report("SP-SORT-001", number, step, str(problem), goal=before, sequent=state.sequent)
                checked.append(CheckedStep(number, step, step.claim, before, "open", accepted=False))
                return tuple(checked)
            except UNREADABLE as problem:
                self.report("SP-SORT-001", number, step, f"the step cannot be read: {problem!r}",
                            goal=before, sequent=state.sequent)  # fmt: skip
                checked.append(CheckedStep(number, step, step.claim, before, "open", accepted=False))
                return tuple(checked)
            checked.append(replace(done, accepted=len(self.diagnostics) == count))
        if state.goal is not None and not self._reached(state):
            self.report(
                "SP-GOAL-002", f"{path}.{len(steps)}" if path else str(len(steps)), steps[-1] if steps else owner,
                "the proof ends without reaching its goal", goal=state.goal, sequent=state.sequent,
                hint="add a step that establishes the goal, or qed(rule)",
            )  # fmt: skip
        return tuple(checked)

    def _reached(self, state: _State) -> bool:
        goal = state.goal
        if goal is None or any(fact in (goal, Term("false", (), None, goal.sort)) for fact in state.sequent.facts()):
            return True
        if any(h.proposition == goal for h in state.sequent.hypotheses):
            return True
        return any(_same(h.proposition, goal) for h in state.sequent.hypotheses)

    def _subproof(
        self, claim: Term, step: Step, sequent: Sequent, path: str
    ) -> tuple[str, str, tuple[Term, ...], tuple[CheckedStep, ...]]:
        """Establish a claim by the rule or by the sub-proof of a step: (trust, detail, obligations, children)."""
        if step.by is not None:
            accepted = self.establish(claim, step.by, sequent, path, step)
            if accepted is None:
                return "open", "", (), ()
            return accepted.trust, accepted.detail, accepted.obligations, ()
        if not step.steps:
            self.report("SP-GOAL-002", path, step, "a claim without a reason", goal=claim, sequent=sequent,
                        hint="give a rule or a sub-proof")  # fmt: skip
            return "open", "", (), ()
        children = self.prove(sequent, claim, step.steps, path, step)
        return "proved", "", (), children

    def new_variable(self, variable: Term, sequent: Sequent, path: str, step: Step | None) -> None:
        """Report a variable that is no variable or whose name is taken."""
        if ill_formed(variable) or variable.op != "var" or variable.name[0] in RESERVED:
            self.stop("SP-VAR-001", path, step, f"a new variable is wanted, found {variable}")
        if variable.name in sequent.names():
            self.stop(
                "SP-VAR-001", path, step, f"the name {variable.name!r} is already taken", hint="choose another name"
            )
        sizes = outside((variable,), (*sequent.variables, variable))
        if sizes:
            self.stop("SP-VAR-002", path, step, f"the size {sizes[0].name!r} of {variable.name} is not in scope")

    def add(self, state: _State, label: str, proposition: Term, path: str, step: Step | None) -> None:
        """Put a proposition in reach under a label."""
        if label and state.sequent.find(label) is not None:
            self.report("SP-VAR-001", path, step, f"the label {label!r} is already taken", hint="choose another label")
        state.sequent = state.sequent.with_hypothesis(label, proposition)

    def label_parts(self, state: _State, labels: tuple[str, ...], proposition: Term, path: str, step: Step) -> None:
        """Put a proposition in reach; with several labels, the parts of a conjunction one by one."""
        if len(labels) <= 1:
            self.add(state, labels[0] if labels else "", proposition, path, step)
            return
        parts = proposition.args if proposition.op == "and" else (proposition,)
        if len(parts) != len(labels):
            self.stop("SP-GOAL-001", path, step, f"{len(labels)} labels for {len(parts)} parts", goal=proposition,
                      expected=f"{len(parts)} labels, or one for the whole")  # fmt: skip
        for label, part in zip(labels, parts, strict=True):
            self.add(state, label, part, path, step)

    # The kinds of steps ------------------------------------------------------------------------------------------

    def _have(self, state: _State, step: Step, path: str) -> CheckedStep:
        claim, goal = _claim(step), _goal(state)
        self.defined(claim, state.sequent, path, step)
        trust, detail, obligations, children = self._subproof(claim, step, state.sequent, path)
        self.add(state, step.label, claim, path, step)
        return CheckedStep(path, step, claim, goal, trust, detail=detail, obligations=obligations, children=children)

    def _calc(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal, before = _goal(state), step.terms[0]
        total, trust, details = 0, "proved", []
        for link in step.links:
            op = SYMBOLS.get(link.relation, link.relation)
            strength = CHAIN.get(op)
            if strength is None or strength * total < 0:
                self.stop("SP-GOAL-001", path, step, f"the relation {link.relation!r} does not fit the chain",
                          expected="=, <=, < or =, >=, >")  # fmt: skip
            claim = relation(op, before, link.term)
            self.defined(claim, state.sequent, path, step)
            accepted = self.establish(claim, link.by, state.sequent, path, step)
            trust = worst(trust, accepted.trust if accepted is not None else "open")
            details.append(accepted.detail if accepted is not None else "")
            total = strength if abs(strength) > abs(total) else total
            before = link.term
        op = next(k for k, v in CHAIN.items() if v == total)
        claim = relation(op, step.terms[0], before)
        self.add(state, step.label, claim, path, step)
        return CheckedStep(path, step, claim, goal, trust, detail="; ".join(d for d in details if d))

    def _suffices(self, state: _State, step: Step, path: str) -> CheckedStep:
        claim, goal = _claim(step), _goal(state)
        self.defined(claim, state.sequent, path, step)
        inner = _State(state.sequent, goal)
        self.add(inner, step.label, claim, path, step)
        trust, detail, obligations, children = self._subproof(goal, step, inner.sequent, path)
        state.goal = claim
        return CheckedStep(path, step, claim, goal, trust, detail=detail, obligations=obligations, children=children)

    def _assume(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal = _goal(state)
        if goal.op == "implies":
            premise, state.goal = goal.args
        elif goal.op in ("not", "ne"):
            premise, state.goal = negation(goal), Term("false", (), None, goal.sort)
        else:
            self.stop("SP-GOAL-001", path, step, "there is nothing to assume: the goal is no implication", goal=goal,
                      sequent=state.sequent)  # fmt: skip
        self.label_parts(state, step.labels, premise, path, step)
        return CheckedStep(path, step, premise, goal)

    def _take(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal = _goal(state)
        for variable in step.variables:
            current = _goal(state)
            if current.op != "forall":
                self.stop("SP-GOAL-001", path, step, f"the goal has no quantifier for {variable.name}", goal=current,
                          sequent=state.sequent)  # fmt: skip
            self.new_variable(variable, state.sequent, path, step)
            if variable.sort != current.data[0].sort:
                self.stop("SP-VAR-001", path, step, f"{variable.name} is of sort {variable.sort}",
                          expected=f"sort {current.data[0].sort}", goal=current)  # fmt: skip
            state.sequent = state.sequent.with_variable(variable)
            state.goal = instantiate(current, (variable,))
        return CheckedStep(path, step, None, goal)

    def _let(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal, (variable,), (value,) = _goal(state), step.variables, step.terms
        self.new_variable(variable, state.sequent, path, step)
        if not accepts(variable.sort, value.sort):
            self.stop(
                "SP-VAR-001", path, step, f"{variable.name} is of sort {variable.sort}, its value of {value.sort}"
            )
        equation = defining_equation(variable, value)
        self.defined(equation, state.sequent, path, step)
        state.sequent = state.sequent.with_variable(variable)
        self.add(state, step.label, equation, path, step)
        return CheckedStep(path, step, equation, goal)

    def _obtain(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal = _goal(state)
        proposition = self.fact(step.facts[0], state.sequent, path, step)
        for variable in step.variables:
            if proposition.op != "exists":
                self.stop("SP-GOAL-001", path, step, f"the fact does not say that some {variable.name} exists",
                          goal=proposition, sequent=state.sequent)  # fmt: skip
            self.new_variable(variable, state.sequent, path, step)
            if variable.sort != proposition.data[0].sort:
                self.stop("SP-VAR-001", path, step, f"{variable.name} is of sort {variable.sort}",
                          expected=f"sort {proposition.data[0].sort}", goal=proposition)  # fmt: skip
            state.sequent = state.sequent.with_variable(variable)
            proposition = instantiate(proposition, (variable,))
        self.label_parts(state, step.labels, proposition, path, step)
        return CheckedStep(path, step, proposition, goal)

    def _witness(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal = _goal(state)
        for term in step.terms:
            current = _goal(state)
            if current.op != "exists" or not accepts(current.data[0].sort, term.sort):
                self.stop("SP-GOAL-001", path, step, f"the goal does not ask for {term} of sort {term.sort}",
                          goal=current, sequent=state.sequent)  # fmt: skip
            state.goal = instantiate(current, (term,))
        self.defined(_goal(state), state.sequent, path, step)
        return CheckedStep(path, step, state.goal, goal)

    def _branch(self, state: _State, goal: Term, branch: Branch, path: str, step: Step) -> tuple[CheckedStep, ...]:
        inner = _State(state.sequent, goal)
        if branch.assumption is not None:
            self.defined(branch.assumption, inner.sequent, path, step)
            self.add(inner, branch.label, branch.assumption, path, step)
        return self.prove(inner.sequent, goal, branch.steps, path, step)

    def _cases(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal = _goal(state)
        alternatives = Or(*(b.assumption for b in step.branches))
        trust, detail = "proved", ""
        if step.by is not None:
            accepted = self.establish(alternatives, step.by, state.sequent, path, step)
            trust, detail = (accepted.trust, accepted.detail) if accepted is not None else ("open", "")
        elif not self._exhaustive(alternatives, state.sequent):
            self.report("SP-CASE-001", path, step, "the cases are not known to exhaust all possibilities",
                        goal=alternatives, sequent=state.sequent, hint="give exhaustive=by(rule, facts)")  # fmt: skip
            trust = "open"
        children: list[CheckedStep] = []
        titles = []
        for position, branch in enumerate(step.branches, 1):
            children += self._branch(state, goal, branch, f"{path}.{position}", step)
            titles.append((f"{path}.{position}", branch.label, branch.assumption))
        state.goal = None
        return CheckedStep(
            path, step, alternatives, goal, trust, detail=detail, children=tuple(children), titles=tuple(titles)
        )

    def _exhaustive(self, alternatives: Term, sequent: Sequent) -> bool:
        if self.discharge(sequent, alternatives):
            return True
        request = Request(alternatives, (), sequent, self.discharge)
        try:
            rules()["logic"].check(request)
        except Refusal:
            return False
        return True

    def _conjunction(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal = _goal(state)
        if goal.op != "and" or len(goal.args) != len(step.branches):
            self.stop("SP-GOAL-001", path, step, f"{len(step.branches)} proofs for no conjunction of as many parts",
                      goal=goal, sequent=state.sequent)  # fmt: skip
        children: list[CheckedStep] = []
        titles = []
        for position, (branch, part) in enumerate(zip(step.branches, goal.args, strict=True), 1):
            children += self.prove(state.sequent, part, branch.steps, f"{path}.{position}", step)
            titles.append((f"{path}.{position}", "", part))
        state.goal = None
        return CheckedStep(path, step, goal, goal, children=tuple(children), titles=tuple(titles))

    def _contradiction(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal = _goal(state)
        denied = negation(goal)
        inner = _State(state.sequent, Term("false", (), None, goal.sort))
        self.add(inner, step.label, denied, path, step)
        children = self.prove(inner.sequent, _goal(inner), step.steps, path, step)
        state.goal = None
        return CheckedStep(path, step, denied, goal, children=children)

    def _induction(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal, (n,) = _goal(state), step.variables
        self.new_variable(n, state.sequent, path, step)
        start, claim = self._induction_claim(goal, n, path, step)
        base, successor = step.branches
        children = list(self.prove(state.sequent, subst(claim, {n: start}), base.steps, f"{path}.1", step))
        inner = _State(state.sequent.with_variable(n), None)
        self.add(inner, step.label, start <= n, path, step)
        self.add(inner, successor.label, claim, path, step)
        children += self.prove(inner.sequent, subst(claim, {n: n + 1}), successor.steps, f"{path}.2", step)
        state.goal = None
        titles = ((f"{path}.1", "base", Eq(n, start)), (f"{path}.2", "step", claim))
        return CheckedStep(path, step, claim, goal, children=tuple(children), titles=titles)

    def _induction_claim(self, goal: Term, n: Term, path: str, step: Step) -> tuple[Term, Term]:
        """(n0, P(n)) of a goal of the form: for all integers n, n0 <= n implies P(n)."""
        if goal.op == "forall" and goal.data[0].sort == INT and n.sort == INT:
            body = instantiate(goal, (n,))
            if body.op == "implies" and body.args[0].op == "le" and body.args[0].args[1] == n:
                start = body.args[0].args[0]
                if start.sort == INT and n not in free_variables(start):
                    return start, body.args[1]
        self.stop("SP-GOAL-001", path, step, "the goal is not of the form: for all integers n, n0 <= n implies P(n)",
                  goal=goal)  # fmt: skip

    def _apply(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal = _goal(state)
        other = self.library.get(step.target)
        if other is None or other.id != step.target:
            self.stop("SP-APPLY-001", path, step, f"no result {step.target!r}", hint="symproof list shows all results")
        if other.id == self.theorem.id:
            self.stop("SP-APPLY-001", path, step, "a result cannot be applied in its own proof")
        mapping = self._substitution(other, step, state.sequent, path)
        given = dict(step.by.options) if step.by is not None else {}
        unknown = sorted(set(given) - {label for label, _ in other.hypotheses})
        if unknown:
            self.stop("SP-APPLY-003", path, step, f"{other.id} has no hypothesis {unknown[0]!r}",
                      expected=", ".join(label for label, _ in other.hypotheses))  # fmt: skip
        for label, hypothesis in other.hypotheses:
            needed = subst(hypothesis, mapping)
            self.proper([needed], state.sequent, path, step)
            if label in given:
                fact = self.fact(given[label], state.sequent, path, step)
                holds = _same(fact, needed)
            else:
                holds = self.discharge(state.sequent, needed) or self._reached(_State(state.sequent, needed))
            if not holds:
                self.report("SP-APPLY-002", path, step, f"hypothesis {label!r} of {other.id} is not discharged",
                            goal=needed, sequent=state.sequent, hint="establish it first")  # fmt: skip
        claim = subst(other.conclusion, mapping)
        self.proper([claim], state.sequent, path, step)
        self.defined(claim, state.sequent, path, step)
        self.label_parts(state, step.labels, claim, path, step)
        return CheckedStep(path, step, claim, goal)

    def _substitution(self, other: Theorem, step: Step, sequent: Sequent, path: str) -> dict[Term, Term]:
        given = dict(step.substitution)
        scope = {v.name: v for v in sequent.variables}
        mapping: dict[Term, Term] = {}
        numbers_first = sorted(other.variables, key=lambda v: v.sort != INT)
        for variable in numbers_first:
            value = given.pop(variable.name, scope.get(variable.name))
            wanted = subst(Term("var", (), "?", variable.sort), mapping).sort
            if value is None or not accepts(wanted, value.sort):
                found = f"{value} of sort {value.sort}" if value is not None else "nothing"
                self.stop("SP-APPLY-003", path, step, f"{other.id} needs a value for {variable.name}",
                          expected=f"sort {wanted}", got=found)  # fmt: skip
            mapping[variable] = value
        if given:
            self.stop("SP-APPLY-003", path, step, f"{other.id} has no variable {sorted(given)[0]!r}",
                      expected=", ".join(v.name for v in other.variables))  # fmt: skip
        return mapping

    def _unfold(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal = _goal(state)
        before = goal if step.target == "goal" else self.fact(FactReference(step.target), state.sequent, path, step)
        after = self._unfolded(before, step.definitions, state.sequent)
        if after == before:
            self.report(
                "SP-GOAL-001", path, step, "there is nothing to unfold here", goal=before, sequent=state.sequent
            )
        self.defined(after, state.sequent, path, step)
        if step.target == "goal":
            state.goal = after
        else:
            self.add(state, step.label, after, path, step)
        return CheckedStep(path, step, after, goal)

    def _cite(self, state: _State, step: Step, path: str) -> CheckedStep:
        claim, goal = _claim(step), _goal(state)
        if not step.reference.strip():
            self.report("SP-CITE-001", path, step, "a citation needs a reference (work, and page or theorem number)")
        self.citations.append(step.reference)
        self.defined(claim, state.sequent, path, step)
        self.add(state, step.label, claim, path, step)
        return CheckedStep(path, step, claim, goal, "cited")

    def _open(self, state: _State, step: Step, path: str) -> CheckedStep:
        claim, goal = _claim(step), _goal(state)
        self.add(state, step.label, claim, path, step)
        return CheckedStep(path, step, claim, goal, "open")

    def _qed(self, state: _State, step: Step, path: str) -> CheckedStep:
        goal = _goal(state)
        trust, detail, obligations, children = self._subproof(goal, step, state.sequent, path)
        state.goal = None
        return CheckedStep(path, step, goal, goal, trust, detail=detail, obligations=obligations, children=children)


def _terms(step: Step) -> tuple[Term, ...]:
    """The terms of a step that are read where it stands (those inside fact references are read where they are used)."""
    claim = () if step.claim is None else (step.claim,)
    assumptions = tuple(b.assumption for b in step.branches if b.assumption is not None)
    values = tuple(value for _, value in step.substitution)
    return (*claim, *step.terms, *(link.term for link in step.links), *assumptions, *values)


def _same(p: Term, q: Term) -> bool:
    """Whether two propositions are equal up to the normal form of their parts."""
    try:
        return p == q or canonical(p) == canonical(q)
    except Refusal:
        return False


def _goal(state: _State) -> Term:
    if state.goal is None:
        raise Stopped
    return state.goal


def _claim(step: Step) -> Term:
    if step.claim is None:
        raise SortError(f"a {step.kind} step needs a claim")
    if step.claim.sort.kind != "bool" or step.claim.loose:
        raise SortError(f"the claim is no proposition: {step.claim}")
    return step.claim


def defining_equation(variable: Term, value: Term) -> Term:
    """The proposition that says what a let-variable is: an equation, for all arguments if it is a function."""
    if variable.sort.kind != "fun":
        return Eq(variable, value)
    names = _hints(value, len(variable.sort.domain))
    scope, arguments = Sequent((variable,)), []
    for name, sort in zip(names, variable.sort.domain, strict=True):
        arguments.append(scope.fresh(name, sort, value))
        scope = scope.with_variable(arguments[-1])
    return _rename(ForAll(arguments, Eq(variable(*arguments), value(*arguments))), names)


def _hints(value: Term, count: int) -> list[str]:
    if value.op == "lam":
        return [b.hint for b in value.data]
    return ["t", "s", "q"][:count] if count <= 3 else [f"t{k}" for k in range(count)]


def _rename(quantified: Term, names: list[str]) -> Term:
    if not names or quantified.op != "forall":
        return quantified
    binder = quantified.data[0]._replace(hint=names[0])
    return Term("forall", (_rename(quantified.args[0], names[1:]),), (binder,), quantified.sort)


def check_theorem(
    theorem: Theorem,
    library: Mapping[str, Theorem],
    evidence: Evidence | None = None,
    *,
    first_only: bool = False,
    watch: Callable[[str, Step], None] | None = None,
    observer: Observer | None = None,
) -> CheckResult:
    """Check one theorem against the statements of the others (which are checked on their own).

    A claim is accepted here if the theorem that it names denies it, and it is open: whether that theorem is proved is
    seen where all results are together (``library_check``), and only there does a claim become refuted.

    Args:
        theorem: what to check.
        library: the results that its steps may apply, by id.
        evidence: what tactics found for its steps.
        first_only: stop at the first diagnostic.
        watch: told the number of each step and the step when its check begins; it has no say in the outcome.
        observer: told what is accepted, claim by claim; it has no say in the outcome either.
    """
    checker = _Checker(theorem, library, evidence or NoEvidence(), first_only, watch, observer)
    steps: tuple[CheckedStep, ...] = ()
    trust, whole = "proved", True
    try:
        if problem := strange_part(theorem):
            checker.stop("SP-SORT-001", "", None, f"the theorem is not what it looks like: {problem}")
        sequent = _statement(checker)
        if theorem.refuted_by:
            _refutation(checker)
            trust = "open"
        elif theorem.proof:
            steps = checker.prove(sequent, theorem.conclusion, theorem.proof, "", None)
            trust = worst(*(s.trust for step in steps for s in step.walk()))
        elif theorem.citation is not None:
            if not (theorem.citation.work.title.strip() and theorem.citation.place.strip()):
                checker.report("SP-CITE-001", "citation", None, "a citation needs a work and a place in it")
            trust = "cited"
            checker.citations.append(f"{theorem.citation.key}: {theorem.citation.text}")
        else:
            trust = "open"
    except Stopped:
        whole = False
    accepted = whole and not checker.diagnostics and all(s.accepted for step in steps for s in step.walk())
    if not accepted:
        trust = "open"
    return CheckResult(
        theorem,
        accepted,
        trust,
        steps,
        tuple(checker.diagnostics),
        theorem.uses(),
        tuple(checker.citations),
    )


def _refutation(checker: _Checker) -> None:
    """Report a claim whose refutation is missing, is a claim itself, or says anything but its negation."""
    claim = checker.theorem
    other = checker.library.get(claim.refuted_by)
    where = "refuted_by"
    if claim.proof:
        checker.report("SP-REFUTE-001", where, None, "a claim that is refuted has no proof")
    if other is None or other.id != claim.refuted_by:
        checker.stop("SP-REFUTE-001", where, None, f"no result {claim.refuted_by!r}")
    if other.refuted_by or other.id == claim.id:
        checker.stop("SP-REFUTE-001", where, None, f"{other.id} is a claim itself, so it refutes nothing")
    try:
        denied = refutes(other, claim)
    except SortError as problem:
        checker.stop("SP-REFUTE-001", where, None, f"the claim cannot be written as one proposition: {problem}")
    if not denied:
        checker.report(
            "SP-REFUTE-001", where, None, f"{other.id} does not say the negation of {claim.id}",
            expected=f"no variables, no hypotheses, and the conclusion {negations(claim)[1]}", got=_said(other),
            hint="prove the negation of the whole claim: variables and hypotheses in its order",
        )  # fmt: skip


def _said(theorem: Theorem) -> str:
    """What a theorem says, in a line."""
    variables = ", ".join(v.name for v in theorem.variables)
    hypotheses = "; ".join(str(p) for _, p in theorem.hypotheses)
    return " ".join(
        [*([f"for all {variables}:"] if variables else []), *([f"if {hypotheses}, then"] if hypotheses else []),
         str(theorem.conclusion)]
    )  # fmt: skip


def _statement(checker: _Checker) -> Sequent:
    """The sequent of a statement's variables and hypotheses, each checked to be defined under those before."""
    theorem = checker.theorem
    state = _State(Sequent(), None)
    for variable in sorted(theorem.variables, key=lambda v: v.sort != INT):
        checker.new_variable(variable, state.sequent, "variables", None)
        state.sequent = state.sequent.with_variable(variable)
    state.sequent = Sequent(theorem.variables)
    for label, proposition in theorem.hypotheses:
        checker.proposition(proposition, state.sequent, label)
        checker.add(state, label, proposition, label, None)
    checker.proposition(theorem.conclusion, state.sequent, "conclusion")
    return state.sequent
