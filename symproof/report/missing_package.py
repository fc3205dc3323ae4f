"""Optional packages: imported when needed, with an error that names the extra to install."""

from __future__ import annotations

import importlib
from types import ModuleType

from symproof.errors import InputError

__all__ = ["MissingPackage", "optional_import"]


class MissingPackage(InputError):
    """An optional package is not installed."""


def optional_import(module: str, *, extra: str, purpose: str) -> ModuleType:
    """Import a module of an optional package.

    Args:
        module: its import name.
        extra: the extra of symproof that installs it.
        purpose: what it is needed for, to complete "... needed for".

    Raises:
        MissingPackage: it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingPackage(
            what=f"the Python package {module.partition('.')[0]!r}, needed for {purpose}, is not installed",
            hint=f"Install it with: pip install 'symproof[{extra}]'",
        ) from error
