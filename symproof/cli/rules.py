"""``symproof rules``: what the rules of the kernel decide and when they refuse, with examples that are run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.exit_code import ExitCode
from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.reference.rule_reference import JudgedExample, RuleEntry, rule_entries

__all__ = ["run"]


def run(
    names: Annotated[list[str] | None, typer.Argument(metavar="[RULE]...", help="Only these; all if none.")] = None,
) -> Answer:
    """Say of each rule of the kernel what it decides and when it refuses, with good and bad examples.

    The examples are put before the kernel now; what is shown is what it says.
    """
    entries = rule_entries()
    for name in names or ():
        if name not in entries:
            hint = did_you_mean(name, list(entries))
            raise InputError("no such rule", "rules", "one of " + ", ".join(entries), name[:60], hint)
    chosen = [entries[name] for name in names or entries]
    return Answer(
        ExitCode.YES,
        {"rules": [entry.as_dict() for entry in chosen]},
        "\n\n".join("\n".join(_lines(entry)) for entry in chosen),
    )


def _lines(entry: RuleEntry) -> Iterator[str]:
    yield entry.rule.name
    yield f"  decides: {entry.rule.decides}"
    yield f"  refuses: {entry.rule.refuses}"
    for example in entry.good:
        yield f"  + {_claim(example)}"
    for example in entry.bad:
        yield f"  - {_claim(example)}"
        yield f"      {example.reason}. {example.remark}"


def _claim(example: JudgedExample) -> str:
    facts = ", ".join(fact for _, fact in example.facts)
    return f"{example.claim}" + (f"   from {facts}" if facts else "")
