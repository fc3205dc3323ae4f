"""``symproof new``: a theorem module that checks as it stands, with its test and an instance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.exit_code import ExitCode
from symproof.library import load_library
from symproof.new_theorem import plan_theorem, write_theorem
from symproof.source_place import shown_path

__all__ = ["run"]


def run(
    id: Annotated[str, typer.Argument(metavar="ID", help="The name of the new result, such as calculus.my_lemma.")],
    title: Annotated[str, typer.Option(help="A few words; made from the name by default.")] = "",
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder of your own; the library of the checkout by default.")
    ] = None,
) -> Answer:
    """Write a theorem module (a small true statement to be replaced), its test and an instance.

    In the checkout also a point that meets its hypotheses, which a test of the library asks of every theorem.

    Nothing is ever overwritten. Exit code 0: written; 2: the id is bad or taken, or a file is there already.
    """
    known = load_library([folder] if folder is not None and any(folder.glob("*.py")) else ()).theorems
    new = plan_theorem(id, title, folder, known)
    written = [shown_path(path.resolve()) for path in write_theorem(new)]
    where = f" --path {folder}" if folder is not None else ""
    test = next(path for path in written if Path(path).name.startswith("test_"))
    instance = next(path for path in written if path.endswith(".toml"))
    after = [f"symproof check {id}{where}", f"symproof instance {instance}{where}", f"python -m pytest {test}"]
    lines = [*(f"wrote {path}" for path in written), "Now:", *(f"  {command}" for command in after)]
    return Answer(ExitCode.YES, {"id": id, "files": written, "next": after}, "\n".join(lines))
