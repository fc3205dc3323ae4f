"""The instances of theorems on one activation with an affine piece, such as ELU: its parameters are numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from flint import fmpq

from symproof.errors import InputError
from symproof.instances.affine_piece_evaluation import evaluate_affine_piece
from symproof.instances.affine_piece_hypotheses import decide_data, distinct_inputs
from symproof.instances.affine_piece_minimum import (
    AffinePieceInstance,
    affine_piece_result,
    construct_in_piece,
    refuse_large,
)
from symproof.instances.affine_piece_offer import PARAMETERS, affine_piece_data, affine_piece_summary
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.least_squares import fit_affine
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import Parameter, rational, read_parameters
from symproof.instances.piecewise_activation import AffinePiece, parse_piecewise
from symproof.instances.rational import format_rational
from symproof.instances.several_targets import load_several_targets
from symproof.kernel.evaluate import decide, evaluate
from symproof.logic.syntax import num
from symproof.logic.term import Term, subst

__all__ = ["KnownActivation", "known_activation_offer"]


@dataclass(frozen=True)
class KnownActivation:
    """A theorem on one activation.

    Attributes:
        theorem: its id.
        name: the activation, as ``parse_piecewise`` knows it.
        parameters: its parameters, in the order of the arguments after the name.
        conditions: what they must meet, by label.
        value: h(t) as a term in t and the parameters.
        line: slope and offset of the affine piece, in the parameters.
        interval: its ends.
    """

    theorem: str
    name: str
    parameters: tuple[Term, ...]
    conditions: Mapping[str, Term]
    value: Term
    line: tuple[Term, Term]
    interval: tuple[Term, Term]


@dataclass(frozen=True)
class _Known:
    """An instance with the values of the parameters."""

    numbers: AffinePieceInstance
    values: Mapping[str, fmpq]


def known_activation_offer(known: KnownActivation) -> InstanceOffer:
    """The offer of a theorem on one activation: data, targets, width, beta, and the parameters of the activation."""
    schema = (
        *(parameter for parameter in PARAMETERS if parameter.name != "activation"),
        *(Parameter(p.name, rational) for p in known.parameters),
    )

    def build(request: InstanceRequest) -> _Known:
        values = read_parameters(request, schema)
        data, targets, width, beta = (values[key] for key in ("data", "target", "width", "beta"))
        given = {p: values[p.name] for p in known.parameters}
        point = {p: value for p, value in given.items() if isinstance(value, fmpq)}
        if not (
            isinstance(data, Path)
            and isinstance(targets, tuple)
            and isinstance(width, int)
            and (beta is None or isinstance(beta, fmpq))
            and len(point) == len(given)
        ):
            raise InputError("a parameter has the wrong type", request.source)
        outputs = load_several_targets(data, targets, request.advance)
        refuse_large(outputs, width)
        numbers = _numbers(known, outputs, width, beta, point, request)
        return _Known(numbers, {p.name: value for p, value in point.items()})

    return InstanceOffer(
        build=build,
        hypotheses=lambda found: found.numbers.hypotheses,
        evaluate=lambda found, results: evaluate_affine_piece(found.numbers, results, known.theorem, found.values),
        result=lambda found: affine_piece_result(found.numbers),
        data=lambda found: {**affine_piece_data(found.numbers), **_shown(found.values)},
        summary=lambda found: affine_piece_summary(found.numbers),
        proofs=("affine_piece.spurious_candidate",),
        lemmas=("affine_piece.candidate", "affine_piece.descent"),
    )


def _numbers(
    known: KnownActivation,
    outputs: tuple,  # type: ignore[type-arg]
    width: int,
    beta: fmpq | None,
    point: Mapping[Term, fmpq],
    request: InstanceRequest,
) -> AffinePieceInstance:
    conditions = tuple(_condition(label, claim, point) for label, claim in known.conditions.items())
    fits = tuple(fit_affine(data) for data in outputs)
    arguments = ", ".join(format_rational(point[p]) for p in known.parameters)
    text = f"{known.name}({arguments})" if arguments else known.name
    literal = {p: num(Fraction(int(value.p), int(value.q))) for p, value in point.items()}
    activation = replace(parse_piecewise(text, request.where("activation")), defined=subst(known.value, literal))
    slope, offset, low, high = (evaluate(part, point) for part in (*known.line, *known.interval))
    piece = AffinePiece(slope, offset, low, high)
    if beta is not None and not low < beta < high:
        inside = f"a number inside ({format_rational(low)}, {format_rational(high)})"
        raise InputError("beta is not inside the affine piece", request.where("beta"), inside, format_rational(beta))
    definition = DecidedHypothesis(
        "activation", f"h is {text}", True, "h is evaluated by the formula of the theorem's own definition"
    )
    hypotheses = (*decide_data(outputs, fits, width), distinct_inputs(outputs[0]), *conditions, definition)
    return construct_in_piece(outputs, activation, piece, width, fits, hypotheses, beta)


def _condition(label: str, claim: Term, point: Mapping[Term, fmpq]) -> DecidedHypothesis:
    holds = decide(claim, point)
    values = _shown({p.name: value for p, value in point.items()})
    reason = ", ".join(f"{name} = {value}" for name, value in values.items())
    return DecidedHypothesis(label, str(claim), holds, reason, values if holds is False else None)


def _shown(values: Mapping[str, fmpq]) -> dict[str, object]:
    return {name: format_rational(value) for name, value in values.items()}
