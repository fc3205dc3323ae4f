"""Checking the library: every result and all that it rests on, with the trust that follows from the whole.

The kernel checks each theorem against the statements of those that it applies; what those are worth is decided here,
from the check results of this run alone. A result that rests on itself is never accepted.

A claim that names its refutation is *refuted* if that theorem says its negation (the kernel compares), is accepted, and
is proved or certified with all that it rests on, in this run; until then the claim is open. It is never accepted, and
what rests on it neither. A library that states it is in order: its refutation is what was checked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from symproof.axiom_ledger import avoidance_problem
from symproof.graph import check_order, dependencies, knot_members, with_refutations
from symproof.judged_result import Ground, JudgedResult, judge, node_of, own_trust
from symproof.kernel.check import CheckResult
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.interface import worst
from symproof.library import Library
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import EvidenceTable, prove_theorem

__all__ = [
    "CRASH_CODE",
    "CYCLE_CODE",
    "CheckedTheorem",
    "all_needed",
    "check_library",
    "check_one",
    "failures",
    "standing",
]

CYCLE_CODE = "SP-CYCLE-001"
"""The code of the diagnostic that says that a result rests on itself."""
CRASH_CODE = "SP-CRASH-001"
"""The code of the diagnostic that says that the checker could not read a proof."""


@dataclass(frozen=True)
class CheckedTheorem:
    """A theorem with what the kernel made of it and of all that it rests on.

    Attributes:
        theorem: the theorem.
        result: what the kernel says of its own steps.
        evidence: what the tactics found for its steps.
        trust: its level: the worst among its own steps and all that it rests on.
        rests_on: all results that it rests on, directly or through others, with the levels of their own steps.
        refutation: for a claim, the result that it names, with the level of that result and all that it rests on.
        seconds: the processor time of its own check, or of the one whose result the cache kept; a check that ran into
            a limit counts as long as it was allowed to run.
    """

    theorem: Theorem
    result: CheckResult
    evidence: EvidenceTable
    trust: str
    rests_on: tuple[Ground, ...]
    refutation: Ground | None = None
    seconds: float = field(default=0.0, compare=False)

    def __bool__(self) -> bool:
        raise TypeError("a checked theorem has no truth value; read .accepted and .trust")

    @property
    def judged(self) -> JudgedResult:
        """The same without terms."""
        return JudgedResult(node_of(self.result), self.trust, self.rests_on, self.refutation)

    @property
    def accepted(self) -> bool:
        """Whether its own check succeeded and that of all that it rests on."""
        return self.result.accepted and all(ground.accepted for ground in self.rests_on)

    @property
    def undecided(self) -> str:
        """Why nothing is known of it: it or something below it ran into a limit; empty if that is not the reason."""
        return self.judged.undecided

    @property
    def own_trust(self) -> str:
        """The level of its own steps."""
        return own_trust(self.result)

    @property
    def refuted_by(self) -> str:
        """The result that refutes it; empty unless it is itself a refuted claim."""
        return self.theorem.refuted_by if self.own_trust == "refuted" else ""

    @property
    def lowered_by(self) -> Mapping[str, tuple[str, ...]]:
        """Level to the names of the results below that bring it in, worst first: ``{"cited": ("measure.x",)}``."""
        return self.judged.lowered_by

    @property
    def why(self) -> str:
        """What brings its trust down, such as ``rests on cited: measure.null_subset``; empty if nothing does."""
        return self.judged.why


def all_needed(library: Library, ids: Iterable[str] | None = None) -> tuple[str, ...]:
    """Some results with all that they rest on and what refutes them, in the order in which they are checked.

    Args:
        library: where they are.
        ids: which; all of them if None.

    Raises:
        InputError: there is no result of that name.
    """
    wanted = tuple(library.theorems) if ids is None else library.require(ids)
    graph = with_refutations(dependencies(library.theorems), library.theorems)
    return tuple(name for name in check_order(graph, wanted) if name in library.theorems)


def check_library(
    library: Library,
    ids: Iterable[str] | None = None,
    progress: Callable[[str], None] | None = None,
    check: Callable[[Theorem], tuple[CheckResult, EvidenceTable, float]] | None = None,
) -> Mapping[str, CheckedTheorem]:
    """Check results and all that they rest on.

    Args:
        library: where they are.
        ids: which; all of them if None.
        progress: called with the name of each result after it is checked; :func:`all_needed` says how many come.
        check: how one result is checked, and in how many seconds; by :func:`check_one` by default. The engine has
            other ways.

    Returns:
        The checked results by id, in the order in which they were checked (what others rest on comes first).

    Raises:
        InputError: there is no result of that name.
    """
    circles = knot_members(dependencies(library.theorems))
    results: dict[str, CheckResult] = {}
    tables: dict[str, EvidenceTable] = {}
    seconds: dict[str, float] = {}
    clock = check or partial(_timed, library)
    for name in all_needed(library, ids):
        theorem = library.theorems[name]
        result, tables[name], seconds[name] = clock(theorem)
        results[name] = _refused(result, circles[name]) if name in circles else result
        if progress is not None:
            progress(name)
    theorems = {name: result.theorem for name, result in results.items()}
    for name, theorem in theorems.items():
        problem = avoidance_problem(theorems, name, library.theorems) if "avoids" in theorem.extra else None
        if problem is not None:
            results[name] = _with_problem(results[name], problem)
    judged = judge({name: node_of(result) for name, result in results.items()})
    return MappingProxyType(
        {name: _checked(results[name], tables[name], judged[name], seconds[name]) for name in results}
    )


def _timed(library: Library, theorem: Theorem) -> tuple[CheckResult, EvidenceTable, float]:
    begin = time.process_time()
    return *check_one(theorem, library), time.process_time() - begin


def _checked(result: CheckResult, evidence: EvidenceTable, judged: JudgedResult, seconds: float) -> CheckedTheorem:
    if judged.node.accepted != result.accepted:  # a claim that is refuted
        result = replace(result, accepted=judged.node.accepted, trust=judged.node.trust)
    return CheckedTheorem(result.theorem, result, evidence, judged.trust, judged.rests_on, judged.refutation, seconds)


def failures(checked: Mapping[str, CheckedTheorem], asked: Iterable[str] = ()) -> tuple[str, ...]:
    """The results that make a check fail: what is not accepted, or rests on something that is not.

    Args:
        checked: the checked results.
        asked: the results that somebody asked for by name. A refuted claim is a failure if it is one of them;
            a library that merely states it is in order.
    """
    named = set(asked)
    return tuple(n for n, each in checked.items() if not each.accepted and (n in named or not each.refuted_by))


def check_one(
    theorem: Theorem, library: Library, watch: Callable[[str, Step], None] | None = None
) -> tuple[CheckResult, EvidenceTable]:
    """Check one result against the statements of the others; a proof that cannot be read becomes a diagnostic.

    Args:
        theorem: the result.
        library: where the results are that it applies.
        watch: told each step when work on it begins.

    Raises:
        MemoryError: there is not enough memory. That says nothing about the proof.
    """
    try:
        return prove_theorem(theorem, library.theorems, watch)
    except MemoryError:
        raise
    except Exception as error:  # one proof that cannot be read must not hide what the others are worth
        message = f"the proof cannot be checked ({type(error).__name__}: {error})"
        hint = "Does every step hold terms where terms belong? If so, this is a bug in symproof."
        found = Diagnostic(CRASH_CODE, theorem.id, "", " ".join(message.split()), theorem.where, hint=hint)
        return CheckResult(theorem, False, "open", diagnostics=(found,), uses=Theorem.uses(theorem)), EvidenceTable()


def _refused(result: CheckResult, circle: tuple[str, ...]) -> CheckResult:
    theorem = result.theorem
    found = Diagnostic(
        CYCLE_CODE, theorem.id, "", f"it rests on itself: {' -> '.join(circle)}", theorem.where,
        hint="Prove one of these results without the others.",
    )  # fmt: skip
    return _with_problem(result, found)


def _with_problem(result: CheckResult, found: Diagnostic) -> CheckResult:
    return replace(result, accepted=False, trust="open", diagnostics=(found, *result.diagnostics))


def standing(checked: Mapping[str, CheckedTheorem], names: Iterable[str]) -> tuple[str, bool]:
    """The worst trust of some results, and whether all of them are accepted with all that they rest on."""
    each = [checked[name] for name in names]
    return worst(*(one.trust for one in each)), all(one.accepted for one in each)
