"""The vacuity guard over the whole library: no statement is vacuous, and every hypothesis has a near miss or a reason.

A new result needs an entry in ``theorems/points/``; nothing passes without one.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from symproof.instances.vacuity import judge_meeting_point, judge_near_miss
from symproof.library import Library, load_library
from symproof.proof.meeting_point import MeetingPoint, NearMiss

ROOT = Path(__file__).parents[2]
OPEN = "open: no near miss is known yet"
MOST_OPEN = 19
"""So many hypotheses, all of lemmas, have neither a near miss nor a reason; the number may only fall."""


@cache
def library() -> Library:
    return load_library()


@cache
def points() -> dict[str, MeetingPoint]:
    return library().meeting_points()


@pytest.mark.parametrize("name", sorted(n for n, t in library().theorems.items() if t.hypotheses))
def test_the_hypotheses_can_be_met_and_each_of_them_matters(name: str) -> None:
    theorem = library().theorems[name]
    assert name in points(), f"add values that meet the hypotheses of {name} to theorems/points/"
    point = points()[name]
    if point.abstract:
        assert any(v.sort.kind == "fun" for v in theorem.variables), "only of notions that have no values"
    assert [judged for judged in judge_meeting_point(theorem, point) if not judged.holds] == []
    for label, _ in theorem.hypotheses:
        entry = point.misses.get(label)
        where = f"theorems/points/{name.partition('.')[0]}.toml"
        assert entry, (
            f"{name}: say what fails without the hypothesis {label}, in {where}:\n"
            f'["{name}"]\n{label} = {{set = {{variable = "value"}}}}\nor give a reason why there is no such near miss'
        )
        if isinstance(entry, NearMiss):
            assert judge_near_miss(theorem, point, label) == "", f"{where}: {name}: {label}"


def test_every_point_and_every_entry_is_one_of_a_result() -> None:
    labels = {name: {label for label, _ in t.hypotheses} for name, t in library().theorems.items()}
    assert sorted(points().keys() - labels.keys()) == []
    assert [(name, label) for name, p in points().items() for label in p.misses if label not in labels[name]] == []


def test_what_is_missing_is_known_and_a_reason_says_where_it_is_shown() -> None:
    reasons = [entry for p in points().values() for entry in p.misses.values() if isinstance(entry, str)]
    assert reasons.count(OPEN) <= MOST_OPEN
    assert [r for r in reasons if r.startswith("open") and r != OPEN] == []
    files = {file for reason in reasons for file in re.findall(r"tests/\S+?\.py", reason)}
    assert files and [file for file in sorted(files) if not (ROOT / file).is_file()] == []
