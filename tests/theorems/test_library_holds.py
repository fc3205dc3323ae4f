"""The library: everything is accepted, at the level it claims; near misses of the main theorem."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

from flint import fmpq

from symproof.export.certificate import certificate, certificate_text
from symproof.instances.activation import ReluLike
from symproof.instances.dataset import dataset_from_rows
from symproof.instances.relu_like_minimum import build_relu_like_instance
from symproof.library import load_library
from symproof.library_check import CheckedTheorem, check_library, failures
from theorems.points.relu_like import ROWS, SLOPES, TARGETS

PROVED = {
    "relu_like.normal_equations", "relu_like.pythagoras", "relu_like.best_affine_exists", "relu_like.eta_below_fit",
    "relu_like.candidate", "relu_like.affine_region", "relu_like.local_minimum", "relu_like.kink", "relu_like.descent",
    "relu_like.spurious_candidate", "relu_like.spurious_minimum", "relu_like.infinitely_many",
}  # fmt: skip


@cache
def library() -> dict[str, CheckedTheorem]:
    return dict(check_library(load_library()))


def test_every_result_is_accepted() -> None:
    assert failures(library()) == ()


def test_an_independent_checker_accepts_every_step(tmp_path: Path) -> None:
    """The certificate of the whole library, decided again by a program that shares nothing with the kernel."""
    names = list(library())
    file = tmp_path / "library.json"
    file.write_text(certificate_text(certificate(names, library())))
    done = subprocess.run(
        [sys.executable, "-m", "symproof.recheck", "--json", str(file)], capture_output=True, text=True
    )
    found = json.loads(done.stdout)
    assert (done.returncode, found["verdict"], found["results"]) == (0, "valid", len(names)), found["refused"]
    assert found["not_rechecked"] == []
    assert sum(found["rules"].values()) > 4000


def test_no_result_rests_on_an_oracle() -> None:
    """Users may believe a solver; what the library says is checked."""
    assert [name for name, each in library().items() if "oracle" in (each.own_trust, each.trust)] == []


def test_the_chapter_on_relu_like_networks_is_proved_by_kernel_rules_alone() -> None:
    """Only the result on almost all data sets rests on cited facts, about null sets, and it says so."""
    assert {name for name in PROVED if library()[name].trust != "proved"} == set()
    almost_all = library()["relu_like.almost_all_datasets"]
    assert almost_all.trust == "cited"
    cited = {ground.id for ground in almost_all.rests_on if ground.trust == "cited"}
    assert cited == {
        "measure.null_subset", "measure.null_union", "measure.polynomial_zero_set", "measure.polynomials",
        "measure.singular_matrix",
    }  # fmt: skip


def test_the_chapters_on_deep_linear_networks_and_on_extrema_are_proved_by_kernel_rules_alone() -> None:
    chapters = [n for n in library() if n.startswith(("deep_linear.", "optimization."))]
    assert "deep_linear.critical_points" in chapters
    others = {name: library()[name].trust for name in chapters if library()[name].trust != "proved"}
    assert others == dict.fromkeys(("deep_linear.no_width_claim", "deep_linear.no_width_convex_claim"), "refuted")


# Each hypothesis of the main theorem is needed (or noted) ----------------------------------------


def test_without_c11_the_conclusion_fails() -> None:
    """Exact affine data: the best affine fit has risk 0, so no point with that risk is beaten by another."""
    exact = build_relu_like_instance(dataset_from_rows(ROWS, [2 * row[0] + 1 for row in ROWS]), SLOPES, 2)
    assert [h.label for h in exact.hypotheses if h.holds is False] == ["C1.1"]
    assert exact.fit.risk == 0


def test_without_c12_the_conclusion_fails() -> None:
    """One input with targets 0 and 1: every function has risk at least 1/4, which the affine fit reaches."""
    equal = build_relu_like_instance(dataset_from_rows([(fmpq(1),), (fmpq(1),)], [fmpq(0), fmpq(1)]), SLOPES, 2)
    assert "C1.2" in [h.label for h in equal.hypotheses if h.holds is False]
    assert equal.fit.risk == fmpq(1, 4)
    smallest = min(((f - 0) ** 2 + (f - 1) ** 2) / 2 for f in [fmpq(k, 100) for k in range(101)])
    assert smallest == equal.fit.risk


def test_without_a_kink_the_conclusion_fails() -> None:
    """With s+ = s- the network is affine, so nothing beats the best affine fit."""
    linear = build_relu_like_instance(dataset_from_rows(ROWS, TARGETS), ReluLike(fmpq(1), fmpq(1)), 2)
    assert [h.label for h in linear.hypotheses if h.holds is False] == ["C1.3"]


def test_c14_is_decided() -> None:
    """Width 1: the construction of the better point needs a second unit; the theorem does not speak of it.

    That the conclusion can fail then is not shown here: for width 1 a better point may or may not exist.
    """
    narrow = build_relu_like_instance(dataset_from_rows(ROWS, TARGETS), SLOPES, 1)
    assert [h.label for h in narrow.hypotheses if h.holds is False] == ["C1.4"]
