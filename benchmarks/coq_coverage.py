"""What Coq confirmed of the library, by rule: python benchmarks/coq_coverage.py DIR [--write]

DIR is the folder of ``symproof export coq DIR --all --check``. With --write, the lemmas that Coq refused are listed in
symproof/export/coq/unconfirmed.txt, so that the next export leaves them out and says so.
"""

import json
import sys
from collections import Counter
from pathlib import Path

LISTED = Path(__file__).parents[1] / "symproof/export/coq/unconfirmed.txt"
KNOWN = "not confirmed by its script"


def main(folder: Path, write: bool) -> None:
    """Print the figures, and write the list if asked."""
    rows = json.loads((folder / "lemmas.json").read_text())
    outcome = json.loads((folder / "coverage.json").read_text())
    refused = set(outcome["refused"]) | {r["name"] for r in rows if r["reason"] == KNOWN}
    unique = {r["name"]: r for r in rows}
    counts: dict[str, Counter[str]] = {}
    for name, row in unique.items():
        kind = "refused" if name in refused else "confirmed" if name in set(outcome["confirmed"]) else "without a lemma"
        counts.setdefault(row["rule"], Counter())[kind] += 1
    print("| rule | confirmed | not confirmed | without a lemma |\n|---|---|---|---|")
    for rule in sorted(counts):
        c = counts[rule]
        print(f"| `{rule}` | {c['confirmed']} | {c['refused']} | {c['without a lemma']} |")
    total = sum(counts.values(), Counter())
    print(f"| all | {total['confirmed']} | {total['refused']} | {total['without a lemma']} |")
    if write:
        head = LISTED.read_text().splitlines()[0]
        LISTED.write_text("\n".join([head, *sorted(refused)]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--write" in sys.argv[2:])
