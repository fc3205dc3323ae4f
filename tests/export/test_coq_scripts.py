"""What Coq's tactics prove of statements of each rule, and that they refuse near misses."""

import shutil
from fractions import Fraction

import pytest

from symproof.export.coq.coqc import check_folder
from symproof.export.coq.folder import coq_folder
from symproof.export.coq.obligation import Obligation
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import (
    Abs,
    And,
    Diff,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    MinOver,
    exp,
    family,
    integer,
    log,
    num,
    real,
    sqrt,
    unary,
)
from symproof.logic.term import Term, subst

pytestmark = pytest.mark.skipif(shutil.which("coqc") is None, reason="no Coq is installed (Debian: coq)")
x, y, s, e, d = real("x y s epsilon delta")
m, n = integer("m n")
a = family("a")


def has_derivative(f: Term, slope: Term) -> Term:
    """The definition of the derivative of ``f`` in x."""
    error = Abs(subst(f, {x: x + s}) - f - slope * s) <= e * Abs(s)
    return ForAll(e, Implies(e > 0, Exists(d, And(d > 0, ForAll(s, Implies(Abs(s) <= d, error))))))


MIN = MinOver(m, 1, n, a(m))


def tanh(u: Term) -> Term:
    return unary("tanh", u)


elu = Ite(x >= 0, x, exp(x) - 1)
TRUE = [
    ("derivative", has_derivative(x**3 / (1 + exp(x)), (3 * x**2 + (3 - x) * x**2 * exp(x)) / (1 + exp(x)) ** 2), ()),
    ("derivative", has_derivative(elu, exp(x)), (x < 0,)),
    ("derivative", has_derivative(unary("erf", 2 * x), 4 / sqrt(Term("pi")) * exp(-((2 * x) ** 2))), ()),
    ("derivative", Eq(Diff(x, log(x) * tanh(x), y), tanh(y) / y + log(y) * (1 - tanh(y) ** 2)), (y > 0,)),
    ("elementary", Eq(tanh(log(3) / 2), num(Fraction(1, 2))), ()),
    ("elementary", Eq(exp(x * (y + 1)) / exp(x), exp(-x * y) ** -1), ()),
    ("elementary", Eq(unary("erf", x - x), 0), ()),
    ("extremum", a(m) >= MIN, (And(m >= 1, m <= n),)),
    ("extremum", Exists(m, And(m >= 1, m <= n, Eq(MIN, a(m)))), (n >= 1,)),
    ("extremum", x < MIN, (n >= 1, ForAll(m, Implies(And(m >= 1, m <= n), x < a(m))))),
    ("bound", log(x) <= x - 1, (x > 0,)),
    ("bound", Term("pi") < num(Fraction(355, 113)), ()),
    ("bound", exp(x) * (1 - x) <= 1, ()),
]  # fmt: skip
FALSE = [
    ("derivative", has_derivative(x**3, 2 * x**2), ()),
    ("derivative", has_derivative(elu, exp(x)), (x <= 1,)),
    ("derivative", has_derivative(Abs(x), 1 + 0 * x), ()),
    ("derivative", Eq(Diff(x, log(x), y), 1 / y), (y < 0,)),
    ("elementary", Eq(tanh(log(3) / 2), num(Fraction(1, 3))), ()),
    ("elementary", Eq(exp(x * (y + 1)) / exp(x), exp(x * y + 1)), ()),
    ("extremum", a(m) >= MIN, (m >= 1,)),
    ("extremum", Exists(m, And(m >= 1, m <= n, Eq(MIN, a(m)))), ()),
    ("extremum", x < MIN, (n >= 1, ForAll(m, Implies(And(m >= 1, m <= n), x <= a(m))))),
    ("bound", log(x) <= x - 1, ()),
    ("bound", Term("pi") < num(Fraction(22, 7)) - Fraction(2, 1000), ()),
]


def test_coq_confirms_what_holds_and_refuses_what_does_not() -> None:
    claims = [(rule, goal, facts) for rule, goal, facts in (*TRUE, *FALSE)]
    found = [Obligation("own", str(k), rule, goal, facts, Sequent()) for k, (rule, goal, facts) in enumerate(claims)]
    folder = coq_folder(found, every=True)
    assert not folder.left
    confirmed, refused = check_folder(folder)
    assert sorted(int(entry.step) for entry in confirmed) == list(range(len(TRUE)))
    assert len(refused) == len(FALSE)
