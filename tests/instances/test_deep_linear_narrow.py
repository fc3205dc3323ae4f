"""The counterexample of a narrow layer in numbers: re-checked, evaluated step by step, shown in a report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flint import fmpq, fmpq_mat

from symproof.errors import InputError
from symproof.instances.deep_linear_narrow import narrow_loss, narrow_minimum, neighbours
from symproof.instances.deep_linear_narrow_offer import NARROW_OFFER
from symproof.instances.deep_linear_request import deep_linear_point
from symproof.instances.instance_file import InstanceRequest, load_instance_file
from symproof.instances.instance_run import run_instance
from symproof.library import load_library
from symproof.library_check import check_library
from symproof.report.document import Document
from symproof.report.html_renderer import render_html
from symproof.report.narrow_section import narrow_sections

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
THEOREM = "deep_linear.narrow_minimum"


def test_the_point_is_critical_and_worse_than_another() -> None:
    found = narrow_minimum()
    assert (found.loss, found.better_loss) == (2, fmpq(1, 2))
    assert all(entry == 0 for block in found.gradients for entry in block.entries())
    assert found.product_gradient == fmpq_mat(2, 2, [-2, 0, 0, 0])
    assert len(neighbours(found)) == 16 and min(map(narrow_loss, neighbours(found))) > 2
    assert replace(found, weights=found.better).loss == fmpq(1, 2)


def test_the_instance_evaluates_the_proof_and_has_a_section() -> None:
    checked = check_library(load_library(), [THEOREM, *NARROW_OFFER.rests_on])
    request = load_instance_file(EXAMPLES / "deep_linear_narrow.toml")
    report = run_instance(request, NARROW_OFFER, {n: c.result for n, c in checked.items()}, "proved", True)
    counts = report.counts()
    assert report.verdict == "certified" and counts["true"] > 30 and counts["false"] == 0
    assert report.result["loss"] == "2" and report.result["better_point"]["loss"] == "1/2"  # type: ignore[index]
    html = render_html(Document("It", narrow_sections(report.numbers, report, "Instance", "it")))
    assert html.count("<svg") == 2 and "local minimum" in html


def test_it_takes_no_parameters() -> None:
    with pytest.raises(InputError):
        NARROW_OFFER.build(InstanceRequest(THEOREM, {"radius": "1"}, EXAMPLES))


def test_the_example_of_squared_loss_is_a_global_minimum_of_its_rank_with_a_gradient() -> None:
    point = deep_linear_point(load_instance_file(EXAMPLES / "deep_linear_no_width.toml"))
    assert (point.narrow, point.moving, point.classification) == (1, None, None)
    assert any(entry != 0 for entry in point.network.product_gradient.entries())
