"""Whether the kernel proves that an activation is bent nowhere."""

from __future__ import annotations

from collections.abc import Sequence

import flint
from flint import fmpq

from symproof.instances.activation_jet import JetRefusal, compile_jet
from symproof.instances.piecewise_activation import T
from symproof.instances.straight_line import Node, straight_line
from symproof.kernel.check import check_theorem
from symproof.kernel.definedness import obligations
from symproof.logic.syntax import Diff, Eq, num
from symproof.logic.term import Term, subst
from symproof.proof.author import by, qed
from symproof.proof.theorem import theorem

__all__ = ["proved_affine"]

PROBES = (fmpq(1, 7), fmpq(-3, 11), fmpq(17, 5), fmpq(-22, 7))
PROBE_BITS = 64
MAX_SIZE = 300
MAX_DIFFERENTIATED = 60
MAX_CHOICES = 2


def proved_affine(term: Term) -> bool:
    """Whether the kernel proves that ``term`` has the second derivative 0 at every number where it is defined.

    It is asked whether ``term`` equals the line through its values at two points, by the rules ``ring`` and
    ``elementary``, and whether its second derivative is 0, by the rule ``derivative``; the latter also holds of a
    function that is another line on every part of its domain, such as atan(tan(t)). False means not proved; beyond
    limits on its size a formula is not proved.
    """
    try:
        nodes = straight_line(term, T)
    except JetRefusal:
        return False
    size, choices = _size(nodes), sum(n.op in ("min", "max", "ite", "abs") for n in nodes)
    if size > MAX_SIZE or _bent(term):
        return False
    claims = [(_line(term, a, b), rule) for a, b in ((0, 1), (2, 3)) for rule in ("ring", "elementary")]
    if size <= MAX_DIFFERENTIATED and choices <= MAX_CHOICES:
        claims.append((Eq(Diff(T, Diff(T, term, T), T), 0), "derivative"))
    return any(_proved(claim, rule, term) for claim, rule in claims)


def _size(nodes: Sequence[Node]) -> int:
    """The number of parts, repeated ones included, with a power counted as its product."""
    sizes: list[int] = []
    for node in nodes:
        total = 1 + sum(sizes[a] for a in node.args)
        exponent = nodes[node.args[1]].rational if node.op == "pow" else None
        sizes.append(total * max(1, abs(int(exponent))) if exponent is not None else total)
    return sizes[-1]


def _bent(term: Term) -> bool:
    """Whether balls show a second derivative other than 0 somewhere, which spares the kernel the question."""
    compiled = compile_jet(term)
    with flint.ctx.workprec(PROBE_BITS):
        for point in PROBES:
            try:
                bend = compiled(point, 2)[2]
            except JetRefusal:
                continue
            if bend > 0 or bend < 0:
                return True
    return False


def _line(term: Term, a: int, b: int) -> Term:
    """That ``term`` is the line through its values at a and b = a + 1."""
    low, high = (subst(term, {T: num(point)}) for point in (a, b))
    return Eq(term, (high - low) * (T - a) + low)


def _proved(claim: Term, rule: str, term: Term) -> bool:
    defined = {f"defined{k}": p for k, p in enumerate(obligations(Eq(term, term)))}
    question = theorem(
        "instance.affine", "An activation is affine", variables=[T], hypotheses=defined, conclusion=claim,
        proof=[qed(by(rule))],
    )  # fmt: skip
    result = check_theorem(question, {})
    return result.accepted and result.trust == "proved"
