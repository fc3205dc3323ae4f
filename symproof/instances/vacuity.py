"""The vacuity guard, exactly: whether a meeting point meets the hypotheses, and whether a near miss is one.

Truth is decided by the evaluator of the kernel, in exact or ball arithmetic. What it cannot decide (a claim about
infinitely many things) counts as undecided, unless the author names instances, or gives a reason, which is shown as
such and never as a check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from flint import fmpq

from symproof.errors import InputError
from symproof.kernel.differentiate import opened
from symproof.kernel.evaluate import EvaluationError, Undefined, decide, evaluate
from symproof.logic.parser import parse_expression
from symproof.logic.sort import INT, REAL, Sort
from symproof.logic.syntax import Lam, variable
from symproof.logic.term import Term, apply, free_variables, subst
from symproof.proof.meeting_point import MeetingPoint, NearMiss
from symproof.proof.theorem import Theorem

__all__ = ["Judged", "assignment", "judge_meeting_point", "judge_near_miss", "settle"]

_KEY = re.compile(r"\s*([^\W\d]\w*)\s*(?:\(([^()]*)\))?\s*", re.ASCII)

Values = Mapping[Term, Any]


@dataclass(frozen=True)
class Judged:
    """What is known of one hypothesis at a point.

    Attributes:
        label: its label.
        truth: as the evaluator decides it; None if it does not.
        reason: the author's reason where ``truth`` is None; empty if there is none.
    """

    label: str
    truth: bool | None
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is decided, or said with a reason, that it holds."""
        return self.truth is True or (self.truth is None and bool(self.reason))


def assignment(
    theorem: Theorem, values: Mapping[str, object], changes: Mapping[str, object] | None = None
) -> dict[Term, Any]:
    """The values of all variables of a theorem.

    A variable that a hypothesis defines (``W(k) = ...`` for all k) has the value that this says, whatever is given.

    Args:
        theorem: with its variables and hypotheses.
        values: what is given, by name; see ``MeetingPoint``.
        changes: what is changed afterwards; see ``NearMiss``. A definition of what is changed is not used.

    Raises:
        InputError: a value is missing or does not fit.
    """
    names = {v.name: v for v in theorem.variables}
    found = _changed({}, values, names, theorem.id)
    altered = {key.partition("(")[0].strip() for key in changes or {}}
    if changes:
        found = _changed(_defined(theorem, found, frozenset()), changes, names, theorem.id)
    found = _defined(theorem, found, altered)
    if missing := [name for name, v in names.items() if v not in found]:
        raise InputError("the meeting point lacks values", theorem.id, f"a value for {', '.join(missing)}")
    return found


def definitions(theorem: Theorem) -> dict[str, tuple[Term, Term]]:
    """The hypotheses that define a variable, by label ``NAME_def``: the variable and what it is.

    They say ``NAME = term`` or, for all indices, ``NAME(k, l) = term``, where the term does not use NAME.
    """
    names, found = {v.name: v for v in theorem.variables}, {}
    for label, claim in theorem.hypotheses:
        v = names.get(label.removesuffix("_def"))
        bound: list[Term] = []
        while claim.op == "forall":
            some, claim = opened(claim)
            bound += some
            claim = claim.args[1] if claim.op == "implies" else claim
        if v is None or claim.op != "eq" or v in free_variables(claim.args[1]):
            continue
        left, right = claim.args
        if left == (apply(v, tuple(bound)) if bound else v):
            found[label] = v, (Lam(tuple(bound), right) if bound else right)
    return found


def _defined(theorem: Theorem, values: Values, altered: Container[str]) -> dict[Term, Any]:
    """Values with what the definitions say, those of altered variables aside."""
    found = dict(values)
    pending = {v: term for v, term in definitions(theorem).values() if v.name not in altered}
    while ready := [v for v, term in pending.items() if not free_variables(term) & pending.keys()]:
        for v in ready:
            term = pending.pop(v)
            if free_variables(term) <= found.keys():
                try:
                    found[v] = evaluate(term, found)
                except EvaluationError as error:
                    raise InputError("the values do not fit", theorem.id, found=str(error)) from error
    return found


def judge_meeting_point(theorem: Theorem, point: MeetingPoint) -> tuple[Judged, ...]:
    """Each hypothesis at a meeting point.

    Raises:
        InputError: the values do not fit the theorem.
    """
    if point.abstract:
        return tuple(Judged(label, None, point.abstract) for label, _ in theorem.hypotheses)
    values = assignment(theorem, point.values)
    defined = definitions(theorem)
    return tuple(
        Judged(label, True) if label in defined else _judged(claim, label, values, {}, point.general.get(label, ""))
        for label, claim in theorem.hypotheses
    )


def _judged(claim: Term, label: str, values: Values, at: Mapping[str, object], reason: str) -> Judged:
    """One hypothesis at values; a reason is worth nothing where a sample contradicts it."""
    truth = settle(claim, values, at)
    return Judged(label, False if truth is None and _contradicted(claim, values) else truth, reason)


def judge_near_miss(theorem: Theorem, point: MeetingPoint, label: str) -> str:
    """What keeps the near miss of a hypothesis from being one; empty if nothing does.

    All other hypotheses hold there (definitions by what they define), and the conclusion fails or has no meaning.

    Raises:
        InputError: the values do not fit the theorem.
    """
    miss = point.misses[label]
    if not isinstance(miss, NearMiss):
        raise InputError("there is a reason, but no near miss", f"{theorem.id}: {label}")
    before, after = assignment(theorem, point.values), assignment(theorem, point.values, miss.changes)
    altered = {key.partition("(")[0].strip() for key in miss.changes}
    defined = definitions(theorem)
    moved = {v for v in after if v.name in altered} | {v for v, _ in defined.values() if after[v] is not before[v]}
    for other, hypothesis in theorem.hypotheses:
        if other == label or (other in defined and defined[other][0].name not in altered):
            continue
        same = "" if moved & free_variables(hypothesis) else point.general.get(other, "")
        try:
            judged = _judged(hypothesis, other, after, miss.at, miss.general.get(other, same))
        except Undefined:
            return f"the hypothesis {other} has no meaning there"
        if not judged.holds:
            return f"the hypothesis {other} is {_WORDS[judged.truth]} there"
    try:
        truth = settle(theorem.conclusion, after, miss.at)
    except Undefined:
        return ""
    return "" if truth is False else f"the conclusion is {_WORDS[truth]} there"


_WORDS = {True: "true", False: "false", None: "undecided"}


def settle(claim: Term, values: Values, at: Mapping[str, object] | None = None) -> bool | None:
    """The truth of a claim at values; None if it is not decided.

    Args:
        claim: a proposition.
        values: of its free variables.
        at: by name, values of bound variables: an instance that refutes what is said of all, or an example of what is
            said to exist.

    Raises:
        Undefined: a needed part has no value.
    """
    try:
        truth = decide(claim, values)
    except EvaluationError:
        truth = None
    if truth is not None:
        return truth
    if claim.op == "not":
        inner = settle(claim.args[0], values, at)
        return None if inner is None else not inner
    if claim.op == "implies":
        premise, conclusion = settle(claim.args[0], values, at), settle(claim.args[1], values, at)
        return True if premise is False or conclusion is True else False if premise and conclusion is False else None
    if claim.op in ("and", "or"):
        stop = claim.op == "or"
        parts = {settle(part, values, at) for part in claim.args}
        return stop if stop in parts else None if None in parts else not stop
    if claim.op == "call" and claim.data.kind == "explicit":
        return settle(_unfolded(claim), values, at)
    if claim.op in ("forall", "exists"):
        return _instance(claim, values, at or {})
    return None


def _unfolded(call: Term) -> Term:
    """What a folded notion says."""
    return subst(call.data.body, dict(zip(call.data.params, call.args, strict=True)))


def _instance(claim: Term, values: Values, at: Mapping[str, object]) -> bool | None:
    """What the instance in ``at`` tells of a quantified claim: that not all hold, or that one exists."""
    bound, body = opened(claim)
    names = {binder.hint: v for binder, v in zip(claim.data, bound, strict=True)}
    if names.keys() - {key.partition("(")[0].strip() for key in at}:
        unread = {v: value for v, value in values.items() if v not in bound}
        try:
            return decide(body, unread)  # if that needs no value of what is bound, it is so for all values
        except EvaluationError:
            return None
    truth = settle(body, _changed(values, at, names, "at"), at)
    return truth if truth is (claim.op == "exists") else None


_SAMPLES = {INT: [fmpq(k) for k in (-1, 0, 1, 2, 3, 7)], REAL: [fmpq(k, 2) for k in (-7, -2, -1, 0, 1, 2, 3, 5)]}


def _contradicted(claim: Term, values: Values) -> bool:
    """Whether a claim for all is false of some numbers tried; families and functions are not tried."""
    if claim.op == "and":
        return any(_contradicted(part, values) for part in claim.args)
    if claim.op == "call" and claim.data.kind == "explicit":
        return _contradicted(_unfolded(claim), values)
    if claim.op == "implies":
        return settle(claim.args[0], values) is True and _contradicted(claim.args[1], values)
    if claim.op != "forall" or any(binder.sort not in _SAMPLES for binder in claim.data):
        return settle(claim, values) is False
    bound, body = opened(claim)
    for numbers in product(*(_SAMPLES[v.sort] for v in bound)):
        try:
            if _contradicted(body, {**values, **dict(zip(bound, numbers, strict=True))}):
                return True
        except Undefined:
            continue
    return False


# Values ---------------------------------------------------------------------------------------------------------------


def _changed(before: Values, changes: Mapping[str, object], names: Mapping[str, Term], where: str) -> dict[Term, Any]:
    """Values after changes of variables, of entries, and of functions as formulas; unknown names are left out."""
    after = dict(before)
    for key, value in changes.items():
        parts = _KEY.fullmatch(key)
        if parts is None:
            raise InputError(
                "a value has a name that is not understood", where, "such as t, W(1, 2) or h(t)", repr(key)
            )
        name, inside = parts.groups()
        if name not in names:
            continue
        v = names[name]
        if inside is None:
            same = _named(before, v.sort, value)
            after[v] = _value(v.sort, value, f"{where}: {key}") if same is None else same
            continue
        arguments = [a.strip() for a in inside.split(",")]
        if v.sort.kind != "fun" or len(arguments) != len(v.sort.domain):
            raise InputError(f"{name} has other arguments", where, f"a value of the sort {v.sort}", key)
        if all(re.fullmatch(r"-?\d+", a) for a in arguments):
            after[v] = _with_entry(after[v], tuple(map(int, arguments)), _value(v.sort.result, value, key))
        else:
            after[v] = _formula(v.sort, arguments, value, f"{where}: {key}")
    return after


def _named(values: Values, sort: Sort, name: object) -> Any:
    """The function that is the value of another variable, if ``name`` names one."""
    found = [value for v, value in values.items() if sort.kind == "fun" and v.name == name and v.sort == sort]
    return found[0] if found else None


def _value(sort: Sort, value: object, where: str) -> Any:
    if not isinstance(value, str):
        return value
    found = evaluate(parse_expression(value, {}, where), {})
    if sort == INT and getattr(found, "denominator", 0) != 1:
        raise InputError("a value does not fit", where, f"a value of the sort {sort}", value)
    return found


def _with_entry(family: Any, place: tuple[int, ...], value: Any) -> Callable[..., Any]:
    known = evaluate(family, {}) if isinstance(family, Term) else family
    return lambda *indices: value if tuple(map(int, indices)) == place else known(*indices)


def _formula(sort: Sort, names: list[str], text: object, where: str) -> Term:
    bound = [variable(name, s) for name, s in zip(names, sort.domain, strict=True)]
    return Lam(tuple(bound), parse_expression(str(text), {v.name: v for v in bound}, where))
