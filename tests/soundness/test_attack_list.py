"""The list of attacks names tests and cases that exist, and each line names one for the kernel and the re-checker."""

from __future__ import annotations

import re
from pathlib import Path

from tests.soundness.test_matrix_attacks import CONCRETE, SYMBOLIC
from tests.soundness.test_recheck_attacks import ATTACKS

HERE = Path(__file__).parent
TEXT = (HERE / "ATTACKS.md").read_text()
ROOT = HERE.parents[1]


def test_every_test_and_case_exists() -> None:
    named = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", TEXT)
    assert len(named) > 70
    for file, test in named:
        path = ROOT / file if "/" in file else HERE / file
        assert path.is_file(), file
        assert not test or re.search(rf"^def {test}\(", path.read_text(), re.MULTILINE), f"{file}::{test}"
    cases = {"ATTACKS": {a.name for a in ATTACKS}, "SYMBOLIC": SYMBOLIC, "CONCRETE": CONCRETE}
    for table, case in re.findall(r"`([A-Z]+)\[([^\]]+)\]`", TEXT):
        assert case == "case" or case in cases[table], f"{table}[{case}]"


def test_every_attack_is_made_on_both_checkers() -> None:
    lines = [line.strip("|").split(" | ") for line in TEXT.splitlines() if line.startswith("| ")][1:]
    assert len(lines) == 29
    assert all(len(line) == 3 and all(cell.strip() for cell in line) for line in lines)
