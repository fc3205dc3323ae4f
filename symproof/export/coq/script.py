"""The lemma of an obligation, and a proof script by its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from symproof.export.coq.canonical_script import CanonicalScript
from symproof.export.coq.derivative_script import derivative_script
from symproof.export.coq.elementary_script import elementary_script
from symproof.export.coq.extremum_script import extremum_script
from symproof.export.coq.obligation import Obligation
from symproof.export.coq.statement import NotExported, Statement
from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import Discharger
from symproof.kernel.normal_form import normal_form
from symproof.kernel.rule import Refusal
from symproof.kernel.rules.linear import LinearFacts
from symproof.kernel.sequent import Hypothesis, Sequent
from symproof.kernel.sign import COMPLEMENT
from symproof.logic.sort import BOOL, INT
from symproof.logic.syntax import num
from symproof.logic.term import Term, coerce, free_variables, instantiate, relation

__all__ = ["Lemma", "lemma"]

LAWS = ("ite", "itez", "derivative", "erf", "maxover", "minover", "power", "sign")
"""Operators that are assumed to be what the preamble says of them."""
MOST_FACTS = 14
MOST_CHARACTERS = 60_000


@dataclass(frozen=True)
class Lemma:
    """What Coq is asked.

    Attributes:
        statement: a closed proposition.
        proof: a tactic.
        meaning: what symbols stand for, where their names do not say it.
    """

    statement: str
    proof: str
    meaning: Mapping[str, str]


def lemma(o: Obligation) -> Lemma:
    """The lemma of an obligation. Raises NotExported."""
    proof_of = SCRIPTS.get(o.rule)
    if proof_of is None:
        raise NotExported(f"the rule {o.rule}")
    statement = Statement()
    facts = _facts(o)
    premises = [statement.proposition(f) for f in facts]
    goal = statement.proposition(o.goal)
    proof = proof_of(o, facts, statement)
    laws = [f"is_{op} {name}" for name, op in statement.operators.items() if op in LAWS]
    names = [*statement.symbols, *(f"Hite{k}" for k in range(len(laws))), *(f"H{k}" for k in range(len(premises)))]
    proof = f"intros {' '.join(names)}; {proof}" if names else proof
    premises = laws + premises
    symbols = "".join(f" ({name} : {kind})" for name, kind in statement.symbols.items())
    text = (f"forall{symbols}, " if symbols else "") + " -> ".join([*premises, goal])
    if len(text) + len(proof) > MOST_CHARACTERS:
        raise NotExported("too long")
    return Lemma(text, proof, statement.meaning)


def _facts(o: Obligation) -> tuple[Term, ...]:
    """What the lemma assumes: what was cited, or what is in reach and speaks of the same things."""
    if o.needed is not None:
        return tuple(dict.fromkeys((*o.facts, *o.given, *o.needed)))
    if o.facts:
        return (*o.facts, *o.given)
    wanted = free_variables(o.goal)
    near: list[tuple[float, int, Term]] = []
    for fact in dict.fromkeys(o.sequent.facts()):
        own = free_variables(fact)
        shared = len(own & wanted)
        if shared and fact != o.goal:
            near.append((-shared / len(own), len(near), fact))
        elif fact == o.goal:
            return (fact,)
    return tuple(fact for *_, fact in sorted(near, key=lambda e: e[:2])[:MOST_FACTS])


def _bounds(parts: Sequence[Term], statement: Statement) -> str:
    """What linear arithmetic knows of absolute values, minima and maxima."""
    script = []
    for t in dict.fromkeys(t for p in parts for t in p.walk() if t.op in ("abs", "min", "max") and not t.loose):
        first, *more = (statement.real(a) for a in t.args)
        if t.op == "abs":
            script += [f"pose proof (abs_above {first})", f"pose proof (abs_below {first})"]
        elif len(more) == 1:
            script += [f"pose proof ({t.op}_{which} {first} {more[0]})" for which in ("first", "second")]
    return "; ".join(script or ["idtac"])


Script = Callable[[Obligation, tuple[Term, ...], Statement], str]


def _linear(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    bounds = _bounds((*facts, o.goal), statement)
    combined = _combined(o, facts, statement)
    return f"{bounds}; first [lra | {combined}lra]"


def _combined(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    """What the Farkas multipliers say: the goal is a combination of the facts, up to a constant and normal forms."""
    goal = o.goal
    if goal.op == "not":
        goal = relation(COMPLEMENT[goal.args[0].op], *goal.args[0].args)
    source = o.facts or tuple(o.sequent.facts())
    sources = LinearFacts(source, o.goal, normal_form).sources
    sides = [num(0)] if goal.op == "false" else [goal.args[1] - goal.args[0]]
    if goal.op == "eq" and o.evidence and len(o.evidence) > 1:
        sides.append(goal.args[0] - goal.args[1])
    script = ""
    for k, side in enumerate(sides):
        total = side if goal.op not in ("gt", "ge") else goal.args[0] - goal.args[1]
        for (t, part, sign), m in zip(sources, (o.evidence or [()] * 2)[k], strict=False):
            if m:
                total = total - coerce(Fraction(m)) * _form(t, part, sign)
        rest = _canonical(facts, statement, False)
        value = poly.constant_value(rest.normalize(total))
        if value is None:
            continue
        constant = num(poly.to_fraction(value))
        sides_text = f"{statement.real(total)} = {statement.real(constant)}"
        script += f"assert ({sides_text}) as HF{k} by ({_identity(total, constant, facts, statement)}); "
    return script


def _form(t: Term, part: Term | None, sign: int) -> Term:
    """The term that a fact says to be 0, positive or not negative."""
    if part is not None:
        return (t if t.op != "min" else -t) + sign * part
    if t.op == "not":
        t = relation(COMPLEMENT[t.args[0].op], *t.args[0].args)
    a, b = t.args
    return b - a if t.op in ("le", "lt", "eq") else a - b


def _ring(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    if o.goal.op != "eq":
        return f"{_canonical(facts, statement, True).reduced(o.goal.args)}settle"
    return _identity(o.goal.args[0], o.goal.args[1], facts, statement)


def _identity(left: Term, right: Term, facts: tuple[Term, ...], statement: Statement) -> str:
    """Two terms of the same normal form."""
    script = _canonical(facts, statement, True)
    if not script.vanishes(left - right):
        script = _canonical(facts, statement, False)
    known = [side for f in facts if _is_relation(f) for side in f.args]
    if known:
        return f"{script.reduced((left, right, *known), ' in *')}settle"
    return f"{script.reduced((left, right))}settle"


def _is_relation(p: Term) -> bool:
    return p.op in ("eq", "ne", "le", "lt", "ge", "gt") and p.args[0].sort.is_number


def _canonical(facts: tuple[Term, ...], statement: Statement, shallow: bool) -> CanonicalScript:
    sequent = Sequent((), tuple(Hypothesis("", f) for f in facts))
    return CanonicalScript(statement, sequent, Discharger(), shallow)


def _sign(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    return "sign 6%nat"


def _sum(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    one = _one_term(o.goal, statement)
    return one + (
        "first [apply bigsum_ext; intros; apply_any | apply bigsum_le; intros; apply_any | "
        "apply bigsum_lt; [sign 3%nat | intros; apply_any] | apply Rle_ge; apply bigsum_le; intros; apply_any | "
        "apply bigsum_nonneg; intros; apply_any | apply Rle_ge; apply bigsum_nonneg; intros; apply_any | "
        "apply bigsum_term; [intros; apply_any | sign 3%nat]]"
    )


def _one_term(goal: Term, statement: Statement) -> str:
    """A try by ``bigsum_term``, if the goal bounds one term of a sum by the sum."""
    if goal.op not in ("le", "ge"):
        return ""
    left, right = goal.args if goal.op == "le" else reversed(goal.args)
    if right.op != "sum":
        return ""
    for index in dict.fromkeys(t for t in left.walk() if t.sort == INT and not t.loose):
        if instantiate(right, (index,)) == left:
            low, high = right.args[:2]
            ends = f"{statement.integer(low)} {statement.integer(high)}"
            family = statement.real(right).removeprefix(f"(bigsum {ends} ").removesuffix(")")
            swap = "apply Rle_ge; " if goal.op == "ge" else ""
            lemma = f"apply (bigsum_term {ends} {family} {statement.integer(index)})"
            return f"solve [{swap}{lemma}; cbv beta; [intros; sign 3%nat | sign 3%nat]] || "
    return ""


def _rewrite(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    tries = ""
    for k, fact in enumerate(facts):
        if fact.op == "eq" and all(t.sort == INT for t in fact.args):
            sides = " = ".join(map(statement.integer, fact.args))
            tries += f"assert ({sides}) as HZ{k} by whole; try (rewrite HZ{k} in *); "
        elif _conclusion(fact).op in ("eq", "iff"):
            tries += f"try (rewrite H{k} in * by (sign 3%nat)); "
    likeness = "".join(f"solve [{text}] | " for text in _alike(o, facts, statement))
    return f"first [congruence | {likeness}{tries}first [reflexivity | propositional | expand]]"


def _alike(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> Iterator[str]:
    """Tactics by which the goal is a fact with parts replaced by others of the same normal form."""
    canonical = _canonical(facts, statement, False)
    for k, fact in enumerate(facts):
        if fact.op == o.goal.op and fact.op in ("apply", "call") and fact.args and _same(canonical, fact, o.goal):
            yield f"refine (eq_ind _ (fun HP : Prop => HP) H{k} _ _); {canonical.congruence(fact, o.goal, BOOL)}"
        elif _is_relation(fact) and _is_relation(o.goal) and _same(canonical, fact, o.goal):
            yield f"{canonical.reduced((*fact.args, *o.goal.args), ' in *')}lra"
    if o.goal.op == "eq" and o.goal.args[0].sort.is_number and canonical.vanishes(o.goal.args[0] - o.goal.args[1]):
        yield _identity(o.goal.args[0], o.goal.args[1], facts, statement)


def _same(canonical: CanonicalScript, a: Term, b: Term) -> bool:
    try:
        return canonical.normalize.canonical(a) == canonical.normalize.canonical(b)
    except Refusal:
        return False


def _conclusion(p: Term) -> Term:
    while p.op in ("forall", "implies"):
        p = p.args[-1]
    return p


def _bound(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    return "bounded"


def _sos(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    return "nra"


def _logic(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    likeness = "".join(f"solve [{text}] | " for text in _alike(o, facts, statement))
    return f"first [{likeness}propositional]" if likeness else "propositional"


def _ideal(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    equations = [f for f in o.facts if f.op == "eq" and f.args[0].sort.is_number]
    total, zeros = num(0), []
    for cofactor, equation in zip(o.evidence or (), equations, strict=False):
        total = total + coerce(cofactor) * (equation.args[0] - equation.args[1])
        sides = " ".join(statement.real(t) for t in (coerce(cofactor), *equation.args))
        zeros.append(f"rewrite (cofactor {sides}) by assumption; ")
    left, right = o.goal.args
    return (
        f"apply Rminus_diag_uniq; transitivity {statement.real(total)}; "
        f"[{_identity(left - right, total, facts, statement)} | {''.join(zeros)}lra]"
    )


SCRIPTS: Mapping[str, Script] = {
    "linear": _linear,
    "ring": _ring,
    "field": _ring,
    "ideal": _ideal,
    "sign": _sign,
    "condition": _sign,
    "defined": _sign,
    "bound": _bound,
    "logic": _logic,
    "rewrite": _rewrite,
    "sum": _sum,
    "sos": _sos,
    "derivative": derivative_script,
    "elementary": elementary_script,
    "extremum": extremum_script,
}
