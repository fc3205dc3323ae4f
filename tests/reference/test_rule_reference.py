"""The rules reference: every rule has examples, and the kernel says of each what the page says."""

from __future__ import annotations

import pytest

from symproof.kernel.interface import rules
from symproof.reference.rule_examples import rule_examples
from symproof.reference.rule_reference import rule_entries

ENTRIES = rule_entries()


def test_every_rule_has_two_good_and_two_bad_examples_at_least() -> None:
    assert ENTRIES.keys() == rules().keys() == rule_examples().keys()
    assert all(len(e.good) >= 2 and len(e.bad) >= 2 for e in ENTRIES.values())


@pytest.mark.parametrize("name", rules())
def test_the_kernel_says_of_the_examples_what_the_page_says(name: str) -> None:
    if name == "smt":
        pytest.importorskip("z3", reason="needs the extra smt: pip install 'symproof[smt]'")
    entry = ENTRIES[name]
    assert [(e.claim, e.reason) for e in entry.good if not e.accepted] == []
    assert [e.claim for e in entry.bad if e.accepted] == []
    assert all(e.reason and e.remark for e in entry.bad), "a refusal has a reason, and the page a remark"
    assert all(e.by.startswith(name) for e in (*entry.good, *entry.bad))
