"""A checked proof on numbers: every step's claim evaluated exactly beside its symbolic form.

Variables get values from the instance; what a proof defines is computed; what it obtains is given by the instance's
constructions; what it takes arbitrarily is sampled. A claim about all parameters (an unbounded quantifier) cannot be
enumerated: it is tried at samples and marked as general. A claim that evaluates to False contradicts the proof and
raises.

The steps are walked once, with all *worlds* at a time: a world gives a value to every variable in reach. ``take`` makes
several worlds of one, ``assume`` and ``cases`` keep those in which the assumption holds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import flint
from flint import arb, fmpq

from symproof.instances.ball_number import Number
from symproof.instances.claim_judgement import (
    RELATIONS,
    Judge,
    Judgement,
    Scope,
    bounds,
    index_choices,
    judge_with,
    most_doubtful,
    opened,
    plural,
    premise_range,
    shown_at,
)
from symproof.instances.constructions import Constructions, NamedValues
from symproof.instances.effort import Effort
from symproof.instances.evaluated_step import HYPOTHESIS, OVERLAPS, EvaluatedStep, InstanceContradictionError, Sides
from symproof.instances.term_values import PRECISIONS, NoValueError, TermValues
from symproof.instances.value_family import kept
from symproof.kernel.check import CheckedStep, CheckResult
from symproof.kernel.evaluate import EvaluationError, Undefined
from symproof.kernel.sequent import conjuncts
from symproof.logic.sort import INT
from symproof.logic.term import Term, instantiate, relation
from symproof.proof.theorem import Theorem

__all__ = ["Constructions", "EvaluatedStep", "InstanceContradictionError", "evaluate_steps"]

MAX_DEPTH = 6
MAX_WORLDS = 6
"""Most worlds that are followed at a time."""
APPLIED_WORLDS = 2
"""In so many worlds the proof of an applied result is evaluated."""
INDUCTION_VALUES = 2
SAMPLED_VALUES = 3
_SEED = 20180210
_SYMBOLS = {"=": "eq", "==": "eq", "<=": "le", "<": "lt", ">=": "ge", ">": "gt"}

NOT_HERE = "does not apply on these numbers"


def evaluate_steps(
    theorem_id: str,
    results: Mapping[str, CheckResult],
    values: Mapping[str, Any],
    constructions: Constructions,
    effort: Effort | None = None,
) -> tuple[EvaluatedStep, ...]:
    """Evaluate the proof of a theorem on values for its variables, with the proofs of the results it applies.

    Args:
        theorem_id: the theorem.
        results: check results of this run, by id, with all that the theorem rests on.
        values: a value for each variable of the statement, by name; they meet the hypotheses. Families take their
            indices as int. Functions that yield balls do so with the precision of ``flint.ctx``: where balls do not
            decide a claim, everything is evaluated anew with more bits, up to the last of ``PRECISIONS``.
        constructions: what the instance knows of the proof's own variables.
        effort: limits of work, and whom to tell of each step; the usual limits unless given.

    Returns:
        The evaluated hypotheses, then the evaluated steps of the outermost level.

    Raises:
        InstanceContradictionError: a claim is false on the numbers.
        EvaluationError: a variable of the statement has no value.
    """
    theorem = results[theorem_id].theorem
    missing = [v.name for v in theorem.variables if v.name not in values]
    if missing:
        raise EvaluationError(f"{theorem_id}: no value for {', '.join(missing)}")
    effort = effort or Effort()
    for precision in PRECISIONS:
        with flint.ctx.workprec(precision):
            world = _World({v: kept(v, values[v.name]) for v in theorem.variables})
            judge = judge_with(constructions, TermValues(precision, effort), effort)
            walk = _Walk(results, constructions, judge, effort.advance)
            steps = _Proof(walk, theorem, 0).all((world,))
        if not any(step.doubt == OVERLAPS for top in steps for step in top.walk()):
            break
    return steps


@dataclass(frozen=True)
class _World:
    """One value for every variable in reach.

    Attributes:
        values: the values.
        at: the sampled ones among them, as text.
        certain: whether all that was assumed on the way is known to hold.
    """

    values: Mapping[Term, Any]
    at: tuple[tuple[str, str], ...] = ()
    certain: bool = True

    def defining(self, variable: Term, value: Any) -> _World:
        """The world with a value for a variable that the proof defines or obtains."""
        return replace(self, values={**self.values, variable: value})

    def taking(self, variable: Term, value: Any) -> _World:
        """The world with a sampled value."""
        return replace(self.defining(variable, value), at=(*self.at, *shown_at(variable, value)))


Worlds = tuple[_World, ...]


@dataclass
class _Walk:
    """What the proofs of one run share."""

    results: Mapping[str, CheckResult]
    constructions: Constructions
    judge: Judge
    advance: Callable[[str], None]
    evaluated: set[tuple[Any, ...]] = field(default_factory=set)


class _Proof:
    """The proof of one theorem in some worlds."""

    def __init__(self, walk: _Walk, theorem: Theorem, depth: int) -> None:
        self.walk, self.theorem, self.depth = walk, theorem, depth
        self.id, self.judge = theorem.id, walk.judge

    def all(self, worlds: Worlds) -> tuple[EvaluatedStep, ...]:
        """The hypotheses and the steps."""
        hypotheses = tuple(self.entry(label, HYPOTHESIS, p, worlds) for label, p in self.theorem.hypotheses)
        return (*hypotheses, *self.block(self.walk.results[self.id].steps, worlds, ""))

    def block(self, steps: Sequence[CheckedStep], worlds: Worlds, why: str) -> tuple[EvaluatedStep, ...]:
        """The steps of one level; ``why`` says why there may be no world."""
        done = []
        for checked in steps:
            if not worlds:
                done.append(self.unused(checked, why or NOT_HERE))
                continue
            self.walk.advance(f"step {checked.path} of {self.id}")
            handler = getattr(self, f"_{checked.step.kind}", self._claimed)
            step, worlds = handler(checked, worlds)
            done.append(step)
            why = step.reason
        return tuple(done)

    # Claims ----------------------------------------------------------------------------------------------------------

    def judgement(self, claim: Term, world: _World, path: str) -> Judgement:
        """What the numbers say of a claim in a world. Raises InstanceContradictionError if it is false there."""
        found = self.judge(claim, Scope(self.id, world.values, world.at))
        if found.truth is not False:
            return found
        if not world.certain:
            return replace(found, truth=None, reason="false, under an assumption that these numbers do not decide")
        point = ", ".join(f"{name} = {value}" for name, value in found.failing)
        where = f"step {path} of {self.id} is proved, but false on these numbers" + (f" at {point}" if point else "")
        raise InstanceContradictionError(f"{where}: {claim}" + (f" ({found.reason})" if found.reason else ""))

    def entry(self, path: str, kind: str, claim: Term | None, worlds: Worlds) -> EvaluatedStep:
        """A claim in all worlds."""
        if claim is None:
            return EvaluatedStep(self.id, path, kind, None, None)
        return self.summary(path, kind, claim, [self.judgement(claim, world, path) for world in worlds])

    def summary(self, path: str, kind: str, claim: Term | None, found: Sequence[Judgement]) -> EvaluatedStep:
        """The judgements of several worlds as one entry."""
        undecided = most_doubtful(found)
        first = next((f.first for f in found if f.first is not None), None)
        candidates = [s for f in found for s in (f.first, f.tightest) if s is not None and _ordered_like(s, first)]
        tightest = min(candidates, key=lambda s: s.gap, default=None)
        return EvaluatedStep(
            self.id,
            path,
            kind,
            claim,
            True if undecided is None else None,
            undecided.reason if undecided is not None else found[0].reason,
            first.values if first is not None else (),
            first.relation if first is not None else "",
            first.at if first is not None else (),
            len(found),
            sum(f.checked for f in found),
            None if tightest == first else tightest,
            "" if undecided is None else undecided.doubt,
        )

    def claimed(self, checked: CheckedStep, worlds: Worlds) -> EvaluatedStep:
        """A step's own claim in all worlds."""
        return self.entry(checked.path, checked.step.kind, checked.claim, worlds)

    def unused(self, checked: CheckedStep, reason: str) -> EvaluatedStep:
        """A step that is not evaluated, with all steps inside it."""
        inside = tuple(self.unused(c, reason) for c in checked.children)
        return EvaluatedStep(
            self.id, checked.path, checked.step.kind, checked.claim, None, reason, samples=0, children=inside
        )

    # The kinds of steps ----------------------------------------------------------------------------------------------

    def _claimed(self, checked: CheckedStep, worlds: Worlds) -> tuple[EvaluatedStep, Worlds]:
        """A claim with its sub-proof."""
        children = self.block(checked.children, worlds, "")
        return replace(self.claimed(checked, worlds), children=children), worlds

    def _calc(self, checked: CheckedStep, worlds: Worlds) -> tuple[EvaluatedStep, Worlds]:
        """A chain: each link is a claim of its own; the values of all terms are shown."""
        terms = [checked.step.terms[0], *(link.term for link in checked.step.links)]
        links = [
            relation(_SYMBOLS[link.relation], before, link.term)
            for before, link in zip(terms, checked.step.links, strict=False)
        ]
        found = [self.judgement(link, world, checked.path) for world in worlds for link in links]
        whole = self.summary(checked.path, "calc", checked.claim, found)
        firsts = [f.first for f in found[: len(links)]]
        values: tuple[Number, ...] = ()
        if all(f is not None for f in firsts):
            values = (firsts[0].values[0], *(f.values[-1] for f in firsts if f is not None))  # type: ignore[union-attr]
        sign = RELATIONS.get(checked.claim.op, "") if checked.claim is not None else ""
        at = worlds[0].at if values else ()
        return replace(whole, numbers=values, relation=sign, at=at, samples=len(worlds), tightest=None), worlds

    def _let(self, checked: CheckedStep, worlds: Worlds) -> tuple[EvaluatedStep, Worlds]:
        (variable,), (term,) = checked.step.variables, checked.step.terms
        inside, reason = [], "defined"
        for world in worlds:
            try:
                inside.append(world.defining(variable, self.value(variable, term, world)))
            except (NoValueError, EvaluationError) as problem:
                inside.append(world)
                reason = str(problem)
            except Undefined as problem:
                raise InstanceContradictionError(f"step {checked.path} of {self.id}: {problem}") from problem
        shown = inside[0].values.get(variable)
        numbers = (shown,) if isinstance(shown, Number) else ()
        verdict = True if reason == "defined" else None
        step = EvaluatedStep(
            self.id, checked.path, "let", checked.claim, verdict, reason, numbers, "", worlds[0].at, len(worlds)
        )
        return step, tuple(inside)

    def _obtain(self, checked: CheckedStep, worlds: Worlds) -> tuple[EvaluatedStep, Worlds]:
        inside = []
        for world in worlds:
            for variable in checked.step.variables:
                value = self.obtained(variable, checked.claim, world)
                world = world if value is None else world.defining(variable, value)
            inside.append(world)
        step = self.claimed(checked, tuple(inside))
        if step.verdict is None and step.samples and any(v not in inside[0].values for v in checked.step.variables):
            names = ", ".join(v.name for v in checked.step.variables)
            step = replace(step, reason=f"no construction of {names} is given for these numbers")
        return step, tuple(inside)

    def obtained(self, variable: Term, claim: Term | None, world: _World) -> Any | None:
        """The value of an obtained variable: the construction, or the first index with the property."""
        construct = self.walk.constructions.obtain(self.id, variable.name)
        scope = Scope(self.id, world.values, world.at)
        if construct is not None:
            return self.judge.kept(variable, construct(NamedValues(scope.named(), self.judge.values)))
        if variable.sort != INT or claim is None:
            return None
        found = self.judge.tried_indices(variable, claim, scope, self.judge.max_work)
        return next((fmpq(k) for k, judgement in found if judgement.truth is True), None)

    def _take(self, checked: CheckedStep, worlds: Worlds) -> tuple[EvaluatedStep, Worlds]:
        inside = _thinned([w for world in worlds for w in self.taken(checked, world)])
        reason = "no sample values are known"
        if not inside and all(v.sort == INT for v in checked.step.variables):
            reason = "there is no such index on these numbers"
        if inside:
            names = ", ".join(v.name for v in checked.step.variables)
            reason = f"{plural(len(inside), 'sample')} of {names}"
        at = inside[0].at if inside else ()
        step = EvaluatedStep(self.id, checked.path, "take", checked.claim, None, reason, at=at, samples=len(inside))
        return step, inside

    def taken(self, checked: CheckedStep, world: _World) -> list[_World]:
        """The worlds in which the variables that a step takes have sample values."""
        variables = checked.step.variables
        scope = Scope(self.id, world.values, world.at)
        given = self.walk.constructions.samples(self.id, " ".join(v.name for v in variables))
        if given is not None:
            return [self.taking(world, variables, point) for point in given(scope.named())]
        goal, columns = checked.goal, []
        for variable in variables:
            goal = instantiate(goal, (variable,))
            columns.append(self.options(variable, goal, scope))
        if all(v.sort != INT for v in variables) and all(columns):
            points = [tuple(c[k % len(c)] for c in columns) for k in range(max(map(len, columns)))]
            return [self.taking(world, variables, point) for point in points]
        found = [world]
        for variable, options in zip(variables, columns, strict=True):
            found = [w.taking(variable, self.judge.kept(variable, option)) for w in found for option in options]
        return found

    def taking(self, world: _World, variables: Iterable[Term], point: Iterable[Any]) -> _World:
        """The world with sampled values for several variables."""
        for variable, value in zip(variables, point, strict=True):
            world = world.taking(variable, self.judge.kept(variable, value))
        return world

    def options(self, variable: Term, goal: Term, scope: Scope) -> list[Any]:
        """Sample values for one variable: indices in the range that the goal gives, else a few values of its sort."""
        if variable.sort != INT:
            return self.judge.samples(variable, SAMPLED_VALUES)
        preferred = self.walk.constructions.preferred(self.id, variable.name, scope.named())
        inside = _after_quantifiers(goal)
        span = self.judge.integers(premise_range(variable, inside), scope)
        if span is not None:
            return [fmpq(k) for k in index_choices(*span, MAX_WORLDS, preferred, variable.name)]
        if preferred:
            return [fmpq(k) for k in preferred]
        low = bounds(variable, conjuncts(inside.args[0]))[0] if inside.op == "implies" else None
        start = self.judge.integers((low, low), scope) if low is not None else None
        return [fmpq(start[0] + k) for k in range(2)] if start else self.judge.samples(variable, SAMPLED_VALUES)

    def _assume(self, checked: CheckedStep, worlds: Worlds) -> tuple[EvaluatedStep, Worlds]:
        inside, found = self.where_true(checked.claim, worlds)
        if not inside:
            text = f"false at {'every sampled point' if worlds[0].at else 'these numbers'}: nothing to check below"
            return self.unused(checked, text), inside
        step = self.summary(checked.path, "assume", checked.claim, found)
        if len(inside) < len(worlds) and step.verdict is True:
            step = replace(step, reason=f"true at {len(inside)} of {plural(len(worlds), 'sampled point')}")
        return step, inside

    def where_true(self, assumption: Term | None, worlds: Worlds) -> tuple[Worlds, list[Judgement]]:
        """The worlds in which an assumption is not false, and what the numbers say of it there."""
        inside, found = [], []
        for world in worlds:
            if assumption is None:
                continue
            judged = self.judge(assumption, Scope(self.id, world.values, world.at))
            if judged.truth is not False:
                inside.append(world if judged.truth else replace(world, certain=False))
                found.append(judged)
        return tuple(inside), found

    def _cases(self, checked: CheckedStep, worlds: Worlds) -> tuple[EvaluatedStep, Worlds]:
        children: list[EvaluatedStep] = []
        for path, _, assumption in checked.titles:
            inside, _ = self.where_true(assumption, worlds)
            children += self.block(_under(checked, path), inside, f"this case {NOT_HERE}")
        return replace(self.claimed(checked, worlds), children=tuple(children)), worlds

    def _conjunction(self, checked: CheckedStep, worlds: Worlds) -> tuple[EvaluatedStep, Worlds]:
        children = [step for path, _, _ in checked.titles for step in self.block(_under(checked, path), worlds, "")]
        return replace(self.claimed(checked, worlds), children=tuple(children)), worlds

    def _contradiction(self, checked: CheckedStep, worlds: Worlds) -> tuple[EvaluatedStep, Worlds]:
        """The goal is evaluated; its denial is false, so that there is nothing to evaluate inside."""
        step = self.entry(checked.path, "contradiction", checked.goal, worlds)
        if checked.goal.op == "false":
            step = self.unused(checked, "an impossible assumption")
        inside = tuple(self.unused(c, "under an assumption that is false on the numbers") for c in checked.children)
        return replace(step, children=inside), worlds

    def _induction(self, checked: CheckedStep, worlds: Worlds) -> tuple[EvaluatedStep, Worlds]:
        """The goal at samples; the base; the step from n to n + 1 for some n."""
        (n,) = checked.step.variables
        base, successor = (path for path, _, _ in checked.titles)
        children = self.block(_under(checked, base), worlds, "")
        inside = _thinned([w for world in worlds for w in self.induction_worlds(n, checked, world)])
        children += self.block(_under(checked, successor), inside, "no sample values are known")
        step = self.entry(checked.path, "induction", checked.goal, worlds)
        return replace(step, children=children), worlds

    def induction_worlds(self, n: Term, checked: CheckedStep, world: _World) -> list[_World]:
        """Worlds for the step of an induction: n in reach, and the claim for n not false."""
        scope = Scope(self.id, world.values, world.at)
        preferred = self.walk.constructions.preferred(self.id, n.name, scope.named())
        premise = instantiate(checked.goal, (n,)).args[0]
        low = self.judge.integers((premise.args[0], premise.args[0]), scope)
        start = low[0] if low is not None else 0
        values = [k for k in preferred if k >= start] or [start + k for k in range(INDUCTION_VALUES)]
        return [world.taking(n, fmpq(k)) for k in values]

    # Applied results -------------------------------------------------------------------------------------------------

    def _apply(self, checked: CheckedStep, worlds: Worlds) -> tuple[EvaluatedStep, Worlds]:
        step = self.claimed(checked, worlds)
        result = self.walk.results.get(checked.step.target)
        if result is None or not result.steps or self.depth >= MAX_DEPTH:
            return step, worlds
        inside = [self.world_of(result.theorem, checked, world) for world in worlds[:APPLIED_WORLDS]]
        known = [w for w in inside if w is not None]
        fresh = []
        for world in known:
            key = (result.theorem.id, world.at, *(_key(world.values[v]) for v in result.theorem.variables))
            if key not in self.walk.evaluated:
                self.walk.evaluated.add(key)
                fresh.append(world)
        if fresh:
            return replace(step, applied=_Proof(self.walk, result.theorem, self.depth + 1).all(tuple(fresh))), worlds
        if known:
            step = replace(step, reason=step.reason or "its proof is evaluated above on the same numbers")
        return step, worlds

    def world_of(self, theorem: Theorem, checked: CheckedStep, world: _World) -> _World | None:
        """The world of an applied result; None if one of its variables has no value."""
        given = dict(checked.step.substitution)
        scope = {v.name: v for v in world.values}
        values: dict[Term, Any] = {}
        for variable in theorem.variables:
            term = given.get(variable.name, scope.get(variable.name))
            try:
                if term is None:
                    return None
                values[variable] = self.value(variable, term, world)
            except (NoValueError, EvaluationError, Undefined):
                return None
        return _World(values, world.at, world.certain)

    def value(self, variable: Term, term: Term, world: _World) -> Any:
        """The value of a term for a variable. Raises NoValueError if there is none."""
        if term.op == "var" and term in world.values:
            return world.values[term]
        found = self.judge.values(term, world.values)
        if found is None:
            raise NoValueError(f"the value of {variable.name} is not decided")
        return self.judge.kept(variable, found)


def _key(value: Any) -> Any:
    """A key for a value: a ball has no hash of its own."""
    if not isinstance(value, arb):
        return value
    return (value.mid().man_exp(), value.rad().man_exp()) if value.is_finite() else id(value)


def _thinned(worlds: Sequence[_World]) -> Worlds:
    """At most ``MAX_WORLDS`` of them, the first and the last included, the others at random."""
    if len(worlds) <= MAX_WORLDS:
        return tuple(worlds)
    middle = random.Random(_SEED).sample(range(1, len(worlds) - 1), MAX_WORLDS - 2)
    return tuple(worlds[k] for k in (0, *sorted(middle), len(worlds) - 1))


def _under(checked: CheckedStep, path: str) -> tuple[CheckedStep, ...]:
    return tuple(c for c in checked.children if c.path.startswith(path + "."))


def _after_quantifiers(goal: Term) -> Term:
    while goal.op == "forall":
        goal = opened(goal)[1]
    return goal


def _ordered_like(sides: Sides, first: Sides | None) -> bool:
    return first is not None and sides.relation == first.relation and sides.relation in ("<=", "<", ">=", ">")
