import pytest
from flint import fmpq

from symproof.kernel.discharge import Discharger
from symproof.kernel.rule import Refusal, Request
from symproof.kernel.rules import ideal, sos
from symproof.kernel.sequent import Sequent
from symproof.logic.parser import parse_proposition
from symproof.logic.syntax import FALSE, real
from symproof.tactics.derivation import Given
from symproof.tactics.ideal_search import ideal_evidence, solve_linear
from symproof.tactics.semidefinite import affine_solutions, weighted_squares
from symproof.tactics.sos_search import sos_evidence

NAMES = {name: real(name) for name in "abcdxyz"}


def search(goal, *facts):
    propositions = tuple(parse_proposition(f, NAMES) for f in facts)
    wanted = FALSE if goal == "false" else parse_proposition(goal, NAMES)
    evidence = sos_evidence(wanted, propositions, Sequent(), Discharger())
    if evidence is not None:
        sos.RULE.check(Request(wanted, propositions, Sequent(), Discharger(), Given("sos", evidence)))
    return evidence


@pytest.mark.parametrize(
    ("goal", "facts"),
    [
        ("x**2 + y**2 >= 2*x*y", ()),
        ("x**2 - 3*x + 3 > 0", ()),
        ("x**4 - 4*x + 3 >= 0", ()),
        ("2*x**4 - 3*x**3 + 4*x**2 - x + 2 > 0", ()),
        ("(a*c + b*d)**2 <= (a**2 + b**2)*(c**2 + d**2)", ()),
        ("7*x**2 - 12*x*y + 6*y**2 >= 0", ()),
        ("a**3 + b**3 + c**3 >= 3*a*b*c", ("a >= 0", "b >= 0", "c >= 0")),
        ("x**3 >= 0", ("x >= 0",)),
        ("x*y > 0", ("x > 0", "y > 0")),
        ("x**2 <= 1", ("x <= 1", "x >= -1")),
        ("x**2 + y**2 >= 1/2", ("x + y == 1",)),
        ("x + y <= 5", ("x**2/9 + y**2/16 == 1",)),
        ("(a**2 + b**2 + c**2)**2 >= 3*(a**3*b + b**3*c + c**3*a)", ()),
        ("x < 1", ("x**2 < 1",)),
        ("x**3 < y**3", ("x < y",)),
        ("false", ("x > 1", "x**2 < 1")),
    ],
)
def test_found_and_accepted(goal, facts):
    assert search(goal, *facts) is not None


@pytest.mark.parametrize(
    ("goal", "facts"),
    [
        ("x**2 + y**2 > 2*x*y", ()),
        ("x**2 - 3*x + 2 >= 0", ()),
        ("x**4 - 4*x + 29/10 >= 0", ()),
        ("7*x**2 - 13*x*y + 6*y**2 >= 0", ()),
        ("x**3 >= 0", ()),
        ("x*y > 0", ("x > 0", "y >= 0")),
        ("x**2 <= 1", ("x <= 1",)),
        ("x**2 + y**2 >= 51/100", ("x + y == 1",)),
        ("x**4*y**2 + x**2*y**4 + 1 >= 3*x**2*y**2 + 1/100", ()),
    ],
)
def test_not_found(goal, facts):
    assert search(goal, *facts) is None


def test_the_motzkin_polynomial_is_nonnegative_but_no_sum_of_squares():
    assert search("x**4*y**2 + x**2*y**4 + 1 >= 3*x**2*y**2") is None


def test_tampered_certificates_are_refused():
    goal = parse_proposition("x**2 - 3*x + 3 > 0", NAMES)
    evidence = sos_evidence(goal, (), Sequent(), Discharger())
    weight, square, factors = evidence[0]
    bad = [
        [(weight + 1, square, factors), *evidence[1:]],
        [(weight, square + 1, factors), *evidence[1:]],
        [(-weight, square, factors), (2 * weight, square, factors), *evidence[1:]],
        evidence[:-1],
    ]
    for certificate in bad:
        with pytest.raises(Refusal):
            sos.RULE.check(Request(goal, (), Sequent(), Discharger(), Given("sos", certificate)))


@pytest.mark.parametrize(
    ("goal", "facts", "found"),
    [
        ("x**2 == y**2", ("x + y == 0",), True),
        ("a**3 + b**3 == 1 - 3*a*b", ("a + b == 1",), True),
        ("x*z == y", ("x == 1", "z == y"), True),
        ("x == y", ("x**2 == y**2",), False),
        ("x == 1", ("x**2 == 1",), False),
    ],
)
def test_cofactors(goal, facts, found):
    wanted = parse_proposition(goal, NAMES)
    equations = tuple(parse_proposition(f, NAMES) for f in facts)
    cofactors = ideal_evidence(wanted, equations, Sequent(), Discharger())
    assert (cofactors is not None) is found
    if cofactors is not None:
        ideal.RULE.check(Request(wanted, equations, Sequent(), Discharger(), Given("ideal", cofactors)))


def test_exact_linear_algebra():
    q = fmpq
    assert weighted_squares([[q(1), q(2)], [q(2), q(4)]]) == [(q(1), [q(1), q(2)])]
    assert weighted_squares([[q(1), q(2)], [q(2), q(3)]]) is None
    assert weighted_squares([[q(0), q(1)], [q(1), q(1)]]) is None
    assert solve_linear([[q(1), q(1)], [q(2), q(2)]], [q(1), q(3)]) is None
    solution, basis = affine_solutions([[q(1), q(1)]], [q(2)], 2)
    assert sum(solution) == 2 and len(basis) == 1 and sum(basis[0]) == 0
