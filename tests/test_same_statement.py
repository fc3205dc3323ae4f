"""Statements that are the same up to renaming are found; near ones are not."""

from pathlib import Path

import pytest

from symproof.library import load_library
from symproof.logic.syntax import Eq, ForAll, Implies, Sum, family, forall_in, function, integer, matrix, num, real
from symproof.logic.term import Term
from symproof.proof.theorem import Theorem, theorem
from symproof.same_statement import renaming, same_statements, shape_digest

x, y, z, s, t = real("x y z s t")
m, n, i, k = integer("m n i k")
a, b = family("a"), family("b")
h, g = function("h"), function("g")


def stating(id: str, variables: list[Term], conclusion: Term, **hypotheses: Term) -> Theorem:
    return theorem(id, id, variables=variables, hypotheses=hypotheses, conclusion=conclusion)


FIRST = stating("own.first", [x, y], x * y > 0, one=x > 0, two=y > 0)

SAME = {
    "itself": ([x, y], x * y > 0, {"one": x > 0, "two": y > 0}, {"x": "x", "y": "y"}),
    "labels": ([x, y], x * y > 0, {"left": x > 0, "right": y > 0}, {"x": "x", "y": "y"}),
    "order": ([y, x], x * y > 0, {"two": y > 0, "one": x > 0}, {"x": "x", "y": "y"}),
    "names": ([s, t], t * s > 0, {"one": s > 0, "two": t > 0}, {"x": "t", "y": "s"}),
    "swapped": ([x, y], y * x > 0, {"one": x > 0, "two": y > 0}, {"x": "y", "y": "x"}),
    "a variable that nothing speaks of": ([x, y, z], x * y > 0, {"a": x > 0, "b": y > 0}, {"x": "x", "y": "y"}),
    "a hypothesis twice": ([x, y], x * y > 0, {"a": x > 0, "b": y > 0, "c": x > 0}, {"x": "x", "y": "y"}),
}


@pytest.mark.parametrize(("variables", "conclusion", "hypotheses", "names"), SAME.values(), ids=SAME.keys())
def test_the_same_up_to_renaming(variables, conclusion, hypotheses, names) -> None:
    other = stating("own.other", variables, conclusion, **hypotheses)
    assert renaming(FIRST, other) == names
    assert shape_digest(FIRST) == shape_digest(other)
    assert [(pair.first, pair.second) for pair in same_statements([other, FIRST])] == [("own.first", "own.other")]


DIFFERENT = {
    "one variable for two": ([x], x * x > 0, {"one": x > 0}),
    "one variable for two, two labels": ([x], x * x > 0, {"one": x > 0, "two": x > 0}),
    "the other sign": ([x, y], x * y > 0, {"one": x > 0, "two": y < 0}),
    "not strict": ([x, y], x * y > 0, {"one": x > 0, "two": y >= 0}),
    "one hypothesis less": ([x, y], x * y > 0, {"one": x > 0}),
    "one hypothesis more": ([x, y], x * y > 0, {"one": x > 0, "two": y > 0, "three": x * y > 0}),
    "another number": ([x, y], x * y > 1, {"one": x > 0, "two": y > 0}),
    "another sort": ([m, n], m * n > 0, {"one": m > 0, "two": n > 0}),
    "a third variable": ([x, y, z], x * y > 0, {"one": x > 0, "two": z > 0}),
    "merely equivalent": ([x, y], num(0) < x * y, {"one": x > 0, "two": y > 0}),
}


@pytest.mark.parametrize(("variables", "conclusion", "hypotheses"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_not_the_same(variables, conclusion, hypotheses) -> None:
    other = stating("own.other", variables, conclusion, **hypotheses)
    assert renaming(FIRST, other) is None
    assert renaming(other, FIRST) is None
    assert same_statements([FIRST, other]) == ()


def test_one_renaming_for_all_hypotheses() -> None:
    """x < y, y < z is a chain; x < y, x < z is none, though its parts look the same one by one."""
    chain = stating("own.chain", [x, y, z], num(1) > 0, one=x < y, two=y < z)
    fork = stating("own.fork", [x, y, z], num(1) > 0, one=x < y, two=x < z)
    backwards = stating("own.backwards", [x, y, z], num(1) > 0, one=z < x, two=y < z)
    assert shape_digest(chain) == shape_digest(fork)
    assert renaming(chain, fork) is None
    assert renaming(chain, backwards) == {"x": "y", "y": "z", "z": "x"}


def test_bound_variables_families_functions_and_sizes_have_no_names_either() -> None:
    one = stating("own.one", [m, a, h], h(Sum(i, 1, m, a(i))) >= 0, each=forall_in(i, 1, m, a(i) > 0))
    two = stating("own.two", [n, b, g], g(Sum(k, 1, n, b(k))) >= 0, all=forall_in(k, 1, n, b(k) > 0))
    assert renaming(one, two) == {"a": "b", "h": "g", "m": "n"}
    wrong = stating("own.wrong", [m, n, b, g], g(Sum(k, 1, n, b(k))) >= 0, all=forall_in(k, 1, m, b(k) > 0))
    assert renaming(one, wrong) is None
    A, B, C = matrix("A", m, n), matrix("B", n, m), matrix("C", m, m)
    assert renaming(stating("p", [m, n, A], Eq(A, A)), stating("q", [m, n, B], Eq(B, B))) is not None
    assert renaming(stating("p", [m, n, A], Eq(A, A)), stating("q", [m, C], Eq(C, C))) is None


def test_quantified_variables_are_told_apart_by_position() -> None:
    one = stating("own.one", [h], ForAll((x, y), Implies(x < y, h(x) <= h(y))))
    two = stating("own.two", [h], ForAll((y, x), Implies(y < x, h(y) <= h(x))))
    three = stating("own.three", [h], ForAll((x, y), Implies(y < x, h(x) <= h(y))))
    assert renaming(one, two) == {"h": "h"}
    assert renaming(one, three) is None


def test_a_search_that_would_not_end_is_given_up() -> None:
    """A ring of 11 variables against rings of 5 and 6: every part looks like every other."""
    v = real(" ".join(f"v{j}" for j in range(11)))
    ring = [v[j] < v[(j + 1) % 11] for j in range(11)]
    rings = [v[j] < v[(j + 1) % 5] for j in range(5)] + [v[5 + j] < v[5 + (j + 1) % 6] for j in range(6)]
    one, two = (
        stating(f"own.{name}", list(v), num(1) > 0, **{f"h{j}": p for j, p in enumerate(parts)})
        for name, parts in (("ring", ring), ("rings", rings))
    )
    assert renaming(one, two) is None


def test_the_library_states_nothing_twice() -> None:
    assert same_statements(load_library().theorems.values()) == ()


def test_three_that_state_the_same_are_three_pairs(tmp_path: Path) -> None:
    three = [stating(f"own.{name}", [x, y], x * y > 0, one=x > 0, two=y > 0) for name in "cab"]
    assert [str(pair) for pair in same_statements(three)] == [
        "own.a and own.b state the same", "own.a and own.c state the same", "own.b and own.c state the same",
    ]  # fmt: skip
