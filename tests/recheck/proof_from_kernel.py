"""Theorems and steps of the re-checker from those that authors write."""

from __future__ import annotations

from typing import Any

from symproof.proof import step as written
from symproof.proof.theorem import Theorem as Written
from symproof.recheck.proof import Branch, By, FactReference, Link, Step, Theorem
from tests.recheck.from_kernel import Converter

__all__ = ["ProofConverter"]


class ProofConverter(Converter):
    """Converts proofs too."""

    def theorem(self, t: Written) -> Theorem:
        """A theorem, without evidence."""
        hypotheses = tuple((label, self.term(p)) for label, p in t.hypotheses)
        citation = t.citation.text if t.citation is not None else ""
        variables, proof = tuple(map(self.term, t.variables)), tuple(map(self.step, t.proof))
        return Theorem(t.id, variables, hypotheses, self.term(t.conclusion), proof, citation, t.refuted_by)

    def step(self, s: written.Step) -> Step:
        """A step with all inside it."""
        return Step(
            s.kind, s.label, s.labels, self._maybe(s.claim), None if s.by is None else self.by(s.by),
            tuple(map(self.step, s.steps)), tuple(map(self._branch, s.branches)),
            tuple(Link(link.relation, self.term(link.term), self.by(link.by)) for link in s.links),
            tuple(map(self.term, s.variables)), tuple(map(self.term, s.terms)), s.target,
            tuple((name, self.term(value)) for name, value in s.substitution), tuple(map(self._fact, s.facts)),
            tuple(map(self.definition, s.definitions)), s.reference,
        )  # fmt: skip

    def by(self, b: written.By) -> By:
        """A reason."""
        facts, rewrite = tuple(map(self._fact, b.facts)), tuple(map(self._fact, b.rewrite))
        options = tuple((name, self._option(value)) for name, value in b.options)
        return By(b.rule, facts, rewrite, tuple(map(self.definition, b.unfold)), options)

    def _option(self, value: Any) -> Any:
        return self._fact(value) if isinstance(value, written.FactReference) else self.value(value)

    def _fact(self, f: written.FactReference) -> FactReference:
        return FactReference(f.label, tuple(map(self.term, f.args)))

    def _branch(self, b: written.Branch) -> Branch:
        return Branch(tuple(map(self.step, b.steps)), b.label, self._maybe(b.assumption))

    def _maybe(self, t: Any) -> Any:
        return None if t is None else self.term(t)
