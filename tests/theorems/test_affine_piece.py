"""The chapter on affine pieces: the activations at its meeting points are the ones that its results are about."""

from __future__ import annotations

import pytest
from flint import fmpq

from symproof.kernel.evaluate import decide
from symproof.library import load_library
from symproof.logic.syntax import real
from symproof.logic.term import Term, instantiate, subst
from theorems.affine_piece import activations
from theorems.affine_piece.network import h
from theorems.points.affine_piece import ACTIVATIONS, SHAPE, SIZE, points, unit_elu

SAMPLES = [fmpq(k, 4) for k in range(-30, 31)]
EXPONENTIAL = {"elu", "selu", "celu"}
t = real("t_sample")


def agreements(name: str, function: object) -> list[bool | None]:
    """Whether a function has the value that the definition of an activation says, at each sample."""
    notion = getattr(activations, name)
    formula = instantiate(notion.body, (t,))
    values: dict[Term, object] = {h: function, activations.shape: SHAPE, activations.size: SIZE}
    own = {p: a for p, a in zip(notion.params, (h, *parameters(name)), strict=True) if p != a}
    return [decide(subst(formula, own), {**values, t: at}) for at in SAMPLES]


def parameters(name: str) -> tuple[Term, ...]:
    many = {"selu": (activations.size, activations.shape)}
    return many.get(name, (activations.shape,) if len(getattr(activations, name).params) == 2 else ())


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_activation_of_a_point_is_the_one_of_the_result(name: str) -> None:
    """Exact where it is rational; an exponential agrees as far as balls tell, which never prove an equation."""
    found = agreements(name, ACTIVATIONS[name])
    assert False not in found
    exact = found if name not in EXPONENTIAL else found[SAMPLES.index(fmpq(0)) :]
    assert set(exact) == {True}


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_another_activation_is_noticed(name: str) -> None:
    """The control: for each of them some other activation does not fit."""
    others = [other for other in ACTIVATIONS if other != name]
    assert all(False in agreements(name, ACTIVATIONS[other]) for other in others)


def test_every_activation_has_a_result_and_a_point() -> None:
    about = {n for n in load_library().theorems if n.startswith("affine_piece.") and n.endswith("_spurious")}
    assert {f"affine_piece.{name}_spurious" for name in ACTIVATIONS} == about
    assert all(points()[f"affine_piece.{name}_spurious"].values["h"] is ACTIVATIONS[name] for name in ACTIVATIONS)
    assert points()["affine_piece.exponential_tail"].values["h"] is unit_elu
