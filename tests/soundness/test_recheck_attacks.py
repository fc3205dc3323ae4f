"""Attacks on both checkers, each beside a control of the same form that both accept.

What the kernel's own tests attack (scopes, kinds of steps, forged evidence, matrices) is put before the re-checker in
``tests/recheck``; here is what neither had, and what only one of them could get wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from symproof.kernel.sequent import Sequent
from symproof.logic.definition import define
from symproof.logic.syntax import (
    FALSE,
    Abs,
    And,
    Diff,
    Eq,
    Exists,
    Implies,
    Ite,
    Max,
    MinOver,
    Ne,
    Sum,
    exp,
    family,
    forall_in,
    identity,
    integer,
    log,
    matrix,
    num,
    real,
    sqrt,
    trace,
    unary,
    zero_matrix,
)
from symproof.logic.term import Term, free_variables
from symproof.proof.author import Reason, by, have, qed
from symproof.proof.step import Step
from symproof.recheck import term as rechecked_term
from symproof.recheck.certificate import FORMAT, hash_of
from symproof.recheck.refused import Refused
from symproof.recheck.rules import exact_linear_algebra
from symproof.recheck.side_conditions import Side
from symproof.recheck.wellformed import Wellformed
from tests.recheck.test_matrices import CONVERT, ask
from tests.recheck.test_steps import own, rechecked
from tests.soundness.checking import statement
from tests.soundness.test_matrix_attacks import M

pytestmark = pytest.mark.slow

x, y, z = real("x y z")
i, n = integer("i n")
a = family("a")
PI = Term("pi")
A = matrix("A", n, n)


def both(claim: Term, reason: Reason, hypotheses: Mapping[str, Term], before: Sequence[Step] = ()) -> tuple[bool, bool]:
    """Whether the kernel and the re-checker accept a claim by a rule that is given all hypotheses."""
    free = sorted({v for t in (claim, *hypotheses.values()) for v in free_variables(t)}, key=lambda v: v.name)
    cited = by(reason, *hypotheses) if isinstance(reason, str) and reason != "matrix" else reason
    theorem = statement(claim, [*before, qed(cited)], variables=free, hypotheses=hypotheses)
    kernel, recheck = rechecked(theorem, {})
    return kernel.accepted, recheck is not None and not recheck.problems


@dataclass(frozen=True)
class Attack:
    """A false claim under hypotheses, and a true one; a rule is to refuse the first and to accept the second."""

    name: str
    rule: Reason
    false: Term
    true: Term
    weak: Mapping[str, Term] = field(default_factory=dict)
    given: Mapping[str, Term] = field(default_factory=dict)
    before: tuple[Step, ...] = ()

    def __str__(self) -> str:
        return self.name


def _digits(value: str) -> Term:
    return num(Fraction(value))


ROOT = "1.41421356237309504880168872420969807856967187537694807317667973799"
PI_65 = "3.14159265358979323846264338327950288419716939937510582097494459231"
NEAR = 17543233911800695450907164956888413406276808032081050028214274
"""The integer that (17 + 12 sqrt(2))**40 differs from by less than 1e-61."""
atan, sin, cos, tan = (partial(unary, f) for f in ("atan", "sin", "cos", "tan"))

ATTACKS = [
    Attack("division by zero", "field", Eq(x / x, 1), Eq(x / x, 1), {"h": x >= 0}, {"h": x > 0}),
    Attack("division by a sum that may be empty", "field", Eq(Sum(i, 1, n, num(1)) / n, 1),
           Eq(Sum(i, 1, n, num(1)) / n, 1), {"h": n >= 0}, {"h": n >= 1}),
    Attack("zero to the zero", "ring", Eq(num(0) ** num(0), 0), Eq(num(0) ** num(0), 1)),
    Attack("a power of zero", "sign", Eq(num(0) ** n, 0), Eq(num(0) ** num(2), 0), {"h": n >= 0}),
    Attack("a symbolic power at 0", "ring", Eq(x ** (n + 1), x**n * x), Eq(x ** (n + 1), x**n * x),
           {"h": n >= -1, "x": Ne(x, 0)}, {"h": n >= 0}),
    Attack("a square root of a square", "elementary", Eq(sqrt(x**2), x), Eq(sqrt(x**2), x), {}, {"h": x >= 0}),
    Attack("a root of a product", "elementary", Eq(sqrt(x * y), sqrt(x) * sqrt(y)), Eq(sqrt(x * y), sqrt(x) * sqrt(y)),
           {"h": x * y >= 0}, {"h": x >= 0, "g": y >= 0}),
    Attack("a sixth root of a square", "elementary", Eq((x**2) ** num(Fraction(1, 6)), x ** num(Fraction(1, 3))),
           Eq((x**2) ** num(Fraction(1, 6)), x ** num(Fraction(1, 3))), {"h": x <= 1}, {"h": x >= 0}),
    Attack("a logarithm of a product", "elementary", Eq(log(x * y), log(x) + log(y)), Eq(log(x * y), log(x) + log(y)),
           {"h": x * y > 0}, {"h": x > 0, "g": y > 0}),
    Attack("a logarithm of a square", "elementary", Eq(log(x**2), 2 * log(x)), Eq(log(x**2), 2 * log(Abs(x))),
           {"h": Ne(x, 0)}, {"h": Ne(x, 0)}),
    Attack("the branch of tan", "elementary", Eq(atan(tan(x)), x), Eq(atan(tan(x)), x),
           {"c": Ne(cos(x), 0), "h": x > -(PI / 2)}, {"c": Ne(cos(x), 0), "h": x > -(PI / 2), "g": x < PI / 2}),
    Attack("the branch of atan", "elementary", Eq(atan(x) + atan(1 / x), PI / 2),
           Eq(atan(num(3)) + atan(num(Fraction(1, 3))), PI / 2), {"h": Ne(x, 0)}),
    Attack("arcus functions that add up to more than a turn", "elementary", Eq(atan(num(2)) + atan(num(3)), -PI / 4),
           Eq(atan(num(2)) + atan(num(3)), 3 * PI / 4)),
    Attack("strict and weak", "linear", x < y, x <= y, {"h": x <= y}, {"h": x <= y}),
    Attack("a strict product", "sign", x * y > 0, x * y >= 0, {"h": x >= 0, "g": y >= 0}, {"h": x >= 0, "g": y >= 0}),
    Attack("a sum of positive numbers that may be empty", "sign", Sum(i, 1, n, exp(a(i))) > 0,
           Sum(i, 1, n, exp(a(i))) > 0, {"h": n >= 0}, {"h": n >= 1}),
    Attack("sums compared strictly", "sum", Sum(i, 1, n, a(i)) < Sum(i, 1, n, a(i) + 1),
           Sum(i, 1, n, a(i)) < Sum(i, 1, n, a(i) + 1), {"h": n >= 0}, {"h": n >= 1}),
    Attack("a premise about an empty range", "sign", a(1) > 0, a(1) > 0,
           {"h": forall_in(i, 1, n, a(i) > 0)}, {"h": forall_in(i, 1, n, a(i) > 0), "g": n >= 1}),
    Attack("a number of terms below 0", "ring", Eq(Sum(i, 1, n, num(1)), n), Eq(Sum(i, 1, n, num(1)), n),
           {"h": n >= -2}, {"h": n >= 0}),
    Attack("an index outside of the range", "ring", Eq(Sum(i, 1, n, Ite(Eq(i, 2), a(i), 0)), a(2)),
           Eq(Sum(i, 1, n, Ite(Eq(i, 2), a(i), 0)), a(2)), {"h": n >= 1}, {"h": n >= 2}),
    Attack("a range that is split outside", "sum", Eq(Sum(i, 0, n, a(i)), Sum(i, 0, 5, a(i)) + Sum(i, 6, n, a(i))),
           Eq(Sum(i, 0, n, a(i)), Sum(i, 0, 5, a(i)) + Sum(i, 6, n, a(i))), {"h": n >= 0}, {"h": n >= 5}),
    Attack("a minimum of nothing", "extremum", MinOver(i, 1, n, a(i) ** 2) >= 0, MinOver(i, 1, n, a(i) ** 2) >= 0,
           {"h": n >= 0}, {"h": n >= 1}),
    Attack("a derivative at a kink", "derivative", Eq(Diff(x, Abs(x), y), unary("sign", y)),
           Eq(Diff(x, Abs(x), y), unary("sign", y)), {"h": y >= 0}, {"h": y > 0}),
    Attack("a derivative of a root at 0", "derivative", Eq(Diff(x, sqrt(x), y), 1 / (2 * sqrt(y))),
           Eq(Diff(x, sqrt(x), y), 1 / (2 * sqrt(y))), {"h": y >= 0}, {"h": y > 0}),
    Attack("a slope at a jump", "derivative", Eq(Diff(x, unary("floor", x), y), 0),
           Eq(Diff(x, unary("floor", x), y), 0), {"h": y >= 0}, {"h": Ne(y, unary("floor", y))}),
    Attack("a maximum at a tie", "derivative", Eq(Diff(x, Max(x, z), y), Ite(y > z, num(1), num(0))),
           Eq(Diff(x, Max(x, z), y), num(1)), {"h": y >= z}, {"h": y > z}),
    Attack("a ball that straddles 0", "ball", sin(num(1)) ** 2 + cos(num(1)) ** 2 - 1 >= 0,
           sin(num(1)) ** 2 + cos(num(1)) ** 2 - 1 >= -_digits("1e-60")),
    Attack("sixty digits of a root", "elementary", Eq(sqrt(num(2)), _digits(ROOT)),
           Eq(sqrt(num(2)) ** 2, _digits(ROOT) ** 2 + (2 - Fraction(ROOT) ** 2))),
    Attack("sixty digits of pi", "ball", _digits(PI_65) - _digits("1e-64") >= PI, Ne(PI, _digits(PI_65))),
    Attack("nearly an integer", "ball", exp(PI * sqrt(num(163))) >= 262537412640768744,
           exp(PI * sqrt(num(163))) < 262537412640768744),
    Attack("a power of a conjugate", "elementary", Eq((17 + 12 * sqrt(num(2))) ** 40, NEAR),
           Eq((17 + 12 * sqrt(num(2))) ** 40 + (17 - 12 * sqrt(num(2))) ** 40, NEAR)),
    Attack("a trace of nothing", by("linear", "t", "h"), trace(identity(n)) > 0, trace(identity(n)) > 0,
           {"h": n >= 0}, {"h": n >= 1}, (have("t", Eq(trace(identity(n)), n), "matrix"),)),
    Attack("premises that contradict each other elsewhere", "linear", FALSE, FALSE,
           {"h": Implies(y > 0, And(x < 0, x > 0))}, {"h": x < 0, "g": x > 0}),
    Attack("half an integer", "linear", x >= 1, n >= 1, {"h": x > 0}, {"h": n > 0}),
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_false_claim_is_refused_and_a_true_one_accepted(attack: Attack) -> None:
    assert both(attack.false, attack.rule, attack.weak, attack.before) == (False, False)
    assert both(attack.true, attack.rule, attack.given, attack.before) == (True, True)


# Captured variables --------------------------------------------------------------------------------------------------


def test_a_variable_in_reach_is_not_the_one_that_exists() -> None:
    """From 0 (c + 1) = 0 nothing follows about the d for which d + 1 = d would hold."""
    c, one = matrix("c", 1, 1), M([[1]])
    nothing = Eq(M([[0]]) * (c + one), zero_matrix(1, 1))
    evidence = {"C": (("1",),), "D": (("0",),)}
    false = Exists(c, Eq(c + one, one * c))
    with pytest.raises(Refused):
        ask(exact_linear_algebra, false, reach=[nothing], evidence=evidence)
    with pytest.raises(Refused):
        ask(exact_linear_algebra, false, nothing, evidence=evidence)
    assert both(false, by("exact_linear_algebra", "h", evidence=evidence), {"h": nothing}) == (False, False)
    d = matrix("d", 1, 1)
    true = Exists(d, Eq(c + one, one * d))
    assert ask(exact_linear_algebra, true, reach=[nothing], evidence=evidence)
    assert both(true, by("exact_linear_algebra", "h", evidence=evidence), {"h": nothing}) == (True, True)


# Notions and terms ---------------------------------------------------------------------------------------------------


def test_a_notion_is_not_made_of_another_one_of_its_name() -> None:
    inner = define("attack.notion", (x,), x)
    outer = define("attack.notion", (x,), inner(x) + 1)
    with pytest.raises(Refused, match="two different notions"):
        Wellformed().require((own(outer(0)),), ())
    Wellformed().require((own(define("attack.other", (x,), inner(x) + 1)(0)),), ())
    assert both(Eq(outer(0), 1), by("ring", unfold=[outer]), {}) == (False, False)


def test_terms_of_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the hash of every term were the same."""
    monkeypatch.setattr(rechecked_term, "hash", lambda _: 7, raising=False)
    one, other, same = (own_term(f) for f in ("add", "sub", "add"))
    assert one._hash == other._hash == 7
    assert one == same
    assert one != other
    assert len({one, other, same}) == 2


def own_term(name: str) -> rechecked_term.Term:
    """A sum or difference of two variables."""
    u, v = (rechecked_term.var(w, rechecked_term.REAL) for w in "uv")
    return rechecked_term.op(name, u, v)


# Limits --------------------------------------------------------------------------------------------------------------


def test_what_runs_into_the_limit_of_side_conditions_does_not_hold() -> None:
    """A false condition below more conditions than are looked at, and a true one that needs few."""
    deep: Term = x >= 0
    for k in range(12):
        deep = Implies(y >= k, And(deep, Ite(x >= k, x, x + 1) >= x))
    sequent = CONVERT.sequent(Sequent((x, y)))
    assert not Side().holds(sequent, CONVERT.term(deep))
    assert Side().holds(sequent, CONVERT.term(Implies(x >= 1, x >= 0)))


def test_work_without_end_is_undecided(tmp_path: Path) -> None:
    """A claim of a few hundred bytes about a sum of 64**12 terms, all different."""
    table: list[Any] = [["num", "1"], ["num", "64"], ["var", "f", {"fun": ["int"] * 12 + ["real"]}]]
    table += [["bound", k, "int"] for k in range(12)]
    table.append(["apply", 2, *range(3, 15)])
    for _ in range(12):
        table.append(["sum", [["i", "int"]], 0, 1, len(table) - 1])
    table.append(["eq", len(table) - 1, 0])
    statement = {"variables": [2], "hypotheses": [], "conclusion": len(table) - 1}
    proof = [{"kind": "qed", "by": {"rule": "ring"}}]
    result: dict[str, Any] = {"id": "a.sum", "table": table, "statement": statement, "uses": {}, "trust": "proved",
                              "proof": proof}  # fmt: skip
    result["hash"] = hash_of(result)
    whole = {"format": FORMAT, "kind": "results", "versions": {}, "asked": ["a.sum"], "theorems": [result]}
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps({**whole, "hash": hash_of(whole)}))
    words = [sys.executable, "-m", "symproof.recheck", "--json", "--time", "1", str(file)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    assert (done.returncode, found["verdict"]) == (3, "undecided")
    assert found["not_rechecked"] == ["the time limit of 1 seconds was reached"]
