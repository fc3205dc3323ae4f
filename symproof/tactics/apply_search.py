"""Which results of a library apply to a goal: ``apply ?``.

A result applies if one of the things that it concludes is the goal, up to values for its variables and up to turning a
relation around. Values that the goal does not give come from what is in reach and from the variables in scope. Of each
offer the kernel has checked the steps, with the hypotheses that remain taken for granted; it counts for nothing until
it stands in a proof and is checked there. The search is bounded by numbers of attempts, not by time, so it always
finds the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product

from symproof.errors import SymproofError
from symproof.kernel.check import check_theorem
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.rule import Refusal
from symproof.kernel.sequent import Sequent
from symproof.kernel.trial import Trial
from symproof.logic.sort import INT, SortError, accepts
from symproof.logic.term import Term, free_variables, instantiate, subst
from symproof.proof.python_source import steps_source
from symproof.proof.step import By, FactReference, Step
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import SearchingEvidence
from symproof.tactics.open_goals import HOLE
from symproof.tactics.statement_match import Conclusion, Matching, conclusions, flipped

__all__ = ["Application", "apply_search"]

MAX_MATCHINGS = 6
"""So many ways to give values are tried for one conclusion of one result."""
MAX_BRANCHES = 60
MAX_CHECKS = 80
MAX_OFFERS = 12
MAX_VARIANTS = 2
MAX_UNDETERMINED = 3
"""An offer that wants more values than that of its author is none."""
_GOAL = "goal"


@dataclass(frozen=True)
class Application:
    """A result that applies to a goal.

    Attributes:
        theorem: its id.
        title: its title.
        steps: what closes the goal, to be put into the proof; a ``have`` with the reason ``"?"`` remains to be shown.
        substitution: its variables with the values that they get.
        discharged: its hypotheses, by label, that the kernel finds in reach at these values.
        remaining: what remains to be shown, by the label that the steps use.
        undetermined: its variables for which no value was found. If there are any, the author has to give them and
            the kernel has checked nothing; otherwise it has accepted the steps.
        standing: ``open`` or ``cited`` with the name if the result is no more, or rests on such a one; else empty.
    """

    theorem: str
    title: str
    steps: tuple[Step, ...]
    substitution: tuple[tuple[str, Term], ...]
    discharged: tuple[tuple[str, Term], ...]
    remaining: tuple[tuple[str, Term], ...]
    undetermined: tuple[str, ...] = ()
    standing: str = ""

    @property
    def applies(self) -> bool:
        """Whether the kernel has accepted the steps, with what remains taken for granted."""
        return not self.undetermined

    @property
    def complete(self) -> bool:
        """Whether the steps close the goal with nothing left to show."""
        return not self.undetermined and not self.remaining

    def source(self) -> str:
        """The steps as Python, to be pasted into the proof."""
        text = steps_source(self.steps)
        for name in self.undetermined:
            text = text.replace(f'"{name}": {_asked(name)}', f'"{name}": ...')
        return text

    def as_dict(self) -> dict[str, object]:
        """As plain data, for JSON."""
        return {
            "theorem": self.theorem,
            "title": self.title,
            "applies": self.applies,
            "complete": self.complete,
            "substitution": {name: str(value) for name, value in self.substitution},
            "discharged": {label: str(p) for label, p in self.discharged},
            "remaining": {label: str(p) for label, p in self.remaining},
            "undetermined": list(self.undetermined),
            "standing": self.standing,
            "python": self.source(),
        }

    def __str__(self) -> str:
        words = "applies" if self.applies else f"would apply with a value for {', '.join(self.undetermined)}"
        left = f"; remains: {', '.join(label for label, _ in self.remaining)}" if self.remaining else ""
        return f"{self.theorem} {words}{left}" + (f" ({self.standing})" if self.standing else "")


def apply_search(
    sequent: Sequent,
    goal: Term,
    library: Mapping[str, Theorem],
    *,
    inside: str = "",
    among: Iterable[str] | None = None,
    taken: Iterable[str] = (),
) -> tuple[Application, ...]:
    """The results that apply to a goal, those that leave least to show first.

    Args:
        sequent: what is in reach.
        goal: what is to be shown. In front of a goal "for all" or "if ... then" the steps take and assume.
        library: where the results are.
        inside: the id of the theorem whose proof this is; neither it nor what rests on it is offered.
        among: only these results.
        taken: labels that the steps must not use, besides those in reach.
    """
    labels = set(taken) | {h.label for h in sequent.hypotheses if h.label}
    barred = _above(inside, library)
    names = sorted(library if among is None else set(among) & set(library))
    goals = _introduced(sequent, goal, labels)
    found: list[tuple[tuple[object, ...], _Attempt]] = []
    for name in names:
        theorem = library[name]
        if name in barred or theorem.refuted_by or theorem.id != name:
            continue
        for place in goals:
            found += ((_promise(a), a) for a in _attempts(theorem, place))
    found.sort(key=lambda each: each[0])
    offers: dict[tuple[str, tuple[tuple[str, Term], ...]], Application] = {}
    checks = 0
    for _, attempt in found:
        if checks >= MAX_CHECKS or sum(o.applies for o in offers.values()) >= 2 * MAX_OFFERS:
            break
        key = (attempt.theorem.id, attempt.substitution())
        if key in offers or (attempt.missing and any(o.theorem == attempt.theorem.id for o in offers.values())):
            continue
        checks += not attempt.missing
        offer = _checked(attempt, library, labels)
        if offer is not None:
            offers[key] = replace(offer, standing=_standing(attempt.theorem, library))
    return _ranked(offers.values())


def _ranked(offers: Iterable[Application]) -> tuple[Application, ...]:
    """The best offers first; of one result no more than MAX_VARIANTS that leave as little to show as its best one."""
    best: dict[str, list[Application]] = {}
    kept = []
    for offer in sorted(offers, key=lambda o: (len(o.undetermined), len(o.remaining))):
        same = best.setdefault(offer.theorem, [])
        first = same[0] if same else offer
        as_good = (len(offer.undetermined), len(offer.remaining)) == (len(first.undetermined), len(first.remaining))
        if as_good and len(same) < MAX_VARIANTS:
            same.append(offer)
            kept.append(offer)
    return tuple(kept[:MAX_OFFERS])


# The goal, and the results that may be used -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """A goal with the steps that lead to it."""

    sequent: Sequent
    goal: Term
    before: tuple[Step, ...] = ()


def _introduced(sequent: Sequent, goal: Term, labels: set[str]) -> tuple[_Place, ...]:
    """The goal as it is, and after its quantifiers and premises are introduced."""
    places = [_Place(sequent, goal)]
    before: list[Step] = []
    number = 0
    while goal.op in ("forall", "implies"):
        if goal.op == "forall":
            variable = _fresh(sequent, goal)
            if before and before[-1].kind == "take":
                before[-1] = replace(before[-1], variables=(*before[-1].variables, variable))
            else:
                before.append(Step("take", variables=(variable,)))
            sequent, goal = sequent.with_variable(variable), instantiate(goal, (variable,))
            continue
        parts = goal.args[0].args if goal.args[0].op == "and" else (goal.args[0],)
        names = []
        for part in parts:
            number += 1
            names.append(_free_label("given" if number == 1 else f"given_{number}", labels))
            sequent = sequent.with_hypothesis(names[-1], part)
        before.append(Step("assume", labels=tuple(names)))
        goal = goal.args[1]
    if before:
        places.append(_Place(sequent, goal, tuple(before)))
    return tuple(places)


def _fresh(sequent: Sequent, goal: Term) -> Term:
    """A variable for the outermost quantifier, with a name that Python takes."""
    hint = goal.data[0].hint.rstrip("'") or "t"
    name, number = hint, 1
    taken = sequent.names() | {v.name for v in free_variables(goal)}
    while name in taken:
        number += 1
        name = f"{hint}{number}"
    return Term("var", (), name, goal.data[0].sort)


def _free_label(word: str, labels: set[str]) -> str:
    label, number = word, 1
    while label in labels:
        number += 1
        label = f"{word}_{number}"
    labels.add(label)
    return label


def _above(name: str, library: Mapping[str, Theorem]) -> frozenset[str]:
    """A theorem and all that rests on it."""
    if not name:
        return frozenset()
    users: dict[str, set[str]] = {}
    for each in library.values():
        for target in Theorem.uses(each):
            users.setdefault(target, set()).add(each.id)
    found, pending = {name}, [name]
    while pending:
        new = users.get(pending.pop(), set()) - found
        found |= new
        pending += new
    return frozenset(found)


def _standing(theorem: Theorem, library: Mapping[str, Theorem]) -> str:
    """What lowers the trust of a result, as far as statements show it (``symproof check`` decides it)."""
    found: dict[str, str] = {}
    pending, seen = [theorem.id], {theorem.id}
    while pending:
        each = library.get(pending.pop())
        if each is None:
            continue
        if not each.proof:
            found[each.id] = "cited" if each.citation is not None else "open"
        new = set(Theorem.uses(each)) - seen
        seen |= new
        pending += sorted(new)
    for level in ("open", "cited"):
        names = sorted(name for name, found_level in found.items() if found_level == level)
        if names:
            return level if theorem.id in names else f"rests on {level}: {names[0]}"
    return ""


# Values for the variables -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Attempt:
    """A result with values for its variables, not checked yet; the variables have their reserved names here."""

    theorem: Theorem
    place: _Place
    conclusion: Conclusion
    matching: Matching
    renaming: Mapping[Term, Term]
    missing: tuple[Term, ...]
    met: int

    def substitution(self) -> tuple[tuple[str, Term], ...]:
        """The variables of the result that have a value, by name."""
        values = self.matching.values
        return tuple((v.name, values[r]) for v, r in self.renaming.items() if r in values)


def _promise(attempt: _Attempt) -> tuple[object, ...]:
    """What makes an attempt worth an early check: values for all, hypotheses met, a conclusion that says much."""
    left = len(attempt.theorem.hypotheses) + len(attempt.conclusion.guards) - attempt.met
    rigid = sum(1 for t in attempt.conclusion.body.walk() if t.op != "var" or t.name[0] != "?")
    return (
        len(attempt.missing),
        left,
        len(attempt.place.before),
        -rigid,
        attempt.theorem.id,
        str(attempt.substitution()),
    )


def _renamed(theorem: Theorem) -> dict[Term, Term]:
    """The variables of a theorem under reserved names, so that none is confused with one of the goal."""
    mapping: dict[Term, Term] = {}
    for v in sorted(theorem.variables, key=lambda v: v.sort != INT):  # sizes first
        mapping[v] = Term("var", (), f"?{v.name}", subst(v, mapping).sort)
    return {v: mapping[v] for v in theorem.variables}


def _attempts(theorem: Theorem, place: _Place) -> Iterator[_Attempt]:
    """Ways to use a result for a goal."""
    renaming = _renamed(theorem)
    goals = [g for g in (place.goal, flipped(place.goal)) if g is not None]
    hypotheses = tuple(subst(p, renaming) for _, p in theorem.hypotheses)
    for conclusion in conclusions(subst(theorem.conclusion, renaming)):
        if conclusion.body in renaming.values() or conclusion.body.op == "true":
            continue  # it would match everything
        unknown = (*renaming.values(), *conclusion.variables)
        for goal in goals:
            first = Matching(frozenset(unknown)).match(conclusion.body, goal)
            if first is None:
                continue
            wanted = (*hypotheses, *conclusion.guards)
            for matching, met in islice(_filled(first, wanted, unknown, place.sequent), MAX_MATCHINGS):
                yield _Attempt(theorem, place, conclusion, matching, renaming, matching.missing(unknown), met)
            break


def _filled(
    matching: Matching, wanted: tuple[Term, ...], unknown: tuple[Term, ...], sequent: Sequent
) -> Iterator[tuple[Matching, int]]:
    """Matchings with more values: from facts that meet what is wanted, then from the variables in scope."""
    facts = tuple(dict.fromkeys(sequent.facts()))
    budget = [MAX_BRANCHES]
    seen: set[tuple[tuple[Term, Term], ...]] = set()
    complete = sorted(_met(matching, wanted, facts, 0, budget), key=lambda each: -each[1])
    for found, met in complete:
        for full in islice(_from_scope(found, unknown, sequent), MAX_MATCHINGS):
            key = tuple(sorted(full.values.items(), key=lambda pair: pair[0].name))
            if key not in seen:
                seen.add(key)
                yield full, met


def _met(
    matching: Matching, wanted: tuple[Term, ...], facts: tuple[Term, ...], met: int, budget: list[int]
) -> Iterator[tuple[Matching, int]]:
    if not wanted or budget[0] <= 0:
        budget[0] -= 1
        yield matching, met
        return
    first, rest = wanted[0], wanted[1:]
    if not free_variables(first) & set(matching.missing(tuple(matching.unknown))):
        yield from _met(matching, rest, facts, met + (matching.at(first) in facts), budget)
        return
    tried = False
    for fact in facts:
        for side in (fact, flipped(fact)):
            found = matching.match(first, side) if side is not None else None
            if found is not None:
                tried = True
                yield from _met(found, rest, facts, met + 1, budget)
                break
    if not tried or budget[0] > 0:
        yield from _met(matching, rest, facts, met, budget)


def _from_scope(matching: Matching, unknown: tuple[Term, ...], sequent: Sequent) -> Iterator[Matching]:
    """With the variables in scope for what has no value: first those of the same name."""
    missing = matching.missing(unknown)
    for v in missing:
        same = next((t for t in sequent.variables if f"?{t.name}" == v.name), None)
        better = matching.with_value(v, same) if same is not None else None
        matching = better if better is not None else matching
    missing = matching.missing(unknown)
    choices = [[t for t in sequent.variables if accepts(v.sort, t.sort)] for v in missing]
    if missing and len(missing) <= 2 and all(choices):
        for values in product(*choices):
            found: Matching | None = matching
            for v, value in zip(missing, values, strict=True):
                found = found.with_value(v, value) if found is not None else None
            if found is not None:
                yield found
    yield matching


# The check ----------------------------------------------------------------------------------------------------------


def _checked(attempt: _Attempt, library: Mapping[str, Theorem], labels: set[str]) -> Application | None:
    """The offer, if the kernel accepts its steps; one that wants values of the author is not checked."""
    theorem, matching, place = attempt.theorem, attempt.matching, attempt.place
    try:
        needed = tuple((label, matching.at(subst(p, attempt.renaming))) for label, p in theorem.hypotheses)
        guards = tuple(matching.at(g) for g in attempt.conclusion.guards)
    except (SortError, Refusal):
        return None
    if attempt.missing:
        return _unchecked(attempt, needed, labels)
    trial = Trial(SearchingEvidence())
    try:
        remaining = [(label, p) for label, p in needed if not trial.discharges(place.sequent, p)]
        inner = [("premise", p) for p in guards if not trial.discharges(place.sequent, p)]
    except (SymproofError, RecursionError):
        return None
    facts = tuple(place.sequent.facts())
    open_labels = {old for old, p in remaining if p not in facts}
    met = tuple((old, p) for old, p in needed if old not in open_labels)
    shown = [("premise", p) for p in guards if ("premise", p) not in inner]
    for extra in ([], shown) if shown else ([],):  # an equivalence wants its other side as a fact with a label
        names = set(labels)
        named = [(_free_label(label, names), p) for label, p in (*remaining, *inner, *extra) if p not in facts]
        label = _free_label(theorem.id.rpartition(".")[2], names)
        known = [(name, p, _simple(trial, place.sequent, p)) for name, p in named]
        claims = tuple(Step("open", name, claim=p) if by is None else _have(name, p, by) for name, p, by in known)
        applied = _application(attempt, label)
        for last in _endings(attempt, label, [name for name, _ in named]):
            if _accepted((*place.before, *claims, applied, *last), attempt, library):
                holes = tuple(_have(name, p, by or By(HOLE)) for name, p, by in known)
                left = tuple((name, p) for name, p, by in known if by is None)
                steps = (*place.before, *holes, applied, *last)
                return Application(theorem.id, theorem.title, steps, attempt.substitution(), met, left)
    return None


def _have(label: str, claim: Term, by: By) -> Step:
    return Step("have", label, claim=claim, by=by)


def _simple(trial: Trial, sequent: Sequent, claim: Term) -> By | None:
    """A rule that accepts a claim from what is in reach, without a search for facts."""
    if not trial.discharges(sequent, claim):
        return None
    accepting = (By(rule) for rule in ("sign", "linear", "ring") if not isinstance(
        trial.rule(sequent, claim, By(rule)), Diagnostic))  # fmt: skip
    return next(accepting, None)


def _unchecked(attempt: _Attempt, needed: tuple[tuple[str, Term], ...], labels: set[str]) -> Application | None:
    """An offer that wants values of the author, if the variables of the result itself are what is missing."""
    own = {reserved: v for v, reserved in attempt.renaming.items()}
    missing = tuple(own[r].name for r in attempt.missing if r in own)
    if not missing or len(attempt.missing) > MAX_UNDETERMINED or attempt.matching.later:
        return None
    asked = {r: Term("var", (), _asked(own[r].name), r.sort) for r in attempt.missing if r in own}
    label = _free_label(attempt.theorem.id.rpartition(".")[2], set(labels))
    values = (*attempt.substitution(), *((own[r].name, t) for r, t in asked.items()))
    step = Step("apply", label, labels=(label,), target=attempt.theorem.id, substitution=tuple(sorted(values)),
                by=By("apply"))  # fmt: skip
    facts = set(attempt.place.sequent.facts())
    shown = {r: Term("var", (), own[r].name, r.sort) for r in attempt.missing if r in own}
    named = tuple((name, subst(p, shown)) for name, p in needed)
    return Application(
        attempt.theorem.id, attempt.theorem.title, (*attempt.place.before, step), attempt.substitution(),
        tuple((n, p) for n, p in named if p in facts), tuple((n, p) for n, p in named if p not in facts), missing,
    )  # fmt: skip


def _asked(name: str) -> str:
    return f"__{name}__"


def _application(attempt: _Attempt, label: str) -> Step:
    """The step that applies the result, with the values that differ from the names in scope."""
    scope = {v.name: v for v in attempt.place.sequent.variables}
    given = tuple((n, value) for n, value in attempt.substitution() if scope.get(n) != value)
    labels = _labels(attempt, label)
    return Step("apply", labels[0], labels=labels, target=attempt.theorem.id, substitution=given,
                by=By("apply"))  # fmt: skip


def _labels(attempt: _Attempt, label: str) -> tuple[str, ...]:
    """One label, or one for each part of a conjunction if a part of it has to be instantiated."""
    part = attempt.conclusion.part
    if part is None or not (attempt.conclusion.variables or attempt.conclusion.guards):
        return (label,)
    return tuple(f"{label}_{k}" for k in range(1, len(attempt.theorem.conclusion.args) + 1))


def _endings(attempt: _Attempt, label: str, more: list[str]) -> Iterator[tuple[Step, ...]]:
    """Ways to come from what the result says to the goal; mostly there is nothing to do."""
    conclusion = attempt.conclusion
    labels = _labels(attempt, label)
    used = labels[conclusion.part] if len(labels) > 1 and conclusion.part is not None else label
    yield ()
    values = tuple(attempt.matching.values[v] for v in conclusion.variables)
    fact = FactReference(used, values)
    extra = tuple(FactReference(name) for name in more)
    yield (Step("qed", by=By("logic", (fact,))),)
    if extra:
        yield (Step("qed", by=By("logic", (fact, *extra))),)
    if conclusion.guards:
        plain = [FactReference(h.label) for h in attempt.place.sequent.hypotheses if h.label]
        yield (Step("qed", by=By("logic", (fact, *extra, *plain[-8:]))),)
    if attempt.place.goal.op in ("le", "lt", "ge", "gt", "eq"):
        yield (Step("qed", by=By("linear", (fact,))),)


def _accepted(steps: tuple[Step, ...], attempt: _Attempt, library: Mapping[str, Theorem]) -> bool:
    """Whether the kernel accepts the steps as a proof of the goal, with the claims that remain as gaps."""
    first = attempt.place.before
    sequent, goal = attempt.place.sequent, attempt.place.goal
    # The introducing steps are the kernel's own business; what counts is the proof of the goal behind them.
    named = tuple((h.label, h.proposition) for h in sequent.hypotheses)
    tried = Theorem(_GOAL, "", sequent.variables, named, goal, steps[len(first) :])
    try:
        result = check_theorem(tried, library, SearchingEvidence(), first_only=True)
    except (SymproofError, RecursionError):
        return False
    return result.accepted
