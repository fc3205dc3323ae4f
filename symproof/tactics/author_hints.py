"""What an author should do next: hints for what the kernel refuses.

The kernel says what is wrong and where; here names are compared with those in reach, and the next step is written down
as Python where that is possible. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from symproof.did_you_mean import did_you_mean
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.interface import rules
from symproof.kernel.trial import Trial
from symproof.logic.sort import Sort
from symproof.logic.term import Term
from symproof.logic.text import open_binder
from symproof.proof.python_source import term_source
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem
from symproof.tactics.expand import Expansion
from symproof.tactics.open_goals import HOLE, step_at, step_numbers
from symproof.tactics.tactic import APPLY, TACTICS

__all__ = ["RULE_OPTIONS", "with_hints"]

RULE_OPTIONS: Mapping[str, str] = MappingProxyType(
    {"ideal": "cofactors", "matrix": "cofactors", "sos": "squares", "exact_linear_algebra": "evidence"}
)
"""The option that a rule of the kernel reads besides facts, rewrite and unfold; the other rules read none."""


def with_hints(
    diagnostics: Iterable[Diagnostic],
    theorem: Theorem,
    library: Mapping[str, Theorem],
    expansions: Iterable[Expansion] = (),
) -> tuple[Diagnostic, ...]:
    """Diagnostics with what to do next.

    Args:
        diagnostics: from the kernel.
        theorem: the theorem that was checked.
        library: the results that its steps may apply.
        expansions: what its tactics found and tried.
    """
    tried = {(each.place.goal, each.tactic): each for each in expansions if each.steps is None}
    around = _Around(theorem, library, tried)
    return tuple(_ADVICE[d.code](d, around) if d.code in _ADVICE else d for d in diagnostics)


class _Around:
    """What a hint may look at."""

    def __init__(
        self, theorem: Theorem, library: Mapping[str, Theorem], tried: Mapping[tuple[Term, str], Expansion]
    ) -> None:
        self.theorem, self.library, self.tried = theorem, library, tried

    def step(self, path: str) -> Step | None:
        """The step of that number."""
        try:
            return step_at(self.theorem.proof, path)
        except (LookupError, ValueError):
            return None

    def place_of(self, label: str) -> str:
        """The number of the step that has a label; empty if there is none."""
        for number in step_numbers(self.theorem.proof):
            step = self.step(number)
            if step is not None and label in (step.label, *step.labels, *(b.label for b in step.branches)):
                return number
        return ""


def _hinted(d: Diagnostic, *hints: str) -> Diagnostic:
    """With these hints, before the kernel's own one if there is one."""
    words = [hint for hint in hints if hint]
    return replace(d, hint=" ".join(words)) if words else d


def _unknown_fact(d: Diagnostic, around: _Around) -> Diagnostic:
    name = d.message.partition("'")[2].rpartition("'")[0]
    labels = [h.label for h in d.sequent.hypotheses if h.label]
    step = around.step(d.path)
    if step is not None and step.kind == "unfold":
        labels.append("goal")
    if not labels:
        d = replace(d, expected="no fact has a label here")
    place = around.place_of(name)
    if place:
        inner = "." in place and not d.path.startswith(place.rpartition(".")[0] + ".")
        where = f"Step {place} has this label, but "
        why = (
            "inside of another step: what a sub-proof shows is not known outside"
            if inner
            else "only later steps see it"
        )
        return _hinted(d, where + why + ".")
    return _hinted(d, did_you_mean(name, labels))


def _unknown_rule(d: Diagnostic, around: _Around) -> Diagnostic:
    name = d.by.rule if d.by is not None else ""
    asked = around.tried.get((d.goal, name)) if d.goal is not None else None
    number = asked.place.path if asked is not None else d.path  # as it is in the proof that the author wrote
    state = f"symproof state {d.theorem} {number}"
    if name == HOLE:
        d = replace(d, message="this is still to be shown", expected="a rule, a tactic or a sub-proof")
        return _hinted(d, f"{state} shows what is in reach and what each rule says.")
    if name == APPLY:
        d = replace(d, message=f"{APPLY} is a question, which a check does not answer", expected="a step")
        return _hinted(d, f"symproof expand {d.theorem} {number} prints the step to be pasted.")
    if name in TACTICS:
        found = f"tried: {'; '.join(_grouped(asked.tried))}" if asked is not None and asked.tried else ""
        d = replace(d, message=f"the tactic {name} finds no proof of this", expected="", got=found)
        return _hinted(d, f"{state} shows what is in reach and what each rule says; with --apply, what applies.")
    near = did_you_mean(name, [*rules(), *TACTICS])
    return _hinted(replace(d, expected=f"{d.expected}; or a tactic: {', '.join(TACTICS)}"), near)


def _grouped(tried: tuple[str, ...]) -> list[str]:
    """What was tried, the rules together."""
    plain = [each.removeprefix("rule ") for each in tried if each.startswith("rule ") and each.count(" ") == 1]
    others = [each for each in tried if each.removeprefix("rule ") not in plain]
    return [*([f"the rules {', '.join(plain)}"] if plain else []), *others]


def _unknown_result(d: Diagnostic, around: _Around) -> Diagnostic:
    step = around.step(d.path)
    if step is None or step.target in around.library:
        return d
    return _hinted(d, did_you_mean(step.target, around.library) or "symproof list shows all results.")


def _wrong_substitution(d: Diagnostic, around: _Around) -> Diagnostic:
    step = around.step(d.path)
    other = around.library.get(step.target) if step is not None else None
    if step is None or other is None:
        return d
    names = [v.name for v in other.variables]
    strange = [name for name, _ in step.substitution if name not in names]
    given = dict(step.by.options) if step.by is not None else {}
    labels = [label for label, _ in other.hypotheses]
    wrong = [name for name in given if name not in labels]
    if strange:
        known = f"{other.id} has the variables {', '.join(f'{v.name}: {v.sort}' for v in other.variables)}."
        return _hinted(d, f"{strange[0]!r} is none of its variables.", did_you_mean(strange[0], names), known)
    if wrong:
        return _hinted(d, did_you_mean(wrong[0], labels))
    missing = d.message.rpartition(" ")[2]
    return _hinted(d, f'Give one: apply(..., "{other.id}", {{"{missing}": ...}}).')


def _missing_hypothesis(d: Diagnostic, around: _Around) -> Diagnostic:
    label = d.message.partition("'")[2].partition("'")[0]
    taken = d.sequent.find(label) is not None
    name = f"{label}_here" if taken else label
    return _hinted(d, _have_before(d, name, d.goal))


def _have_before(d: Diagnostic, label: str, claim: Term | None) -> str:
    """The step that would establish a condition, before the step that fails."""
    if claim is None or len(source := term_source(claim)) > 200:
        return f"Establish it before step {d.path}."
    return f'Establish it before step {d.path}, for example have("{label}", {source}, "auto").'


def _missing_condition(d: Diagnostic, around: _Around) -> Diagnostic:
    if not d.obligations:
        return d
    if not d.path[:1].isdigit():
        return _hinted(d, f"Add the hypothesis {term_source(d.obligations[0])} to the statement.")
    return _hinted(d, _have_before(d, "condition", d.obligations[0]), "Or assume it in the statement.")


def _refused(d: Diagnostic, around: _Around) -> Diagnostic:
    by = d.by
    if by is None:
        return d
    strange = [name for name, _ in by.options if name != RULE_OPTIONS.get(by.rule)]
    if strange:
        near = did_you_mean(strange[0], ("rewrite", "unfold", *RULE_OPTIONS.values()))
        return _hinted(d, f"{by.rule} has no option {strange[0]!r}.", near)
    for fact in by.facts:
        said = Trial().fact(d.sequent, fact) if fact.args else None
        if isinstance(said, Term) and said.op == "implies":
            return _hinted(d, f"{fact} still says: if {said.args[0]}, then ...", _have_before(d, "range", said.args[0]))
    shape = _by_shape(d.goal)
    if shape:
        return _hinted(d, shape)
    if by.rule in ("linear", "ring", "field"):
        tactic = "linear?" if by.rule == "linear" else "ring?"
        return _hinted(d, f'by("{tactic}") looks for the facts that it takes.')
    return d


def _by_shape(goal: Term | None) -> str:
    """The step that a goal of this form asks for."""
    if goal is None:
        return ""
    match goal.op:
        case "exists":
            (v,), _ = open_binder(goal)
            return f"The goal says that some {v.name} exists: witness(...) first, with a term of sort {v.sort}."
        case "forall":
            (v,), _ = open_binder(goal)
            return f"The goal is about every {v.name}: take({v.name}) first, a variable of sort {v.sort}."
        case "implies":
            parts = len(goal.args[0].args) if goal.args[0].op == "and" else 1
            labels = ", ".join(f'"label_{k}"' for k in range(1, parts + 1)) if parts > 1 else '"label"'
            return f"The goal is an implication: assume({labels}) first."
        case "and":
            return f"The goal is a conjunction: conjunction({', '.join(['[steps]'] * len(goal.args))}) shows its parts."
        case "or":
            return 'The goal is an alternative: by("logic", "label") if one part is known, or cases.'
        case "call":
            name = goal.data.name.split(".")[-1]
            return f'The goal is a definition folded up: unfold("goal", "goal", {name}) says what it means.'
    return ""


def _wrong_step(d: Diagnostic, around: _Around) -> Diagnostic:
    step = around.step(d.path)
    if step is None:
        return d
    if d.goal is None and "already reached" in d.message:
        prefix, _, number = d.path.rpartition(".")
        before = f"{prefix}.{int(number) - 1}" if prefix else str(int(number) - 1)
        return _hinted(d, f"Step {before} reaches it: put this step before that one, or delete it.")
    if step.kind == "conjunction":
        parts = len(d.goal.args) if d.goal is not None and d.goal.op == "and" else 0
        wanted = f"{parts} lists of steps, one for each part" if parts else "a goal that is a conjunction"
        return _hinted(replace(d, expected=wanted), "" if parts else _by_shape(d.goal))
    if step.kind == "calc":
        return _hinted(d, _relation_hint(step))
    if step.kind == "unfold":
        return _hinted(d, _foldable(d.goal))
    if step.kind == "witness" and d.goal is not None:
        if d.goal.op == "exists":
            (v,), _ = open_binder(d.goal)
            return _hinted(replace(d, expected=f"a term of sort {v.sort} for {v.name}"))
        return _hinted(d, f"{len(step.terms)} terms are given, more than the goal asks for.")
    if step.kind == "obtain":
        said = d.sequent.find(step.facts[0].label) if step.facts else None
        if said is not None and said.op != "exists":
            return replace(d, got=str(said), expected="a fact that says that something exists")
        return d
    if step.kind in ("take", "assume") and "labels for" not in d.message:
        return _hinted(d, _by_shape(d.goal) or "Nothing is left to introduce: the next step shows the goal.")
    return d


def _relation_hint(step: Step) -> str:
    signs = ("=", "<=", "<", ">=", ">")
    turned = {"=<": "<=", "=>": ">=", "≤": "<=", "≥": ">=", "<>": "!="}
    for link in step.links:
        if link.relation not in (*signs, "=="):
            return f"Did you mean {turned[link.relation]!r}?" if link.relation in turned else ""
    return "A chain goes up (=, <=, <) or down (=, >=, >), not both: make two chains of it."


def _foldable(goal: Term | None) -> str:
    names = dict.fromkeys(t.data.name for t in goal.walk() if t.op == "call") if goal is not None else {}
    return f"What can be unfolded there: {', '.join(names)}." if names else "No definition occurs there."


def _not_reached(d: Diagnostic, around: _Around) -> Diagnostic:
    step = around.step(d.path)
    if "without a reason" in d.message:
        return _hinted(d, 'Give a rule, by("linear", "label"), a tactic such as "auto", or proof=[steps].')
    if shape := _by_shape(d.goal):
        return _hinted(d, shape)
    if step is not None and step.claim is not None and d.goal is not None and step.claim != d.goal:
        last = f"The last step claims {step.claim}, which is not the goal."
        return _hinted(d, last, f'If the goal follows from it: qed(by("linear", "{step.label}")), or another rule.')
    return _hinted(d, 'Add a step that establishes the goal, for example qed("auto").')


def _wrong_variable(d: Diagnostic, around: _Around) -> Diagnostic:
    step = around.step(d.path)
    sort: Sort | None = d.goal.data[0].sort if d.goal is not None and d.goal.op in ("forall", "exists") else None
    words = {"int": "integer", "real": "real"}
    if step is not None and sort is not None and "of sort" in d.message and sort.kind in words:
        names = " ".join(v.name for v in step.variables)
        return _hinted(d, f'Declare it as {words[sort.kind]}("{names}").')
    return d


def _out_of_scope(d: Diagnostic, around: _Around) -> Diagnostic:
    name = d.message.partition("'")[2].partition("'")[0]
    same = next((v for v in d.sequent.variables if v.name == name), None)
    if same is not None:
        return _hinted(d, f"{name} is of sort {same.sort} here: use one and the same Python variable.")
    return _hinted(d, did_you_mean(name, [v.name for v in d.sequent.variables]), f"{d.hint[:1].upper()}{d.hint[1:]}.")


def _instance(d: Diagnostic, around: _Around) -> Diagnostic:
    variables: list[str] = []
    p = d.goal
    while p is not None and p.op in ("forall", "implies"):
        if p.op == "forall":
            (v,), p = open_binder(p)
            variables.append(f"{v.name}: {v.sort}")
        else:
            p = p.args[1]
    wanted = f"values for {', '.join(variables)}" if variables else "a fact that says something for all values"
    return replace(d, expected=wanted)


def _cases(d: Diagnostic, around: _Around) -> Diagnostic:
    return _hinted(d, "Add the case that is missing, or say why one of them holds: exhaustive=by(rule, facts).")


_Advice = Callable[[Diagnostic, _Around], Diagnostic]
_ADVICE: Mapping[str, _Advice] = MappingProxyType(
    {
        "SP-FACT-001": _unknown_fact,
        "SP-FACT-002": _instance,
        "SP-RULE-001": _unknown_rule,
        "SP-RULE-002": _refused,
        "SP-OBL-001": _missing_condition,
        "SP-DEF-001": _missing_condition,
        "SP-GOAL-001": _wrong_step,
        "SP-GOAL-002": _not_reached,
        "SP-VAR-001": _wrong_variable,
        "SP-VAR-002": _out_of_scope,
        "SP-APPLY-001": _unknown_result,
        "SP-APPLY-002": _missing_hypothesis,
        "SP-APPLY-003": _wrong_substitution,
        "SP-CASE-001": _cases,
    }
)
