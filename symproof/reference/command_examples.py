"""Examples for every command, with the exit code that each has."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["COMMAND_EXAMPLES", "CommandExample"]


@dataclass(frozen=True)
class CommandExample:
    """One call.

    Attributes:
        line: what follows ``symproof`` on the command line; files are named as seen from the project's folder.
        says: one line on what it shows.
        exit_code: what it exits with.
    """

    line: str
    says: str
    exit_code: int = 0

    @property
    def words(self) -> list[str]:
        """The words of the line."""
        return shlex.split(self.line)


def _example(line: str, says: str, exit_code: int = 0) -> CommandExample:
    return CommandExample(line, says, exit_code)


COMMAND_EXAMPLES: Mapping[str, tuple[CommandExample, ...]] = MappingProxyType(
    {
        "instance": (
            _example("instance examples/xor.toml", "XOR has a spurious local minimum: the numbers, exactly."),
            _example("instance examples/affine_data.toml", "Data on a line: a hypothesis fails, with its witness.", 1),
            _example("instance examples/no_such_file.toml", "A file that is not there.", 2),
        ),
        "atlas": (
            _example("atlas --only tanh --only CELU", "Two activations, with their witnesses and certified radii."),
            _example("atlas --only tanhh", "A row that is not there, with the nearest one.", 2),
        ),
        "report": (
            _example(
                "report relu_like.kink --format html --output build/kink",
                "A report on one result and all that it rests on, as one HTML file.",
            ),
        ),
        "sweep": (
            _example("sweep examples/sweep.toml --output build/sweep", "A grid of widths and activations."),
        ),
        "export": (
            _example(
                "export certificate calculus.quadratic_nonnegative --output build/quadratic.json",
                "A result with all that it rests on, for other programs to check.",
            ),
            _example("export proof calculus.quadratic_nonnegative", "A form that there is not.", 2),
        ),
        "verify": (
            _example("verify examples/descent.certificate.json", "A result of the library, decided again."),
            _example("verify examples/xor.toml", "A file that is no certificate.", 2),
        ),
        "new": (
            _example(
                "new my.first_result --folder build/my_theorems", "A module, its test and an instance, to be rewritten."
            ),
            _example("new first_result", "An id without a chapter.", 2),
        ),
        "list": (
            _example("list", "Everything there is."),
            _example("list descent --chapter relu_like", "What has the word descent in a chapter."),
        ),
        "show": (
            _example("show calculus.quadratic_nonnegative", "A statement and its proof, as the kernel read it."),
            _example(
                "show calculus.quadratic_nonnegative --expanded",
                "The same; where a proof has tactics, with the steps that they stand for.",
            ),
            _example("show calculus.quadratic", "A name that is not there, with the nearest ones.", 2),
        ),
        "check": (
            _example("check relu_like.descent", "One result with all that it rests on."),
            _example("check calculus.small_step --unused", "Hypotheses and steps that the proof does not need: none."),
        ),
        "state": (
            _example("state calculus.quadratic_nonnegative 1", "The goal at a step, and what is in reach there."),
            _example(
                "state relu_like.isolating_direction 4 --apply", "Which results of the library apply to that goal."
            ),
            _example("state calculus.quadratic_nonnegative 7", "A step that is not there.", 2),
        ),
        "expand": (
            _example("expand calculus.quadratic_nonnegative", "A proof written without tactics has none to expand."),
        ),
        "axioms": (
            _example("axioms", "The cited facts and the primitive notions of the whole library, with references."),
            _example("axioms calculus.nonnegative_derivative", "What one result rests on, and by way of what."),
            _example("axioms calculus.nonnegative", "A name that is not there, with the nearest one.", 2),
        ),
        "graph": (
            _example("graph relu_like.descent --format dot", "What a result rests on, for Graphviz."),
        ),
        "rules": (_example("rules sos", "One rule of the kernel."),),
        "prove": (
            _example('prove "x**2 + y**2 >= 2*x*y" --var x:real --var y:real', "A true claim."),
            _example('prove "sqrt(x**2) == x" --var x:real', "A false one, with a counterexample.", 1),
            _example('prove "sqrt(x**2) == x" --var x:real --given "x >= 0"', "The same with its hypothesis."),
            _example('prove "x**5 - x - 1 != 0" --var x:rational', "Neither proved nor refuted.", 3),
            _example('prove "x +* 2 > 0" --var x:real', "Not a claim.", 2),
        ),
    }
)  # fmt: skip
"""The examples by name of the command."""
