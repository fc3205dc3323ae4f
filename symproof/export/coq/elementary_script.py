"""Proof scripts for identities of elementary functions: exponentials of combinations become products of generators.

Every ``exp(u)`` with ``u = n1/k1*m1 + ...`` (monomials m, integers n) is a product of powers of ``exp(m1/k1)``, ...; of
``m = log(p)`` it is a power of p, or of a number with ``exp(log(p)/k)**k = p``. What is left is an identity in a field.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from symproof.export.coq.obligation import Obligation
from symproof.export.coq.statement import Statement, number
from symproof.logic.rational_value import rational_value
from symproof.logic.term import Term

__all__ = ["elementary_script", "exponentials"]

Monomial = tuple[str, ...]
UNFOLDED = ("tanh", "sinh", "cosh")


def elementary_script(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    """An identity of elementary functions."""
    cleared = f"clear {' '.join(f'H{k}' for k in range(len(facts)))}; " if facts else ""
    signs, script = logarithms((o.goal, *facts), statement), exponentials((o.goal,), statement)
    return f"first [solve [{cleared}first [identity | abs_products; identity | expand]] | {signs}{script}]"


def logarithms(parts: Iterable[Term], statement: Statement) -> str:
    """The signs of logarithms of rational numbers, which decide choices."""
    script = ""
    for t in dict.fromkeys(t for p in parts for t in p.walk() if t.op == "log"):
        value = rational_value(t.args[0])
        if value is not None and value > 1:
            script += f"assert (0 < {statement.real(t)}) by (apply ln_positive; lra); "
        elif value is not None and 0 < value < 1:
            script += f"assert ({statement.real(t)} < 0) by (apply ln_negative; lra); "
    return script


def exponentials(parts: Sequence[Term], statement: Statement) -> str:
    """Steps that write exponentials as products of independent ones, and an identity between these."""
    arguments: dict[str, Term] = {}
    for t in (t for p in parts for t in p.walk() if t.op in ("exp", *UNFOLDED) and not t.loose):
        (u,) = t.args
        arguments[statement.real(u)] = u
        if t.op != "exp":
            arguments[f"(- {statement.real(u)})"] = -u
    leaves: dict[str, Term] = {}
    forms = {text: _combination(u, statement, leaves) for text, u in arguments.items()}
    share: dict[Monomial, int] = {}
    for form in forms.values():
        for monomial, coefficient in form.items():
            share[monomial] = lcm(share.get(monomial, 1), coefficient.denominator)
    generators = {m: f"(exp ({' * '.join(m or ('1',))}{f' / {k}' if k > 1 else ''}))" for m, k in share.items()}
    script, relations = ["choose; signed; powers; unfold tanh, sinh, cosh"], []
    for count, text in enumerate(sorted(forms, key=len, reverse=True)):
        factors = []
        for monomial, coefficient in forms[text].items():
            n = int(coefficient * share[monomial])
            power = f"{generators[monomial]} ^ {abs(n)}"
            factors.append(power if n > 0 else f"/ ({power})")
        product = " * ".join(factors) or "exp 0"
        script.append(_replaced(f"X{count}", f"exp {text}", product, "one_exponential", once=True))
    for count, (monomial, k) in enumerate(share.items()):
        if len(monomial) != 1 or leaves[monomial[0]].op != "log":
            continue
        base = leaves[monomial[0]].args[0]
        text, generator = statement.real(base), generators[monomial]
        root = _root(rational_value(base), k)
        if root is not None:
            by_root = f"apply (exp_of_root {k} _ {text} {number(root)}); [lia | lra | lra | cbn [INR]; field]"
            script.append(_replaced(f"Y{count}", generator, number(root), by_root))
        elif k == 1:
            script.append(_replaced(f"Y{count}", generator, text, "apply exp_ln; here"))
        else:
            proof = "apply exp_of_ln; [cbn [INR]; field | here]"
            script.append(f"assert ({generator} ^ {k} = {text}) as Y{count} by ({proof})")
            relations.append(f"Y{count}")
    last = f"solve [field [{' '.join(relations)}]; conditions]" if relations else "fail"
    script.append(f"rewrite ?exp_0, ?ln_1; trigonometric; first [identity | {last} | by_root | expand]")
    return "; ".join(script)


def _replaced(name: str, old: str, new: str, proof: str, once: bool = False) -> str:
    """A step that puts ``new`` for ``old`` where it can be shown that they are equal."""
    return f"try (assert ({old} = {new}) as {name} by ({proof}); rewrite {'' if once else '!'}{name}; clear {name})"


def _combination(t: Term, statement: Statement, leaves: dict[str, Term]) -> dict[Monomial, Fraction]:
    """A polynomial in what sums and products do not look into, written as Coq text."""
    value = rational_value(t)
    if value is not None:
        return {(): value} if value else {}
    if t.op in ("add", "sub", "neg"):
        total: dict[Monomial, Fraction] = {}
        for k, part in enumerate(t.args):
            sign = -1 if t.op == "neg" or (t.op == "sub" and k) else 1
            for monomial, c in _combination(part, statement, leaves).items():
                total[monomial] = total.get(monomial, Fraction(0)) + sign * c
        return {m: c for m, c in total.items() if c}
    divisor = rational_value(t.args[1]) if t.op == "div" else None
    if divisor:
        return {m: c / divisor for m, c in _combination(t.args[0], statement, leaves).items()}
    if t.op == "mul":
        product: dict[Monomial, Fraction] = {}
        left, right = (_combination(a, statement, leaves) for a in t.args)
        for (m, c), (n, d) in itertools.product(left.items(), right.items()):
            key = tuple(sorted((*m, *n)))
            product[key] = product.get(key, Fraction(0)) + c * d
        return {m: c for m, c in product.items() if c}
    if t.op == "div" and not _combination(t.args[0], statement, leaves):
        return {}
    if t.op == "pow" and (rational_value(t.args[1]) or 0) > 0 and not _combination(t.args[0], statement, leaves):
        return {}
    text = statement.real(t)
    leaves[text] = t
    return {(text,): Fraction(1)}


def _root(value: Fraction | None, k: int) -> Fraction | None:
    """The rational number whose k-th power is ``value``, for k > 1."""
    if value is None or value <= 0 or k == 1:
        return None
    top, bottom = (round(n ** (1 / k)) if n < 10**12 else 0 for n in (value.numerator, value.denominator))
    root = Fraction(top, bottom) if bottom else Fraction(0)
    return root if root**k == value else None
