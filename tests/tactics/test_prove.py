import pytest

from symproof.tactics.claim import SORTS, read_claim
from symproof.tactics.prove import prove_claim


def test_the_keys_of_the_contract():
    result = prove_claim({"x": "real"}, ["x >= 0"], "sqrt(x**2) == x")
    assert set(result.as_dict()) == {"status", "rule", "trust", "counterexample", "message", "obligations"}
    assert (result.status, result.trust, result.counterexample) == ("proved", "proved", None)
    result = prove_claim({"x": "real"}, [], "sqrt(x**2) == x")
    assert (result.status, result.rule, result.counterexample) == ("refuted", "counterexample", {"x": "-1"})


def test_balls_lower_the_trust():
    assert prove_claim({}, [], "pi < 22/7").trust == "certified"
    assert prove_claim({}, [], "2 < 22/7").trust == "proved"
    assert prove_claim({"x": "real"}, ["0 <= x", "x <= 1"], "exp(x) <= 3*x + 1").trust == "certified"


def test_an_undefined_claim_is_unknown_and_says_where():
    result = prove_claim({"x": "real"}, [], "1/x*x == 1", timeout=3)
    assert result.status == "unknown"
    assert "x = 0" in result.message
    assert result.obligations == ("x != 0",)
    assert prove_claim({"x": "real"}, ["x != 0"], "1/x*x == 1").status == "proved"


def test_an_undefined_point_elsewhere_does_not_hide_a_counterexample():
    assert prove_claim({"x": "real"}, [], "1/x*x == 2", timeout=3).status == "refuted"


def test_a_hypothesis_holds_only_where_it_is_defined():
    assert prove_claim({"x": "real"}, ["log(x) >= 0"], "x >= 1").status == "proved"
    assert prove_claim({"x": "real"}, ["log(x) <= 0"], "x <= 0").status == "refuted"


def test_contradictory_hypotheses_are_reported():
    result = prove_claim({"x": "real"}, ["x > 1", "x < 0"], "x == 5")
    assert result.status == "proved"
    assert "contradict" in result.message
    assert "contradict" not in prove_claim({"x": "real"}, ["x > 1"], "x > 0").message


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_is_read(sort):
    claim = read_claim({"x": sort}, [], "x == x")
    assert claim.is_complex == (sort == "complex")
    assert prove_claim({"x": sort}, [], "x == x").status == "proved"


@pytest.mark.parametrize(
    ("sort", "claim", "status"),
    [
        ("rational", "x != 1/2", "refuted"),
        ("integer", "x != 1/2", "unknown"),
        ("integer", "2*x != 1", "proved"),
        ("natural", "x >= 0", "proved"),
        ("integer", "x >= 0", "refuted"),
        ("negative", "x < 0", "proved"),
        ("nonneg", "x > 0", "refuted"),
        ("positive", "x > 0", "proved"),
    ],
)
def test_sorts_are_respected(sort, claim, status):
    answer = prove_claim({"x": sort}, [], claim, timeout=3).status
    assert answer == status or (status == "unknown" and answer == "proved")


@pytest.mark.parametrize(
    "variables",
    [{"pi": "real"}, {"E": "real"}, {"I": "complex"}, {"sin": "real"}, {"and": "real"}, {"1x": "real"}, {"x y": "real"},
     {"": "real"}, {"x" * 100: "real"}, {"é": "real"}],
)  # fmt: skip
def test_bad_names_are_invalid(variables):
    assert prove_claim(variables, [], "1 == 1").status == "invalid"


def test_answers_are_the_same_every_time():
    claim = ({"x": "real", "y": "real"}, ["x + y == 1"], "x**2 + y**2 >= 1/2")
    answers = [prove_claim(*claim).as_dict() for _ in range(4)]
    assert all(a == answers[0] for a in answers)
