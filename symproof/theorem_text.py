"""A theorem as plain text: what it says, and its structured proof with numbers and reasons."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence

from symproof.diagnostic_text import by_text
from symproof.kernel.check import CheckedStep, CheckResult
from symproof.kernel.interface import rules
from symproof.logic.definition import Definition
from symproof.logic.term import Term
from symproof.plain_prose import plain_prose
from symproof.proof.step import By, Step
from symproof.proof.theorem import Theorem

__all__ = ["counterexample", "proof_lines", "statement_lines"]

WIDTH = 110
UNBROKEN = "\u00a0"
"""A space at which no line is broken."""


def statement_lines(theorem: Theorem) -> list[str]:
    """The statement: variables with their sorts, hypotheses, conclusion, and the definitions that it uses.

    Args:
        theorem: the theorem.
    """
    lines = [*textwrap.wrap(plain_prose(theorem.prose), WIDTH), ""] if theorem.prose else []
    for title, rows in (
        ("Variables", _variables(theorem.variables)),
        ("Hypotheses", [f"{label}: {p}" for label, p in theorem.hypotheses]),
        ("Conclusion", _conclusion(theorem.conclusion)),
        ("Definitions", [_definition(d) for d in theorem.definitions()]),
    ):
        if rows:
            lines += [title, *(line for row in rows for line in _wrapped(row, "  ")), ""]
    return lines[:-1]


def proof_lines(result: CheckResult, mark: Callable[[str], str] = lambda _path: "") -> list[str]:
    """The proof as the kernel read it, one numbered step after the other; a step that fails is marked.

    Args:
        result: the checked theorem.
        mark: further words on the step of a number.
    """
    theorem = result.theorem
    if theorem.refuted_by:
        return [f"A claim without proof; {theorem.refuted_by} is to refute it."]
    if not theorem.proof:
        if theorem.citation is not None:
            return list(_wrapped(f"Cited: {theorem.citation.key}: {theorem.citation.text}", ""))
        return ["Open: there is neither a proof nor a reference."]
    return ["Proof", *_steps(result.steps, mark)]


def counterexample(refutation: CheckResult, claim: Theorem) -> tuple[tuple[str, Term], ...]:
    """The values at which a refutation says that a claim fails, as far as its outermost steps name them.

    Args:
        refutation: the checked theorem that refutes the claim.
        claim: the claim.

    Returns:
        Pairs of a variable of the claim and the term that the refutation gives for it, in the order of the variables;
        none if the refutation gives no witnesses, for example since it denies a universal statement as a whole.
    """
    if refutation.theorem.conclusion.op != "exists":
        return ()
    terms = [term for step in refutation.steps if step.step.kind == "witness" for term in step.step.terms]
    return tuple((v.name, term) for v, term in zip(claim.variables, terms, strict=False))


def _variables(variables: Sequence[Term]) -> list[str]:
    """The variables, those of one sort in a row together."""
    rows: list[tuple[str, list[str]]] = []
    for v in variables:
        if rows and rows[-1][0] == str(v.sort):
            rows[-1][1].append(v.name)
        else:
            rows.append((str(v.sort), [v.name]))
    return [f"{', '.join(names)}: {sort}" for sort, names in rows]


def _conclusion(conclusion: Term) -> list[str]:
    """The parts of a conjunction on lines of their own."""
    if conclusion.op != "and":
        return [str(conclusion)]
    return [f"({k}) {part}" for k, part in enumerate(conclusion.args, 1)]


def _definition(d: Definition) -> str:
    head = f"{d.name}({', '.join(p.name for p in d.params)})"
    doc = f"    [{plain_prose(d.doc)}]" if d.doc else ""
    if d.kind == "explicit":
        return f"{head} := {d.body}{doc}"
    if d.kind == "recursive":
        return f"{head} := {d.base} at {d.params[0].name} = 0, then {d.step}{doc}"
    return f"{head} is a notion without a definition{doc}"


def _steps(steps: Sequence[CheckedStep], mark: Callable[[str], str]) -> Iterator[str]:
    for step in steps:
        margin = "  " * (step.path.count(".") + 1)
        reason = _reason(step.step)
        ends = [f"[{reason}]"] if reason else []
        ends += [] if step.accepted else ["FAILS"]
        ends += [words.replace(" ", UNBROKEN)] if (words := mark(step.path)) else []
        yield from _wrapped(" ".join([f"{step.path}.", _claim(step), *ends]), margin)
        if step.step.note:
            yield from _wrapped(step.step.note, f"{margin}    ")
        yield from _links(step.step, margin)
        yield from _children(step, margin, mark)


def _children(step: CheckedStep, margin: str, mark: Callable[[str], str]) -> Iterator[str]:
    """The sub-proofs, each one under the title of its branch."""
    titles = list(step.titles)
    for child in step.children:
        while titles and child.path.startswith(f"{titles[0][0]}."):
            path, title, assumption = titles.pop(0)
            named = f"{title}: " if title else ""
            text = str(assumption) if assumption is not None else "the goal"
            words = mark(path).replace(" ", UNBROKEN)
            yield from _wrapped(f"{path}. {named}{text} {words}", f"{margin}  ")
        yield from _steps([child], mark)


def _links(step: Step, margin: str) -> Iterator[str]:
    if step.kind == "calc":
        yield from _wrapped(str(step.terms[0]), f"{margin}      ")
        for link in step.links:
            yield from _wrapped(f"{link.relation} {link.term} [{_by(link.by)}]", f"{margin}    ")


def _claim(checked: CheckedStep) -> str:
    step, claim = checked.step, checked.claim
    label = ", ".join(name for name in (step.labels or (step.label,)) if name)
    named = f"({label}) {claim}" if label else str(claim)
    names = ", ".join(v.name for v in step.variables)
    words = {
        "suffices": f"It suffices to show {named}",
        "assume": f"Assume {named}",
        "take": f"Take any {names}",
        "let": f"Let {named}",
        "obtain": f"Take {names} with {named}",
        "witness": f"Choose {', '.join(map(str, step.terms))}; to show: {claim}",
        "cases": "By cases",
        "conjunction": "Each part in turn",
        "contradiction": f"Suppose {named}",
        "induction": f"By induction on {names}",
        "apply": f"By {step.target}: {named}",
        "unfold": f"To show: {claim}" if step.target == "goal" else f"{step.target} says {named}",
        "cite": f"Cited: {named}",
        "open": f"Open: {named}",
        "qed": f"Hence {claim}",
    }
    return words.get(step.kind, named)


def _reason(step: Step) -> str:
    if step.kind == "apply":
        values = ", ".join(f"{name} := {value}" for name, value in step.substitution)
        return f"with {values}" if values else ""
    if step.kind == "unfold":
        return f"unfolding {', '.join(str(d) for d in step.definitions)}"
    if step.kind in ("cite", "open"):
        return step.reference
    return _by(step.by) if step.by is not None else ""


def _by(by: By) -> str:
    rule = rules().get(by.rule)
    words = by_text(by)
    return rule.sentence + words.removeprefix(by.rule) if rule is not None else words


def _wrapped(text: str, margin: str) -> Iterator[str]:
    lines = textwrap.wrap(
        text, max(WIDTH, len(margin) + 40), initial_indent=margin, subsequent_indent=f"{margin}    ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    yield from (line.replace(UNBROKEN, " ") for line in lines)
