"""The instances that the theorems on smooth activations offer: any activation, with or without points of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from symproof.errors import InputError
from symproof.instances.ball_number import short_text
from symproof.instances.closed_form import read_number
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.excerpt import describe
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import Parameter, at_least, read_parameters, text
from symproof.instances.rational import format_rational
from symproof.instances.smooth_activation import SmoothActivation, read_activation
from symproof.instances.smooth_evaluation import evaluate_smooth
from symproof.instances.smooth_fit import INPUTS, TARGETS
from symproof.instances.smooth_minimum import Given, SmoothInstance, certify_bent, certify_two_units
from symproof.kernel.check import CheckResult
from symproof.logic.term import Term

__all__ = ["BENT_OFFER", "TWO_UNITS_OFFER"]

TWO_UNITS = "smooth.spurious_minimum"
BENT = "smooth.bent_activation"
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
    """An instance, and the theorem that was applied."""

    numbers: SmoothInstance
    applied: str


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
    values = read_parameters(request, (ACTIVATION, *POINTS))
    activation = _activation(values, request)
    given = _given(values, request, {"v": (1, 2), "u": (1, 2), "p": (4,)})
    request.advance("searching v, u and p")
    found = certify_two_units(activation, given)
    if found.verdict == "undecided" and given == Given():
        request.advance("searching a bent piece")
        other = certify_bent(activation)
        if other.verdict == "certified":
            return _Run(other, BENT)
    return _Run(found, TWO_UNITS)


def _build_bent(request: InstanceRequest) -> _Run:
    values = read_parameters(request, (ACTIVATION, WIDTH, POINTS[0]))
    activation, width = _activation(values, request), values["width"]
    if not isinstance(width, int) or width > MOST_UNITS:
        raise InputError("too many units", request.where("width"), f"at most {MOST_UNITS}", str(width))
    request.advance("searching a bent piece")
    given = _given(values, request, {"v": (1,)})
    return _Run(certify_bent(activation, width=width, given=given), BENT)


def _hypotheses(run: _Run) -> tuple[DecidedHypothesis, ...]:
    """The decided hypotheses; the others, if the search ended before them, are undecided."""
    found = run.numbers
    if found.hypotheses:
        return found.hypotheses
    return _unsettled(found, _LABELS[run.applied], "determinant" if run.applied == TWO_UNITS else "bend")


def _unsettled(instance: SmoothInstance, statements: Mapping[str, str], failing: str) -> tuple[DecidedHypothesis, ...]:
    """No numbers were found: all is undecided, or for an affine activation one hypothesis fails for every choice."""
    fails = instance.verdict == "not_applicable"
    return tuple(
        DecidedHypothesis(label, statement, False, instance.reason, {"h''": "0 everywhere"})
        if fails and label == failing
        else DecidedHypothesis(label, statement, None, instance.reason)
        for label, statement in statements.items()
    )


_LABELS: Mapping[str, Mapping[str, str]] = {
    TWO_UNITS: {
        "proportional": "h(p1) h(p4) = h(p2) h(p3)",
        "different": "h(p1) h((p3 + p4)/2) != h(p3) h((p1 + p2)/2)",
        "radius": "r > 0",
        **{f"derivative{j}": f"h has a derivative h' from v{j} - r to v{j} + r" for j in (1, 2)},
        **{f"second{j}": f"h' has a derivative h'' from v{j} - r to v{j} + r" for j in (1, 2)},
        **{f"continuous{j}": f"h'' is continuous at v{j}" for j in (1, 2)},
        "value": "u1 h(v1) + u2 h(v2) = 1/3",
        "corner": "(u1 h'(v1))^2 + u1 h''(v1)/3 > 0",
        "determinant": "the determinant of the quadratic form is > 0",
    },
    BENT: {
        "width": "n >= 2",
        "radius": "r > 0",
        "derivative": "h has a derivative h' from v - r to v + r",
        "second": "h' has a derivative h'' from v - r to v + r",
        "continuous": "h'' is continuous at v",
        "sign": "sigma^2 = 1",
        "bend": "sigma h''(v) > 0",
        "direction": "tau^2 = 1",
        "slope": "tau h'(v) > 0",
    },
}


def _evaluate(run: _Run, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    return evaluate_smooth(run.applied, run.numbers, results) if run.numbers.verdict == "certified" else ()


def _result(run: _Run) -> dict[str, object]:
    found = run.numbers
    if found.minimum is None or found.better is None or found.radius is None or found.risk_better is None:
        return {}
    result: dict[str, object] = {
        "v": [str(b) for b in found.minimum.b1],
        "u": [str(u) for u in found.minimum.W2],
        "radius": format_rational(found.radius),
        "radius_bounded_by": found.bounded_by,
        "method": found.method,
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


def _summary(run: _Run) -> list[str]:
    found = run.numbers
    lines = [
        f"activation: {found.activation.text}, h(t) = {found.activation.term}",
        "samples: (1, 0) -> 0, (0, 1) -> 0, (1/2, 1/2) -> 1",
    ]
    if found.verdict != "certified" or found.minimum is None or found.risk_better is None or found.radius is None:
        return [*lines, *([f"{found.verdict}: {found.reason}"] if found.reason else [])]
    if run.applied == BENT:
        shape = f"{found.width} units, all with bias {found.v[0]} and outgoing weight {found.sigma}, and a constant"
    else:
        biases, weights = (", ".join(map(str, terms)) for terms in (found.v, found.u))
        shape = f"two units with biases {biases} and outgoing weights {weights}"
    source = f"points p = {', '.join(map(str, found.p))}" if found.p else f"two steps around v, t = {found.step}"
    better = "0" if found.risk_better == 0 else f"at most {short_text(found.risk_better)}"
    return [
        *lines,
        f"local minimum: incoming weights 0, {shape}: risk 1/3",
        f"no risk below 1/3 while every parameter moves by at most {found.radius} ({found.method}; {found.bounded_by})",
        f"better point: risk {better}, from {source}",
        "certified by ball arithmetic: h, h' and h'' by jets on balls that cover the intervals",
    ]


def _offer(
    build: Callable[[InstanceRequest], _Run], lemmas: tuple[str, ...], rests_on: tuple[str, ...]
) -> InstanceOffer:
    return InstanceOffer(
        build=build,
        hypotheses=_hypotheses,
        evaluate=_evaluate,
        result=_result,
        data=_data,
        summary=_summary,
        lemmas=lemmas,
        rests_on=rests_on,
        applied=lambda run: run.applied,
    )


TWO_UNITS_OFFER = _offer(_build_two_units, ("smooth.local_minimum", "smooth.zero_risk"), (BENT,))
"""The paper's minimum for any activation; on a bent piece, by another theorem, where its conditions are not met."""

BENT_OFFER = _offer(_build_bent, ("smooth.convex_local_minimum", "smooth.fit_by_differences"), ())
"""The minimum on a bent piece, for any width of at least 2."""
