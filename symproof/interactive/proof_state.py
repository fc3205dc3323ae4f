"""A proof that grows step by step: what is to be shown, what is in reach, what the rules say.

A state is a theorem with a proof that has holes. It is no evidence of anything: the kernel checks the proof that comes
out of it from scratch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from symproof.errors import InputError
from symproof.interactive.applications import Applications
from symproof.interactive.rule_answer import RuleAnswer, rule_answers
from symproof.kernel.check import CheckResult
from symproof.kernel.diagnostic import Diagnostic
from symproof.logic.term import Term
from symproof.proof import author
from symproof.proof.python_source import steps_source
from symproof.proof.step import By, Step
from symproof.proof.theorem import Theorem, walk
from symproof.tactics.apply_search import apply_search
from symproof.tactics.author_hints import with_hints
from symproof.tactics.evidence_search import SearchingEvidence, prove_theorem
from symproof.tactics.open_goals import (
    HOLE,
    OpenGoal,
    hole,
    list_at,
    open_goals,
    replaced_at,
    step_at,
    step_numbers,
    up_to,
)
from symproof.tactics.tactic import TACTICS, run_tactic

__all__ = ["InReach", "ProofState", "StepRefusedError", "start", "state_at", "state_dict", "state_text"]


MAX_NUMBERS = 20


class StepRefusedError(InputError):
    """A step does not fit the goal; ``found`` says what the kernel has against it."""


@dataclass(frozen=True)
class InReach:
    """A proposition that may be used.

    Attributes:
        label: how a step names it; empty if it has no name.
        proposition: what it says.
        origin: where it comes from: a hypothesis of the statement, or the number and the kind of a step.
    """

    label: str
    proposition: Term
    origin: str = ""


@dataclass(frozen=True)
class ProofState:
    """A proof with open goals; immutable: each step gives a new state.

    Attributes:
        theorem: the statement, with the proof so far; a hole stands where it goes on.
        goals: what is left to show; steps go to the first one.
        claim: at a step of a finished proof that has a claim of its own: that claim.
        by: the justification of that claim.
        library: the results that steps may apply.
    """

    theorem: Theorem
    goals: tuple[OpenGoal, ...]
    claim: Term | None = None
    by: By | None = None
    library: Mapping[str, Theorem] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    # Reading -----------------------------------------------------------------------------------------------------

    @property
    def goal(self) -> Term | None:
        """What is to be shown next; None when nothing is left."""
        return self.goals[0].goal if self.goals else None

    @property
    def path(self) -> str:
        """The number of the next step; empty when nothing is left."""
        return self.goals[0].path if self.goals else ""

    @property
    def variables(self) -> tuple[Term, ...]:
        """The variables in scope."""
        return self.goals[0].sequent.variables if self.goals else ()

    @property
    def hypotheses(self) -> tuple[InReach, ...]:
        """What is in reach, oldest first."""
        if not self.goals:
            return ()
        origins = _origins(self.theorem, self.path)
        known = self.goals[0].sequent.hypotheses
        return tuple(InReach(h.label, h.proposition, origins.get(h.label, "")) for h in known)

    def rules(self) -> tuple[RuleAnswer, ...]:
        """What each rule says of the goal (or of the claim of the step), those that accept it first."""
        if not self.goals:
            return ()
        target = self.claim if self.claim is not None else self.goals[0].goal
        return rule_answers(self.goals[0].sequent, target, self.by)

    def apply_search(self) -> Applications:
        """The results of the library that apply to the goal (or to the claim of the step), the best ones first."""
        if not self.goals:
            return Applications(())
        here = self.goals[0]
        target = self.claim if self.claim is not None else here.goal
        taken = {name for step in walk(self.theorem.proof) for name in (step.label, *step.labels) if name}
        return Applications(
            apply_search(here.sequent, target, self.library, inside=self.theorem.id, taken=taken)
        )  # fmt: skip

    # Steps -------------------------------------------------------------------------------------------------------

    def apply_step(self, step: Step) -> ProofState:
        """The state after a step; a ``have``, case or part without a proof becomes a goal of its own.

        Raises:
            StepRefusedError: the kernel does not take the step here, or nothing is left to show.
        """
        if not self.goals:
            raise StepRefusedError("nothing is left to show", hint="state.check() checks the whole proof.")
        if step.by is not None and step.by.rule in TACTICS and step.kind in ("have", "qed"):
            step = self._expanded(step)
        opened = _with_holes(step)
        ends = step.kind in ("qed", "cases", "conjunction", "contradiction", "induction")
        path, old = self.path, self.theorem
        proof = replaced_at(old.proof, path, lambda s, k: (*s[:k], opened, *([] if ends else [hole()]), *s[k + 1 :]))
        found = _state(replace(old, proof=proof), self.library)
        before = {(d.path, d.code) for d in _against(old, self.library)}
        new = [d for d in _against(found.theorem, self.library) if (d.path, d.code) not in before]
        if new:
            new = list(with_hints(new[:1], found.theorem, self.library))
            raise StepRefusedError(new[0].message, f"step {new[0].path}", new[0].expected, new[0].got, new[0].hint)
        return found._closed()

    def steps(self, *steps: Step) -> ProofState:
        """The state after several steps."""
        state = self
        for step in steps:
            state = state.apply_step(step)
        return state

    def have(self, label: str, claim: Term, reason: By | str | None = None) -> ProofState:
        """The state after a claim; without a reason the claim is the next goal."""
        return self.apply_step(author.have(label, claim, reason))

    def qed(self, reason: By | str) -> ProofState:
        """The state after the goal is shown by a rule or a tactic."""
        return self.apply_step(author.qed(reason))

    def auto(self, tactic: str = "auto") -> ProofState:
        """The state after a tactic has shown the goal. Raises StepRefusedError if it finds nothing."""
        return self.qed(tactic)

    def proof(self) -> tuple[Step, ...]:
        """The steps. Raises InputError while something is left to show."""
        if self.goals:
            raise InputError("the proof is not finished", f"step {self.path}", found=f"to show: {self.goal}")
        return self.theorem.proof

    def check(self) -> CheckResult:
        """What the kernel says of the whole proof, from scratch; with an open goal it is not accepted."""
        return prove_theorem(self.theorem, self.library)[0]

    def source(self) -> str:
        """The steps as Python, to be pasted into a module."""
        return steps_source(self.theorem.proof)

    def _expanded(self, step: Step) -> Step:
        goal = self.goals[0]
        target = step.claim if step.kind == "have" and step.claim is not None else goal.goal
        by = step.by if step.by is not None else By("auto")
        taken = {h.label for h in goal.sequent.hypotheses} | {step.label}
        run = run_tactic(by, goal.sequent, target, taken, library=self.library, inside=self.theorem.id)
        found = run.steps
        if found is None:
            what = f"to show: {target}; tried: {', '.join(run.tried)}"
            raise StepRefusedError(f"the tactic {by.rule} finds no proof", f"step {self.path}", found=what)
        if len(found) == 1 and found[0].by is not None:
            return replace(step, by=found[0].by)
        if step.kind == "have":
            return replace(step, by=None, steps=found)
        label = next(x for k in range(1, 999) if goal.sequent.find(x := f"shown_{k}") is None)
        return replace(author.have(label, target, proof=found), source=step.source)

    def _closed(self) -> ProofState:
        """Without the holes whose goal is in reach already."""
        for goal in self.goals:
            siblings, position = list_at(self.theorem.proof, goal.path)
            if position == 0 or position != len(siblings) - 1:
                continue
            proof = replaced_at(self.theorem.proof, goal.path, lambda s, k: (*s[:k], *s[k + 1 :]))
            without = replace(self.theorem, proof=proof)
            if not any(d.code == "SP-GOAL-002" and d.goal == goal.goal for d in _against(without, self.library)):
                return _state(without, self.library)._closed()
        return self

    # Display -----------------------------------------------------------------------------------------------------

    def __repr__(self) -> str:
        return state_text(self)

    def _repr_html_(self) -> str:
        from symproof.interactive.state_display import state_html  # heavy, and displays alone need it

        return state_html(self)

    def _repr_latex_(self) -> str:
        from symproof.interactive.state_display import state_latex  # heavy, and displays alone need it

        return state_latex(self)


def start(
    theorem: Theorem | None = None,
    library: Mapping[str, Theorem] | None = None,
    *,
    variables: Sequence[Term] = (),
    hypotheses: Mapping[str, Term] | None = None,
    goal: Term | None = None,
) -> ProofState:
    """The state at the beginning of a proof.

    Args:
        theorem: what is to be proved; its own proof is set aside. Without one, the following three are the statement.
        library: the results that steps may apply.
        variables: the variables of the statement.
        hypotheses: its hypotheses by label.
        goal: its conclusion.

    Raises:
        InputError: there is neither a theorem nor a goal, or the statement is no good.
    """
    if theorem is None:
        if goal is None:
            raise InputError("there is nothing to prove", expected="a theorem, or goal=a proposition")
        named = tuple((hypotheses or {}).items())
        theorem = Theorem("interactive", "", tuple(variables), named, goal)
    return _state(replace(theorem, proof=(hole(),), citation=None), MappingProxyType(dict(library or {})))


def state_at(theorem: Theorem, path: str, library: Mapping[str, Theorem]) -> ProofState:
    """The state just before a step of a proof.

    Args:
        theorem: with its proof.
        path: the number of the step, such as ``2.1``; empty for the beginning.
        library: the results that its steps may apply.

    Raises:
        InputError: there is no such step, or what comes before it does not lead there.
    """
    if not path or not theorem.proof:
        return start(theorem, library)
    try:
        step = step_at(theorem.proof, path)
        cut = replace(theorem, proof=up_to(theorem.proof, path, hole()))
    except (LookupError, ValueError):
        raise InputError(
            f"{theorem.id} has no step of that number", "STEP", f"one of {_numbers_near(theorem, path)}", path[:40],
            f"symproof show {theorem.id} numbers the steps.",
        ) from None  # fmt: skip
    goals, others = open_goals(cut, library, lambda by: by.rule == HOLE)
    here = tuple(g for g in goals if g.path == path)
    if not here:
        reason = f"{others[0].message} (step {others[0].path})" if others else "a step before it fails"
        raise InputError(f"step {path} of {theorem.id} is not reached", "STEP", "a step that is reached", reason)
    claim, by = (step.claim, step.by) if step.kind in ("have", "suffices") else (None, step.by)
    return ProofState(replace(theorem, proof=theorem.proof), here[:1], claim, by, library)


def _numbers_near(theorem: Theorem, path: str) -> str:
    """The numbers of the steps beside one that is not there: the innermost list of steps that its parts lead to."""
    numbers = tuple(step_numbers(theorem.proof))
    around = path
    while around:
        around = around.rpartition(".")[0]
        inside = [n for n in numbers if n.startswith(f"{around}.")] if around else list(numbers)
        if inside:
            least = min(n.count(".") for n in inside)
            here = [n for n in inside if n.count(".") == least]
            return ", ".join(here[:MAX_NUMBERS]) + (f" ... {here[-1]}" if len(here) > MAX_NUMBERS else "")
    return "none: the proof is empty"


def _state(theorem: Theorem, library: Mapping[str, Theorem]) -> ProofState:
    goals, others = open_goals(theorem, library, lambda by: by.rule == HOLE)
    for d in others:
        if not d.path[:1].isdigit():
            raise InputError(d.message, f"{theorem.id}: {d.path}", d.expected, d.got, d.hint)
    return ProofState(theorem, goals, library=library)


def _against(theorem: Theorem, library: Mapping[str, Theorem]) -> tuple[Diagnostic, ...]:
    return open_goals(theorem, library, lambda by: by.rule == HOLE, SearchingEvidence())[1]


def _with_holes(step: Step) -> Step:
    """The step with a hole in each sub-proof that is not there yet."""
    if step.kind in ("have", "suffices", "contradiction") and step.by is None and not step.steps:
        step = replace(step, steps=(hole(),))
    if step.branches:
        step = replace(step, branches=tuple(b if b.steps else replace(b, steps=(hole(),)) for b in step.branches))
    return step


def _origins(theorem: Theorem, path: str) -> dict[str, str]:
    """Where the facts in reach at a step come from, by label."""
    found = {label: "hypothesis of the statement" for label, _ in theorem.hypotheses}
    numbers = path.split(".")
    for length in range(1, len(numbers) + 1):
        try:
            siblings, position = list_at(theorem.proof, ".".join(numbers[:length]))
        except LookupError:
            continue
        prefix = ".".join(numbers[: length - 1])
        for number, step in enumerate(siblings[: position + 1], 1):
            name = f"step {prefix}.{number}" if prefix else f"step {number}"
            inside = number == position + 1
            if inside and step.kind not in ("suffices", "contradiction", "induction", "cases"):
                continue
            labels = step.labels or ((step.label,) if step.label else ())
            for label in (*labels, *((b.label for b in step.branches if b.label) if inside else ())):
                found[label] = f"{name}, {step.kind}"
    return found


# Text ----------------------------------------------------------------------------------------------------------------


def state_text(state: ProofState) -> str:
    """The state as a person reads it: variables, what is in reach, the goal behind a turnstile."""
    if not state.goals:
        return "No goals are left. state.check() checks the whole proof."
    lines = [f"{len(state.goals)} goal{'s' * (len(state.goals) > 1)}; at step {state.path}:"]
    by_sort: dict[str, list[str]] = {}
    for v in state.variables:
        by_sort.setdefault(str(v.sort), []).append(v.name)
    lines += [f"  {', '.join(names)}: {sort}" for sort, names in by_sort.items()]
    for h in state.hypotheses:
        origin = f"    [{h.origin}]" if h.origin else ""
        lines.append(f"  {h.label or '(assumed)'}: {h.proposition}{origin}")
    lines.append(f"⊢ {state.goal}")
    if state.claim is not None and state.claim != state.goal:
        lines.append(f"this step claims: {state.claim}")
    lines += [f"then, at step {g.path}: ⊢ {g.goal}" for g in state.goals[1:]]
    return "\n".join(lines)


def state_dict(state: ProofState) -> dict[str, Any]:
    """The state as plain data, for JSON and for displays."""
    return {
        "theorem": state.theorem.id,
        "path": state.path,
        "goal": str(state.goal) if state.goal is not None else None,
        "claim": str(state.claim) if state.claim is not None else None,
        "variables": [{"name": v.name, "sort": str(v.sort)} for v in state.variables],
        "hypotheses": [
            {"label": h.label, "proposition": str(h.proposition), "origin": h.origin} for h in state.hypotheses
        ],
        "goals": [{"path": g.path, "goal": str(g.goal)} for g in state.goals],
    }
