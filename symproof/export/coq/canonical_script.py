"""Proof scripts for normal forms: a term equals its normal form, for Coq, step by step as the kernel computes it.

``CanonicalScript.reduced`` writes tactics that bring all sums, functions and choices in a goal to the forms that they
have in the kernel's normal form. After that, two sides of the same normal form are equal by the laws of rings alone,
with everything else as an indeterminate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations

from flint import fmpq

from symproof.export.coq.statement import NotExported, Statement
from symproof.kernel import polynomial as poly
from symproof.kernel.normal_form import (
    MAX_EXPANDED_TERMS,
    MAX_PERMUTED_INDICES,
    MAX_SPLIT_TERMS,
    Decide,
    Normalizer,
    _factors,
    _nest,
    _selected,
    _well_ordered,
)
from symproof.kernel.polynomial import Monomial
from symproof.kernel.rule import Refusal
from symproof.kernel.sequent import Sequent
from symproof.logic.rational_value import rational_value
from symproof.logic.sort import INT, REAL, Sort
from symproof.logic.syntax import Sum, num
from symproof.logic.term import Term, free_variables, instantiate, relation, subst

__all__ = ["CanonicalScript"]

RING = frozenset({"add", "sub", "neg", "mul", "div", "inv", "num", "var", "pi", "e"})
ONE = num(1)
IDENTITY = "identity"
Step = tuple[Term, str]
"""A term that is equal to the one before, and the tactic that proves it."""


class Shallow(Normalizer):
    """Normal forms in which products of sums are not multiplied out: smaller, but not the same for all equal terms."""

    def _under(self, sequent: Sequent) -> Normalizer:
        return Shallow(sequent, self.decide)

    def _decided(self, term: Term) -> poly.Polynomial:
        return self._normalize(term)

    def _sum_of_monomial(self, monomial: Monomial, index: Term, low: Term, high: Term) -> poly.Polynomial:
        inside = tuple((a, e) for a, e in monomial if index in free_variables(a))
        if not any(a.op == "sum" for a, _ in inside) or any(_selected(a, index) is not None for a, _ in inside):
            return super()._sum_of_monomial(monomial, index, low, high)
        outside = tuple((a, e) for a, e in monomial if index not in free_variables(a))
        whole = Sum(index, low, high, poly.product_term(inside, fmpq(1)))
        return self.product({outside: fmpq(1)}, poly.atom(whole))


class CanonicalScript:
    """Writes proofs that terms equal their normal forms, in one sequent; with ``shallow``, those of ``Shallow``."""

    def __init__(
        self, statement: Statement, sequent: Sequent, decide: Decide, shallow: bool = False, most: int = 60_000
    ) -> None:
        self.statement, self.sequent, self.decide, self.shallow = statement, sequent, decide, shallow
        self.normalize = (Shallow if shallow else Normalizer)(sequent, decide)
        self.most = most

    def vanishes(self, difference: Term) -> bool:
        """Whether the normal form is 0."""
        try:
            return not self.normalize(difference)
        except Refusal:
            return False

    # Goals -------------------------------------------------------------------------------------------------------

    def reduced(self, parts: Iterable[Term], where: str = "", whole: bool = False) -> str:
        """Tactics, each with a semicolon after it, that rewrite what stands in ``parts`` to normal forms.

        ``whole`` says that the parts are written as integers, not as real numbers.
        """
        script = ""
        for t in sorted(dict.fromkeys(a for p in parts for a in _atoms(p)), key=_size, reverse=True):
            found = self.equation(t, INT if whole else REAL)
            if found is not None:
                name = self.statement._free_name("E")
                kind = INT if whole else REAL
                sides = f"{self._text(t, kind)} = {self._text(found[0], kind)}"
                self.most -= len(sides) + len(found[1])
                if self.most < 0:
                    raise NotExported("too long")
                script += f"assert ({sides}) as {name} by ({found[1]}); rewrite {name}{where}; clear {name}; "
        return script

    def same(self, a: Term, b: Term, sort: Sort) -> str:
        """A tactic for a = b, two terms of the same normal form, written as of a sort."""
        if sort == INT:
            return f"{self.reduced((a, b), whole=True)}lia"
        if sort == REAL:
            return f"{self.reduced((a, b))}{IDENTITY}"
        if sort.kind == "fun" and a.op == "lam" and a.sort == sort:
            names, inner = [], []
            for bound in a.data:
                variable, name = self.statement.local(bound)
                names.append(name)
                inner.append(variable)
            sides = [instantiate(t, tuple(inner)) if t.op == "lam" else None for t in (a, b)]
            if sides[0] is not None and sides[1] is not None:
                steps = "; ".join(f"pointwise {name}" for name in names)
                return f"{steps}; {self.same(sides[0], sides[1], a.sort.result)}"
        return "alike"

    # Terms -------------------------------------------------------------------------------------------------------

    def equation(self, t: Term, kind: Sort) -> Step | None:
        """The normal form of an atom, and a tactic for the equation; None if it is in normal form."""
        try:
            wanted = self._form(t)
        except Refusal:
            return None
        if wanted == t:
            return None
        return wanted, self._proof(t, wanted, kind)

    def _form(self, t: Term) -> Term:
        return poly.to_term(self.normalize(t)) if t.sort.is_number else self.normalize.canonical(t)

    def _proof(self, t: Term, wanted: Term, kind: Sort) -> str:
        if t.op == "sum":
            return self._chain(t, wanted, self._of_sum(t))
        if t.op == "ite" and kind == REAL:
            return self._chosen(t, wanted)
        if t.op == "abs":
            return self._absolute(t)
        if t.op in ("min", "max"):
            return f"{self.reduced(t.args)}solve [split_abs; identity]"
        if t.op == wanted.op and len(t.args) == len(wanted.args):
            return self.congruence(t, wanted, kind)
        return "alike"

    def _absolute(self, t: Term) -> str:
        """The argument as the product whose factors have the absolute values that stand in the normal form."""
        form = self.normalize(t.args[0])
        if poly.constant_value(form) is not None:
            return f"{self.reduced(t.args)}absolute"
        shared = poly.common_monomial(form)
        lead, rest = poly.primitive_part({poly.divide_monomial(m, shared): c for m, c in form.items()})
        product = poly.product_term(shared, fmpq(1)) if shared else ONE
        value = self.statement.real(num(poly.to_fraction(lead)) * product * poly.to_term(rest))
        whole = self.statement.real(t.args[0])
        return f"replace {whole} with {value} by ({self.reduced(t.args)}{IDENTITY}); absolute"

    def _chosen(self, t: Term, wanted: Term) -> str:
        branches = f"{self.reduced((t.args[1], t.args[2]))}"
        return f"{branches}choices"

    def congruence(self, t: Term, wanted: Term, kind: Sort) -> str:
        """Equal arguments, one after the other."""
        for k, (a, b) in enumerate(zip(t.args, wanted.args, strict=True)):
            if a == b:
                continue
            sort = _sort_of_argument(t, k)
            if sort.kind == "bool":
                return "alike"
            hole, name = self._hole(sort)
            context, after = (Term(t.op, (*t.args[:k], each, *t.args[k + 1 :]), t.data, t.sort) for each in (hole, b))
            sides = f"{self._text(a, sort)} = {self._text(b, sort)}"
            function = f"fun {name} : {self.statement.type_of(sort)} => {self._text(context, kind)}"
            one = f"refine (eq_trans (f_equal ({function}) (_ : {sides})) _)"
            return f"{one}; [{self.same(a, b, sort)} | {self.congruence(after, wanted, kind)}]"
        return "reflexivity"

    def _hole(self, sort: Sort) -> tuple[Term, str]:
        name = self.statement._free_name("z")
        fresh = Term("var", (), f"?{name}", sort)
        self.statement._names[fresh] = name
        return fresh, name

    def _text(self, t: Term, sort: Sort) -> str:
        return self.statement._argument(sort, t)

    # Sums --------------------------------------------------------------------------------------------------------

    def _chain(self, t: Term, wanted: Term, steps: list[Step]) -> str:
        """Transitivity along the steps; what they end in equals ``wanted`` by bringing its parts to normal form."""
        end = steps[-1][0] if steps else t
        last = f"{self.reduced((end,))}{IDENTITY}" if steps and end != wanted else "reflexivity" if steps else "alike"
        script = last
        for term, tactic in reversed(steps):
            script = f"transitivity {self.statement.real(term)}; [{tactic} | {script}]"
        return script

    def _of_sum(self, t: Term) -> list[Step]:
        low, high = (self._form(a) for a in t.args[:2])
        if (low, high) != t.args[:2]:
            moved = Term("sum", (low, high, t.args[2]), t.data, t.sort)
            return [(moved, self.congruence(t, moved, REAL)), *self._of_sum(moved)]
        span = poly.constant_value(poly.add(self.normalize(high), self.normalize(low), -1))
        if span is not None and poly.is_integral(self.normalize(low)) and span < MAX_EXPANDED_TERMS:
            return self._few(t, low, int(span.p) + 1)
        highest, lowest = self.normalize(high), self.normalize(low)
        tail = highest.get((), fmpq(0)) - lowest.get((), fmpq(0)) + 1
        if 0 < tail <= MAX_SPLIT_TERMS and tail.q == 1 and poly.is_integral(highest):
            start = poly.to_term(poly.add(highest, poly.constant(tail), -1))
            if self.decide(self.sequent, relation("le", low, start + 1)):
                before = self._form(high - 1)
                head = Term("sum", (low, before, t.args[2]), t.data, t.sort)
                return [(head + instantiate(t, (high,)), f"last_term {self.statement.integer(before)}")]
        return self._general(t)

    def _few(self, t: Term, low: Term, count: int) -> list[Step]:
        """The terms of a sum over few indices."""
        first = rational_value(low)
        if first is None or count <= 0:
            return self._general(t) if count > 0 else [(num(0), "apply bigsum_empty; sign 3%nat")]
        ks = [num(int(first) + k) for k in range(count)]
        total = instantiate(t, (ks[0],))
        for k in ks[1:]:
            total = total + instantiate(t, (k,))
        ends = " ".join(self.statement.integer(a) for a in t.args[:2])
        values = " + ".join(f"f {self.statement.integer(k)}" for k in ks)
        return [(total, f"refine ((_ : forall f, bigsum {ends} f = {values}) _); few")]

    def _general(self, t: Term) -> list[Step]:
        low, high = t.args[:2]
        index, name, inner = self._under(t)
        body = instantiate(t, (index,))
        pieces = inner._pieces(body, index)
        if len(pieces) == 1 and pieces[0][0] == ONE:
            product = poly.to_term({pieces[0][1]: fmpq(1)})
            ordered = Sum(index, low, high, product)
            each = f"apply bigsum_ext; intros {name}; {inner.reduced((body,))}{IDENTITY}"
            rest = self._of_product(ordered, index, name, inner, pieces[0][1])
            return rest if product == body else [(ordered, each), *rest]
        ends = f"{self.statement.integer(low)} {self.statement.integer(high)}"
        combined, nested, steps = num(0), num(0), ["apply bigsum_zero"]
        for factor, inside in reversed(pieces):
            product = poly.to_term({inside: fmpq(1)})
            one = Sum(index, low, high, product)
            split = f"refine (eq_trans (bigsum_linear {ends} {self.statement.real(factor)} {self._family(one)} _) _)"
            steps.append(f"{split}; apply (f_equal (Rplus _))")
            combined, nested = factor * one + combined, factor * product + nested
        each = f"apply bigsum_ext; intros {name}; {inner.reduced((body,))}{IDENTITY}"
        return [(Sum(index, low, high, nested), each), (combined, "; ".join(reversed(steps)))]

    def _pieces(self, body: Term, index: Term) -> list[tuple[Term, Monomial]]:
        """(factor, monomial in the index) of each monomial of the normal form."""
        pieces = []
        for monomial, coefficient in self.normalize(body).items():
            inside = tuple((a, e) for a, e in monomial if index in free_variables(a))
            outside = tuple((a, e) for a, e in monomial if index not in free_variables(a))
            pieces.append((poly.to_term({outside: coefficient}), inside))
        return pieces

    def _under(self, t: Term) -> tuple[Term, str, CanonicalScript]:
        """A name for the index of a sum, the pattern that introduces it with its range, and the scripts inside."""
        index, name = self.statement.local(t.data[0])
        inside = self.sequent.with_variable(index).with_hypothesis("", t.args[0] <= index)
        inside = inside.with_hypothesis("", index <= t.args[1])
        return (
            index,
            f"{name} [Hl_{name} Hh_{name}]",
            CanonicalScript(self.statement, inside, self.decide, self.shallow, self.most),
        )

    def _family(self, t: Term) -> str:
        ends = f"{self.statement.integer(t.args[0])} {self.statement.integer(t.args[1])}"
        return self.statement.real(t).removeprefix(f"(bigsum {ends} ").removesuffix(")")

    def _of_product(self, t: Term, index: Term, name: str, inner: CanonicalScript, inside: Monomial) -> list[Step]:
        """A sum of a product of atoms that all depend on the index."""
        low, high = t.args[:2]
        for position, (a, _) in enumerate(inside):
            target = _selected(a, index)
            if target is None:
                continue
            if all(self.decide(self.sequent, p) for p in (relation("le", low, target), relation("le", target, high))):
                others = poly.product_term(inside[:position] + inside[position + 1 :], fmpq(1))
                chosen = subst(others, {index: target})
                script = f"refine (eq_trans (bigsum_select _ _ {self.statement.integer(target)} _ _ _) _); "
                return [(chosen, f"{script}[split; sign 3%nat | intros {name} ?; vanishes | cbv beta; choices]")]
        if not inside and self.decide(self.sequent, relation("le", low, high + 1)):
            return [(high - low + 1, "refine (eq_trans (bigsum_count _ _ _) _); [sign 3%nat | identity]")]
        return self._nested(t, index, inside)

    # Nested sums -------------------------------------------------------------------------------------------------

    def _nested(self, t: Term, index: Term, inside: Monomial) -> list[Step]:
        """One sum over several indices, in the order of the normal form."""
        indices = [(index, t.args[0], t.args[1])]
        factors = [a for a, e in inside for _ in range(e)]
        if self.shallow:
            return [self._renamed(indices, _product(factors), self._form(t))]
        script, factors = self._opened(factors, indices)
        steps: list[Step] = []
        product = _product(factors)
        if any(a.op == "sum" for a, _ in inside):
            names = self.statement._names[index]
            steps.append((_iterated(indices, product), f"apply bigsum_ext; intros {names} _; {script}"))
        order = self._order(indices, factors)
        now = list(indices)
        for target in range(len(order)):
            place = next(k for k, entry in enumerate(now) if entry[0] == order[target][0])
            for k in range(place, target, -1):
                under = "".join("apply bigsum_ext; intros ? _; " for _ in range(k - 1))
                now[k - 1], now[k] = now[k], now[k - 1]
                steps.append((_iterated(now, product), f"{under}apply bigsum_swap"))
        return [*steps, self._renamed(now, product, self._form(t))]

    def _renamed(self, indices: list[tuple[Term, Term, Term]], product: Term, wanted: Term) -> Step:
        """The normal form, which is the same nested sum with its body in normal form."""
        body = wanted
        for index, low, high in indices:
            if body.op != "sum" or body.args[:2] != (low, high):
                return wanted, "alike"
            body = instantiate(body, (index,))
        if body == product:
            return wanted, "reflexivity"
        under = "".join(f"apply bigsum_ext; intros {self.statement._names[i]} _; " for i, _, _ in indices)
        return wanted, f"{under}{self.reduced((product, body))}{IDENTITY}"

    def _opened(self, factors: list[Term], indices: list[tuple[Term, Term, Term]]) -> tuple[str, list[Term]]:
        """Sums among the factors as sums around the product: the tactic, and the factors inside."""
        k = next((k for k, t in enumerate(factors) if t.op == "sum"), None)
        if k is None:
            return IDENTITY, factors
        t = factors[k]
        rest = factors[:k] + factors[k + 1 :]
        index, name = self.statement.local(t.data[0])
        indices.append((index, t.args[0], t.args[1]))
        body = instantiate(t, (index,))
        more = [a for a, e in _factors(body) for _ in range(e)]
        inner, inside = self._opened(rest[:k] + more + rest[k:], indices)
        outer = self.statement.real(_product(rest) * t) if rest else self.statement.real(t)
        if not rest:
            return f"apply bigsum_ext; intros {name} _; {inner}", inside
        return f"transitivity {outer}; [{IDENTITY} | apply bigsum_scale; intros {name}; {inner}]", inside

    @staticmethod
    def _order(indices: list[tuple[Term, Term, Term]], factors: list[Term]) -> tuple[tuple[Term, Term, Term], ...]:
        """The order of the indices in the normal form."""
        if len(indices) == 1 or len(indices) > MAX_PERMUTED_INDICES:
            return tuple(indices)
        powers: dict[Term, int] = {}
        for a in factors:
            powers[a] = powers.get(a, 0) + 1
        orders = [order for order in permutations(indices) if _well_ordered(order)]
        return min(orders, key=lambda order: _nest(order, list(powers.items())).digest)


def _atoms(t: Term) -> Iterator[Term]:
    """The largest parts that the laws of rings do not look into."""
    if t.op == "pow" and (value := rational_value(t.args[1])) is not None and value.denominator == 1:
        yield from _atoms(t.args[0])
    elif t.op not in RING:
        yield t
    else:
        for a in t.args:
            yield from _atoms(a)


def _sort_of_argument(t: Term, k: int) -> Sort:
    """The sort that an argument is written as."""
    if t.op == "apply":
        return t.args[0].sort.domain[k - 1] if k else t.args[0].sort
    if t.op == "call":
        return t.data.params[k].sort
    if t.op in ("sum", "minover", "maxover"):
        return INT
    return t.args[k].sort if t.op == "ite" or not t.args[k].sort.is_number else REAL


def _size(t: Term) -> int:
    return sum(1 for _ in t.walk())


def _product(factors: list[Term]) -> Term:
    product = factors[0] if factors else ONE
    for factor in factors[1:]:
        product = product * factor
    return product


def _iterated(indices: list[tuple[Term, Term, Term]], body: Term) -> Term:
    for index, low, high in reversed(indices):
        body = Sum(index, low, high, body)
    return body
