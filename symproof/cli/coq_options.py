"""The options of the commands that show what Coq confirms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

__all__ = ["CoqFolderOption", "CoqOption"]

CoqOption: TypeAlias = Annotated[bool, typer.Option("--coq", help="Run Coq, and mark the steps that it confirms.")]
"""``--coq``."""

CoqFolderOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--coq-folder", metavar="DIR", help="Mark them by what symproof export coq DIR --check left in DIR."),
]
"""``--coq-folder``."""
