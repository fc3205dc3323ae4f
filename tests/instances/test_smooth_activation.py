"""Reading activations: names, expressions, pieces; what is refused, and with what help."""

import re

import pytest
from flint import fmpq

from symproof.errors import InputError
from symproof.instances.piecewise_activation import T, parse_piecewise
from symproof.instances.smooth_activation import NAMED_ACTIVATIONS, read_activation
from symproof.kernel.evaluate import evaluate
from symproof.logic.parser import MAX_NESTING
from symproof.logic.syntax import Lam, exp
from theorems.smooth import activations as library


@pytest.mark.parametrize("name", NAMED_ACTIVATIONS)
def test_every_name_and_alias_is_read(name: str) -> None:
    known = NAMED_ACTIVATIONS[name]
    arguments = "(1/3)" if name == "leaky_relu" else ""
    found = read_activation(name + arguments)
    assert found.name == name
    for alias in known.aliases:
        assert read_activation(alias).term == found.term
        assert read_activation(f" {alias.upper().replace('_', '-')} ").term == found.term


def test_the_definitions_are_those_of_the_library() -> None:
    named = {"sigmoid": library.sigmoid, "silu": library.t * library.sigmoid, "gaussian": exp(-(T**2))}
    for name, term in named.items():
        assert read_activation(name).term == term
    for name in ("tanh", "arctan", "quadratic", "softplus", "cube", "softsign", "mish", "gelu", "log_cosh"):
        assert Lam(T, read_activation(name).term) in set(getattr(library, name.upper()).conclusion.walk()), name


@pytest.mark.parametrize("name", ["elu", "selu", "celu(1/2)", "hard-swish", "relu6", "soft_shrink(2)"])
def test_activations_in_pieces_are_those_of_the_other_chapter(name: str) -> None:
    assert read_activation(name).term == parse_piecewise(name).term


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("x**3 - 2*x", fmpq(1, 2), fmpq(-7, 8)),
        ("sigmoid(x)", fmpq(0), fmpq(1, 2)),
        ("piecewise(-x; 0; x**2; 2; 4)", fmpq(3), fmpq(4)),
        ("x-1", fmpq(1, 3), fmpq(-2, 3)),
        ("elu(x)", fmpq(2), fmpq(2)),
        ("Max(x, -x)", fmpq(-2), fmpq(2)),
        ("Rational(1, 3)", fmpq(9), fmpq(1, 3)),
    ],
)
def test_expressions_mean_what_they_say(text: str, at: fmpq, value: fmpq) -> None:
    assert evaluate(read_activation(text).term, {T: at}) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sigmiod", "Did you mean 'sigmoid'"),
        ("gelu-tahn", "Did you mean 'gelu_tanh'"),
        ("sinn(x)", "Did you mean 'sin'"),
        ("x*sigmoid(x)", "write sigmoid(t) out: 1/(1 + exp(-t))"),
        ("2*Swish(x)", "write Swish(t) out: t*(1/(1 + exp(-t)))"),
        ("x*selu(x)", "an unknown function"),
        ("zzz", "Known by name: sigmoid"),
        ("", "no activation is given"),
        ("x*t", "both x and t occur"),
        ("x*y", "not declared"),
        ("I*x", "without I"),
        ("piecewise(I*x; 0; x)", "without I"),
        ("diff(x**2, x)", "without diff"),
        ("x > 0", "a number is wanted"),
        ("log(", "cannot read this"),
        ("x^2", "Write ** for powers"),
        ("sigmoid(3)", "sigmoid has no parameters"),
        ("elu(1, 2)", "elu or elu(alpha)"),
        ("celu(0)", "a number other than 0"),
        ("piecewise(x; 1; 0; 0; x)", "do not rise"),
        ("piecewise(x; 1)", "not an activation in pieces"),
        ("x**20000", "the exponent is too large"),
        ("1e5000*x", "the number is too large"),
        ("9" * 1001, "too long"),
        ("x+" * 1000 + "x", "too long"),
        ("(" * (MAX_NESTING + 1) + "x" + ")" * (MAX_NESTING + 1), "nested too deeply"),
        ("__import__('os')", "unknown activation"),
        ("x.__class__", "does not know"),
        ("exp(x\n)\n; 1", "does not know"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_help(text: str, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)) as refused:
        read_activation(text, "the activation")
    assert str(refused.value).startswith("the activation")


def test_only_text_is_read() -> None:
    with pytest.raises(InputError, match="not a text"):
        read_activation(3)  # type: ignore[arg-type]
