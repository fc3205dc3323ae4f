"""The commands of the command line. A new command is one file in this folder and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from symproof.cli.answer import Answer

__all__ = ["COMMANDS", "Command"]


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        name: the word that the user writes.
        summary: one line for ``symproof --help``.
        module: the file that holds it: a function ``run`` whose typed parameters are the arguments and options
            (see the typer documentation) and whose docstring is the help. It is imported when the command runs.
    """

    name: str
    summary: str
    module: str

    def function(self) -> Callable[..., Answer]:
        """Import the command's module.

        Returns:
            The function that carries out the command.
        """
        function: Callable[..., Answer] = import_module(self.module).run
        return function


COMMANDS: tuple[Command, ...] = (
    Command("instance", "put numbers into a theorem, exactly", "symproof.cli.instance"),
    Command("atlas", "which activations have spurious local minima, with numbers", "symproof.cli.atlas"),
    Command("sweep", "run many instances of a theorem, in parallel", "symproof.cli.sweep"),
    Command("report", "write a report: LaTeX, PDF, HTML, graph", "symproof.cli.report"),
    Command("list", "list all results with their trust", "symproof.cli.list"),
    Command("show", "show one result in full", "symproof.cli.show"),
    Command("check", "check results and all that they rest on", "symproof.cli.check"),
    Command("export", "write certificates, or lemmas for Coq", "symproof.cli.export"),
    Command("verify", "decide a certificate again, with a program of its own", "symproof.cli.verify"),
    Command("new", "write a theorem module with its test and an instance", "symproof.cli.new"),
    Command("state", "show the goal and what is in reach at a step", "symproof.cli.state"),
    Command("expand", "print the steps that tactics stand for", "symproof.cli.expand"),
    Command("axioms", "what results rest on without proof, and the notions they use", "symproof.cli.axioms"),
    Command("graph", "draw what rests on what", "symproof.cli.graph"),
    Command("rules", "say what the rules of the kernel decide, with examples", "symproof.cli.rules"),
    Command("prove", "prove or refute a claim, or a file of claims", "symproof.cli.prove"),
)
