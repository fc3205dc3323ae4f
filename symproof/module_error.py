"""Why a theorem module cannot be loaded, with the author's line."""

from __future__ import annotations

import re
import sys
import sysconfig
from importlib import import_module
from inspect import signature
from pathlib import Path
from traceback import extract_tb, walk_tb

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.resources import theorems_dir
from symproof.source_place import shown_path, shown_place

__all__ = ["module_error"]

_LONGEST = 2000
_VOCABULARY = (
    "symproof.logic.syntax", "symproof.logic.definition", "symproof.proof.author", "symproof.proof.theorem",
)  # fmt: skip
"""The modules from which authors import names."""
_NO_NAME = re.compile(r"cannot import name '(\w+)'")
_NO_KEYWORD = re.compile(r"(\w+)\(\) got an unexpected keyword argument '(\w+)'")


def module_error(error: BaseException, file: Path, hint: str = "", *, package: Path | None = None) -> InputError:
    """Describe what went wrong while a module ran.

    Args:
        error: what it raised.
        file: the module, named if the traceback holds no line of an author.
        hint: what to do if it is an import that failed.
        package: the folder of an installed package that the module belongs to; its lines are an author's too.
    """
    place = _authors_line(error, package)
    where = shown_place(*place) if place else shown_path(file)
    message = " ".join((str(error.msg) if isinstance(error, SyntaxError) else str(error)).split())
    found = f"{type(error).__name__}: {message}" if message else type(error).__name__
    if not isinstance(error, ImportError):
        hint = ""
    hint = _nearest_name(error) or hint
    return InputError("the theorem module cannot be loaded", where, found=found[:_LONGEST], hint=hint)


def _nearest_name(error: BaseException) -> str:
    """The hint for a name that is not there: the nearest one, and where it comes from."""
    message = str(error)
    if isinstance(error, NameError) and error.name:
        frames = [frame for frame, _ in walk_tb(error.__traceback__)]
        known = {name for name in (*frames[-1].f_locals, *frames[-1].f_globals) if not name.startswith("_")}
        vocabulary = {name: module for module in _VOCABULARY for name in import_module(module).__all__}
        if error.name in vocabulary:
            return f"Write: from {vocabulary[error.name]} import {error.name}"
        return did_you_mean(error.name, known | set(vocabulary))
    if isinstance(error, ImportError) and (found := _NO_NAME.search(message)) and error.name in sys.modules:
        return did_you_mean(found[1], [name for name in vars(sys.modules[error.name]) if not name.startswith("_")])
    if isinstance(error, TypeError) and (found := _NO_KEYWORD.search(message)):
        return did_you_mean(found[2], _keywords(found[1]))
    return ""


def _keywords(function: str) -> list[str]:
    """The parameters of a function of the authors' vocabulary."""
    for module in _VOCABULARY:
        if callable(value := getattr(import_module(module), function, None)):
            return list(signature(value).parameters)
    return []


def _authors_line(error: BaseException, package: Path | None) -> tuple[str, int] | None:
    """The innermost line of the traceback that is neither symproof's nor of another installed library."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return error.filename, error.lineno
    for frame in reversed(extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if _is_authored(path) or (package is not None and path.resolve().is_relative_to(package)):
            return frame.filename, frame.lineno or 0
    return None


def _is_authored(path: Path) -> bool:
    if path.is_relative_to(theorems_dir().resolve()):
        return True
    installed = {"site-packages", "dist-packages"} & set(path.parts)
    folders = (Path(__file__).resolve().parent, Path(sysconfig.get_path("stdlib")).resolve())
    return path.is_file() and not installed and not any(path.resolve().is_relative_to(folder) for folder in folders)
