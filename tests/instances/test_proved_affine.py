"""Which activations the kernel proves to be bent nowhere, and near misses."""

from fractions import Fraction

import pytest

from symproof.instances.proved_affine import proved_affine
from symproof.instances.smooth_activation import NAMED_ACTIVATIONS, read_activation


@pytest.mark.parametrize(
    ("text", "affine"),
    [
        ("identity", True),
        ("3", True),
        ("sqrt(2)*x + pi", True),
        ("log(exp(x))", True),
        ("x*(sin(x)**2 + cos(x)**2)", True),
        ("x*(sin(x)**2 + cos(x)**2*(1 + 10**-60))", False),
        ("x + x**2/10**300", False),
        ("x + exp(x - 10**9)", False),
        ("Max(x, x)", True),
        ("Max(x, x + 1)", True),
        ("Max(x, 0) + Min(x, 0)", True),
        ("Max(x, 0)", False),
        ("Max(x - 10**6, 0)", False),
        ("piecewise(x; 1000; x + 1)", False),
        ("floor(x)", False),
        ("Abs(x)", False),
        ("sign(x)*x", False),
        ("(x**2 - 1)/(x - 1)", True),
        ("exp(log(x))", True),
        ("sinh(asinh(x))", True),
        ("softplus", False),
        ("log(1 + exp(x)) - log(1 + exp(-x))", True),
        ("sqrt(x**2)", False),
        ("x/x + x", True),
    ],
)
def test_what_the_kernel_proves(text: str, affine: bool) -> None:
    assert proved_affine(read_activation(text).term) is affine


def test_of_the_known_activations_only_the_identity() -> None:
    named = [read_activation(name + "(1/3)" * (name == "leaky_relu")) for name in NAMED_ACTIVATIONS]
    assert [one.name for one in named if proved_affine(one.term)] == ["identity"]


def test_a_large_formula_is_not_proved() -> None:
    h = read_activation("x").term
    for k in range(1000):
        h = h + Fraction(1, k + 1)
    assert proved_affine(h) is False
    base = "(x + exp(x) + sin(x) + 1)"
    assert proved_affine(read_activation(f"x + {base}**3 - {base}**3").term) is True
    assert proved_affine(read_activation(f"x + {base}**90 - {base}**90").term) is False
    assert proved_affine(read_activation("Max(" * 40 + "x" + ",x)" * 40).term) is True
