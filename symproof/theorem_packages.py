"""Theorem modules of installed packages, announced as entry points of the group ``symproof.theorems``.

A package announces a module, or a package of modules, in its ``pyproject.toml``::

    [project.entry-points."symproof.theorems"]
    convex = "convex_proofs.theorems"

Its modules are loaded as Python imports them. One that fails is reported and hides no other. Like every theorem module
they are trusted code (installing a package means to run it) whose claims are not trusted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from symproof.errors import InputError
from symproof.module_error import module_error

__all__ = ["GROUP", "PackageModules", "PackageProblem", "installed_modules"]

GROUP = "symproof.theorems"
"""The group of entry points."""


@dataclass(frozen=True)
class PackageProblem:
    """A theorem module of an installed package that cannot be used.

    Attributes:
        package: the distribution and its version, such as ``convex-proofs 1.2``.
        entry_point: the name under which it is announced.
        module: the module, or the name of the entry point again if it concerns a single theorem.
        error: what is wrong, and where.
    """

    package: str
    entry_point: str
    module: str
    error: InputError

    def __str__(self) -> str:
        named = f"{self.module}, " if self.module != self.entry_point else ""
        return f"theorems of {self.package} are left out ({named}entry point {self.entry_point}): {self.error}"

    def as_dict(self) -> dict[str, object]:
        """The problem as a JSON object."""
        names = {"package": self.package, "entry_point": self.entry_point, "module": self.module}
        return {**names, "error": self.error.as_dict()}


@dataclass(frozen=True)
class PackageModules:
    """The theorem modules that one entry point announces.

    Attributes:
        package: the distribution and its version.
        entry_point: the name of the entry point.
        modules: those that could be loaded.
        problems: the others.
    """

    package: str
    entry_point: str
    modules: tuple[ModuleType, ...]
    problems: tuple[PackageProblem, ...]


def installed_modules() -> tuple[PackageModules, ...]:
    """Load the theorem modules of all installed packages, in the order of packages and entry points."""
    points = {(_distribution(point), point.name, point.value): point for point in entry_points(group=GROUP)}
    return tuple(_modules_of(points[key]) for key in sorted(points))


def _distribution(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else "an unnamed package"


def _modules_of(point: EntryPoint) -> PackageModules:
    package = _distribution(point)
    loaded: list[ModuleType] = []
    problems: list[PackageProblem] = []
    for name, module in _walk(point):
        if isinstance(module, ModuleType):
            loaded.append(module)
        else:
            problems.append(PackageProblem(package, point.name, name, module))
    return PackageModules(package, point.name, tuple(loaded), tuple(problems))


def _walk(point: EntryPoint) -> Iterator[tuple[str, ModuleType | InputError]]:
    """The announced module and all modules below it, each with what became of it."""
    if point.attr:
        what = "an entry point of this group names a module, not something inside it"
        yield point.value, InputError(what, GROUP, point.module, point.value)
        return
    pending = [point.module]
    while pending:
        name = pending.pop(0)
        module = _import(name)
        yield name, module
        if isinstance(module, ModuleType):
            inner = iter_modules(getattr(module, "__path__", ()), f"{name}.")
            pending += sorted(found.name for found in inner if not found.name.endswith(".__main__"))


def _import(name: str) -> ModuleType | InputError:
    try:
        module = import_module(name)
    except (Exception, SystemExit) as error:  # whatever somebody else's module does, the rest goes on
        return module_error(error, Path(name.replace(".", "/")), package=_folder_of(name))
    if getattr(module, "__file__", None) is None and not hasattr(module, "__path__"):
        return InputError("no file is known of this module", name, "a module or a package of Python files")
    return module


def _folder_of(name: str) -> Path | None:
    """The folder of the top-level package of a module that failed, if Python knows where it is."""
    from importlib.util import find_spec

    try:
        spec = find_spec(name.partition(".")[0])
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    places = list(spec.submodule_search_locations or ())
    return Path(places[0] if places else spec.origin or ".").resolve()
