"""Checking the library: every result and all that it rests on, with the trust that follows from the whole.

The kernel checks each theorem against the statements of those that it applies; what those are worth is decided here,
from the check results of this run alone. A result that rests on itself is never accepted.

A claim that names its refutation is *refuted* if that theorem says its negation (the kernel compares), is accepted, and
is proved or certified with all that it rests on, in this run; until then the claim is open. It is never accepted, and
what rests on it neither. A library that states it is in order: its refutation is what was checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from symproof.graph import (
    Ground,
    check_order,
    dependencies,
    grounds,
    knot_members,
    limit_of,
    own_trust,
    propagated_trust,
    refutation_of,
    undecided_reason,
    with_refutations,
)
from symproof.kernel.check import CheckResult
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.interface import TRUST_LEVELS, worst
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
_REFUTING = ("proved", "certified")
"""The levels at which a theorem refutes the claim that it denies."""


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
    """

    theorem: Theorem
    result: CheckResult
    evidence: EvidenceTable
    trust: str
    rests_on: tuple[Ground, ...]
    refutation: Ground | None = None

    def __bool__(self) -> bool:
        raise TypeError("a checked theorem has no truth value; read .accepted and .trust")

    @property
    def accepted(self) -> bool:
        """Whether its own check succeeded and that of all that it rests on."""
        return self.result.accepted and all(ground.accepted for ground in self.rests_on)

    @property
    def undecided(self) -> str:
        """Why nothing is known of it: it or something below it ran into a limit, and nothing else is wrong with them.

        For example ``rests on a.b, which ran into its time limit``; empty if it is accepted or not to be accepted.
        """
        return undecided_reason(self.result, self.rests_on)

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
        worst_first = tuple(reversed(TRUST_LEVELS[1:]))
        names = {
            level: tuple(str(ground) for ground in self.rests_on if ground.trust == level) for level in worst_first
        }
        return {level: found for level, found in names.items() if found}

    @property
    def why(self) -> str:
        """What brings its trust down, such as ``rests on cited: measure.null_subset``; empty if nothing does."""
        parts = [f"rests on {level}: {', '.join(names)}" for level, names in self.lowered_by.items()]
        return "; ".join([*self._own_part(), *parts])

    def _own_part(self) -> list[str]:
        if self.refuted_by:
            return [f"by {self.refuted_by}, which is {self.refutation.trust}" if self.refutation else self.refuted_by]
        if limit_of(self.result):
            return [f"undecided: it {limit_of(self.result)}"]
        if not self.result.accepted:
            return ["its own check fails"]
        if self.refutation is not None and self.refutation.limit:
            return [f"a claim; {self.refutation.id}, which denies it, {self.refutation.limit}"]
        if self.refutation is not None:
            state = self.refutation.trust if self.refutation.accepted else f"{self.refutation.trust} and not accepted"
            return [f"a claim; {self.refutation.id}, which denies it, is {state}"]
        if self.own_trust == "proved":
            return []
        grounds = list(self.result.citations)
        believed = [step.path for step in self.result.all_steps() if step.trust == "oracle"]
        if believed:
            more = f" and {len(believed) - 3} more" if len(believed) > 3 else ""
            grounds.append(f"the oracle was asked at step {', '.join(believed[:3])}{more}")
        shown = f" ({'; '.join(grounds)})" if grounds else ""
        return [f"{self.own_trust} by itself{shown}"]


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
    check: Callable[[Theorem], tuple[CheckResult, EvidenceTable]] | None = None,
) -> Mapping[str, CheckedTheorem]:
    """Check results and all that they rest on.

    Args:
        library: where they are.
        ids: which; all of them if None.
        progress: called with the name of each result after it is checked; :func:`all_needed` says how many come.
        check: how one result is checked; :func:`check_one` by default. The engine has other ways.

    Returns:
        The checked results by id, in the order in which they were checked (what others rest on comes first).

    Raises:
        InputError: there is no result of that name.
    """
    circles = knot_members(dependencies(library.theorems))
    results: dict[str, CheckResult] = {}
    tables: dict[str, EvidenceTable] = {}
    for name in all_needed(library, ids):
        theorem = library.theorems[name]
        result, tables[name] = check_one(theorem, library) if check is None else check(theorem)
        results[name] = _refused(result, circles[name]) if name in circles else result
        if progress is not None:
            progress(name)
    refutations = {name: refutation_of(results, name) for name in results}
    decided = {name: _decided(results[name], refutations[name]) for name in results}
    return MappingProxyType(
        {name: _with_trust(decided, name, tables[name], refutations[name]) for name in decided}
    )  # fmt: skip


def failures(checked: Mapping[str, CheckedTheorem], asked: Iterable[str] = ()) -> tuple[str, ...]:
    """The results that make a check fail: what is not accepted, or rests on something that is not.

    Args:
        checked: the checked results.
        asked: the results that somebody asked for by name. A refuted claim is a failure if it is one of them;
            a library that merely states it is in order.
    """
    named = set(asked)
    return tuple(n for n, each in checked.items() if not each.accepted and (n in named or not each.refuted_by))


def _decided(result: CheckResult, refutation: Ground | None) -> CheckResult:
    """The result, refuted if it is a well-formed claim whose refutation stands. All claims are open in the input."""
    if refutation is None or not result.accepted or not refutation.accepted:
        return result
    return replace(result, accepted=False, trust="refuted") if refutation.trust in _REFUTING else result


def _with_trust(
    results: Mapping[str, CheckResult], name: str, evidence: EvidenceTable, refutation: Ground | None
) -> CheckedTheorem:
    result, trust = results[name], propagated_trust(results, name)
    return CheckedTheorem(result.theorem, result, evidence, trust, grounds(results, name), refutation)


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
    return replace(result, accepted=False, trust="open", diagnostics=(found, *result.diagnostics))


def standing(checked: Mapping[str, CheckedTheorem], names: Iterable[str]) -> tuple[str, bool]:
    """The worst trust of some results, and whether all of them are accepted with all that they rest on."""
    each = [checked[name] for name in names]
    return worst(*(one.trust for one in each)), all(one.accepted for one in each)
