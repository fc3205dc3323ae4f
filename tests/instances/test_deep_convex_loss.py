"""Instances with depth and loss: what is certified, and that the layers and the loss both count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from symproof.cli.main import main

MARGINS = Path(__file__).parents[2] / "examples" / "margins.csv"


def run(capsys: pytest.CaptureFixture[str], loss: str, widths: str) -> tuple[int, dict]:
    given = {"data": MARGINS, "target": "label", "activation": "leaky_relu(1/10)", "widths": widths, "loss": loss}
    options = [word for key, value in given.items() for word in ("-p", f"{key}={value}")]
    code = main(["instance", "relu_like.any_depth_convex_loss", *options, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("loss", "widths"), [("huber", "2,1,3"), ("logistic", "3")])
def test_any_depth_and_loss(capsys: pytest.CaptureFixture[str], loss: str, widths: str) -> None:
    code, found = run(capsys, loss, widths)
    assert (code, found["verdict"], found["trust"]) == (0, "certified", "cited")
    assert len(found["result"]["parameters_better_point"]["b"]) == len(widths.split(",")) + 1
    assert (found["steps"]["false"], found["steps"]["undecided"]) == (0, 0)


def test_a_narrow_first_layer_or_a_kinked_loss_is_not_certified(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "huber", "1,3")[0] == 1
    assert run(capsys, "y - f if f <= y else f - y", "2,2")[0] == 3
