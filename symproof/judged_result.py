"""What results are worth together: trust that sinks to the worst of all that a result rests on.

Levels are computed from check results, never declared. This module computes with what it is given: whoever wants to
know whether a theorem holds must have it checked (``library_check``), since any Python object can be forged. It works
on nodes, which carry no terms, so that an index of the library can be judged without loading the theorems.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from symproof.kernel.interface import TRUST_LEVELS, worst

if TYPE_CHECKING:
    from symproof.kernel.check import CheckResult
    from symproof.proof.theorem import Theorem

__all__ = [
    "LIMIT_WORDS", "Ground", "JudgedResult", "Node", "TrustSummary", "chapter_of", "fails", "grounds", "judge",
    "kind_of", "limit_of", "node_of", "own_trust", "propagated_trust", "refutation_of", "trust_summary",
    "undecided_reason", "uses_of",
]  # fmt: skip

_ALWAYS_NAMED = ("proved", "certified", "cited", "open")
_REFUTING = ("proved", "certified")
"""The levels at which a theorem refutes the claim that it denies."""

LIMIT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "SP-LIMIT-001": "ran into its time limit",
        "SP-LIMIT-002": "ran into its memory limit",
        "SP-LIMIT-003": "was not checked to its end, since the process died",
        "SP-RULE-003": "has a step that its rule does not decide",
    }
)
"""What became of a result, by the code of the diagnostic that says that it is undecided within the limits."""


@dataclass(frozen=True)
class Node:
    """What has to be known of a checked result to judge it together with others.

    Attributes:
        id: its name.
        title: a few words.
        kind: see :func:`kind_of`.
        uses: the results that its proof applies.
        refuted_by: for a claim, the result that is to refute it.
        accepted: whether its own check succeeded.
        trust: the level of its own steps as the kernel said it.
        citations: the references of its own steps.
        limit: if its check is undecided within the limits, what happened; see :func:`limit_of`.
        believed: the steps at which an oracle was believed.
    """

    id: str
    title: str
    kind: str
    uses: tuple[str, ...]
    refuted_by: str
    accepted: bool
    trust: str
    citations: tuple[str, ...] = ()
    limit: str = ""
    believed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ground:
    """A result that another one rests on, directly or through others.

    Attributes:
        id: its name.
        trust: the level of its own steps.
        accepted: whether its own check succeeded; a result that fails is at best open.
        missing: whether there is no such result.
        refuted_by: for a refuted claim, the result that refutes it.
        limit: if its own check is undecided within the limits, what happened: ``ran into its time limit``.
    """

    id: str
    trust: str
    accepted: bool = True
    missing: bool = False
    refuted_by: str = ""
    limit: str = ""

    def __str__(self) -> str:
        return f"{self.id} ({self.remark})" if self.remark else self.id

    @property
    def remark(self) -> str:
        """What is wrong with it beyond its level; empty if nothing is."""
        if self.refuted_by:
            return f"refuted by {self.refuted_by}"
        if self.limit:
            return f"undecided: it {self.limit}"
        return "no such result" if self.missing else "" if self.accepted else "fails its check"


@dataclass(frozen=True)
class JudgedResult:
    """A result with what it is worth together with all that it rests on.

    Attributes:
        node: the result; a claim whose refutation stands is refuted here.
        trust: its level: the worst among its own steps and all that it rests on.
        rests_on: all results that it rests on, directly or through others, with the levels of their own steps.
        refutation: for a claim, the result that it names, with the level of that result and all it rests on.
    """

    node: Node
    trust: str
    rests_on: tuple[Ground, ...]
    refutation: Ground | None = None

    def __bool__(self) -> bool:
        raise TypeError("a judged result has no truth value; read .accepted and .trust")

    @property
    def accepted(self) -> bool:
        """Whether its own check succeeded and that of all that it rests on."""
        return self.node.accepted and all(ground.accepted for ground in self.rests_on)

    @property
    def undecided(self) -> str:
        """Why nothing is known of it: it or something below it ran into a limit, and nothing else is wrong with them.

        For example ``rests on a.b, which ran into its time limit``; empty if it is accepted or not to be accepted.
        """
        return undecided_reason(self.node, self.rests_on)

    @property
    def own_trust(self) -> str:
        """The level of its own steps."""
        return own_trust(self.node)

    @property
    def refuted_by(self) -> str:
        """The result that refutes it; empty unless it is itself a refuted claim."""
        return self.node.refuted_by if self.own_trust == "refuted" else ""

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
        if self.node.limit:
            return [f"undecided: it {self.node.limit}"]
        if not self.node.accepted:
            return ["its own check fails"]
        if self.refutation is not None and self.refutation.limit:
            return [f"a claim; {self.refutation.id}, which denies it, {self.refutation.limit}"]
        if self.refutation is not None:
            state = self.refutation.trust if self.refutation.accepted else f"{self.refutation.trust} and not accepted"
            return [f"a claim; {self.refutation.id}, which denies it, is {state}"]
        if self.own_trust == "proved":
            return []
        grounds = list(self.node.citations)
        if believed := self.node.believed:
            more = f" and {len(believed) - 3} more" if len(believed) > 3 else ""
            grounds.append(f"the oracle was asked at step {', '.join(believed[:3])}{more}")
        shown = f" ({'; '.join(grounds)})" if grounds else ""
        return [f"{self.own_trust} by itself{shown}"]


@dataclass(frozen=True)
class TrustSummary:
    """How many results have each trust level, and which ones bring the level down.

    Attributes:
        counts: level to number of results, all levels, best first.
        sources: level to those that bring it in: the results whose own steps have this level.
        failed: the results whose check fails; a refuted claim is none of them.
        undecided: the results whose own check ran into a limit; nothing is known of them.
    """

    counts: Mapping[str, int]
    sources: Mapping[str, tuple[Ground, ...]]
    failed: tuple[str, ...]
    undecided: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The one-line summary, in full: ``12 proved, 3 certified, 1 cited: measure.null_subset, 0 open``."""
        parts = []
        for level, count in self.counts.items():
            if not count and level not in _ALWAYS_NAMED:
                continue
            named = level not in ("proved", "certified") and count > 0
            names = "; ".join(str(ground) for ground in self.sources[level]) if named else ""
            parts.append(f"{count} {level}: {names}" if names else f"{count} {level}")
        return ", ".join(parts)


# Nodes ---------------------------------------------------------------------------------------------------------------


def node_of(result: CheckResult | Node) -> Node:
    """A checked result without its terms.

    Args:
        result: what the kernel said; a node is returned as it is.
    """
    if isinstance(result, Node):
        return result
    from symproof.proof.theorem import Theorem

    theorem = result.theorem
    return Node(
        theorem.id, theorem.title, kind_of(theorem), Theorem.uses(theorem), theorem.refuted_by,
        result.accepted, result.trust, tuple(result.citations), limit_of(result),
        tuple(step.path for step in result.all_steps() if step.trust == "oracle"),
    )  # fmt: skip


def uses_of(theorem: Theorem | Node) -> tuple[str, ...]:
    """The results that a proof applies.

    Args:
        theorem: the result, with or without its terms.
    """
    if isinstance(theorem, Node):
        return theorem.uses
    from symproof.proof.theorem import Theorem

    return Theorem.uses(theorem)


def kind_of(theorem: Theorem) -> str:
    """What a result is, in a word: ``theorem``, ``claim`` (names its refutation), ``citation`` or ``conjecture``.

    Args:
        theorem: the result.
    """
    if theorem.refuted_by:
        return "claim"
    return "theorem" if theorem.proof else "citation" if theorem.citation is not None else "conjecture"


def chapter_of(name: str) -> str:
    """The chapter of a result: its id without the last part.

    Args:
        name: the id.
    """
    return name.rpartition(".")[0]


def limit_of(result: CheckResult | Node) -> str:
    """What kept a check from being decided, such as ``ran into its time limit``; empty if it was decided.

    Args:
        result: what the kernel, or the engine in its place, said.
    """
    if isinstance(result, Node):
        return result.limit
    found = [LIMIT_WORDS.get(each.code, "") for each in result.diagnostics]
    return found[0] if found and all(found) and not result.accepted else ""


def undecided_reason(result: CheckResult | Node, below: Iterable[Ground]) -> str:
    """Why nothing is known of a result: it or something below it ran into a limit, and nothing else is wrong with them.

    Args:
        result: what the kernel, or the engine in its place, said of it.
        below: all that it rests on.

    Returns:
        For example ``rests on a.b, which ran into its time limit``; empty if it is accepted or not to be accepted.
    """
    own = limit_of(result)
    bad = [ground for ground in below if not ground.accepted]
    if not (own or result.accepted) or not all(ground.limit for ground in bad):
        return ""
    return f"it {own}" if own else "; ".join(f"rests on {each.id}, which {each.limit}" for each in bad)


# Trust ---------------------------------------------------------------------------------------------------------------


def own_trust(result: CheckResult | Node) -> str:
    """The level of a result's own steps; at best open if it is not accepted.

    Args:
        result: what the kernel said.
    """
    return worst(result.trust) if result.accepted else worst(result.trust, "open")


def grounds(results: Mapping[str, CheckResult] | Mapping[str, Node], name: str) -> tuple[Ground, ...]:
    """All that a result rests on, directly or through others, sorted by name; itself only if it does so.

    Args:
        results: the check results, by id.
        name: one of them.
    """
    found: dict[str, Ground] = {}
    pending = list(node_of(results[name]).uses)
    while pending:
        below = pending.pop()
        if below in found:
            continue
        node = node_of(results[below]) if below in results else None
        found[below] = _ground(below, node)
        pending += node.uses if node is not None else ()
    return tuple(found[below] for below in sorted(found))


def _ground(name: str, node: Node | None) -> Ground:
    if node is None:
        return Ground(name, "open", accepted=False, missing=True)
    trust = own_trust(node)
    refuted_by = node.refuted_by if trust == "refuted" else ""
    return Ground(name, trust, node.accepted, refuted_by=refuted_by, limit=node.limit)


def propagated_trust(results: Mapping[str, CheckResult] | Mapping[str, Node], name: str) -> str:
    """The level of a result: the worst among its own steps and all that it rests on.

    Args:
        results: the check results, by id.
        name: one of them.
    """
    return worst(own_trust(results[name]), *(ground.trust for ground in grounds(results, name)))


def refutation_of(results: Mapping[str, CheckResult] | Mapping[str, Node], name: str) -> Ground | None:
    """The result that a claim names as its refutation, with the level of that result and all it rests on.

    A claim is refuted only if this is accepted, with all that it rests on, and proved or certified. A refutation that
    rests on its claim never is: the claim is open there.

    Args:
        results: the check results of one run, in which no claim is better than open.
        name: one of them; None is returned if it is no claim.
    """
    refutation = node_of(results[name]).refuted_by
    if not refutation:
        return None
    ground = _ground(refutation, node_of(results[refutation]) if refutation in results else None)
    if ground.missing:
        return ground
    below = grounds(results, refutation)
    accepted = ground.accepted and all(g.accepted for g in below) and all(g.id != refutation for g in below)
    return Ground(refutation, propagated_trust(results, refutation), accepted, limit=ground.limit)


def judge(nodes: Mapping[str, Node]) -> dict[str, JudgedResult]:
    """Judge results together: decide the claims, then let trust sink.

    Args:
        nodes: what the kernel said of each, by id, with all that they rest on and what refutes them. Here no claim is
            better than open.

    Returns:
        The judged results, in the same order.
    """
    refutations = {name: refutation_of(nodes, name) for name in nodes}
    decided = {name: _decided(node, refutations[name]) for name, node in nodes.items()}
    judged = {}
    for name, node in decided.items():
        below = grounds(decided, name)
        trust = worst(own_trust(node), *(ground.trust for ground in below))
        judged[name] = JudgedResult(node, trust, below, refutations[name])
    return judged


def _decided(node: Node, refutation: Ground | None) -> Node:
    """The result, refuted if it is a well-formed claim whose refutation stands."""
    if refutation is None or not node.accepted or not refutation.accepted:
        return node
    return replace(node, accepted=False, trust="refuted") if refutation.trust in _REFUTING else node


def trust_summary(results: Mapping[str, CheckResult] | Mapping[str, Node]) -> TrustSummary:
    """Sum up the trust levels of some results.

    Args:
        results: the check results by id, with all that they rest on.
    """
    nodes = {name: node_of(result) for name, result in results.items()}
    levels = [propagated_trust(nodes, name) for name in nodes]
    used = {below for node in nodes.values() for below in node.uses}
    everything = [_ground(name, nodes.get(name)) for name in sorted({*nodes, *used})]
    return TrustSummary(
        {level: levels.count(level) for level in TRUST_LEVELS},
        {level: tuple(ground for ground in everything if ground.trust == level) for level in TRUST_LEVELS},
        tuple(name for name in sorted(nodes) if fails(nodes[name])),
        tuple(name for name in sorted(nodes) if nodes[name].limit),
    )


def fails(node: Node) -> bool:
    """Whether a result is not accepted, for no limit's sake and not since it is a refuted claim.

    Args:
        node: the result.
    """
    return not node.accepted and own_trust(node) != "refuted" and not node.limit
