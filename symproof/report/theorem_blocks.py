"""Theorems, definitions and checked proofs as blocks of the document model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from symproof.kernel.check import CheckedStep
from symproof.kernel.sequent import conjuncts
from symproof.logic.definition import Definition
from symproof.logic.latex import sort_to_latex, to_latex
from symproof.logic.latex_names import name_to_latex
from symproof.logic.sort import BOOL
from symproof.logic.syntax import Eq
from symproof.logic.term import Term
from symproof.proof.step import FactReference, Step
from symproof.proof.theorem import Theorem
from symproof.report.document import (
    Code,
    Confirmation,
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

__all__ = ["Numbers", "definition_statement", "proof_block", "prose_inlines", "theorem_anchor", "theorem_statement"]

_LONGEST_INLINE = 70
Values = Callable[[str, CheckedStep], tuple[StepValue, ...]]
Confirmations = Callable[[str, Sequence[str]], Confirmation | None]
"""What another system confirmed at some steps of a result, by their numbers."""


@dataclass(frozen=True)
class Numbers:
    """The numbers of theorems in a document, by id, and which of them are claims."""

    by_id: Mapping[str, str]
    claims: frozenset[str] = frozenset()

    def reference(self, theorem_id: str) -> Inline:
        """A link to a theorem by number, or its id if the document does not hold it."""
        number = self.by_id.get(theorem_id)
        return (
            Code(theorem_id)
            if number is None
            else Reference(theorem_anchor(theorem_id), f"{self.kind(theorem_id)} {number}")
        )

    def kind(self, theorem_id: str) -> str:
        """The word in front of the number: a claim that should be refuted is no theorem."""
        return "Claim" if theorem_id in self.claims else "Theorem"


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
        unfolded = definition.unfold_successor(definition.params[0], definition.params[1:])
        step = definition.step if unfolded is None else unfolded
        formulas = (Formula(zero), Formula(f"{after} = {to_latex(step, notation)}"))
    else:
        formulas = (Formula(left, note="(primitive notion)"),)
    return Statement(
        kind="Definition",
        id=definition.name,
        conclusions=formulas,
        prose=prose_inlines(definition.doc),
        conclusion=(),
        anchor=f"definition:{definition.name}",
    )


def theorem_statement(theorem: Theorem, trust: Trust | None, numbers: Numbers, uses: Sequence[str]) -> Statement:
    """The statement of a theorem with its hypotheses, source and what it rests on."""
    origin = theorem.origin or theorem.citation
    remark = prose_inlines(theorem.source.rstrip("."))
    source = Source(origin.key, origin.place, remark) if origin is not None else None
    words: list[Inline | str] = [*prose_inlines(theorem.prose)]
    if source is None and remark:
        words += [" (", *remark, ".)"]
    return Statement(
        kind="Claim" if theorem.refuted_by else "Theorem",
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
    theorem: Theorem,
    steps: Sequence[CheckedStep],
    numbers: Numbers,
    values: Values | None = None,
    prefix: str = "",
    confirmations: Confirmations | None = None,
) -> Proof:
    """The checked proof of a theorem, beside the claims the numbers of an instance, or what another system confirms."""
    anchor = prefix or theorem.id
    confirmed = confirmations or (lambda _id, _paths: None)
    writer = _ProofWriter(theorem, anchor, numbers, values or (lambda _id, _step: ()), confirmed)
    return Proof(steps=writer.steps(steps, {}), of=(numbers.reference(theorem.id),))


def _introductions(steps: Sequence[CheckedStep]) -> list[list[CheckedStep]]:
    """The steps, with each run of take and assume steps in one group."""
    groups: list[list[CheckedStep]] = []
    for checked in steps:
        opening = checked.step.kind in ("take", "assume")
        if groups and opening and groups[-1][0].step.kind in ("take", "assume"):
            groups[-1].append(checked)
        else:
            groups.append([checked])
    return groups


class _ProofWriter:
    """Turns checked steps into steps of the document model.

    ``scope`` maps the labels in reach to the numbers that the reader sees; inner steps get a copy of it.
    """

    def __init__(
        self, theorem: Theorem, prefix: str, numbers: Numbers, values: Values, confirmed: Confirmations
    ) -> None:
        self.theorem, self.prefix, self.numbers = theorem, prefix, numbers
        self.values, self.confirmed = values, confirmed
        self.notation = theorem.notation
        self.names = FactNames(prefix, {}, self.notation)

    def formula(self, term: Term) -> Formula:
        return Formula(to_latex(term, self.notation))

    def steps(self, checked: Sequence[CheckedStep], scope: dict[str, str]) -> tuple[ProofStep, ...]:
        """A level of the proof; adds its labels to ``scope``."""
        written = []
        for group in _introductions(checked):
            number = group[0].path
            if len(group) == 1:
                written.append(self.step(group[0], scope))
            else:
                number = f"{number}\u2013{group[-1].path.rpartition('.')[2]}"
                written.append(self._introduced(group, number, scope))
            for one in group:
                scope.update({label: number for label in (one.step.label, *one.step.labels) if label})
        return tuple(written)

    def _introduced(self, group: Sequence[CheckedStep], number: str, scope: dict[str, str]) -> ProofStep:
        """A run of take and assume steps as one step: take any ... with ..."""
        taken = [sort_to_latex(v, self.notation) for c in group for v in c.step.variables]
        assumed = [part for c in group if c.claim is not None for part in conjuncts(c.claim)]
        lead: list[Inline | str] = []
        for position, shown in enumerate(taken):
            lead += [", " if position else "Take any ", math(shown)]
        lead.append(" with" if taken and assumed else "." if taken else "Assume")
        self.names = FactNames(self.prefix, scope, self.notation)
        return ProofStep(
            number=number,
            kind="take",
            lead=inlines(*lead),
            formulas=self._ranged(assumed),
            values=tuple(v for c in group for v in self.values(self.theorem.id, c)),
            anchor=f"{self.prefix}:{number}",
            confirmation=self.confirmed(self.theorem.id, [c.path for c in group]),
        )

    def _ranged(self, assumed: Sequence[Term]) -> tuple[Formula, ...]:
        """Assumptions, with ``low <= i`` and ``i <= high`` joined to one chain."""
        shown: list[str] = []
        previous: Term | None = None
        for p in assumed:
            joined = previous is not None and previous.op == p.op == "le" and previous.args[1] == p.args[0]
            if joined:
                shown[-1] += rf" \le {to_latex(p.args[1], self.notation)}"
            else:
                shown.append(to_latex(p, self.notation))
            previous = p
        return tuple(Formula(text) for text in shown)

    def step(self, checked: CheckedStep, scope: dict[str, str]) -> ProofStep:
        """One step with its sub-proof."""
        step = checked.step
        self.names = FactNames(self.prefix, scope, self.notation)
        lead, formulas = self._claim(checked)
        reason = self._reason(checked)
        return ProofStep(
            number=checked.path,
            kind=step.kind,
            lead=lead,
            formulas=formulas,
            reason=reason,
            rule=step.by.rule if step.by is not None and step.kind != "apply" else "",
            status=checked.trust if checked.accepted else "open",  # type: ignore[arg-type]
            values=self.values(self.theorem.id, checked),
            children=self._children(checked, dict(scope)),
            anchor=f"{self.prefix}:{checked.path}",
            confirmation=self.confirmed(self.theorem.id, _paths_shown_here(checked)),
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
            terms = [to_latex(t, self.notation) for t in step.terms]
            if max(len(t) for t in terms) > _LONGEST_INLINE:
                lead = inlines("the first of these; then it remains to show the rest:")
                return lead, (*(Formula(t) for t in terms), *self._conjuncts(claim))
            return inlines(math(",\\; ".join(terms)), "; then it remains to show"), self._conjuncts(claim)
        if step.kind == "induction":
            return inlines(
                "over ", math(name_to_latex(step.variables[0].name, self.notation)), ", for"
            ), self._conjuncts(claim)
        if step.kind == "conjunction":
            whole = _known_parts(step) is not None
            return (
                (inlines("All parts of the goal hold:"), self._conjuncts(claim))
                if whole
                else (inlines("The parts one by one:"), ())
            )
        if step.kind == "cases":
            return (), ()
        if step.kind == "calc":
            return (), (self._chain(step),)
        if claim is not None and claim.op == "false":
            return inlines("a contradiction"), ()
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
        note: list[Inline | str] = [*prose_inlines(step.note.rstrip(".,")), ". "] if step.note else []
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
        known = _known_parts(step)
        if known is not None:
            return inlines(*note, "they stand in ", *fact_words(known, self.names))
        if step.kind == "obtain":
            return inlines(*note, "by ", *fact_words(step.facts, self.names))
        if step.kind == "unfold":
            target = "the goal" if step.target == "goal" else self.names.name(step.target)
            names = ", ".join(d.name.split(".")[-1].replace("_", " ") for d in step.definitions)
            return inlines(*note, f"by the definition of {names}, from ", target)
        if step.by is not None:
            return inlines(*note, *reason_words(step.by, checked.detail, self.names))
        return inlines(*note)

    def _children(self, checked: CheckedStep, scope: dict[str, str]) -> tuple[ProofStep, ...]:
        step = checked.step
        if _known_parts(step) is not None:
            return ()
        if not checked.titles:
            if step.label and step.kind in ("suffices", "contradiction"):
                scope[step.label] = checked.path
            return self.steps(checked.children, scope)
        groups = []
        for position, (path, label, assumption) in enumerate(checked.titles):
            inner = dict(scope)
            inside = [c for c in checked.children if c.path.startswith(path + ".")]
            branch = step.branches[position]
            inner.update({name: path for name in (branch.label, step.label if branch.label else "") if name})
            groups.append(self._group(checked, path, label, assumption, self.steps(inside, inner)))
        return tuple(groups)

    def _group(
        self, checked: CheckedStep, path: str, label: str, assumption: Term | None, inside: tuple[ProofStep, ...]
    ) -> ProofStep:
        words = {"cases": "case", "conjunction": "show", "induction": "base" if label == "base" else "have"}
        lead: Inlines = ()
        if checked.step.kind == "induction" and label == "step":
            bound = to_latex(Term("le", (checked.titles[0][2].args[1], checked.step.variables[0]), None, BOOL))  # type: ignore[union-attr]
            lead = inlines("Step: let ", math(bound), " and assume")
        formulas = () if assumption is None else (self.formula(assumption),)
        anchor = f"{self.prefix}:{path}"
        kind = words[checked.step.kind]
        confirmed = self.confirmed(self.theorem.id, [path])
        return ProofStep(
            number=path, kind=kind, lead=lead, formulas=formulas, children=inside, anchor=anchor, confirmation=confirmed
        )


def _paths_shown_here(checked: CheckedStep) -> list[str]:
    """The number of a step, with those of the steps inside it that are not shown."""
    if _known_parts(checked.step) is None:
        return [checked.path]
    return [checked.path, *(path for path, *_ in checked.titles), *(step.path for step in _inside(checked))]


def _inside(checked: CheckedStep) -> Iterator[CheckedStep]:
    for child in checked.children:
        yield child
        yield from _inside(child)


def _known_parts(step: Step) -> list[FactReference] | None:
    """The facts that are the parts of a conjunction, if each part is one of them as it stands; else None."""
    if step.kind != "conjunction":
        return None
    found: list[FactReference] = []
    for branch in step.branches:
        by = branch.steps[0].by if len(branch.steps) == 1 and branch.steps[0].kind == "qed" else None
        if by is None or by.rule != "logic" or len(by.facts) != 1 or by.rewrite or by.unfold:
            return None
        found += by.facts
    return found


def prose_inlines(text: str) -> Inlines:
    """Words with formulas between dollar signs."""
    pieces = text.split("$")
    return inlines(*(math(piece) if position % 2 else piece for position, piece in enumerate(pieces) if piece))
