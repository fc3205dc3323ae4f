"""Diagnostics for people and for programs: as text, and as a dictionary for JSON."""

from __future__ import annotations

from collections.abc import Iterator

from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.sequent import Hypothesis
from symproof.logic.term import Term
from symproof.proof.step import By
from symproof.source_place import shown_path, shown_place
from symproof.tactics.explain import disputed_claim

__all__ = ["by_text", "diagnostic_dict", "diagnostic_text", "shortened"]

MAX_TERM = 240
MAX_HYPOTHESES = 12


def diagnostic_text(diagnostic: Diagnostic) -> str:
    """Say why a step fails, for its author.

    Args:
        diagnostic: from the kernel, or with the help that ``explain`` adds.

    Returns:
        Several lines without the last line break; the first has the code, the place and the message.
    """
    d = diagnostic
    where = f"{d.theorem} step {d.path}" if d.path[:1].isdigit() else f"{d.theorem} {d.path}".rstrip()
    place = shown_place(d.source.file, d.source.line)
    head = f"{d.code} {where}{f' ({place})' if place else ''}: {shortened(d.message)}"
    return "\n".join([head, *(f"  {line}" for line in _details(d))])


def _details(d: Diagnostic) -> Iterator[str]:
    if d.goal is not None:
        yield f"goal: {shortened(str(d.goal))}"
    if d.by is not None:
        yield f"by: {shortened(by_text(d.by))}"
    if d.got:
        yield f"got: {shortened(d.got)}"
    if d.expected:
        yield f"expected: {shortened(d.expected)}"
    for obligation in d.obligations:
        yield f"not discharged: {shortened(str(obligation))}"
    yield from _in_reach(d)
    if d.nearest:
        yield f"would be accepted: {shortened(' or '.join(d.nearest))}"
    if d.counterexample is not None:
        claim = disputed_claim(d)
        of_what = f" to {shortened(str(claim))}" if claim is not None and claim != d.goal else ""
        yield f"counterexample{of_what}: {d.counterexample}"
    if d.hint:
        yield f"hint: {d.hint}"


def _in_reach(d: Diagnostic) -> Iterator[str]:
    """The hypotheses, those that the justification cites first, then the newest."""
    cited = {fact.label for fact in (*d.by.facts, *d.by.rewrite)} if d.by is not None else set()
    known = d.sequent.hypotheses
    newest = sorted(range(len(known)), key=lambda k: (known[k].label in cited, k), reverse=True)
    chosen = sorted(newest[:MAX_HYPOTHESES])
    if known:
        yield "in reach:"
    for k in chosen:
        yield f"  {known[k].label or '(assumed)'}: {shortened(str(known[k].proposition))}"
    if len(known) > len(chosen):
        yield f"  and {len(known) - len(chosen)} more"


def by_text(by: By) -> str:
    """A justification in words, such as ``linear from a, b; rewriting with c``.

    Args:
        by: the justification.
    """
    parts = [by.rule + (f" from {', '.join(map(str, by.facts))}" if by.facts else "")]
    if by.rewrite:
        parts.append(f"rewriting with {', '.join(map(str, by.rewrite))}")
    if by.unfold:
        parts.append(f"unfolding {', '.join(map(str, by.unfold))}")
    return "; ".join(parts)


def shortened(text: str, limit: int = MAX_TERM) -> str:
    """Cut a long text at a space, and say how much there is.

    Args:
        text: any text; line breaks become spaces.
        limit: how many characters to keep at most.
    """
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    kept = text[:limit]
    cut = kept.rfind(" ")
    return f"{kept[:cut] if cut > limit // 2 else kept} ... ({len(text)} characters)"


def diagnostic_dict(diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic as a JSON object, with every term in full.

    Args:
        diagnostic: from the kernel, or with the help that ``explain`` adds.
    """
    d = diagnostic
    search = d.counterexample
    return {
        "code": d.code,
        "theorem": d.theorem,
        "path": d.path,
        "file": shown_path(d.source.file) if d.source.file else "",
        "line": d.source.line,
        "message": d.message,
        "goal": _term(d.goal),
        "by": by_text(d.by) if d.by is not None else None,
        "hypotheses": [_hypothesis(h) for h in d.sequent.hypotheses],
        "got": d.got,
        "expected": d.expected,
        "obligations": [str(obligation) for obligation in d.obligations],
        "nearest": list(d.nearest),
        "counterexample": search.as_dict() if hasattr(search, "as_dict") else search,
        "hint": d.hint,
    }


def _term(term: Term | None) -> str | None:
    return None if term is None else str(term)


def _hypothesis(hypothesis: Hypothesis) -> dict[str, str]:
    return {"label": hypothesis.label, "proposition": str(hypothesis.proposition)}
