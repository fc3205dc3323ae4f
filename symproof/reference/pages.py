"""Generated pages of the documentation, as Markdown: the rules, and the table of contents of the mathematics."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from symproof.library_check import CheckedTheorem
from symproof.reference.rule_reference import JudgedExample, RuleEntry, rule_entries

__all__ = ["chapters_page", "rules_page"]


def rules_page() -> str:
    """The rules reference: every rule with examples that the kernel judges now."""
    head = (
        "# Rules\n\nEvery step of a proof names a rule of the kernel. The examples on this page were put before the "
        "kernel when the page was made; what it says of a claim that it refuses is quoted. `symproof rules` prints "
        "the same.\n"
    )
    return "\n".join([head, *(_rule(entry) for entry in rule_entries().values())])


def _rule(entry: RuleEntry) -> str:
    lines = [
        f"## {entry.rule.name}",
        "",
        f"**Decides** {_first_small(entry.rule.decides)}",
        "",
        f"**Refuses** {_first_small(entry.rule.refuses)}",
        "",
        f"In a report it reads: “{entry.rule.sentence}”.",
        "",
        "| accepted | justification | level |",
        "|---|---|---|",
        *(f"| {_claim(e)} | {_code(e.by)} | {e.trust} |" for e in entry.good),
        "",
        "| refused | justification | what the kernel says | why |",
        "|---|---|---|---|",
        *(f"| {_claim(e)} | {_code(e.by)} | {_code(e.reason)} | {_cell(e.remark)} |" for e in entry.bad),
        "",
    ]
    return "\n".join(lines)


def _first_small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _claim(example: JudgedExample) -> str:
    facts = "<br>".join(f"from {_code(f'{label}: {fact}')}" for label, fact in example.facts)
    return _code(example.claim) + (f"<br>{facts}" if facts else "")


def _code(text: str) -> str:
    return f"`{_cell(text).replace('`', chr(39))}`"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def chapters_page(checked: Mapping[str, CheckedTheorem], addresses: Mapping[str, str]) -> str:
    """The table of contents of the mathematics.

    Args:
        checked: all results, checked in this run.
        addresses: chapter to the address of its page.
    """
    parts = [
        "# The mathematics",
        "",
        "Every result with its trust, computed from the graph when this page was made. A chapter's page has the "
        "statements, the definitions and the proofs step by step.",
        "",
    ]
    for chapter, names in groupby(sorted(checked), key=lambda name: name.partition(".")[0]):
        parts += [f"## {chapter}", "", f'<a href="{addresses[chapter]}">Statements and proofs</a>', ""]
        parts += ["| id | result | trust |", "|---|---|---|"]
        for name in names:
            each = checked[name]
            trust = each.trust if each.accepted else "not accepted"
            parts.append(f"| `{name}` | {_cell(each.theorem.title)} | {trust} |")
        parts.append("")
    return "\n".join(parts)
