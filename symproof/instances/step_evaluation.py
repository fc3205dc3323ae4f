"""A checked proof on numbers: every step's claim evaluated exactly beside its symbolic form.

Variables get values from the instance; what a proof defines is computed; what it obtains is given by the instance's
constructions; what it takes arbitrarily is sampled. A claim about all parameters (an unbounded quantifier) cannot be
enumerated and is marked as general. A claim that evaluates to False contradicts the proof and raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import eq, ge, gt, le, lt
from typing import Any

from flint import fmpq

from symproof.errors import SymproofError
from symproof.kernel.check import CheckedStep, CheckResult
from symproof.kernel.evaluate import Compiled, EvaluationError, ExactFunction, Undefined, compile_term
from symproof.kernel.sequent import conjuncts
from symproof.logic.sort import INT
from symproof.logic.term import Term, free_variables, instantiate
from symproof.logic.text import range_of

__all__ = ["Constructions", "EvaluatedStep", "InstanceContradictionError", "evaluate_steps"]

Value = Any
Values = dict[Term, Value]

MAX_TERMS = 150_000
MAX_DEPTH = 4
COMPARE = {"=": eq, "==": eq, "<=": le, "<": lt, ">=": ge, ">": gt}
RELATIONS = {"eq": "=", "ne": "!=", "le": "<=", "lt": "<", "ge": ">=", "gt": ">"}


class InstanceContradictionError(SymproofError):
    """A claim of a checked proof is false on numbers that meet its hypotheses: a bug in symproof, never a result."""


@dataclass(frozen=True)
class Constructions:
    """What an instance knows of a proof's own variables.

    Attributes:
        obtained: by theorem and variable name, the value of an obtained variable, from the values so far.
        taken: by theorem and names (joined by blanks), tuples of sample values for variables that are taken.
    """

    obtained: Mapping[tuple[str, str], Callable[[Mapping[str, Value]], Value]]
    taken: Mapping[tuple[str, str], Callable[[Mapping[str, Value]], Sequence[tuple[Value, ...]]]]


@dataclass(frozen=True)
class EvaluatedStep:
    """One step on the numbers.

    Attributes:
        theorem: the id of the theorem that the step belongs to.
        path: its number.
        kind: the kind of step.
        claim: what it establishes.
        verdict: True, or None if the claim was not evaluated (never False: that raises).
        reason: why it was not evaluated, or what was; in words.
        numbers: the values of the sides of a relation or of the terms of a chain, at the first index if quantified.
        relation: the relation between the first and the last of them.
        samples: at how many sample points the claim was evaluated.
        children: the steps of sub-proofs.
        applied: the steps of the applied result, on the same numbers.
    """

    theorem: str
    path: str
    kind: str
    claim: Term | None
    verdict: bool | None
    reason: str = ""
    numbers: tuple[fmpq, ...] = ()
    relation: str = ""
    samples: int = 1
    children: tuple[EvaluatedStep, ...] = ()
    applied: tuple[EvaluatedStep, ...] = ()

    def walk(self) -> Iterator[EvaluatedStep]:
        """The step and all steps inside it, those of applied results included."""
        yield self
        for step in (*self.children, *self.applied):
            yield from step.walk()


def evaluate_steps(
    theorem_id: str,
    results: Mapping[str, CheckResult],
    values: Mapping[str, Value],
    constructions: Constructions,
) -> tuple[EvaluatedStep, ...]:
    """Evaluate the proof of a theorem on values for its variables, with the proofs of the results it applies.

    Args:
        theorem_id: the theorem.
        results: check results of this run, by id, with all that the theorem rests on.
        values: a value for each variable of the statement, by name; they meet the hypotheses.
        constructions: what the instance knows of the proof's own variables.

    Returns:
        The evaluated steps of the outermost level.

    Raises:
        InstanceContradictionError: a claim is false on the numbers.
    """
    theorem = results[theorem_id].theorem
    missing = [v.name for v in theorem.variables if v.name not in values]
    if missing:
        raise EvaluationError(f"{theorem_id}: no value for {', '.join(missing)}")
    run = _Run(results, constructions, {}, {}, {})
    return run.theorem(theorem_id, {v: _kept(v, values[v.name]) for v in theorem.variables}, 0)


class _NoValueError(Exception):
    """A variable of the proof has no construction, so that what follows cannot be evaluated."""


class _Run:
    def __init__(
        self,
        results: Mapping[str, CheckResult],
        constructions: Constructions,
        compiled: dict[Term, Compiled],
        known: dict[Term, list[tuple[tuple[Value, ...], Value]]],
        calls: dict[Any, Value],
    ) -> None:
        self.results, self.constructions = results, constructions
        self.compiled, self.known, self.calls = compiled, known, calls
        self.depth, self.id = 0, ""

    def theorem(self, theorem_id: str, values: Values, depth: int) -> tuple[EvaluatedStep, ...]:
        """The steps of one theorem."""
        inner = _Run(self.results, self.constructions, self.compiled, self.known, self.calls)
        inner.depth, inner.id = depth, theorem_id
        return inner.steps(self.results[theorem_id].steps, dict(values))

    # A level of a proof --------------------------------------------------------------------------------------------

    def steps(self, steps: Sequence[CheckedStep], values: Values) -> tuple[EvaluatedStep, ...]:
        """A sequence of steps; after a ``take`` the rest is evaluated for each sample and merged."""
        done: list[EvaluatedStep] = []
        for position, checked in enumerate(steps):
            kind = checked.step.kind
            if kind == "take":
                rest = steps[position + 1 :]
                samples = self.samples(checked, rest, values)
                done.append(self.plain(checked, None, f"{len(samples)} sample values"))
                done += _merged([self.steps(rest, {**values, **sample}) for sample in samples], self.id, rest)
                return tuple(done)
            if kind == "assume":
                truth = self.truth(checked.claim, values)
                if not truth:
                    why = (
                        "does not apply on these numbers"
                        if truth is False
                        else "an assumption that is not decided here"
                    )
                    return (*done, *(self.unused(c, why) for c in steps[position:]))
                done.append(self.plain(checked, truth, ""))
                continue
            try:
                done.append(self.step(checked, values))
            except _NoValueError as problem:
                return (*done, *(self.unused(c, str(problem)) for c in steps[position:]))
        return tuple(done)

    def step(self, checked: CheckedStep, values: Values) -> EvaluatedStep:
        """One step; adds the variables that it introduces to ``values``."""
        kind = checked.step.kind
        if kind == "let":
            (variable,), (term,) = checked.step.variables, checked.step.terms
            values[variable] = self.defined(variable, term, values)
            return self.plain(checked, True, "defined", self.shown(values[variable]))
        if kind == "obtain":
            self.obtain(checked, values)
        if kind == "contradiction":
            return self.plain(checked, None, "its assumption is false on the numbers")
        if kind == "induction":
            return self.plain(checked, None, "proved for all n; not enumerable")
        if kind in ("cases", "conjunction"):
            return self.branches(checked, values)
        if kind == "calc":
            return self.chain(checked, values)
        found = self.claim(checked, checked.claim, values)
        if kind == "apply":
            return replace(found, applied=self.applied(checked, values))
        if checked.children:
            return replace(found, children=self.steps(checked.children, dict(values)))
        return found

    def branches(self, checked: CheckedStep, values: Values) -> EvaluatedStep:
        """Cases whose assumption holds on the numbers; all parts of a conjunction."""
        children: list[EvaluatedStep] = []
        for path, _, assumption in checked.titles:
            inside = [c for c in checked.children if c.path.startswith(path + ".")]
            holds = checked.step.kind == "conjunction" or self.truth(assumption, values)
            if holds:
                children += self.steps(inside, dict(values))
            else:
                children += [self.unused(c, "this case does not apply on these numbers") for c in inside]
        found = self.claim(checked, checked.claim, values)
        return replace(found, children=tuple(children))

    # Values of variables ---------------------------------------------------------------------------------------------

    def defined(self, variable: Term, term: Term, values: Values) -> Value:
        found = self.value(term, values)
        return _kept(variable, found)

    def obtain(self, checked: CheckedStep, values: Values) -> None:
        for variable in checked.step.variables:
            construct = self.constructions.obtained.get((self.id, variable.name))
            if construct is not None:
                values[variable] = _kept(variable, construct(_named(values)))
            elif variable.sort == INT:
                values[variable] = self.first_index(variable, checked.claim, values)
            else:
                raise _NoValueError(f"no construction of {variable.name} is given for these numbers")

    def first_index(self, variable: Term, claim: Term | None, values: Values) -> fmpq:
        """The first index in range for which the claim holds."""
        low, high = self.bounds(variable, [] if claim is None else list(conjuncts(claim)), values)
        for index in range(low, (high if high is not None else low + 1000) + 1):
            if self.truth(claim, {**values, variable: fmpq(index)}):
                return fmpq(index)
        raise _NoValueError(f"no index for {variable.name} was found")

    def samples(self, checked: CheckedStep, rest: Sequence[CheckedStep], values: Values) -> list[Values]:
        """Sample values for the variables that a step takes."""
        names = " ".join(v.name for v in checked.step.variables)
        construct = self.constructions.taken.get((self.id, names))
        if construct is not None:
            tuples = construct(_named(values))
            variables = checked.step.variables
            return [{v: _kept(v, value) for v, value in zip(variables, one, strict=True)} for one in tuples]
        found: list[Values] = [{}]
        for variable in checked.step.variables:
            options = self.options(variable, rest, values)
            found = [{**one, variable: option} for one in found for option in options][:9]
        return found

    def options(self, variable: Term, rest: Sequence[CheckedStep], values: Values) -> list[Value]:
        if variable.sort == INT:
            assumed: list[Term] = []
            for checked in rest:
                if checked.step.kind not in ("assume", "take"):
                    break
                assumed += [] if checked.claim is None else list(conjuncts(checked.claim))
            low, high = self.bounds(variable, assumed, values)
            if high is None:
                return [fmpq(low), fmpq(low + 1)]
            middle = (low + high) // 2
            return [fmpq(i) for i in sorted({low, middle, high}) if low <= i <= high] or [fmpq(low)]
        if variable.sort.kind == "real":
            return [fmpq(1), fmpq(-2, 3), fmpq(0)]
        if variable.sort.kind == "fun":
            return [ExactFunction(variable.sort, lambda *index: fmpq(1, 1 + sum(int(k) for k in index) % 5))]
        raise _NoValueError(f"no sample values for {variable.name}")

    def bounds(self, variable: Term, assumed: Sequence[Term], values: Values) -> tuple[int, int | None]:
        """Bounds of an index from the assumptions ``low <= index`` and ``index <= high``."""
        low, high = 1, None
        for p in assumed:
            if p.op == "le" and p.args[1] == variable:
                low = int(self.value(p.args[0], values))
            elif p.op == "le" and p.args[0] == variable:
                high = int(self.value(p.args[1], values))
        return low, high

    # Applied results ------------------------------------------------------------------------------------------

    def applied(self, checked: CheckedStep, values: Values) -> tuple[EvaluatedStep, ...]:
        target = self.results.get(checked.step.target)
        if target is None or self.depth >= MAX_DEPTH or not target.steps:
            return ()
        given = dict(checked.step.substitution)
        scope = {v.name: v for v in values}
        inner: Values = {}
        for variable in target.theorem.variables:
            term = given.get(variable.name, scope.get(variable.name))
            if term is None:
                return ()
            inner[variable] = self.defined(variable, term, values)
        return self.theorem(checked.step.target, inner, self.depth + 1)

    # Claims ---------------------------------------------------------------------------------------------------

    def claim(self, checked: CheckedStep, claim: Term | None, values: Values) -> EvaluatedStep:
        if claim is None:
            return self.plain(checked, None, "")
        size = _size(claim, self, values)
        if size > MAX_TERMS:
            return self.plain(checked, None, f"not evaluated here: about {size:,} terms")
        truth = self.truth(claim, values)
        if truth is False:
            raise InstanceContradictionError(
                f"step {checked.path} of {self.id} is proved, but false on these numbers: {claim}"
            )
        reason = "" if truth else "a statement about all parameters: proved, not enumerable"
        return self.plain(checked, truth, reason, self.sides(claim, values), _relation(_first(claim)[0]))

    def sides(self, claim: Term, values: Values) -> tuple[fmpq, ...]:
        """The two sides of a relation, at the first index of leading quantifiers over ranges."""
        body, indices = _first(claim)
        if body.op not in RELATIONS or not body.args[0].sort.is_number:
            return ()
        try:
            point = dict(values)
            for variable, low in indices:
                point[variable] = self.value(low, point)
            found = tuple(self.value(t, point) for t in body.args)
        except (EvaluationError, Undefined):
            return ()
        return found if all(isinstance(v, fmpq) for v in found) else ()

    def chain(self, checked: CheckedStep, values: Values) -> EvaluatedStep:
        """A chain: the value of each term, each link compared."""
        terms = [checked.step.terms[0], *(link.term for link in checked.step.links)]
        size = max(_size(t, self, values) for t in terms)
        if size > MAX_TERMS:
            return self.plain(checked, None, f"not evaluated here: about {size:,} terms")
        found = [self.value(t, values) for t in terms]
        if not all(isinstance(v, fmpq) for v in found):
            return self.claim(checked, checked.claim, values)
        for before, after, link in zip(found, found[1:], checked.step.links, strict=False):
            if not COMPARE[link.relation](before, after):
                raise InstanceContradictionError(
                    f"a link of step {checked.path} of {self.id} is false: {before} {link.relation} {after}"
                )
        return self.plain(checked, True, "", tuple(found), _relation(checked.claim))

    def value(self, term: Term, values: Values) -> Value:
        """The value of a term; computed once for the same values of its variables."""
        used = tuple(sorted(free_variables(term), key=lambda v: v.name))
        point = tuple(values.get(v) for v in used)
        for known, result in self.known.get(term, ()):
            if all(a is b for a, b in zip(known, point, strict=True)):
                return result
        compiled = self.compiled.get(term)
        if compiled is None:
            compiled = self.compiled[term] = compile_term(term)
        result = compiled({v: values[v] for v in used if v in values}, calls=self.calls)
        self.known.setdefault(term, []).append((point, result))
        return result

    def truth(self, claim: Term | None, values: Values) -> bool | None:
        if claim is None:
            return None
        try:
            found = self.value(claim, values)
        except (EvaluationError, Undefined):
            return None
        return None if found is None else bool(found)

    def plain(
        self, checked: CheckedStep, verdict: bool | None, reason: str, numbers: tuple[fmpq, ...] = (), sign: str = ""
    ) -> EvaluatedStep:
        return EvaluatedStep(self.id, checked.path, checked.step.kind, checked.claim, verdict, reason, numbers, sign)

    def unused(self, checked: CheckedStep, reason: str) -> EvaluatedStep:
        """A step that is not evaluated, with all steps inside it."""
        inside = tuple(self.unused(c, reason) for c in checked.children)
        return replace(self.plain(checked, None, reason), children=inside)

    def shown(self, value: Value) -> tuple[fmpq, ...]:
        return (value,) if isinstance(value, fmpq) else ()


def _named(values: Values) -> dict[str, Value]:
    return {v.name: value for v, value in values.items()}


def _kept(variable: Term, value: Value) -> Value:
    """The value; a function keeps what it computed from one evaluation to the next."""
    if variable.sort.kind == "fun" and not isinstance(value, ExactFunction):
        return ExactFunction(variable.sort, value)
    return value


def _relation(claim: Term | None) -> str:
    return RELATIONS.get(claim.op, "") if claim is not None else ""


def _first(claim: Term) -> tuple[Term, list[tuple[Term, Term]]]:
    """The relation under leading quantifiers over ranges, with (index, first value) for each."""
    indices: list[tuple[Term, Term]] = []
    while claim.op == "forall" and claim.data[0].sort == INT:
        variable = Term("var", (), f"{claim.data[0].hint}\u00b7{len(indices)}", INT)
        body = instantiate(claim, (variable,))
        span = range_of(variable, body.args[0]) if body.op == "implies" else None
        if span is None:
            break
        indices.append((variable, span[0]))
        claim = body.args[1]
    return claim, indices


def _size(term: Term, run: _Run, values: Values) -> int:
    """About how many terms an evaluation visits: the product of nested ranges."""
    if term.op in ("sum", "minover", "maxover"):
        count = 1
        if not term.args[0].loose and not term.args[1].loose:
            try:
                count = int(run.value(term.args[1], values)) - int(run.value(term.args[0], values)) + 1
            except (EvaluationError, Undefined):
                count = 1
        return max(count, 1) * _size(term.args[2], run, values)
    return max((_size(a, run, values) for a in term.args), default=1)


def _merged(
    runs: Sequence[tuple[EvaluatedStep, ...]], theorem: str, rest: Sequence[CheckedStep]
) -> list[EvaluatedStep]:
    """The same steps evaluated at several samples, as one: true where true at every sample to which they apply."""
    if not runs:
        return [EvaluatedStep(theorem, c.path, c.step.kind, c.claim, None, "no sample values") for c in rest]
    return [_joined(group) for group in zip(*runs, strict=False)]


def _joined(group: Sequence[EvaluatedStep]) -> EvaluatedStep:
    decided = [step for step in group if step.verdict is True]
    first = decided[0] if decided else group[0]
    children = tuple(_joined(inner) for inner in zip(*(step.children for step in group), strict=False))
    count = sum(step.samples for step in decided) if decided else first.samples
    return replace(first, samples=count, children=children, applied=first.applied)
