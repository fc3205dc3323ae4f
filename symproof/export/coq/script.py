"""The lemma of an obligation, and a proof script by its rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flint import fmpq

from symproof.export.coq.canonical_script import CanonicalScript
from symproof.export.coq.obligation import Obligation
from symproof.export.coq.statement import NotExported, Statement
from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import Discharger
from symproof.kernel.normal_form import normal_form
from symproof.kernel.sequent import Hypothesis, Sequent
from symproof.logic.rational_value import rational_value
from symproof.logic.sort import INT, REAL
from symproof.logic.syntax import Sum, num
from symproof.logic.term import Term, coerce, free_variables, instantiate

__all__ = ["Lemma", "lemma"]

ATOMS = ("apply", "call", "exp", "log", "sqrt", "sin", "cos", "tan", "atan")
MOST_FACTS = 14
MOST_TERMS = 12
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
    laws = [f"is_{op} {name}" for name, op in statement.operators.items() if op in ("ite", "itez")]
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
    plain = _sums((*facts, o.goal), statement)
    return f"{_bounds((*facts, o.goal), statement)}; " + (f"first [lra | {plain}lra]" if plain else "lra")


def _ring(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    shallow = _canonical(facts, statement, True)
    if o.goal.op != "eq" or shallow.vanishes(o.goal.args[0] - o.goal.args[1]):
        return f"{shallow.reduced(o.goal.args)}identity"
    return f"{_canonical(facts, statement, False).reduced(o.goal.args)}identity"


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
    used = [k for k, f in enumerate(facts) if _conclusion(f).op in ("eq", "iff")]
    tries = "; ".join(f"try (rewrite H{k} in * by (sign 3%nat))" for k in used)
    return f"first [congruence | {tries or 'idtac'}; first [reflexivity | propositional | expand]]"


def _conclusion(p: Term) -> Term:
    while p.op in ("forall", "implies"):
        p = p.args[-1]
    return p


def _sos(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    return "nra"


def _sums(parts: Sequence[Term], statement: Statement) -> str:
    """Steps that write every finite sum in the terms as a combination of sums of monomials."""
    script, count = [], 0
    for t in dict.fromkeys(t for p in parts for t in p.walk() if t.sort == INT and not t.loose and t.args):
        plain = poly.to_term(normal_form(t))
        if plain != t and plain.sort == INT:
            sides = f"{statement.integer(t)} = {statement.integer(plain)}"
            script.append(f"try (assert ({sides}) as Z{count} by lia; rewrite Z{count} in *)")
            count += 1
    for t in dict.fromkeys(t for p in parts for each in p.walk() if each.op in ATOMS for t in each.args):
        if t.sort != REAL or t.loose or t.op in ("num", "var"):
            continue
        plain = poly.to_term(normal_form(t))
        if plain != t and plain.sort == REAL:
            sides = f"{statement.real(t)} = {statement.real(plain)}"
            script.append(f"try (assert ({sides}) as Z{count} by expand; rewrite Z{count} in *)")
            count += 1
    for t in dict.fromkeys(t for p in parts for t in p.walk() if t.op == "sum" and not t.loose):
        if equation := _equation(t, statement):
            script.append(f"try ({equation[0]} as E{count} by ({equation[1]}); rewrite E{count} in *; cbv beta in *)")
            count += 1
    return "".join(f"{line}; " for line in script)


def _equation(t: Term, statement: Statement) -> tuple[str, str] | None:
    """An assertion on a sum (or on all sums over its few indices) and its proof; None if there is nothing to say."""
    low, high, _ = t.args
    first, last = rational_value(low), rational_value(high)
    ends = f"{statement.integer(low)} {statement.integer(high)}"
    if first is not None and last is not None:
        if not 0 <= last - first < MOST_TERMS:
            return None
        values = " + ".join(f"f {statement.integer(num(k))}" for k in range(int(first), int(last) + 1))
        return f"assert (forall f, bigsum {ends} f = {values})", "intro; unfold bigsum; cbn; lra"
    index, name = statement.local(t.data[0])
    body = instantiate(t, (index,))
    pieces = _pieces(body, index)
    if len(pieces) == 1 and pieces[0][0] == num(1) and pieces[0][1] == body:
        return None
    combined, nested, steps = num(0), num(0), ["apply bigsum_zero"]
    for factor, inner in reversed(pieces):
        one = Sum(index, low, high, inner)
        family = statement.real(one).removeprefix(f"(bigsum {ends} ").removesuffix(")")
        split = f"refine (eq_trans (bigsum_linear {ends} {statement.real(factor)} {family} _) _)"
        steps.append(f"{split}; apply (f_equal (Rplus _))")
        combined = factor * one + combined
        nested = factor * inner + nested
    left, middle, right = (statement.real(p) for p in (t, Sum(index, low, high, nested), combined))
    inside = _sums((body, nested), statement)
    return f"assert ({left} = {right})", (
        f"transitivity {middle}; [apply bigsum_ext; intros {name} _; {inside}expand | {'; '.join(reversed(steps))}]"
    )


def _pieces(body: Term, index: Term) -> list[tuple[Term, Term]]:
    """(factor, monomial in the index) of each monomial of the normal form."""
    pieces = []
    for monomial, coefficient in normal_form(body).items():
        inside = tuple((a, e) for a, e in monomial if index in free_variables(a))
        outside = tuple((a, e) for a, e in monomial if index not in free_variables(a))
        pieces.append((poly.to_term({outside: coefficient}), poly.to_term({inside: fmpq(1)})))
    return pieces


def _logic(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    return "propositional"


def _ideal(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    places = [k for k, f in enumerate(o.facts) if f.op == "eq" and f.args[0].sort.is_number]
    equations = [o.facts[k] for k in places]
    script = [_sums((*equations, o.goal), statement) + "idtac"]
    for cofactor, place in zip(o.evidence or (), places, strict=False):
        script.append(f"pose proof (cofactor {statement.real(coerce(cofactor))} _ _ H{place})")
    return "; ".join([*script, "first [lra | nra | expand]"])


SCRIPTS: Mapping[str, Script] = {
    "linear": _linear,
    "ring": _ring,
    "field": _ring,
    "ideal": _ideal,
    "sign": _sign,
    "condition": _sign,
    "defined": _sign,
    "bound": _sign,
    "logic": _logic,
    "rewrite": _rewrite,
    "sum": _sum,
    "sos": _sos,
}
