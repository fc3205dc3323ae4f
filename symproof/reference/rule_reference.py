"""The reference of the rules: what each says of itself, and what the kernel says of its examples when asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symproof.diagnostic_text import by_text
from symproof.kernel.interface import rules
from symproof.kernel.rule import Rule
from symproof.logic.term import free_variables
from symproof.proof.author import qed
from symproof.proof.theorem import Theorem
from symproof.reference.rule_examples import RuleExample, rule_examples
from symproof.tactics.evidence_search import prove_theorem

__all__ = ["JudgedExample", "RuleEntry", "rule_entries"]


@dataclass(frozen=True)
class JudgedExample:
    """An example and what the kernel says of it in this run.

    Attributes:
        claim: the claim, as text.
        by: the justification, as text.
        facts: label and proposition of each hypothesis, as text.
        remark: why the claim is to be refused; empty for a good example.
        accepted: whether the kernel accepts it.
        trust: ``proved`` or ``certified`` if it does.
        reason: why it does not.
    """

    claim: str
    by: str
    facts: tuple[tuple[str, str], ...]
    remark: str
    accepted: bool
    trust: str
    reason: str


@dataclass(frozen=True)
class RuleEntry:
    """One rule.

    Attributes:
        rule: the rule.
        good: examples that it is to accept.
        bad: examples that it is to refuse.
    """

    rule: Rule
    good: tuple[JudgedExample, ...]
    bad: tuple[JudgedExample, ...]

    def as_dict(self) -> dict[str, object]:
        """Plain data for ``--json``."""
        return {
            "name": self.rule.name,
            "decides": self.rule.decides,
            "refuses": self.rule.refuses,
            "sentence": self.rule.sentence,
            "good": [_dict(e) for e in self.good],
            "bad": [_dict(e) for e in self.bad],
        }


def rule_entries() -> Mapping[str, RuleEntry]:
    """All rules by name, in the order of the kernel's interface, with their examples judged by the kernel now."""
    examples = rule_examples()
    return {
        name: RuleEntry(
            rule, tuple(map(_judged, examples[name].good)), tuple(map(_judged, examples[name].bad))
        )
        for name, rule in rules().items()
    }  # fmt: skip


def _judged(example: RuleExample) -> JudgedExample:
    terms = (example.claim, *example.facts.values())
    variables = sorted({v for t in terms for v in free_variables(t)}, key=lambda v: v.name)
    claim = Theorem(
        "example", "example", tuple(variables), tuple(example.facts.items()), example.claim, (qed(example.by),)
    )
    result, _ = prove_theorem(claim, {})
    reasons = "; ".join(dict.fromkeys(d.message for d in result.diagnostics))
    return JudgedExample(
        str(example.claim),
        by_text(example.by),
        tuple((label, str(fact)) for label, fact in example.facts.items()),
        example.remark,
        result.accepted,
        result.trust if result.accepted else "",
        reasons,
    )


def _dict(example: JudgedExample) -> dict[str, object]:
    return {
        "claim": example.claim,
        "by": example.by,
        "facts": [{"label": label, "proposition": fact} for label, fact in example.facts],
        "remark": example.remark,
        "accepted": example.accepted,
        "trust": example.trust,
        "reason": example.reason,
    }
