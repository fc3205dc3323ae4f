"""Theorems, definitions and checked proofs as blocks of the document model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from symproof.kernel.check import CheckedStep
from symproof.kernel.sequent import conjuncts
from symproof.logic.definition import Definition
from symproof.logic.latex import name_to_latex, sort_to_latex, to_latex
from symproof.logic.syntax import Eq
from symproof.logic.term import Term
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem
from symproof.report.document import (
    Code,
    Emphasis,
    Formula,
    Hypothesis,
    Inline,
    Inlines,
    Proof,
    ProofStep,
    Reference,
    Source,
    Statement,
    StepValue,
    Trust,
    inlines,
    math,
)
from symproof.report.reason_words import FactNames, fact_words, reason_words

__all__ = ["Numbers", "definition_statement", "proof_block", "theorem_anchor", "theorem_statement"]

Values = Callable[[str, CheckedStep], tuple[StepValue, ...]]


@dataclass(frozen=True)
class Numbers:
    """The numbers of theorems in a document, by id."""

    by_id: Mapping[str, str]

    def reference(self, theorem_id: str) -> Inline:
        """A link to a theorem by number, or its id if the document does not hold it."""
        number = self.by_id.get(theorem_id)
        return Code(theorem_id) if number is None else Reference(theorem_anchor(theorem_id), f"Theorem {number}")


def theorem_anchor(theorem_id: str) -> str:
    """The anchor of a theorem."""
    return f"theorem:{theorem_id}"


def _parts(proposition: Term, notation: Mapping[str, str]) -> tuple[Formula, ...]:
    return tuple(Formula(to_latex(part, notation)) for part in conjuncts(proposition))


def _variables(theorem: Theorem) -> tuple[Inlines, ...]:
    return tuple(inlines(math(sort_to_latex(v, theorem.notation))) for v in theorem.variables)


def definition_statement(definition: Definition, notation: Mapping[str, str]) -> Statement:
    """A definition: its name, its parameters and what it stands for."""
    left = to_latex(definition(*definition.params), notation)
    formulas: tuple[Formula, ...] = ()
    if definition.body is not None:
        sign = r"\iff" if definition.body.sort.kind == "bool" else "="
        body = to_latex(definition.body, notation)
        formulas = (Formula(rf"{left} \;{sign}\; {body}"),)
    elif definition.step is not None and definition.base is not None:
        zero = to_latex(Eq(definition(0, *definition.params[1:]), definition.base), notation)
        after = to_latex(definition(definition.params[0] + 1, *definition.params[1:]), notation)
        formulas = (Formula(zero), Formula(f"{after} = {to_latex(definition.step, notation)}"))
    else:
        formulas = (Formula(left, note="(primitive notion)"),)
    return Statement(
        kind="Definition",
        id=definition.name,
        conclusions=formulas,
        prose=inlines(definition.doc),
        conclusion=(),
        anchor=f"definition:{definition.name}",
    )


def theorem_statement(theorem: Theorem, trust: Trust, numbers: Numbers, uses: Sequence[str]) -> Statement:
    """The statement of a theorem with its hypotheses, source and what it rests on."""
    origin = theorem.origin or theorem.citation
    source = Source(origin.key, origin.place, theorem.source) if origin is not None else None
    words: list[Inline | str] = [theorem.prose]
    if source is None and theorem.source:
        words.append(f" ({theorem.source.rstrip('.')}.)")
    return Statement(
        kind="Theorem",
        id=theorem.id,
        name=theorem.title,
        number=numbers.by_id.get(theorem.id, ""),
        trust=trust,
        variables=_variables(theorem),
        hypotheses=tuple(
            Hypothesis(label.replace("_", " "), formulas=_parts(p, theorem.notation)) for label, p in theorem.hypotheses
        ),
        prose=inlines(*words),
        conclusions=_parts(theorem.conclusion, theorem.notation),
        source=source,
        anchor=theorem_anchor(theorem.id),
        uses=tuple(r for u in uses if isinstance(r := numbers.reference(u), Reference)),
    )


def proof_block(
    theorem: Theorem, steps: Sequence[CheckedStep], numbers: Numbers, values: Values | None = None, prefix: str = ""
) -> Proof:
    """The checked proof of a theorem, with the numbers of an instance beside the claims if there are any."""
    anchor = prefix or theorem.id
    names = FactNames(anchor, dict(_label_paths(steps)), theorem.notation)
    writer = _ProofWriter(theorem, names, numbers, values or (lambda _id, _step: ()))
    return Proof(steps=tuple(writer.step(s) for s in steps), of=(numbers.reference(theorem.id),))


def _label_paths(steps: Sequence[CheckedStep]) -> Iterator[tuple[str, str]]:
    for checked in steps:
        for child in checked.children:
            yield from _label_paths([child])
        for path, label, _ in checked.titles:
            if label and label not in ("base", "step"):
                yield label, path
        for branch in checked.step.branches:
            if branch.label and checked.step.kind == "induction":
                yield branch.label, f"{checked.path}.2"
        for label in (checked.step.label, *checked.step.labels):
            if label:
                yield label, checked.path


class _ProofWriter:
    """Turns checked steps into steps of the document model."""

    def __init__(self, theorem: Theorem, names: FactNames, numbers: Numbers, values: Values) -> None:
        self.theorem, self.names, self.numbers, self.values = theorem, names, numbers, values
        self.notation = theorem.notation

    def formula(self, term: Term) -> Formula:
        return Formula(to_latex(term, self.notation))

    def step(self, checked: CheckedStep) -> ProofStep:
        step = checked.step
        lead, formulas = self._claim(checked)
        return ProofStep(
            number=checked.path,
            kind=step.kind,
            lead=lead,
            formulas=formulas,
            reason=self._reason(checked),
            rule=step.by.rule if step.by is not None and step.kind != "apply" else "",
            status=checked.trust if checked.accepted else "open",  # type: ignore[arg-type]
            values=self.values(self.theorem.id, checked),
            children=self._children(checked),
            anchor=f"{self.names.prefix}:{checked.path}",
        )

    def _claim(self, checked: CheckedStep) -> tuple[Inlines, tuple[Formula, ...]]:
        step, claim = checked.step, checked.claim
        if step.kind == "take":
            shown = ", ".join(sort_to_latex(v, self.notation) for v in step.variables)
            return inlines("Take any ", math(shown), "."), ()
        if step.kind == "obtain":
            shown = ", ".join(name_to_latex(v.name, self.notation) for v in step.variables)
            return inlines(math(shown), " with"), self._conjuncts(claim)
        if step.kind == "witness":
            shown = ",\\; ".join(to_latex(t, self.notation) for t in step.terms)
            return inlines(math(shown), "; then it remains to show"), self._conjuncts(claim)
        if step.kind == "induction":
            return inlines(
                "over ", math(name_to_latex(step.variables[0].name, self.notation)), ", for"
            ), self._conjuncts(claim)
        if step.kind == "conjunction":
            return inlines("The parts one by one:"), ()
        if step.kind == "cases":
            return (), ()
        if step.kind == "calc":
            return (), (self._chain(step),)
        return (), self._conjuncts(claim)

    def _conjuncts(self, claim: Term | None) -> tuple[Formula, ...]:
        return () if claim is None else tuple(self.formula(part) for part in conjuncts(claim))

    def _chain(self, step: Step) -> Formula:
        pieces = [to_latex(step.terms[0], self.notation)]
        for link in step.links:
            sign = {"<=": r"\le", ">=": r"\ge"}.get(link.relation, link.relation)
            pieces.append(f"{sign} {to_latex(link.term, self.notation)}")
        return Formula(" ".join(pieces))

    def _reason(self, checked: CheckedStep) -> Inlines:
        step = checked.step
        words: list[Inline | str]
        note: list[Inline | str] = [step.note.rstrip(".") + ". "] if step.note else []
        if step.kind == "apply":
            given = [fact for _, fact in step.by.options] if step.by is not None else []
            using = fact_words(given, self.names)
            return inlines(
                *note, "by ", self.numbers.reference(step.target), *(inlines(", with ", *using) if using else ())
            )
        if step.kind == "calc":
            links = [link.by for link in step.links]
            words = [*note]
            for position, by in enumerate(links):
                words += ["; then " if position else "", *reason_words(by, "", self.names)]
            return inlines(*words)
        if step.kind == "cite":
            return inlines(*note, "cited: ", Emphasis(step.reference))
        if step.kind == "open":
            return inlines(*note, "open: nobody has proved this here")
        if step.kind == "obtain":
            return inlines(*note, "by ", *fact_words(step.facts, self.names))
        if step.kind == "unfold":
            target = "the goal" if step.target == "goal" else self.names.name(step.target)
            names = ", ".join(d.name.split(".")[-1].replace("_", " ") for d in step.definitions)
            return inlines(*note, f"by the definition of {names}, from ", target)
        if step.by is not None:
            return inlines(*note, *reason_words(step.by, checked.detail, self.names))
        return inlines(*note)

    def _children(self, checked: CheckedStep) -> tuple[ProofStep, ...]:
        if not checked.titles:
            return tuple(self.step(child) for child in checked.children)
        groups = []
        for path, label, assumption in checked.titles:
            inside = tuple(self.step(c) for c in checked.children if _inside(c.path, path))
            groups.append(self._group(checked, path, label, assumption, inside))
        return tuple(groups)

    def _group(
        self, checked: CheckedStep, path: str, label: str, assumption: Term | None, inside: tuple[ProofStep, ...]
    ) -> ProofStep:
        kind = {"cases": "case", "conjunction": "show", "induction": "base" if label == "base" else "have"}[
            checked.step.kind
        ]
        lead: Inlines = inlines("Step: assume") if checked.step.kind == "induction" and label == "step" else ()
        formulas = () if assumption is None else (self.formula(assumption),)
        return ProofStep(
            number=path, kind=kind, lead=lead, formulas=formulas, children=inside, anchor=f"{self.names.prefix}:{path}"
        )


def _inside(path: str, group: str) -> bool:
    return path.startswith(group + ".")
