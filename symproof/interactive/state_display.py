"""The state of a proof as a person sees it in Jupyter: mathematics as mathematics, in the notation of the theorem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symproof.interactive.rule_answer import RuleAnswer, rule_answer
from symproof.kernel.sequent import conjuncts
from symproof.logic.latex import sort_to_latex, to_latex
from symproof.report.document import (
    Block,
    Code,
    Formula,
    Hypothesis,
    Inline,
    ListBlock,
    Paragraph,
    Statement,
    Strong,
    inlines,
    math,
    paragraph,
)
from symproof.report.html_renderer import render_fragment
from symproof.report.latex_words import latex_rows, latex_words
from symproof.report.theorem_blocks import prose_inlines

if TYPE_CHECKING:
    from symproof.interactive.proof_state import ProofState

__all__ = ["state_html", "state_latex"]


def state_html(state: ProofState) -> str:
    """A state as an HTML element: variables, what is in reach with its origin, the goal, what else is left.

    At a step of a finished proof: also what the step claims, and what the rule that it names says of that.

    Args:
        state: the state.

    Returns:
        One element; nothing in it runs or is fetched.
    """
    if not state.goals:
        done = paragraph("No goals are left. ", Code("state.check()"), " checks the whole proof.")
        return render_fragment([done])
    notation = state.theorem.notation
    shown: list[Block] = [_sequent(state)]
    if state.claim is not None and state.claim != state.goal:
        shown.append(paragraph("This step claims ", math(to_latex(state.claim, notation)), "."))
    answer = _answer(state)
    if answer is not None:
        shown.append(_said(answer))
    if len(state.goals) > 1:
        later = [inlines("at step ", g.path, ": ", math(to_latex(g.goal, notation))) for g in state.goals[1:]]
        shown += [paragraph("Then it is left to show:"), ListBlock(tuple(later))]
    return render_fragment(shown)


def state_latex(state: ProofState) -> str:
    """A state as one formula between dollar signs: what is in reach, a rule, the goals; empty if nothing is left.

    Args:
        state: the state.
    """
    if not state.goals:
        return ""
    notation = state.theorem.notation
    rows: list[tuple[str, ...]] = [
        (latex_words(h.label or "(assumed)"), to_latex(h.proposition, notation)) for h in state.hypotheses
    ]
    rows.append(())
    rows += [(rf"{latex_words(goal.path)} \;\vdash", to_latex(goal.goal, notation)) for goal in state.goals]
    return latex_rows(rows, "rl")


def _sequent(state: ProofState) -> Statement:
    """The first goal as a statement whose hypotheses are what is in reach."""
    notation = state.theorem.notation
    reach = []
    for h in state.hypotheses:
        *first, last = (to_latex(part, notation) for part in conjuncts(h.proposition))
        origin = h.origin.replace("hypothesis of the statement", "given")  # short: it stands beside a formula
        formulas = (*map(Formula, first), Formula(last, note=f"({origin})" if origin else ""))
        reach.append(Hypothesis((h.label or "(assumed)").replace("_", " "), formulas=formulas))
    count = len(state.goals)
    return Statement(
        kind="Goal",
        number="" if count == 1 else f"1 of {count}",
        name=f"at step {state.path}",
        id=state.theorem.id,
        variables=tuple(inlines(math(sort_to_latex(v, notation))) for v in state.variables),
        hypotheses=tuple(reach),
        prose=prose_inlines(state.theorem.title),
        conclusion=inlines("To show"),
        conclusions=tuple(Formula(to_latex(part, notation)) for part in conjuncts(state.goals[0].goal)),
    )


def _answer(state: ProofState) -> RuleAnswer | None:
    """What the rule of the step says; no other rule is asked, since that takes long."""
    if state.by is None:
        return None
    target = state.claim if state.claim is not None else state.goals[0].goal
    return rule_answer(state.by.rule, state.goals[0].sequent, target, state.by)


def _said(answer: RuleAnswer) -> Paragraph:
    words: list[Inline | str] = ["The rule ", Code(answer.rule), " "]
    words += [Strong("accepts" if answer.accepts else "refuses"), " this"]
    if answer.accepts:
        words += [" as ", Code(answer.reason)]
    elif answer.reason:
        words += [f": {answer.reason}"]
    return paragraph(*words, f" ({answer.detail})." if answer.detail else ".")
