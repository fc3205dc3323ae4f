"""What Coq confirms of the whole library: python benchmarks/coq_coverage.py DIR [--read] [--write], or make coq

Runs ``symproof export coq DIR --all --check`` and prints the figures as a page; with --read those of an earlier run in
DIR. With --write the page goes to docs/coq-figures.md, and the lemmas that Coq does not confirm to
symproof/export/coq/unconfirmed.txt: later exports leave them out, and say so.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[1]
LISTED = HERE / "symproof/export/coq/unconfirmed.txt"
PAGE = HERE / "docs/coq-figures.md"
STANDINGS = ("confirmed", "not confirmed", "no lemma")
Row = Mapping[str, str]


def run(folder: Path) -> str:
    """Export all results and let Coq decide the lemmas; the time it takes, in words."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    words = [sys.executable, "-m", "symproof", "export", "coq", str(folder), "--all", "--check", "--json"]
    done = subprocess.run(words, stdout=subprocess.DEVNULL, cwd=HERE, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"the export ended with exit code {done.returncode}")
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - start
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"Check, export and Coq took {wall:.0f} s, of {used:.0f} s of processor time."


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table in Markdown; all columns but the first are numbers."""
    lines = [head, [":--", *("--:" for _ in head[1:])], *rows]
    return [f"| {' | '.join(map(str, line))} |" for line in lines]


def listed(rows: Sequence[Row]) -> list[str]:
    """The steps of each result, with their rules."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["theorem"], []).append(f"{row['step']} {row['rule']}")
    lines = (
        f"- `{name}`: {', '.join(f'{s} ({n})' if n > 1 else s for s, n in Counter(steps).items())}"
        for name, steps in sorted(found.items())
    )
    return [*(lines if rows else ["None."]), ""]


def page(rows: Sequence[Row], outcome: Mapping[str, Any], times: str) -> str:
    """The figures as Markdown."""
    confirmed = set(outcome["confirmed"])
    by: dict[str, list[Row]] = {kind: [] for kind in STANDINGS}
    for r in rows:
        by["no lemma" if not r["file"] else "confirmed" if r["name"] in confirmed else "not confirmed"].append(r)
    rules = {
        rule: [sum(r["rule"] == rule for r in by[kind]) for kind in STANDINGS] for rule in {r["rule"] for r in rows}
    }
    lemmas = {r["name"] for r in rows if r["file"]}
    reasons = Counter(f"`{r['rule']}`: {r['reason']}" for r in by["no lemma"])
    lines = [
        "# What Coq confirms of the library",
        "",
        f"Written by `make coq` on {outcome['date']}, with Coq {outcome['coq']}. Of {len(rows)} statements that rules",
        f"accepted, {len(by['confirmed'])} are confirmed ({len(by['confirmed']) / len(rows):.1%}); they share",
        f"{len(lemmas)} lemmas, of which {len(outcome['confirmed'])} are confirmed. {times}".rstrip(),
        "What a statement is, and what it does not mean that one is not confirmed, stands in [](coq.md).",
        "",
        *table(("rule", "statements", *STANDINGS), (
            *((f"`{rule}`", sum(counts), *counts) for rule, counts in sorted(rules.items())),
            ("all", len(rows), *(len(by[kind]) for kind in STANDINGS)),
        )),
        "",
        "## Why there is no lemma",
        "",
        *table(("rule: reason", "statements"), sorted(reasons.items())),
        "",
        *listed(by["no lemma"]),
        "## Not confirmed",
        "",
        "The lemma is written, and Coq finds no proof by its script. Exports leave these out unless `--all` is given.",
        "",
        *listed(by["not confirmed"]),
    ]  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def unconfirmed(refused: Mapping[str, str]) -> str:
    """The list of lemmas to leave out, each with what Coq said."""
    lines = (
        f"{name} {' '.join(said.split())}".encode("ascii", "backslashreplace").decode()
        for name, said in refused.items()
    )
    return "\n".join([LISTED.read_text().splitlines()[0], *sorted(lines)]) + "\n"


def main() -> None:
    """Print the figures, and write them if asked."""
    parser = argparse.ArgumentParser(description="What Coq confirms of the whole library.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="for the files of Coq")
    parser.add_argument("--read", action="store_true", help="take the outcome of an earlier run in DIR")
    parser.add_argument("--write", action="store_true", help="write the page and the list of what to leave out")
    chosen = parser.parse_args()
    folder = chosen.folder.resolve()
    times = "" if chosen.read else run(folder)
    rows = json.loads((folder / "lemmas.json").read_text())
    outcome = json.loads((folder / "coverage.json").read_text())
    text = page(rows, outcome, times)
    print(text, end="")
    if chosen.write:
        PAGE.write_text(text)
        LISTED.write_text(unconfirmed(outcome["refused"]))


if __name__ == "__main__":
    main()
