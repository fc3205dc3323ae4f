"""An instance in a certificate: numbers in a theorem of the same certificate, and what is claimed of them.

Its hypotheses and its numbers are decided again by the file of ``instances/`` for the theorem that was applied. Where
there is none, that is said: nothing is taken from the certificate but the numbers themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from symproof.recheck.certificate import Instance
from symproof.recheck.instances import (
    affine_piece,
    best_constant,
    deep_linear,
    deep_linear_loss,
    deep_relu_like,
    gradient_bound,
    mean_input,
    narrow,
    quadric,
    relu_convex_loss,
    relu_like,
    smooth,
    yu_chen,
)
from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.instances.statements import STATEMENTS
from symproof.recheck.proof import Theorem
from symproof.recheck.refused import Refused
from symproof.recheck.statement_hash import statement_hash

__all__ = ["check_instance", "known_results", "require_known"]


def _deep_linear(numbers: Numbers, results: Collection[str], verdict: str) -> Findings:
    """The squared loss, or another one."""
    of = deep_linear_loss if "entry_loss" in numbers else deep_linear
    return of.check(numbers, results, verdict)


_Check = Callable[[Numbers, Collection[str], str], Findings]
_KNOWN: Mapping[str, tuple[tuple[str, ...], _Check]] = {
    "relu_like.spurious_minimum": (relu_like.LABELS, relu_like.check),
    "relu_like.paper_descent": (relu_like.PAPER_LABELS, relu_like.check_paper),
    "relu_like.any_depth": (deep_relu_like.LABELS, deep_relu_like.check),
    "relu_like.convex_loss": (relu_convex_loss.LABELS, relu_convex_loss.check),
    "relu_like.any_depth_convex_loss": (relu_convex_loss.DEEP_LABELS, relu_convex_loss.check_deep),
    "deep_linear.critical_points": (deep_linear.LABELS, _deep_linear),
    "deep_linear.gradient_bound": (gradient_bound.LABELS, gradient_bound.check),
    "affine_piece.spurious_minimum": (affine_piece.LABELS, affine_piece.check),
    "jensen.quadric": (quadric.LABELS, quadric.check),
    "smooth.spurious_minimum": (smooth.TWO_UNITS_LABELS, smooth.check_two_units),
    "smooth.bent_activation": (smooth.BENT_LABELS, smooth.check_bent),
    "smooth.paper_spurious_minimum": (smooth.PAPER_LABELS, smooth.check_paper),
    "smooth.every_activation": (smooth.EVERY_LABELS, smooth.check_every),
    "jensen.spurious": (mean_input.LABELS, mean_input.check),
    "deep_linear.narrow_minimum": (narrow.LABELS, narrow.check),
    "linear_algebra.best_constant": (best_constant.LABELS, best_constant.check),
    "yu_chen.spurious_minimum": (yu_chen.LABELS, yu_chen.check),
    "yu_chen.refutation": ((), yu_chen.check_counterexample),
}


def known_results(theorems: Iterable[Theorem]) -> list[str]:
    """The names of those results that say what this program knows under their names."""
    return [t.id for t in theorems if t.id in STATEMENTS and statement_hash(t) == STATEMENTS[t.id]]


def require_known(theorem: Theorem) -> None:
    """Raises Refused if numbers are put into a result that says something else than the one of that name."""
    if theorem.id in STATEMENTS and not known_results([theorem]):
        raise Refused(f"{theorem.id} does not say what this program knows under that name")


def check_instance(instance: Instance, labels: Collection[str], results: Collection[str]) -> Findings:
    """Decide an instance again.

    Args:
        instance: what the certificate has.
        labels: the labels of the hypotheses of the applied theorem.
        results: the results of the certificate that are accepted and say what is known under their names.
    """
    known = _KNOWN.get(instance.applied)
    found = Findings()
    if known is None or instance.numbers is None:
        why = "instances of it are not known here" if known is None else "the certificate has no numbers for it"
        found.not_rechecked.append(f"the hypotheses and the numbers of {instance.applied}: {why}")
        return found
    if set(known[0]) != set(labels):
        found.refused.append(f"{instance.applied} has other hypotheses than this program knows")
        return found
    try:
        found = known[1](Numbers(instance.numbers), results, instance.verdict)
    except Refused as problem:
        (found.not_rechecked if problem.undecided else found.refused).append(problem.reason)
        return found
    stated = {label: holds for labels_of, holds in instance.hypotheses for label in labels_of}
    said = [label for label, holds in stated.items() if holds is not None]
    for label in dict.fromkeys((*labels, *found.holds, *said)):
        answer = found.holds.get(label)
        if label not in stated:
            found.refused.append(f"nothing is said of the hypothesis {label}")
        elif answer is None:
            found.not_rechecked.append(f"whether the hypothesis {label} holds")
        elif stated[label] is not None and stated[label] != answer:
            found.refused.append(
                f"the hypothesis {label} is said to {'hold' if stated[label] else 'fail'}, but is not so"
            )
    _verdict(instance, found)
    return found


def _verdict(instance: Instance, found: Findings) -> None:
    """Refuse a verdict that does not follow from what is said of the hypotheses."""
    answers = [holds for _, holds in instance.hypotheses]
    wanted = "not_applicable" if False in answers else "undecided" if None in answers else "certified"
    if instance.verdict not in (wanted, "undecided"):
        found.refused.append(f"the verdict {instance.verdict} does not follow from the hypotheses")
