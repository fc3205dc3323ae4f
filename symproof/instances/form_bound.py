"""The largest multiple of a quadratic form that is not above another one, from below, with an exact certificate."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import flint
from flint import arb_mat, fmpq, fmpq_mat

from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.simple_rational import simplest_between
from symproof.instances.symmetric_inertia import InertiaCertificate, certify_inertia, demand_inertia

__all__ = ["FormBound", "demand_form_bound", "form_bound"]

PRECISIONS = (128, 512, 2048, 8192)
ITERATIONS = 60
SHARES = ((fmpq(97, 100), 1 + fmpq(1, 10**6)), (fmpq(97, 100), fmpq(99, 100)))
"""Between these shares of the estimate lie the first factors that are tried; short ones may be above the estimate."""


@dataclass(frozen=True)
class FormBound:
    """That c v^T B v <= v^T A v for all v.

    Attributes:
        form: A, symmetric.
        other: B, symmetric and positive definite.
        factor: c > 0.
        certificate: of the inertia of A - c B.
    """

    form: fmpq_mat
    other: fmpq_mat
    factor: fmpq
    certificate: InertiaCertificate


def form_bound(form: fmpq_mat, other: fmpq_mat) -> FormBound | None:
    """The bound with a factor of few digits close to the largest one; None if the form is not positive definite.

    The estimate is that of the power method for A^-1 B, whose largest eigenvalue is 1/c; its trace is not smaller.
    """
    if form.rank() < form.nrows():
        return None
    estimate, least = _estimates(form, other)
    tries = [estimate, max(estimate, least)]
    while tries[-1] > least:
        tries.append(max(tries[-1] / 2, least))
    for share, value in zip((SHARES[0], *[SHARES[1]] * len(tries)), tries, strict=False):
        factor = simplest_between(share[0] * value, share[1] * value)
        certificate = certify_inertia(form - other * factor)
        if not demand_inertia(form - other * factor, certificate).negative:
            return FormBound(form, other, factor, certificate)
    return None


def demand_form_bound(bound: FormBound) -> None:
    """Raise InstanceMismatchError unless the bound is certified."""
    difference = bound.form - bound.other * bound.factor
    if bound.factor <= 0 or demand_inertia(difference, bound.certificate).negative:
        raise InstanceMismatchError("a bound between quadratic forms is not certified")


def _estimates(form: fmpq_mat, other: fmpq_mat) -> tuple[fmpq, fmpq]:
    """About the largest factor, and one that is not larger if the form is positive definite."""
    for precision in PRECISIONS:
        with flint.ctx.workprec(precision):
            try:
                quotient = arb_mat(form).inv() * arb_mat(other)
            except ZeroDivisionError:
                continue
            trace = quotient.trace().abs_upper()
            if trace.is_finite() and trace > 0:
                scale = trace.fmpq()
                return 1 / (scale * _largest_eigenvalue(quotient / trace)), 1 / scale
    raise InstanceMismatchError("a quadratic form is too close to a singular one")


def _largest_eigenvalue(matrix: arb_mat) -> fmpq:
    """About, by the power method."""
    rows = [[float(x.mid()) for x in row] for row in matrix.tolist()]
    chosen = Random(0)
    vector = [chosen.uniform(0.5, 1.5) * chosen.choice((-1, 1)) for _ in rows]
    length = 1.0
    for _ in range(ITERATIONS):
        image = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows]
        length = max(map(abs, image))
        if not length:
            return fmpq(1)
        vector = [x / length for x in image]
    return fmpq(*length.as_integer_ratio())
