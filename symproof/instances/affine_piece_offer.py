"""The instances that ``affine_piece.spurious_minimum`` offers."""

from __future__ import annotations

from pathlib import Path

import flint
from flint import fmpq

from symproof.errors import InputError
from symproof.instances.affine_piece_evaluation import evaluate_affine_piece
from symproof.instances.affine_piece_minimum import (
    AffinePieceInstance,
    KernelChecks,
    affine_piece_result,
    build_affine_piece,
)
from symproof.instances.ball_number import short_text
from symproof.instances.closed_form import rational_bounds
from symproof.instances.dataset import KEPT_CELLS
from symproof.instances.excerpt import describe
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import Parameter, at_least, path, rational, read_parameters, text
from symproof.instances.piecewise_activation import PiecewiseActivation, T, parse_piecewise
from symproof.instances.several_targets import load_several_targets

__all__ = ["PARAMETERS", "affine_piece_data", "affine_piece_numbers", "affine_piece_offer", "affine_piece_summary"]

MAX_OUTPUTS = 100


def _targets(value: object, where: str, base_dir: Path) -> tuple[str, ...]:
    """One column name, or a list of different ones; with -p names are separated by commas."""
    names = value if isinstance(value, list) else text(value, where, base_dir).split(",")
    read = tuple(text(name, where, base_dir).strip() for name in names[: MAX_OUTPUTS + 1])
    if not read or len(read) > MAX_OUTPUTS or len(set(read)) < len(read):
        expected = f"a column, or a list of at most {MAX_OUTPUTS} different columns"
        raise InputError("not a list of targets", where, expected, describe(value))
    return read


PARAMETERS = (
    Parameter("data", path),
    Parameter("target", _targets),
    Parameter("activation", lambda value, where, base: parse_piecewise(text(value, where, base), where)),
    Parameter("width", at_least(1)),
    Parameter("beta", rational, required=False),
)
"""A CSV file, its target column or columns, the activation, the width, and beta: the hidden biases."""


def affine_piece_offer(checks: KernelChecks, rests_on: tuple[str, ...]) -> InstanceOffer:
    """The offer.

    Args:
        checks: how the kernel checks an activation.
        rests_on: the results that these checks apply.
    """

    def build(request: InstanceRequest) -> AffinePieceInstance:
        values = read_parameters(request, PARAMETERS)
        data, targets, activation = values["data"], values["target"], values["activation"]
        width, beta = values["width"], values["beta"]
        if not (
            isinstance(data, Path)
            and isinstance(targets, tuple)
            and isinstance(activation, PiecewiseActivation)
            and isinstance(width, int)
            and (beta is None or isinstance(beta, fmpq))
        ):
            raise InputError("a parameter has the wrong type", request.source)
        outputs = load_several_targets(data, targets, request.advance)
        return build_affine_piece(outputs, activation, width, checks, beta, request.where("activation"))

    return InstanceOffer(
        build=build,
        hypotheses=lambda instance: instance.hypotheses,
        evaluate=evaluate_affine_piece,
        result=affine_piece_result,
        data=affine_piece_data,
        summary=affine_piece_summary,
        proofs=("affine_piece.spurious_candidate",),
        lemmas=("affine_piece.candidate", "affine_piece.descent"),
        rests_on=rests_on,
        numbers=affine_piece_numbers,
    )


def affine_piece_numbers(instance: AffinePieceInstance) -> dict[str, object] | None:
    """Everything from which the hypotheses and both points can be decided again; None for large data."""
    data, piece, found = instance.outputs[0], instance.piece, instance.construction
    if data.sample_count * (data.feature_count + len(instance.outputs)) > KEPT_CELLS:
        return None
    fits = instance.fits
    numbers: dict[str, object] = {
        "inputs": data.features,
        "targets": instance.targets,
        "activation": instance.activation.term,
        "variable": T,
        "piece": vars(piece),
        "width": instance.width,
        "fit": {"weights": [f.weights for f in fits], "intercepts": [f.intercept for f in fits]},
    }
    if found is not None:
        points = {name: vars(getattr(found, name)) for name in ("local_minimum", "better_point")}
        risks = {name: getattr(found, name) for name in ("risk_local_minimum", "radius")}
        upper = rational_bounds(found.risk_better_point)[1]
        numbers["construction"] = {**points, **risks, "risk_better_point": upper}
    return numbers


def affine_piece_data(instance: AffinePieceInstance) -> dict[str, object]:
    """What a certificate says of the input."""
    data = instance.outputs[0]
    return {
        "data": data.name,
        "sha256": data.sha256,
        "targets": [one.target_name for one in instance.outputs],
        "features": list(data.feature_names),
        "samples": data.sample_count,
        "activation": str(instance.activation),
        "activation_term": str(instance.activation.term),
        "width": instance.width,
    }


def affine_piece_summary(instance: AffinePieceInstance) -> list[str]:
    """The lines that a person reads."""
    data, found = instance.outputs[0], instance.construction
    targets = ", ".join(one.target_name for one in instance.outputs)
    lines = [
        f"data: {data.name}, {data.sample_count} samples, {data.feature_count} features, targets {targets}",
        f"activation: {instance.activation}, width {instance.width}",
    ]
    if found is None:
        return lines
    exact = isinstance(found.risk_better_point, fmpq)
    with flint.ctx.workprec(found.precision):
        return [
            *lines,
            f"risk at the local minimum: {short_text(found.risk_local_minimum)} (exact in --json)",
            f"risk at the better point:  {short_text(found.risk_better_point)}",
            f"smaller by:                {short_text(found.risk_local_minimum - found.risk_better_point)}",
            f"radius: {short_text(found.radius)}",
            "the networks were evaluated exactly at both points"
            if exact
            else f"smaller for certain: with {found.precision} bits the ball of the risk lies below the exact risk",
        ]
