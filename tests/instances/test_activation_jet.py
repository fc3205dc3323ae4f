"""Jets against exact derivatives and high-precision numerics; every refusal; knots, poles, near-equal constants."""

import flint
import pytest
from flint import arb, fmpq

from symproof.instances.activation_jet import JetRefusal, compile_jet, jet, piece_at
from symproof.instances.smooth_activation import read_activation
from symproof.logic.term import Term


def term(text: str) -> Term:
    return read_activation(text).term


def ball(low: object, high: object) -> arb:
    return arb(fmpq(low)).union(arb(fmpq(high)))


REFUSED = [
    ("1/x", fmpq(0), "undefined"),
    ("0/x", fmpq(0), "undefined"),
    ("(1/x)*0", fmpq(0), "undefined"),
    ("sin(x)/x", fmpq(0), "undefined"),
    ("x/x", fmpq(0), "undefined"),
    ("(1/x)**0", fmpq(0), "undefined"),
    ("1/(1-1)", fmpq(5), "undefined"),
    ("1/(sqrt(2)**2-2)", fmpq(5), "undefined"),
    ("x**-2", fmpq(0), "undefined"),
    ("x**(-1/2)", fmpq(0), "undefined"),
    ("x**x", fmpq(0), "undefined"),
    ("0**x", fmpq(1), "undefined"),
    ("tan(x)", arb("1.5").union(arb("1.6")), "undefined"),
    ("log(x)", fmpq(0), "undefined"),
    ("log(x)", fmpq(-1), "not_real"),
    ("sqrt(x)", fmpq(-1), "not_real"),
    ("x**Rational(1, 3)", fmpq(-8), "not_real"),
    ("(-1)**x", fmpq(2), "not_real"),
    ("asin(x)", fmpq(2), "not_real"),
    ("acosh(x)", fmpq(0), "not_real"),
    ("atanh(x)", fmpq(-2), "not_real"),
    ("log(log(x))", fmpq(1, 2), "not_real"),
    ("sqrt(x)", fmpq(0), "not_smooth"),
    ("asin(x)", fmpq(1), "not_smooth"),
    ("acosh(x)", fmpq(1), "not_smooth"),
    ("Abs(x)", fmpq(0), "not_smooth"),
    ("sign(x)", fmpq(0), "not_smooth"),
    ("floor(x)", fmpq(3), "not_smooth"),
    ("ceiling(x)", fmpq(-3), "not_smooth"),
    ("Max(x, 0)", fmpq(0), "not_smooth"),
    ("relu", fmpq(0), "not_smooth"),
    ("relu_squared", fmpq(0), "not_smooth"),
    ("hard_swish", fmpq(-3), "not_smooth"),
    ("Max(x - Rational(1, 3), 0)", fmpq(1, 3), "not_smooth"),
    ("exp(exp(exp(exp(x))))", fmpq(10), "not_evaluable"),
    ("exp(x)", fmpq(10) ** 40, "not_evaluable"),
    ("sin(x)", fmpq(10) ** 40, "not_evaluable"),
    ("floor(exp(x))", fmpq(10) ** 9, "not_evaluable"),
]


@pytest.mark.parametrize(("text", "at", "code"), REFUSED)
def test_what_is_not_smooth_there_is_refused(text: str, at: fmpq | arb, code: str) -> None:
    with pytest.raises(JetRefusal) as refused:
        jet(term(text), at)
    assert refused.value.code == code
    assert str(refused.value) == refused.value.reason


def test_a_piece_counts_only_where_it_is_taken() -> None:
    h = term("piecewise(log(-x); -1; x**2)")
    assert jet(h, fmpq(2))[1] == 4
    assert jet(h, fmpq(-2))[1].overlaps(arb(fmpq(-1, 2)))
    with pytest.raises(JetRefusal):
        jet(h, fmpq(-1))
    assert str(piece_at(term("elu"), fmpq(-1))) == "1 * (exp(t) - 1)"
    assert str(piece_at(term("hard_swish"), fmpq(1))) == "t * (t + 3) / 6"
    assert str(piece_at(term("softsign"), fmpq(-1))) == "t / (1 + (-t))"


def test_order_and_length() -> None:
    assert [len(jet(term("3"), fmpq(1), n)) for n in range(4)] == [1, 2, 3, 4]
    assert [int(d.unique_fmpz()) for d in jet(term("x**20"), fmpq(1), 12)][:4] == [1, 20, 380, 6840]
    for order in (-1, True, 65):
        with pytest.raises(ValueError, match="the order"):
            jet(term("x"), fmpq(1), order)


def test_the_settings_of_flint_stay() -> None:
    compiled = compile_jet(term("Max(x, x + 10**-60)"))
    with flint.ctx.workprec(53):
        flint.ctx.cap = 7
        compiled(fmpq(1, 3))
        assert (flint.ctx.prec, flint.ctx.cap) == (53, 7)
        flint.ctx.cap = 10
