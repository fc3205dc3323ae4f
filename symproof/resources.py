"""Where the folders that come with symproof are: the library of theorems and the templates.

In a checkout they lie beside the package; in an installed wheel inside it, under ``_library``.
"""

from __future__ import annotations

from pathlib import Path

from symproof.errors import InputError

__all__ = ["POINTS", "templates_dir", "theorems_dir"]

_PACKAGE = Path(__file__).resolve().parent
POINTS = "points"
"""The package among the theorem modules that holds meeting points and no theorems."""


def theorems_dir() -> Path:
    """The folder of the theorem modules.

    Returns:
        An existing folder.

    Raises:
        InputError: the installation is incomplete.
    """
    return _folder("theorems")


def templates_dir() -> Path:
    """The folder of the Jinja templates.

    Returns:
        An existing folder.

    Raises:
        InputError: the installation is incomplete.
    """
    return _folder("templates")


def _folder(name: str, *, package: Path = _PACKAGE) -> Path:
    installed = package / "_library" / name
    checkout = package.parent / name
    if installed.is_dir():
        return installed
    # Beside an installed package lies site-packages, where a folder of that name would be somebody else's.
    if checkout.is_dir() and (package.parent / "pyproject.toml").is_file():
        return checkout
    raise InputError(
        what=f"the folder {name}/ that belongs to symproof is missing",
        where=str(package),
        expected=f"{installed} (installed) or {checkout} (checkout)",
        hint="Install symproof again, or run it from a complete checkout.",
    )
