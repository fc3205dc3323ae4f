"""The vacuity guard itself: points that do not meet the hypotheses and near misses that are none are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from symproof.errors import InputError
from symproof.instances.near_miss_file import read_near_misses
from symproof.instances.vacuity import assignment, judge_meeting_point, judge_near_miss
from symproof.logic.syntax import Eq, ForAll, Implies, Sum, exp, family, function, integer, real
from symproof.proof.meeting_point import MeetingPoint, NearMiss
from symproof.proof.theorem import theorem

x, y, s = real("x y s")
m, i, k = integer("m i k")
a, b = family("a b")
h = function("h")

QUOTIENT = theorem(
    "own.quotient", "A quotient", variables=[x, y], hypotheses={"left": x > 0, "right": y > 0}, conclusion=x / y > 0
)
GROWING = theorem(
    "own.growing",
    "A growing function",
    variables=[h],
    hypotheses={"growing": ForAll(s, Implies(s >= 0, h(s) >= s)), "start": Eq(h(0), 0)},
    conclusion=ForAll(s, Implies(s >= 2, h(s) >= 2)),
)
DOUBLED = theorem(
    "own.doubled",
    "A doubled sum",
    variables=[m, a, b, x],
    hypotheses={"b_def": ForAll(k, Eq(b(k), 2 * a(k))), "x_def": Eq(x, Sum(i, 1, m, a(i))), "some": m >= 1},
    conclusion=Eq(Sum(i, 1, m, b(i)), 2 * x),
)


def problem(changes: dict[str, object], label: str = "right", **more: object) -> str:
    point = MeetingPoint({"x": 1, "y": 2}, misses={label: NearMiss(changes, **more)})  # type: ignore[arg-type]
    return judge_near_miss(QUOTIENT, point, label)


def test_a_near_miss_meets_the_other_hypotheses_and_not_the_conclusion() -> None:
    assert problem({"y": "-1/2"}) == ""
    assert problem({"y": 0}) == "", "the quotient has no value"
    assert problem({"y": 3}) == "the conclusion is true there"
    assert problem({"y": -1, "x": -1}) == "the hypothesis left is false there"
    assert problem({"x": -1}) == "the hypothesis left is false there", "it is the near miss of another one"


def test_a_reason_is_no_excuse_for_what_is_false() -> None:
    def judged(formula: str) -> list[bool]:
        point = MeetingPoint({"h(t)": formula}, {"growing": "as everybody knows"})
        return [each.holds for each in judge_meeting_point(GROWING, point)]

    assert judged("2*t") == [True, True]
    assert judged("t/2") == [False, True], "a sample contradicts the reason"
    assert judged("2*t + 1") == [True, False]
    assert [each.holds for each in judge_meeting_point(GROWING, MeetingPoint({"h(t)": "2*t"}))] == [False, True]


def test_what_is_said_of_all_is_refuted_by_an_instance_alone() -> None:
    def refuted(formula: str, **at: object) -> str:
        miss = NearMiss({"h(t)": formula}, at)
        return judge_near_miss(GROWING, MeetingPoint({"h(t)": "t"}, misses={"growing": miss}), "growing")

    assert refuted("t/2", s=3) == ""
    assert refuted("t/2") == "the conclusion is undecided there"
    assert refuted("t/2", s=1) == refuted("t/2", s=4) == "the conclusion is undecided there", "no counterexample"


def test_a_reason_is_kept_only_for_what_is_not_changed() -> None:
    miss = NearMiss({"h(t)": "t + 1"}, {"s": 3})
    point = MeetingPoint({"h(t)": "t"}, {"growing": "h(s) = s"}, misses={"start": miss})
    assert judge_near_miss(GROWING, point, "start") == "the hypothesis growing is undecided there"


def test_definitions_follow_what_they_are_made_of() -> None:
    point = MeetingPoint({"m": 2, "a(k)": "k"})
    values = assignment(DOUBLED, point.values)
    assert values[x] == 3 and all(each.truth for each in judge_meeting_point(DOUBLED, point))
    assert assignment(DOUBLED, point.values, {"a(1)": 5})[x] == 7
    for changes in ({"b(2)": "1"}, {"b": "a"}):
        missed = MeetingPoint(point.values, misses={"b_def": NearMiss(changes), "some": NearMiss({"m": 0})})
        assert judge_near_miss(DOUBLED, missed, "b_def") == ""
        assert judge_near_miss(DOUBLED, missed, "some") == "the conclusion is true there"


@pytest.mark.parametrize(
    "values",
    [{"x": 1}, {"x": 1, "y(": 2}, {"x": 1, "y(1)": 2}, {"x": 1, "y": "__import__('os')"}, {"x": 1, "y": "z"}],
)
def test_values_that_do_not_fit_are_bad_input(values: dict[str, object]) -> None:
    with pytest.raises(InputError):
        judge_meeting_point(QUOTIENT, MeetingPoint(values))


def test_a_value_that_is_not_rational_is_a_ball() -> None:
    larger = theorem("own.e", "e", variables=[x], hypotheses={"large": x >= exp(1)}, conclusion=x > 2)
    point = MeetingPoint({"x": "exp(1) + 1"}, misses={"large": NearMiss({"x": "sqrt(2)"})})
    assert judge_meeting_point(larger, point)[0].truth is True and judge_near_miss(larger, point, "large") == ""


@pytest.mark.parametrize(
    "text",
    [
        "[",
        '["own.x"]\nleft = {sett = {}}',
        '["own.x"]\nleft = 3',
        '["own.x"]\nleft = {set = {x = "1"}}\n[[reason]]\ntext = "not needed"\nhypotheses = {"own.x" = ["left"]}',
    ],
)
def test_a_file_that_is_not_understood_is_bad_input(tmp_path: Path, text: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(InputError):
        read_near_misses(file)


def test_a_file_of_near_misses(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        '["own.x"]\nleft = {set = {"h(t)" = "t"}, at = {s = "1"}, holds = {right = "always"}}\n'
        '[[reason]]\ntext = "not needed"\nhypotheses = {"own.x" = ["third"]}\n'
    )
    expected = NearMiss({"h(t)": "t"}, {"s": "1"}, {"right": "always"})
    assert read_near_misses(file) == {"own.x": {"left": expected, "third": "not needed"}}
