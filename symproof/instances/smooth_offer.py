"""The instances that the theorems on smooth activations offer: any activation, with or without points of one's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import flint
from flint import fmpq

from symproof.errors import InputError
from symproof.instances.ball_number import short_text
from symproof.instances.closed_form import number_of, rational_bounds, read_number
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.excerpt import describe
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import Parameter, at_least, read_parameters, text
from symproof.instances.piecewise_activation import T
from symproof.instances.rational import format_rational
from symproof.instances.smooth_activation import SmoothActivation, read_activation
from symproof.instances.smooth_evaluation import evaluate_smooth
from symproof.instances.smooth_fit import INPUTS, TARGETS
from symproof.instances.smooth_minimum import Given, SmoothInstance, certify_bent, certify_two_units
from symproof.instances.smooth_recheck import recheck_smooth
from symproof.instances.smooth_variants import decide_every, decide_paper
from symproof.kernel.check import CheckResult
from symproof.logic.term import Term

__all__ = ["KernelCheck", "SmoothOffers", "smooth_offers"]

KernelCheck = Callable[[Term, fmpq, fmpq], CheckResult]
"""What the kernel says of the claim that an activation has two continuous derivatives around a point."""
MOST_NODES = 60
"""The kernel is asked about formulas of at most so many operations and numbers."""

TWO_UNITS = "smooth.spurious_minimum"
PAPER = "smooth.paper_spurious_minimum"
BENT = "smooth.bent_activation"
EVERY = "smooth.every_activation"
MOST_UNITS = 200
MOST_NUMBERS = 4


def _numbers(value: object, where: str, base_dir: Path) -> tuple[Term, ...]:
    """One closed term or a list of them; on the command line they are separated by commas."""
    parts: list[object] = list(value) if isinstance(value, list) else [value]
    if isinstance(value, str):
        parts = list(_split(value))
    if not parts or len(parts) > MOST_NUMBERS:
        raise InputError("not a list of numbers", where, "numbers such as 1/2 or -log(3)", describe(value))
    return tuple(read_number(part, where) for part in parts)


def _split(value: str) -> list[str]:
    """The parts between commas outside of parentheses."""
    parts, depth = [""], 0
    for sign in value:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


ACTIVATION = Parameter("activation", lambda value, where, base: read_activation(text(value, where, base), where))
WIDTH = Parameter("width", at_least(1), required=False, default=2)
POINTS = tuple(Parameter(name, _numbers, required=False, default=()) for name in ("v", "u", "p"))


@dataclass(frozen=True)
class _Run:
    """An instance, the theorem that was applied, its hypotheses; whether the kernel proves that h is smooth there."""

    numbers: SmoothInstance
    applied: str
    hypotheses: tuple[DecidedHypothesis, ...]
    kernel: bool = False


def _activation(values: Mapping[str, object], request: InstanceRequest) -> SmoothActivation:
    found = values["activation"]
    if not isinstance(found, SmoothActivation):
        raise InputError("a parameter has the wrong type", request.source)
    return found


def _given(values: Mapping[str, object], request: InstanceRequest, lengths: Mapping[str, tuple[int, ...]]) -> Given:
    read: dict[str, tuple[Term, ...]] = {}
    for name, allowed in lengths.items():
        terms = values.get(name, ())
        if not isinstance(terms, tuple) or (terms and len(terms) not in allowed):
            wanted = " or ".join(map(str, allowed))
            raise InputError("a wrong number of values", request.where(name), f"{wanted} numbers", describe(terms))
        read[name] = terms
    if read.get("u") and not read.get("v"):
        raise InputError("u is given without v", request.where("u"), "both, or v alone", "u alone")
    return Given(**read)


def _build_two_units(request: InstanceRequest) -> _Run:
    found, given = _two_units(request)
    if found.verdict == "undecided" and given == Given():
        request.advance("searching a bent piece")
        other = certify_bent(found.activation)
        if other.verdict == "certified":
            return _checked(other, BENT, other.hypotheses)
    return _checked(found, TWO_UNITS, found.hypotheses)


def _build_paper(request: InstanceRequest) -> _Run:
    found, _ = _two_units(request)
    return _checked(found, PAPER, decide_paper(found) if found.hypotheses else ())


def _two_units(request: InstanceRequest) -> tuple[SmoothInstance, Given]:
    values = read_parameters(request, (ACTIVATION, *POINTS))
    given = _given(values, request, {"v": (1, 2), "u": (1, 2), "p": (4,)})
    request.advance("searching v, u and p")
    return certify_two_units(_activation(values, request), given), given


def _build_bent(request: InstanceRequest) -> _Run:
    found = _bent(request)
    return _checked(found, BENT, found.hypotheses)


def _build_every(request: InstanceRequest) -> _Run:
    found = _bent(request)
    return _checked(found, EVERY, decide_every(found) if found.hypotheses else ())


def _bent(request: InstanceRequest) -> SmoothInstance:
    values = read_parameters(request, (ACTIVATION, WIDTH, POINTS[0]))
    activation, width = _activation(values, request), values["width"]
    if not isinstance(width, int) or width > MOST_UNITS:
        raise InputError("too many units", request.where("width"), f"at most {MOST_UNITS}", str(width))
    request.advance("searching a bent piece")
    return certify_bent(activation, width=width, given=_given(values, request, {"v": (1,)}))


def _checked(found: SmoothInstance, applied: str, hypotheses: tuple[DecidedHypothesis, ...]) -> _Run:
    """The run, after what a certificate says of it has passed the re-check."""
    if not hypotheses:
        hypotheses = _unsettled(found, _LABELS[applied], _FAILING[applied])
    elif found.verdict == "undecided" and all(h.holds for h in hypotheses):
        statement = "parameters with a risk below 1/3 are certified"
        hypotheses = (*hypotheses, DecidedHypothesis("better_point", statement, None, found.reason))
    run = _Run(found, applied, hypotheses)
    if found.verdict == "certified":
        recheck_smooth(_data(run), _result(run))
    return run


def _asked(run: _Run, kernel: KernelCheck) -> _Run:
    """The run, after the kernel was asked whether the activation is smooth where balls say so."""
    found = run.numbers
    if found.verdict != "certified" or found.smooth_within is None:
        return run
    if sum(1 for _ in found.activation.term.walk()) > MOST_NODES:
        return run
    with flint.ctx.workprec(64):
        ends = {rational_bounds(number_of(v)) for v in found.v}
    answers = [kernel(found.activation.term, (a + b) / 2, found.smooth_within + (b - a) / 2) for a, b in sorted(ends)]
    return replace(run, kernel=all(answer.accepted and answer.trust == "proved" for answer in answers))


def _unsettled(instance: SmoothInstance, statements: Mapping[str, str], failing: str) -> tuple[DecidedHypothesis, ...]:
    """No numbers were found: all is undecided, or if h'' is 0 everywhere one hypothesis fails for every choice."""
    fails = instance.verdict == "not_applicable"
    return tuple(
        DecidedHypothesis(label, statement, False, instance.reason, {"h''": "0"})
        if fails and label == failing
        else DecidedHypothesis(label, statement, None, "not looked at" if fails else instance.reason)
        for label, statement in statements.items()
    )


_FIT = {"proportional": "h(p1) h(p4) = h(p2) h(p3)", "different": "h(p1) h((p3 + p4)/2) != h(p3) h((p1 + p2)/2)"}
_SMOOTH = {
    "derivative": "h has a derivative h' from v - r to v + r",
    "second": "h' has a derivative h'' from v - r to v + r",
    "continuous": "h'' is continuous at v",
}
_VALUE = {"value": "u1 h(v1) + u2 h(v2) = 1/3"}
_FORM = {"corner": "(u1 h'(v1))^2 + u1 h''(v1)/3 > 0", "determinant": "the determinant of the quadratic form is > 0"}
_LABELS: Mapping[str, Mapping[str, str]] = {
    TWO_UNITS: {
        **_FIT,
        "radius": "r > 0",
        **{f"{label}{j}": re.sub(r"\bv\b", f"v{j}", text) for label, text in _SMOOTH.items() for j in (1, 2)},
        **_VALUE,
        **_FORM,
    },
    PAPER: {
        **_FIT,
        **_VALUE,
        "radius": "r > 0",
        **{f"derivatives{j}": f"h has derivatives of all orders from v{j} - r to v{j} + r" for j in (1, 2)},
        "analytic": "there is a C with |h^(q)(v_j)| <= C^q q!",
        **_FORM,
    },
    BENT: {
        "width": "n >= 2",
        "radius": "r > 0",
        **_SMOOTH,
        "sign": "sigma^2 = 1",
        "bend": "sigma h''(v) > 0",
        "direction": "tau^2 = 1",
        "slope": "tau h'(v) > 0",
    },
    EVERY: {"width": "n >= 2", "interval": "a < b", **_SMOOTH, "not_affine": "h is not affine between a and b"},
}
_FAILING = {TWO_UNITS: "determinant", PAPER: "determinant", BENT: "bend", EVERY: "not_affine"}
"""The hypothesis that fails for an activation with h'' = 0, whatever numbers are chosen."""


def _evaluate(run: _Run, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    return evaluate_smooth(run.applied, run.numbers, results) if run.numbers.verdict == "certified" else ()


def _result(run: _Run) -> dict[str, object]:
    found = run.numbers
    if found.minimum is None or found.better is None or found.risk_better is None:
        return {}
    result: dict[str, object] = {
        "v": [str(b) for b in found.minimum.b1],
        "u": [str(u) for u in found.minimum.W2],
        "radius": None if found.radius is None else format_rational(found.radius),
        "radius_bounded_by": found.bounded_by,
        "method": found.method,
        "smooth_by_kernel": run.kernel,
        "risk_local_minimum": format_rational(found.risk_minimum),
        "risk_better_point": format_rational(found.risk_better),
        "parameters_local_minimum": found.minimum.as_text(),
        "parameters_better_point": found.better.as_text(),
    }
    if found.p:
        result["p"] = [str(p) for p in found.p]
    if found.determinant is not None:
        result["determinant_at_least"] = short_text(found.determinant)
    return result


def _data(run: _Run) -> dict[str, object]:
    activation = run.numbers.activation
    return {
        "activation": activation.text,
        "activation_term": str(activation.term),
        "inputs": [[format_rational(x) for x in row] for row in INPUTS],
        "targets": [format_rational(y) for y in TARGETS],
        "samples": len(TARGETS),
        "width": run.numbers.width,
    }


def _exact_numbers(run: _Run) -> dict[str, object]:
    """Everything from which the hypotheses and both points can be decided again."""
    found = run.numbers
    exact = all(isinstance(p, Term) for p in found.p)
    return {
        "activation": found.activation.term,
        "variable": T,
        "within": found.smooth_within,
        "radius": found.radius,
        "risk_better_point": found.risk_better,
        "local_minimum": None if found.minimum is None else vars(found.minimum),
        "better_point": None if found.better is None else vars(found.better),
        "p": found.p if found.p and exact else None,
        "sigma": found.sigma,
        "tau": found.tau,
    }


def _summary(run: _Run) -> list[str]:
    found = run.numbers
    lines = [
        f"activation: {found.activation.text}, h(t) = {found.activation.term}",
        "samples: (1, 0) -> 0, (0, 1) -> 0, (1/2, 1/2) -> 1",
    ]
    if found.verdict != "certified" or found.minimum is None or found.risk_better is None:
        return [*lines, *([f"{found.verdict}: {found.reason}"] if found.reason else [])]
    if found.form == "bent":
        shape = f"{found.width} units, all with bias {found.v[0]} and outgoing weight {found.sigma}, and a constant"
    else:
        biases, weights = (", ".join(map(str, terms)) for terms in (found.v, found.u))
        shape = f"two units with biases {biases} and outgoing weights {weights}"
    source = f"points p = {', '.join(map(str, found.p))}" if found.p else f"two steps around v, t = {found.step}"
    region = (
        f"no risk below 1/3 while every parameter moves by at most {found.radius} ({found.method}; {found.bounded_by})"
    )
    if found.radius is None:
        region = "no radius is certified; that there is one is what the theorem says"
    better = "0" if found.risk_better == 0 else f"at most {short_text(found.risk_better)}"
    return [
        *lines,
        f"local minimum: incoming weights 0, {shape}: risk 1/3",
        region,
        f"better point: risk {better}, from {source}",
        "certified by ball arithmetic: h, h' and h'' by jets on balls that cover the intervals",
        "that h has two continuous derivatives there is "
        + ("also proved by the kernel" if run.kernel else "not proved by the kernel as well"),
    ]


@dataclass(frozen=True)
class SmoothOffers:
    """The offers of the chapter.

    Attributes:
        two_units: the paper's minimum; where its conditions are not met, that on a bent piece by another theorem.
        paper: the same under the paper's own conditions.
        bent: the minimum on a bent piece, for any width of at least 2.
        every: the same, from the theorem on every activation that is not affine.
    """

    two_units: InstanceOffer
    paper: InstanceOffer
    bent: InstanceOffer
    every: InstanceOffer


def smooth_offers(kernel: KernelCheck) -> SmoothOffers:
    """The offers; ``kernel`` is asked about each activation too, besides the balls that decide."""
    of_two, of_bent = (
        ("smooth.local_minimum", "smooth.zero_risk"),
        ("smooth.convex_local_minimum", "smooth.fit_by_differences"),
    )

    def offer(build: Callable[[InstanceRequest], _Run], lemmas: tuple[str, ...], *rests_on: str) -> InstanceOffer:
        return InstanceOffer(
            build=lambda request: _asked(build(request), kernel),
            hypotheses=lambda run: run.hypotheses,
            evaluate=_evaluate,
            result=_result,
            data=_data,
            summary=_summary,
            numbers=_exact_numbers,
            lemmas=lemmas,
            rests_on=rests_on,
            applied=lambda run: run.applied,
        )

    return SmoothOffers(
        two_units=offer(_build_two_units, of_two, BENT),
        paper=offer(_build_paper, of_two),
        bent=offer(_build_bent, of_bent),
        every=offer(_build_every, (BENT, *of_bent)),
    )
