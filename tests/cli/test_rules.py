"""``symproof rules``."""

from __future__ import annotations

import json

import pytest

from symproof.cli.main import main


def test_a_rule_is_shown_with_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "sign"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("sign\n  decides: ")
    assert "  + x / (1 + y**2) > 0   from x > 0\n" in shown
    assert "  - x**2 > 0\n      the signs of the parts do not decide the goal. False for x = 0." in shown


def test_all_rules_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--json"]) == 0
    rules = json.loads(capsys.readouterr().out)["rules"]
    assert {"ring", "linear", "matrix", "ball"} <= {rule["name"] for rule in rules}
    assert all(example["accepted"] for rule in rules for example in rule["good"])


def test_an_unknown_rule_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "lineer"]) == 2
    assert "linear" in capsys.readouterr().err
