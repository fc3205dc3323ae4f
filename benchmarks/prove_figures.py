"""What ``symproof prove`` makes of the corpus ``prove_corpus.json``: answers and processor time by kind.

The corpus is a file for ``symproof prove --file``, whose ids are ``kind.name``. ``prove_corpus_truth.json`` says which
claims are true, and where the others fail (``at``; for a true one these are values that meet its hypotheses);
``tests/soundness/test_prove_corpus.py`` checks both by numbers, without the prover. Times and the limit are processor
time, so that what else the machine does changes no answer.

Run: ``python benchmarks/prove_figures.py [--timeout SECONDS] [--write docs/prove-figures.md]``, or ``make corpus``.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symproof.tactics.prove import DEFAULT_TIMEOUT, prove_claim

CORPUS = Path(__file__).with_name("prove_corpus.json")
TRUTH = Path(__file__).with_name("prove_corpus_truth.json")
HEAD = "| kind | true | proved | false | refuted with a witness | unknown | wrong | median s | slowest s |"


@dataclass(frozen=True)
class Answer:
    """The answer to one claim. ``seconds`` is processor time."""

    id: str
    truth: bool
    status: str
    witness: bool
    seconds: float

    @property
    def right(self) -> bool:
        """Whether a true claim was proved, or a false one refuted with values (a closed one needs none)."""
        return self.status == "proved" if self.truth else self.status == "refuted" and self.witness

    @property
    def wrong(self) -> bool:
        """Whether a false claim was proved, or a true one refuted."""
        return self.status == ("refuted" if self.truth else "proved")


def answer(entry: dict[str, Any], timeout: float) -> Answer:
    """Work on one claim; ``timeout`` is processor time."""
    time.monotonic = time.process_time  # the prover's clock; this process does nothing else
    sys.setrecursionlimit(6_000)
    start = time.process_time()
    found = prove_claim(entry["vars"], entry["hypotheses"], entry["claim"], timeout)
    witness = found.counterexample is not None and found.counterexample.keys() == entry["vars"].keys()
    return Answer(entry["id"], entry["truth"], found.status, witness, time.process_time() - start)


def answers(entries: Sequence[dict[str, Any]], timeout: float) -> list[Answer]:
    """Each claim in a process of its own, as many at once as there are processors."""
    context = multiprocessing.get_context("fork")
    with context.Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        return pool.starmap(answer, [(entry, timeout) for entry in entries], chunksize=1)


def row(name: str, found: Sequence[Answer]) -> str:
    """One line of the table."""
    true, false = [a for a in found if a.truth], [a for a in found if not a.truth]
    seconds = [a.seconds for a in found]
    cells: Iterable[object] = (
        name, len(true), sum(a.right for a in true), len(false), sum(a.right for a in false),
        sum(not a.right and not a.wrong for a in found), sum(a.wrong for a in found),
        f"{statistics.median(seconds):.2f}", f"{max(seconds):.2f}",
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def page(found: Sequence[Answer], timeout: float) -> str:
    """The figures as Markdown."""
    kinds = dict.fromkeys(a.id.partition(".")[0] for a in found)
    lines = [
        "# Figures of `symproof prove`",
        "",
        f"The answers to the {len(found)} claims of `benchmarks/prove_corpus.json`, with a limit of {timeout:g} s of",
        "processor time for each. Written by `make corpus`; times are processor seconds.",
        "",
        HEAD,
        "|:--|--:|--:|--:|--:|--:|--:|--:|--:|",
        *(row(kind, [a for a in found if a.id.startswith(f"{kind}.")]) for kind in kinds),
        row("all", found),
    ]
    for title, chosen in (
        ("Wrong answers", [a for a in found if a.wrong]),
        ("True, not proved", [a for a in found if a.truth and not a.right and not a.wrong]),
        ("False, not refuted with a witness", [a for a in found if not a.truth and not a.right and not a.wrong]),
    ):
        lines += ["", f"## {title}", "", *(f"- `{a.id}`: {a.status}, {a.seconds:.1f} s" for a in chosen)]
        lines += [] if chosen else ["None."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the figures, and write them if asked; exit with 1 if an answer is wrong."""
    parser = argparse.ArgumentParser(description="The figures of symproof prove on its corpus.")
    parser.add_argument("--timeout", type=float, default=DEFAULT_TIMEOUT, help="processor seconds for each claim")
    parser.add_argument("--write", type=Path, help="a Markdown file")
    parser.add_argument("--only", default="", help="claims whose id contains this")
    chosen = parser.parse_args()
    truth = json.loads(TRUTH.read_text())
    entries = [entry | truth[entry["id"]] for entry in json.loads(CORPUS.read_text()) if chosen.only in entry["id"]]
    if not entries:
        parser.error(f"no id contains {chosen.only!r}")
    found = answers(entries, chosen.timeout)
    text = page(found, chosen.timeout)
    print(text, end="")
    if chosen.write:
        chosen.write.write_text(text)
    sys.exit(any(a.wrong for a in found))


if __name__ == "__main__":
    main()
