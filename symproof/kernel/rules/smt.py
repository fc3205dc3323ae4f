"""An oracle: what the SMT solver Z3 says to be unsatisfiable. There is no evidence, so the level is *oracle*.

``kernel/smt_problem`` writes the facts and the negated goal; Z3 has to be believed when it says that they have no
model. It runs with fixed seeds and a limit on its own count of steps, so that the answer does not depend on the
machine. If it finds a model, the model is no evidence either: the step is refused as wrong only where the evaluator
says that the facts hold at that point and the goal does not; otherwise the step is undecided, like one that Z3 does
not decide or that it is not there for. This file alone knows Z3.

Good: ``x = y or x = -y`` from x**2 = y**2. Bad: ``x > 0`` from x**2 > 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from symproof.kernel.evaluate import EvaluationError, Undefined, decide
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.kernel.smt_problem import SmtProblem, smt_problem
from symproof.logic.term import Term

__all__ = ["RULE", "Answer", "Table", "answer_of", "missing_message", "points"]

STEPS = 10_000_000
"""How many of its own steps Z3 may take for each way of looking for a model: a second or two."""
NEARBY = (1, 8, 1000, 10**9)
"""The largest denominators of the rational numbers that are tried for a number that is not rational."""
Value = Any
"""A Fraction, a truth value or a Table; an irrational number of a model is a tuple of rational ones near it."""


@dataclass(frozen=True)
class Table:
    """A function with given values at finitely many arguments and one value elsewhere."""

    entries: tuple[tuple[tuple[Fraction, ...], Value], ...]
    otherwise: Value

    def __call__(self, *args: Any) -> Value:
        """The value at numbers. Raises EvaluationError for a ball."""
        try:
            key = tuple(Fraction(int(a.numerator), int(a.denominator)) for a in args)
        except AttributeError:
            raise EvaluationError("a table has no value at a ball") from None
        return dict(self.entries).get(key, self.otherwise)

    def __str__(self) -> str:
        cells = [f"{', '.join(map(str, args))}: {value}" for args, value in self.entries]
        return "{" + ", ".join([*cells, f"else: {self.otherwise}"]) + "}"


@dataclass(frozen=True)
class Answer:
    """What Z3 says of a problem.

    Attributes:
        verdict: ``unsat``, ``sat``, ``unknown``, or ``missing`` if Z3 is not installed.
        reason: why it is unknown.
        version: the version of Z3.
        model: for ``sat``, the values of unknowns by name, as far as they can be read.
    """

    verdict: str
    reason: str = ""
    version: str = ""
    model: tuple[tuple[str, Value], ...] = ()


def answer_of(problem: SmtProblem, steps: int) -> Answer:
    """Ask Z3 whether a problem has a model. The same problem has the same answer.

    Args:
        problem: what to ask.
        steps: how many of its own steps Z3 may take (its parameter ``rlimit``).
    """
    try:
        import z3
    except ImportError:
        return Answer("missing")
    return _answer(z3, problem.text, problem.polynomial, steps)


def missing_message() -> str:
    """What to say where Z3 is wanted and not installed."""
    return "the SMT solver Z3 is not installed; install it with: pip install 'symproof[smt]'"


@lru_cache(maxsize=64)
def _answer(z3: Any, text: str, polynomial: bool, steps: int) -> Answer:
    version = str(z3.get_version_string())
    answer = Answer("unknown", "no way of looking for a model", version)
    for build in _solvers(z3, polynomial):
        context = z3.Context()  # of its own, so that nothing that was asked before has an influence
        try:
            solver = build(context)
            solver.set("rlimit", steps)
            solver.set("ctrl_c", False)  # an interrupted run ends; it must not pass for an answer
            solver.add(z3.parse_smt2_string(text, ctx=context))
            verdict = str(solver.check())
            if verdict == "unsat":
                return Answer("unsat", "", version)
            if verdict == "sat":
                return Answer("sat", "", version, tuple(_model(z3, solver.model())))
            answer = Answer("unknown", str(solver.reason_unknown()), version)
        except z3.Z3Exception as problem:
            answer = Answer("unknown", " ".join(str(problem).split()), version)
    return answer


def _solvers(z3: Any, polynomial: bool) -> Iterator[Callable[[Any], Any]]:
    """Ways of looking for a model; none of them watches a clock, as Z3's own choice of a way does."""
    if polynomial:
        yield lambda context: z3.Tactic("qfnra-nlsat", ctx=context).solver()

    def general(context: Any) -> Any:
        solver = z3.SimpleSolver(ctx=context)
        solver.set("random_seed", 0)
        return solver

    yield general


# Models --------------------------------------------------------------------------------------------------------------


def points(problem: SmtProblem, answer: Answer) -> tuple[dict[Term, Value], ...]:
    """Points to be tried that a model suggests: values for all free variables that the problem knows.

    Args:
        problem: what was asked.
        answer: what Z3 said.

    Returns:
        Nothing unless Z3 found a model. Several points if it has numbers that are not rational; none is verified.
    """
    if answer.verdict != "sat":
        return ()
    model = dict(answer.model)
    found = []
    for near in range(len(NEARBY)):
        point = {v: _chosen(model.get(name, _nothing(v)), near) for name, v in problem.variables}
        if point not in found:
            found.append(point)
    return tuple(found)


def _nothing(variable: Term) -> Value:
    """The value of a variable that a model leaves open."""
    if variable.sort.kind == "fun":
        return Table((), variable.sort.result.kind != "bool" and Fraction(0))
    return variable.sort.kind != "bool" and Fraction(0)


def _chosen(value: Value, near: int) -> Value:
    if isinstance(value, Table):
        entries = tuple((tuple(_chosen(a, near) for a in args), _chosen(v, near)) for args, v in value.entries)
        return Table(entries, _chosen(value.otherwise, near))
    return value[near] if isinstance(value, tuple) else value


def _model(z3: Any, model: Any) -> Iterator[tuple[str, Value]]:
    for symbol in sorted(model.decls(), key=lambda d: str(d.name())):
        value = _table(z3, model[symbol]) if symbol.arity() else _number(z3, model[symbol])
        if value is not None:
            yield str(symbol.name()), value


def _table(z3: Any, function: Any) -> Table | None:
    if not isinstance(function, z3.FuncInterp):
        return None
    otherwise, entries = _number(z3, function.else_value()), []
    for k in range(function.num_entries()):
        entry = function.entry(k)
        args = tuple(_number(z3, entry.arg_value(a)) for a in range(entry.num_args()))
        entries.append((args, _number(z3, entry.value())))
    complete = otherwise is not None and all(None not in (*args, value) for args, value in entries)
    return Table(tuple(entries), otherwise) if complete else None


def _number(z3: Any, value: Any) -> Value:
    """A value of a model; None if it is no literal."""
    if z3.is_true(value) or z3.is_false(value):
        return bool(z3.is_true(value))
    if z3.is_int_value(value):
        return Fraction(value.as_long())
    if z3.is_rational_value(value):
        return Fraction(value.numerator_as_long(), value.denominator_as_long())
    if z3.is_algebraic_value(value):
        close = value.approx(12)
        exact = Fraction(close.numerator_as_long(), close.denominator_as_long())
        return tuple(exact.limit_denominator(d) for d in NEARBY)
    return None


# The rule ------------------------------------------------------------------------------------------------------------


def _check(request: Request) -> Accepted:
    goal = request.goal
    premises = [h.proposition for h in request.sequent.hypotheses if not h.label]  # of the claim itself
    facts = tuple(dict.fromkeys((*(request.facts or tuple(request.sequent.facts())), *premises)))
    problem = smt_problem(facts, goal)
    answer = answer_of(problem, STEPS)
    if answer.verdict == "unsat":
        return Accepted((), "oracle", f"Z3 {answer.version}")
    if answer.verdict == "missing":
        raise Refusal(f"undecided: {missing_message()}", undecided=True)
    if answer.verdict == "unknown":
        raise Refusal(f"Z3 does not decide it within {STEPS} steps: {answer.reason}", got=str(goal), undecided=True)
    wrong = next((p for p in points(problem, answer) if _fails(facts, goal, p)), None)
    if wrong is None:
        unknown = "; ".join(str(t) for t in problem.opaque[:3])
        raise Refusal(
            "undecided: Z3 finds values for which the facts hold and the goal fails, but no such point is verified",
            got=f"Z3 does not know what this is: {unknown}" if unknown else "numbers that are not rational",
            expected="facts that say what it takes", undecided=True,
        )  # fmt: skip
    shown = ", ".join(f"{v.name} = {wrong[v]}" for v in sorted(wrong, key=lambda v: v.name)) or "as it stands"
    raise Refusal("the goal does not follow from the facts", got=f"the facts hold and the goal fails: {shown}")


def _fails(facts: Sequence[Term], goal: Term, point: Mapping[Term, Value]) -> bool:
    """Whether the evaluator says that the facts hold at a point and the goal does not."""
    try:
        return all(decide(f, point) is True for f in facts) and decide(goal, point) is False
    except (Undefined, EvaluationError):
        return False


RULE = Rule(
    name="smt",
    decides="what the SMT solver Z3 finds to follow from the cited facts (or all in reach) in arithmetic of reals and "
    "integers with piecewise terms; the level of the step is oracle, since nothing but its word says so",
    refuses="what needs to know a function, a sum or a quantifier from inside; what Z3 does not decide within a fixed "
    "number of its steps, and everything if the extra smt is not installed: then the step is undecided",
    sentence="by the SMT solver Z3 (an oracle)",
    check=_check,
)
