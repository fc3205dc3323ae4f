"""The vacuity guard as text: where the hypotheses of a result hold, and what fails without each of them.

Everything is evaluated anew; what rests on the author's word is told apart from what was evaluated.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flint import arb

from symproof.errors import InputError
from symproof.instances.vacuity import assignment, definitions, judge_meeting_point, judge_near_miss, settle
from symproof.kernel.evaluate import Undefined
from symproof.logic.sort import INT
from symproof.logic.term import Term
from symproof.proof.meeting_point import MeetingPoint
from symproof.proof.theorem import Theorem

__all__ = ["vacuity_data", "vacuity_lines"]

WIDTH = 110
MOST_ENTRIES = 8
"""So many entries of a family are shown."""


def vacuity_data(theorem: Theorem, point: MeetingPoint | None) -> dict[str, object] | None:
    """Meeting point and near misses as a JSON object; None if there is no point or no hypothesis.

    Args:
        theorem: the result.
        point: what its author gives.
    """
    if point is None or not theorem.hypotheses:
        return None
    try:
        judged = judge_meeting_point(theorem, point)
    except InputError as error:
        return {"error": str(error)}
    hypotheses = [{"label": j.label, "holds": j.truth, "reason": j.reason if j.truth is None else ""} for j in judged]
    values = {} if point.abstract else _shown_values(theorem, point)
    without = [_without(theorem, point, label) for label, _ in theorem.hypotheses]
    return {"values": values, "abstract": point.abstract, "hypotheses": hypotheses, "without": without}


def _without(theorem: Theorem, point: MeetingPoint, label: str) -> dict[str, object]:
    entry = point.misses.get(label, "")
    if isinstance(entry, str):
        return {"label": label, "reason": entry}
    try:
        problem = judge_near_miss(theorem, point, label)
    except InputError as error:
        problem = str(error)
    return {"label": label, "changes": _texts(entry.changes), "tried_at": _texts(entry.at), "problem": problem}


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def _shown_values(theorem: Theorem, point: MeetingPoint) -> dict[str, str]:
    """The values, of a family the entries that the statement reads; not of what a hypothesis defines."""
    formulas = {key.partition("(")[0]: key for key in point.values if "(" in key}
    defined = {v for v, _ in definitions(theorem).values()}
    values = assignment(theorem, point.values)
    read: dict[Term, dict[tuple[Any, ...], Any]] = {}
    for v, value in values.items():
        if v.sort.kind == "fun" and not isinstance(value, Term):
            read[v] = {}
            values[v] = _recorded(value, read[v])
    for claim in (*(p for _, p in theorem.hypotheses), theorem.conclusion):
        try:
            settle(claim, values)
        except Undefined:
            continue
    shown = {}
    for v in theorem.variables:
        if v in defined:
            continue
        if v.name in formulas:
            shown[formulas[v.name]] = str(point.values[formulas[v.name]])
        elif v in read:
            whole = all(s == INT for s in v.sort.domain)
            entries = sorted(read[v].items())[:MOST_ENTRIES] if whole else list(read[v].items())[:3]
            shown |= {f"{v.name}({', '.join(map(str, at))})": _number(value) for at, value in entries}
            if not entries:  # no claim that was evaluated reads it
                shown[v.name] = "a function of the module"
        else:
            shown[v.name] = _number(values[v])
    return shown


def _recorded(function: Callable[..., Any], read: dict[tuple[Any, ...], Any]) -> Callable[..., Any]:
    def value(*args: Any) -> Any:
        found = function(*args)
        if not any(isinstance(a, arb) for a in args):
            read[args] = found
        return found

    return value


def _number(value: Any) -> str:
    return f"about {value.str(6, radius=False)}" if isinstance(value, arb) else str(value)


def vacuity_lines(data: Mapping[str, Any] | None) -> list[str]:
    """``vacuity_data`` as lines of text; none without data.

    Args:
        data: what ``vacuity_data`` returns.
    """
    return list(_lines(data)) if data is not None else []


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    yield "Not vacuous"
    if "error" in data:
        yield from _wrapped(f"The meeting point cannot be used: {data['error']}", "  ")
        return
    failing = [
        h["label"] for h in data["hypotheses"] if h["holds"] is False or (h["holds"] is None and not h["reason"])
    ]
    if failing:
        yield from _wrapped(f"The meeting point is none: {', '.join(failing)} is not seen to hold there.", "  ")
    elif data["abstract"]:
        yield from _wrapped(f"The hypotheses can be met (not evaluated): {data['abstract']}", "  ")
    else:
        yield from _wrapped(f"The hypotheses hold, for example, at {_equations(data['values'])}", "  ")
        for hypothesis in data["hypotheses"]:
            if hypothesis["holds"] is None:
                yield from _wrapped(f"{hypothesis['label']} (not evaluated): {hypothesis['reason']}", "    ")
    yield "Without a hypothesis (what is not evaluated above is taken to hold where none of its variables is changed)"
    for each in data["without"]:
        yield from _wrapped(f"{each['label']}: {_what_fails(each)}", "  ")


def _what_fails(each: Mapping[str, Any]) -> str:
    if "changes" not in each:
        return each["reason"] or "nothing is said of what fails without it"
    what = f"at the same values with {_equations(each['changes'])}"
    what += f" (for {_equations(each['tried_at'])})" if each["tried_at"] else ""
    if each["problem"]:
        return f"{what}: no near miss, {each['problem']}"
    return f"{what}, the other hypotheses hold and the conclusion does not"


def _equations(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def _wrapped(text: str, margin: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=margin, subsequent_indent=f"{margin}    ", break_on_hyphens=False)
