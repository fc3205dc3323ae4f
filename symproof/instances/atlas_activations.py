"""The activations of the atlas: those in use, and some that are affine on pieces."""

from __future__ import annotations

from dataclasses import dataclass

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.instances.excerpt import excerpt
from symproof.instances.smooth_activation import read_activation

__all__ = ["ATLAS_ACTIVATIONS", "AtlasActivation", "chosen_activations"]

MAX_ADDED = 200
MAX_TITLE = 40


@dataclass(frozen=True)
class AtlasActivation:
    """One row of the atlas.

    Attributes:
        title: the name that people use.
        text: the activation as ``read_activation`` reads it: a name, or an expression in t.
    """

    title: str
    text: str


ATLAS_ACTIVATIONS = (
    AtlasActivation("sigmoid", "sigmoid"),
    AtlasActivation("tanh", "tanh"),
    AtlasActivation("arctan", "arctan"),
    AtlasActivation("quadratic", "quadratic"),
    AtlasActivation("ELU", "elu"),
    AtlasActivation("SELU", "selu"),
    AtlasActivation("softplus", "softplus"),
    AtlasActivation("SiLU", "silu"),
    AtlasActivation("GELU (erf)", "gelu"),
    AtlasActivation("GELU (tanh)", "gelu_tanh"),
    AtlasActivation("mish", "mish"),
    AtlasActivation("softsign", "softsign"),
    AtlasActivation("exp", "exp"),
    AtlasActivation("sin", "sin"),
    AtlasActivation("Gaussian", "gaussian"),
    AtlasActivation("cube", "cube"),
    AtlasActivation("log-cosh", "log_cosh"),
    AtlasActivation("hard-swish", "hard_swish"),
    AtlasActivation("ReLU", "relu"),
    AtlasActivation("leaky ReLU (1/100)", "leaky_relu(1/100)"),
    AtlasActivation("ReLU squared", "relu_squared"),
    AtlasActivation("CELU", "celu"),
)


def chosen_activations(only: tuple[str, ...] = (), added: tuple[str, ...] = ()) -> tuple[AtlasActivation, ...]:
    """The rows that are asked for, in the order of the atlas, then those that are added.

    Args:
        only: names of rows; all of them if there are none.
        added: further activations, as ``read_activation`` reads them.

    Raises:
        InputError: there is no row of that name, or an added activation cannot be read.
    """
    wanted = {_found(name) for name in only}
    if len(added) > MAX_ADDED:
        raise InputError("too many activations", "--activation", f"at most {MAX_ADDED}", str(len(added)))
    for text in added:
        read_activation(text, "--activation")
    rows = [row for row in ATLAS_ACTIVATIONS if not only or row in wanted]
    known = {row.text for row in rows}
    return (
        *rows,
        *(AtlasActivation(_title(text), text) for text in dict.fromkeys(added) if text not in known),
    )


def _title(text: str) -> str:
    """An expression on one line, cut if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_TITLE else f"{line[: MAX_TITLE - 3]}..."


def _found(name: str) -> AtlasActivation:
    key = _key(name)
    for row in ATLAS_ACTIVATIONS:
        if key in (_key(row.title), _key(row.text)):
            return row
    names = [row.title for row in ATLAS_ACTIVATIONS]
    hint = did_you_mean(name[:80], names) or "Another activation is added with --activation."
    raise InputError("no such row of the atlas", "--only", "one of " + ", ".join(names), excerpt(name), hint)


def _key(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
