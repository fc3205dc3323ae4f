"""Which statements of some results Coq confirmed: beside each step, for each result, and by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from symproof.report.document import (
    Block,
    Code,
    Confirmation,
    Inline,
    Inlines,
    Paragraph,
    Section,
    Table,
    inlines,
    paragraph,
)
from symproof.report.theorem_blocks import Numbers

__all__ = ["CoqCoverage", "CoqStatement", "coq_paragraph", "coq_section"]

Standing: TypeAlias = Literal["confirmed", "not confirmed", "no lemma", "not asked"]
STANDINGS: tuple[Standing, ...] = ("confirmed", "not confirmed", "no lemma", "not asked")
LONGEST = 120
"""Of a reason, so many characters are shown."""


@dataclass(frozen=True)
class CoqStatement:
    """A statement that the kernel accepted on its own, and what Coq says of it.

    Attributes:
        theorem: the id of the result.
        step: the number of the step, or the label in the statement.
        rule: the rule; ``defined`` or ``condition`` for what a claim or a rule leaves to be shown.
        standing: what Coq says; ``not asked`` if the run that is reported does not know the lemma.
        why: the reason, unless it is confirmed.
    """

    theorem: str
    step: str
    rule: str
    standing: Standing
    why: str = ""


@dataclass(frozen=True)
class CoqCoverage:
    """What Coq says of the statements of some results.

    Attributes:
        statements: all of them.
        source: a sentence: which run of Coq this is.
    """

    statements: tuple[CoqStatement, ...]
    source: str

    @cached_property
    def _steps(self) -> Mapping[tuple[str, str], Counter[Standing]]:
        found: dict[tuple[str, str], Counter[Standing]] = {}
        for s in self.statements:
            found.setdefault((s.theorem, s.step), Counter())[s.standing] += 1
        return found

    def at(self, theorem: str, steps: Iterable[str]) -> Confirmation | None:
        """What is confirmed at some steps of a result; None if no rule accepted anything there."""
        return _confirmation(sum((self._steps.get((theorem, step), Counter()) for step in steps), Counter()))

    def of(self, theorems: Collection[str]) -> Confirmation | None:
        """What is confirmed of some results."""
        return _confirmation(Counter(s.standing for s in self.statements if s.theorem in theorems))

    def in_statement(self, theorem: str) -> Confirmation | None:
        """What is confirmed of a result outside of its proof: that its hypotheses and its conclusion are defined."""
        return self.at(theorem, [s for t, s in self._steps if t == theorem and not s[:1].isdigit()])

    def by_rule(self) -> Mapping[str, Counter[Standing]]:
        """How many statements of each rule stand how."""
        found: dict[str, Counter[Standing]] = {}
        for s in self.statements:
            found.setdefault(s.rule, Counter())[s.standing] += 1
        return dict(sorted(found.items()))

    def as_dict(self) -> dict[str, object]:
        """The numbers, and what is left by name, as a JSON object."""
        left = [vars(s) for s in self.statements if s.standing != "confirmed"]
        rules = {rule: {s: n for s in STANDINGS if (n := counts[s])} for rule, counts in self.by_rule().items()}
        return {"statements": len(self.statements), "by_rule": rules, "left": left, "source": self.source}

    def lines(self) -> list[str]:
        """The numbers in words."""
        counts = Counter(s.standing for s in self.statements)
        also = ", ".join(f"{counts[s]} {s}" for s in STANDINGS[1:] if counts[s])
        words = f"Coq confirms {counts['confirmed']} of {len(self.statements)} statements"
        return [words + (f" ({also})" if also else ""), self.source]


def _confirmation(counts: Counter[Standing]) -> Confirmation | None:
    return Confirmation("Coq", counts["confirmed"], total) if (total := counts.total()) else None


def coq_paragraph(coverage: CoqCoverage, theorem: str) -> list[Block]:
    """How much of a result is confirmed."""
    found, stated = coverage.of([theorem]), coverage.in_statement(theorem)
    if found is None:
        return []
    rest = f" ({stated.confirmed} of {stated.stated} that its statement is defined)" if stated else ""
    return [paragraph(f"Coq confirms {found.confirmed} of the {found.stated} statements accepted here{rest}.")]


def coq_section(coverage: CoqCoverage, order: Collection[str], numbers: Numbers) -> Section:
    """What Coq confirms of all results of a report, by rule; what it does not, by name."""
    found = coverage.of(order) or Confirmation("Coq", 0, 0)
    shown = CoqCoverage(tuple(s for s in coverage.statements if s.theorem in order), coverage.source)
    blocks: list[Block] = [
        paragraph(
            f"Coq, another proof assistant, confirms {found.confirmed} of the {found.stated} statements that rules "
            f"accepted in these results. {coverage.source}"
        ),
        _meaning(),
        _rule_table(shown),
    ]
    if left := _left_table(shown, order, numbers):
        blocks.append(left)
    return Section("What Coq confirms", tuple(blocks), anchor="coq")


def _meaning() -> Paragraph:
    return paragraph(
        "For this report each statement was written as a lemma with a script of tactics, and it counts as confirmed "
        "only if Coq accepted a lemma of the same text with the same script. Coq does not judge how the steps of a "
        "proof fit together, nor what is cited or open. That it does not confirm a lemma means that its script finds "
        "no proof, not that the step is false; no trust level depends on it. Beside each step stands how many of its "
        "statements are confirmed: its claim, the conditions that its rule leaves, and that its terms are defined."
    )


def _rule_table(coverage: CoqCoverage) -> Table:
    rules = coverage.by_rule()
    total = sum(rules.values(), Counter[Standing]())
    columns = [s for s in STANDINGS if total[s] or s != "not asked"]
    rows: list[tuple[Inlines, ...]] = [
        (inlines(Code(rule)), *(inlines(str(n)) for n in (counts.total(), *(counts[s] for s in columns))))
        for rule, counts in rules.items()
    ]
    rows.append((inlines("all"), *(inlines(str(n)) for n in (total.total(), *(total[s] for s in columns)))))
    head = ("Rule", "Statements", *(s.capitalize() for s in columns))
    caption = "What Coq confirms, by rule."
    return Table(tuple(map(inlines, head)), tuple(rows), inlines(caption), "l" + "r" * (len(head) - 1))


def _left_table(coverage: CoqCoverage, order: Collection[str], numbers: Numbers) -> Table | None:
    left: dict[str, dict[tuple[str, str, str], list[str]]] = {name: {} for name in order}
    for s in coverage.statements:
        if s.standing != "confirmed":
            why = s.why[:LONGEST] if s.standing == "no lemma" else ""
            left[s.theorem].setdefault((s.standing, s.rule, why), []).append(s.step)
    rows = []
    for name, groups in left.items():
        if not groups:
            continue
        words: list[Inline | str] = []
        for (standing, rule, why), steps in groups.items():
            words += ["; " if words else "", ", ".join(dict.fromkeys(steps)), " ", Code(rule), f": {standing}"]
            words += [f" ({why})"] if why else []
        found = coverage.of([name]) or Confirmation("Coq", 0, 0)
        rows.append((inlines(numbers.reference(name)), inlines(found.share), inlines(*words)))
    if not rows:
        return None
    whole = len({s.theorem for s in coverage.statements}) - len(rows)
    caption = "What Coq does not confirm, by step." + (f" Of {whole} other results it confirms all." if whole else "")
    return Table(tuple(map(inlines, ("Result", "Confirmed", "Left"))), tuple(rows), inlines(caption), "lll")
