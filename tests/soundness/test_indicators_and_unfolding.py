"""Piecewise atoms are not indicators; unfolding captures nothing. Each test is a hole that once proved a falsehood."""

import pytest

from symproof.kernel.check import check_theorem
from symproof.logic.definition import define, define_recursive
from symproof.logic.sort import REAL, SortError, fun_sort
from symproof.logic.syntax import Eq, ForAll, Implies, Ite, family, identity, integer, num, real, trace, variable
from symproof.logic.term import free_variables
from symproof.proof.author import by, have, qed
from symproof.proof.theorem import theorem

x, p = real("x p")
n = integer("n")


@pytest.mark.parametrize("rule", ["elementary", "ring", "field", "sign", "linear"])
def test_the_square_of_a_piecewise_number_is_not_itself(rule: str) -> None:
    """ite(x > 0, 2, 3)**2 is 4 or 9, never 2 or 3."""
    choice = Ite(x > 0, num(2), num(3))
    claim = theorem("a.b", "", variables=[x], conclusion=Eq(choice**2, choice), proof=[qed(by(rule))])
    assert not check_theorem(claim, {}).accepted
    control = theorem(
        "a.c", "", variables=[x], conclusion=Eq(Ite(x > 0, 1, 0) ** 2, Ite(x > 0, 1, 0)), proof=[qed(by("ring"))]
    )
    assert check_theorem(control, {}).accepted


def test_a_size_never_depends_on_a_bound_variable() -> None:
    """Unfolding D(n) = trace(I_n) under "for all n" would hide n in a sort, where no instance reaches it."""
    hidden = define("a.D", (n,), trace(identity(n)))
    fact = ForAll(n, Implies(n >= 0, Eq(hidden(n), n)))
    steps = [have("plain", fact, by("matrix", unfold=[hidden])), have("seen", Eq(hidden(2), 2), by("logic", "plain"))]
    claim = theorem("a.b", "", conclusion=Eq(num(2), num(3)), proof=steps)
    assert not check_theorem(claim, {}).accepted
    with pytest.raises(SortError):
        from symproof.logic.term import replace_calls

        replace_calls(fact, lambda d, args: d.unfold(args))


def test_unfolding_a_recursion_keeps_its_arguments_apart() -> None:
    """R(m + 1, p) = R(m, p + 1) at index p' + 1 is R(p', ...), whatever the parameters are called inside."""
    previous = variable("previous", fun_sort(REAL, REAL))
    recursion = define_recursive("a.R", (n, p), base=p, previous=previous, step=previous(p + 1))
    index = integer("p'")
    unfolded = recursion.unfold_successor(index, (num(0),))
    assert unfolded == recursion(index, num(0) + 1)
    assert index in free_variables(unfolded)


def test_families_control() -> None:
    """A family may be indexed by the quantified variable: only sizes may not depend on it."""
    a = family("a")
    square = define("a.square", (n, a), a(n) ** 2)
    claim = theorem(
        "a.b",
        "",
        variables=[a],
        conclusion=ForAll(n, Eq(square(n, a), a(n) * a(n))),
        proof=[qed(by("ring", unfold=[square]))],
    )
    assert check_theorem(claim, {}).accepted
