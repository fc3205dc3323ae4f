"""The least-squares fit of an instance for Coq: no affine function has a smaller sum of squares on the data.

The data are written as integers with a scale for each column, the fit as numerators over one denominator. Coq computes
the normal equations in integers; ``LeastSquares.v`` proves what they mean for every list of real coefficients.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from flint import fmpq

from symproof.export.coq.coqc import coqc, only_allowed, run_coqc, said
from symproof.export.coq.folder import plain
from symproof.instances.dataset import Dataset
from symproof.instances.least_squares import AffineFit
from symproof.report.atomic_write import write_atomically

__all__ = ["FILE", "check_instance", "instance_text", "write_instance"]

FILE, LEMMAS = "instance.v", "LeastSquares.v"
TEXT = """(* Written by symproof export coq --instance. Do not edit.
   {name}: {samples} samples; the columns are the constant 1, {columns}; the target is {target}.
   The coefficients of the fit are, in this order: {fit} *)
From Symproof Require Import LeastSquares.
From Coq Require Import Reals ZArith List.
Import ListNotations.
Open Scope R_scope.

(* An entry is the integer divided by the scale of its column. *)
Definition scales : list Z := [{scales}]%Z.
Definition target : Z := {target_scale}%Z.
Definition rows : list (list Z * Z) := [
{rows}]%Z.

(* The coefficient of column k is numerator k, times scale k, divided by (denominator * target). *)
Definition denominator : Z := {denominator}%Z.
Definition numerators : list Z := [{numerators}]%Z.

Theorem smallest_sum_of_squares : forall c : list R, length c = length scales ->
  sum_squares scales target rows (fitted scales target denominator numerators) <= sum_squares scales target rows c.
Proof. apply no_smaller_sum. vm_cast_no_check (eq_refl true). Qed.
Print Assumptions smallest_sum_of_squares.
"""


def instance_text(dataset: Dataset, fit: AffineFit) -> str:
    """The theorem that the fit is one of least squares, for these data, with its proof."""
    *scales, target_scale = dataset.table.scales
    coefficients = (fit.intercept, *fit.weights)
    scaled = [c * target_scale / fmpq(s) for c, s in zip(coefficients, scales, strict=True)]
    denominator = math.lcm(*(int(c.q) for c in scaled))
    rows = (f"([{_list(x)}], {y})" for *x, y in dataset.table.rows())
    return TEXT.format(
        name=plain(dataset.name),
        samples=dataset.sample_count,
        columns=plain(", ".join(dataset.feature_names)),
        target=plain(dataset.target_name),
        fit=_list(coefficients),
        scales=_list(scales),
        target_scale=target_scale,
        rows=";\n".join(rows),
        denominator=denominator,
        numerators=_list((c * denominator).p for c in scaled),
    )


def _list(values: Iterable[object]) -> str:
    return "; ".join(map(str, values))


def write_instance(text: str, folder: Path) -> Path:
    """Write the theorem and the lemmas that it rests on; the path of the theorem."""
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / LEMMAS, files(__package__).joinpath(LEMMAS).read_text(encoding="ascii"))
    write_atomically(folder / FILE, text)
    return folder / FILE


def check_instance(text: str) -> str:
    """What Coq says against the theorem; empty if it confirms it. Raises CoqError, and InputError without Coq."""
    program = coqc()
    with tempfile.TemporaryDirectory(prefix="symproof-coq-") as name:
        place = Path(name)
        write_instance(text, place)
        if (made := run_coqc(program, place, LEMMAS)).returncode == 0:
            made = run_coqc(program, place, FILE)
        if made.returncode == 0:
            only_allowed(made.stdout, FILE)
            return ""
        return said(made) or "no reason"
