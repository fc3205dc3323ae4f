"""What a worker does for the atlas: decide what one family of theorems says of one activation, as plain data."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import flint
from flint import arb, fmpq

from symproof.engine.worker_pool import Report
from symproof.instances.activation_jet import jet
from symproof.instances.analytic_pieces import affine_intervals
from symproof.instances.ball_number import number_text
from symproof.instances.closed_form import number_of
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.instance_run import UNCERTAIN, offer_of, run_instance
from symproof.instances.offer import InstanceReport
from symproof.instances.piecewise_form import piecewise_text, relu_like_form
from symproof.instances.smooth_activation import SmoothActivation, read_activation
from symproof.instances.smooth_minimum import SmoothInstance
from symproof.library import Library, load_library
from symproof.library_check import CheckedTheorem, check_library, standing

__all__ = ["AFFINE_PIECE", "BENT", "FAMILIES", "RELU_LIKE", "TWO_UNITS", "part_answer", "theorems_of_the_atlas"]

TWO_UNITS = "smooth.spurious_minimum"
BENT = "smooth.bent_activation"
"""What an instance of ``TWO_UNITS`` falls back on."""
AFFINE_PIECE = "affine_piece.spurious_minimum"
RELU_LIKE = "relu_like.spurious_minimum"
FAMILIES: Mapping[str, tuple[str, ...]] = {"smooth": ("smooth",), "affine": ("affine_piece", "relu_like")}
"""The pieces of work for one row, and the parts that come out."""
SAMPLES = "x1,x2,y\n1,0,0\n0,1,0\n1/2,1/2,1\n"
"""The three samples of the theorems on smooth activations; the others are tried on them too."""
WIDTH = 2
BITS = 128
MAX_REASON = 1_000
KEPT = (
    "risk_local_minimum", "risk_better_point", "radius", "piece", "beta", "parameters_local_minimum",
    "parameters_better_point",
)  # fmt: skip
"""What is kept of the result of an instance."""

Checked = Mapping[str, CheckedTheorem]
Part = dict[str, Any]


def theorems_of_the_atlas(library: Library) -> tuple[str, ...]:
    """The theorems of the atlas, with the results by which instances decide their hypotheses.

    Raises InputError if the library does not have them.
    """
    names = [TWO_UNITS, BENT, AFFINE_PIECE, RELU_LIKE]
    library.require(names)
    offers = [offer_of(InstanceRequest(name, {}, Path()), library.theorems) for name in names]
    return tuple(dict.fromkeys([*names, *(name for offer in offers for name in offer.rests_on)]))


def part_answer(
    library: Library | None, checked: Checked | None, paths: tuple[str, ...], piece: Any, report: Report
) -> dict[str, Any]:
    """Decide one part of a row, in a worker.

    Args:
        library: where the theorems are; None in a worker that did not inherit it.
        checked: the theorems of the atlas, checked; None likewise.
        paths: modules of the user's.
        piece: the activation's text, and one of ``FAMILIES``.
        report: not used: the time limit is for a whole part.
    """
    text, family = piece
    begin = time.process_time()
    if library is None or checked is None:
        library, checked = _checked_here(paths)
    activation = read_activation(text, "activation")
    try:
        found = _smooth(activation, library, checked) if family == "smooth" else _affine(activation, library, checked)
    except MemoryError:
        raise
    except Exception as error:  # a row that fails is shown as failed, and must not hide the others
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:MAX_REASON]
        found = {name: {"verdict": "failed", "reason": reason} for name in FAMILIES[family]}
    return {"parts": found, "seconds": time.process_time() - begin}


@lru_cache(maxsize=1)
def _checked_here(paths: tuple[str, ...]) -> tuple[Library, Checked]:
    library = load_library(paths)
    return library, check_library(library, theorems_of_the_atlas(library))


# Smooth activations --------------------------------------------------------------------------------------------------


def _smooth(activation: SmoothActivation, library: Library, checked: Checked) -> dict[str, Part]:
    if affine_intervals(activation.term).only_affine:
        reason = "affine on each of its pieces, so that h'' is 0 wherever it exists"
        return {"smooth": {"verdict": "not_applicable", "reason": reason, "theorem": TWO_UNITS}}
    report = _run(TWO_UNITS, {"activation": activation.text}, library, checked)
    found: SmoothInstance = report.numbers.numbers
    theorem = BENT if found.form == "bent" else TWO_UNITS
    if report.verdict != "certified":
        return {"smooth": _not_certified(report, theorem)}
    reason = f"all {len(report.hypotheses)} hypotheses hold; the radius is certified by a {found.method} argument"
    part = {"verdict": "certified", "reason": reason, "theorem": theorem, "trust": report.trust}
    return {"smooth": {**part, "numbers": _numbers(found, report)}}


def _numbers(found: SmoothInstance, report: InstanceReport) -> Part:
    """The instance as exact texts; the margin is a lower bound of the determinant, or of the bend sigma h''(v)."""
    if found.radius is None or found.risk_better is None:
        raise ValueError("a certified instance has a radius and a better point")
    margin = found.determinant if found.determinant is not None else _bend(found)
    return {
        "form": found.form, "method": found.method, "margin_of": "det M" if found.determinant is not None else "h''",
        "v": _texts(found.v), "u": _texts(found.u), "p": _texts(found.p), "sigma": found.sigma,
        "step": None if found.step is None else number_text(found.step), "radius": number_text(found.radius),
        "margin": number_text(margin), "risk_local_minimum": number_text(found.risk_minimum),
        "risk_better_point": number_text(found.risk_better),
        **{name: report.result[name] for name in ("parameters_local_minimum", "parameters_better_point")},
    }  # fmt: skip


def _broken(hypotheses: Sequence[DecidedHypothesis]) -> str:
    """The hypotheses that fail, else those that are open, with one reason for all of them where it is the same."""
    failing = [h for h in hypotheses if h.holds is False] or [h for h in hypotheses if h.holds is None]
    if len(failing) > 1 and len({h.reason for h in failing}) == 1:
        return failing[0].reason
    return "; ".join(f"{h.statement}: {h.reason}" for h in failing)


def _bend(found: SmoothInstance) -> fmpq:
    """A lower bound of sigma h''(v)."""
    with flint.ctx.workprec(BITS):
        center = number_of(found.v[0])
        bend = (found.sigma or 1) * jet(found.activation.term, center, 2)[2]
        return arb(bend).lower().fmpq()


def _texts(values: Sequence[object]) -> list[str]:
    return [str(value) for value in values]


# Activations with an affine piece ------------------------------------------------------------------------------------


def _affine(activation: SmoothActivation, library: Library, checked: Checked) -> dict[str, Part]:
    intervals = affine_intervals(activation.term)
    relu_like = relu_like_form(activation.term, intervals.pieces)
    text = piecewise_text(activation.term, intervals.pieces) if intervals.holds else ""
    reason = (
        intervals.reason if text or not intervals.holds else f"{intervals.reason}; its value at a breakpoint is open"
    )
    return {
        "affine_piece": _instance(AFFINE_PIECE, intervals.holds, reason, text, library, checked),
        "relu_like": _instance(RELU_LIKE, relu_like.holds, relu_like.reason, relu_like.text, library, checked),
    }


def _instance(theorem: str, holds: bool | None, reason: str, text: str, library: Library, checked: Checked) -> Part:
    """The instance of a theorem on the three samples, where the activation has the form that it wants."""
    if not holds or not text:
        return {"verdict": "not_applicable" if holds is False else "undecided", "reason": reason, "theorem": theorem}
    with tempfile.TemporaryDirectory(prefix="symproof-") as folder:
        (Path(folder) / "samples.csv").write_text(SAMPLES, encoding="utf-8")
        parameters = {"data": "samples.csv", "target": "y", "activation": text, "width": WIDTH}
        report = _run(theorem, parameters, library, checked, Path(folder))
    if report.verdict != "certified":
        part = _not_certified(report, theorem)
        return {**part, "reason": f"{reason}; {part['reason']}"}
    kept = {key: report.result[key] for key in KEPT if key in report.result}
    return {"verdict": "certified", "reason": reason, "theorem": theorem, "trust": report.trust, "numbers": kept}


def _run(
    theorem: str, parameters: Mapping[str, object], library: Library, checked: Checked, folder: Path = Path()
) -> InstanceReport:
    """An instance of a theorem, as ``symproof instance`` runs it: all hypotheses, a re-check, every step."""
    request = InstanceRequest(theorem, parameters, folder, "the atlas")
    offer = offer_of(request, library.theorems)
    trust, accepted = standing(checked, (theorem, *offer.rests_on))
    return run_instance(request, offer, {name: c.result for name, c in checked.items()}, trust, accepted)


def _not_certified(report: InstanceReport, theorem: str) -> Part:
    """Why an instance is not certified: the hypotheses that fail or are open, the theorem, or a step."""
    broken = _broken(report.hypotheses)
    if not broken and (not report.accepted or report.trust in UNCERTAIN):
        broken = f"{report.theorem} was not accepted in this run" if not report.accepted else f"it is {report.trust}"
    reason = broken or "some step is undecided on these numbers"
    return {"verdict": report.verdict, "reason": reason[:MAX_REASON], "theorem": theorem}
