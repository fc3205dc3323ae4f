"""Why a step holds, in words: the sentence of its rule, the facts it uses by number, definitions, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from symproof.kernel.interface import rules
from symproof.logic.latex import to_latex
from symproof.proof.step import By, FactReference
from symproof.report.document import Emphasis, Inline, Inlines, Reference, Text, math

__all__ = ["FactNames", "definition_words", "fact_words", "reason_words"]


@dataclass(frozen=True)
class FactNames:
    """How the facts of one proof are called: by the number of the step that established them, or by their label.

    Attributes:
        prefix: the start of the anchors of this proof.
        paths: the number of the step for each label.
        notation: how variables are set.
    """

    prefix: str
    paths: Mapping[str, str] = field(default_factory=dict)
    notation: Mapping[str, str] = field(default_factory=dict)

    def name(self, label: str) -> Inline:
        """A link to the step of that label, or the label of a hypothesis."""
        path = self.paths.get(label)
        if path is None:
            return Emphasis(label.replace("_", " "))
        return Reference(f"{self.prefix}:{path}", path)


def fact_words(facts: Iterable[FactReference], names: FactNames) -> Inlines:
    """Facts, separated by commas, with the terms that they are instantiated at."""
    words: list[Inline] = []
    for fact in facts:
        name = names.name(fact.label)
        if not fact.args and name in words:
            continue  # another part of the same step
        if words:
            words.append(Text(", "))
        words.append(name)
        shown = [to_latex(a, names.notation) for a in fact.args]
        if shown and all(len(s) < 40 for s in shown):
            words += [Text(" at "), math(", ".join(shown))]
        elif shown:
            words.append(Text(" for this choice"))
    return tuple(words)


def definition_words(by: By) -> Inlines:
    """The definitions that a justification unfolds."""
    if not by.unfold:
        return ()
    names = ", ".join(d.name.split(".")[-1].replace("_", " ") for d in by.unfold)
    return (Text(f" and the definition{'s' if len(by.unfold) > 1 else ''} of {names}"),)


def reason_words(by: By, detail: str, names: FactNames) -> Inlines:
    """The reason of a step in words and symbols."""
    rule = rules().get(by.rule)
    words: list[Inline] = [Text(rule.sentence if rule is not None else f"by {by.rule}")]
    facts = fact_words(by.facts, names)
    if facts:
        words += [Text(" from "), *facts]
    rewritten = fact_words(by.rewrite, names)
    if rewritten:
        words += [Text(", using " if facts else " using "), *rewritten]
    words += definition_words(by)
    if detail and len(detail) < 70:
        words.append(Text(f" ({detail})"))
    return tuple(words)
