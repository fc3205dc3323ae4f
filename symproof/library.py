"""Finding and loading theorem modules: the library, those of installed packages, files and folders of the user's.

Theorem modules are trusted code: loading one runs it, with the rights of whoever started symproof. Load only modules
that you would run as Python programs. What they *claim* is not trusted: the kernel checks every theorem that they
build.

Every ``Theorem`` at the top level of a module counts, and a function ``meeting_points`` that returns ``MeetingPoint``s
by id. The library is the package ``theorems``, wherever it lies on the disk. An installed package announces its
modules by an entry point (see ``theorem_packages``). A folder of the user's is the package of its own name (modules in
it import each other as ``folder.module`` or ``.module``); a folder that is itself called ``theorems`` adds chapters to
the library. A file of the user's stands alone. ``sys.path`` is neither needed nor changed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module, invalidate_caches
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import FunctionType, MappingProxyType, ModuleType

from symproof.errors import InputError
from symproof.known_ids import require_ids
from symproof.module_error import module_error
from symproof.proof.meeting_point import MeetingPoint
from symproof.proof.theorem import Theorem
from symproof.resources import POINTS, theorems_dir
from symproof.source_place import shown_path
from symproof.theorem_packages import PackageModules, PackageProblem, installed_modules

__all__ = ["Library", "Origin", "load_library"]

_LIBRARY = "theorems"
_ALONE = "symproof_file_"
_MARK = "__symproof_loaded__"
_NEIGHBOURS = "A file given alone cannot import its neighbours: give their folder."
_ID = re.compile(r"[A-Za-z_]\w*(\.\w+)*", re.ASCII)


@dataclass(frozen=True)
class Origin:
    """Which source a theorem comes from.

    Attributes:
        kind: ``library`` (what symproof brings along), ``package`` (an installed one) or ``path`` (given by the user).
        name: the distribution with its version, or the path as it is shown; empty for the library.
    """

    kind: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}" if self.name else self.kind


_OWN = Origin("library")


@dataclass(frozen=True)
class Library:
    """Theorems by id.

    Attributes:
        theorems: every theorem that was found, sorted by id.
        files: the file of each, by id.
        origins: the source of each, by id; the library for those that are missing.
        problems: the modules of installed packages that could not be used.
        points: the functions ``meeting_points`` of the modules.
    """

    theorems: Mapping[str, Theorem]
    files: Mapping[str, Path]
    origins: Mapping[str, Origin] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[PackageProblem, ...] = ()
    points: tuple[Callable[[], Mapping[str, MeetingPoint]], ...] = ()

    def meeting_points(self) -> dict[str, MeetingPoint]:
        """The values that authors give at which hypotheses hold, with near misses, by id; nothing of it is checked.

        Raises:
            InputError: a function that returns them fails, or two have a point for the same result.
        """
        found: dict[str, MeetingPoint] = {}
        for function in self.points:
            where = f"{function.__module__}.{function.__name__}"
            try:
                own = dict(function())
            except Exception as error:
                what = "the meeting points cannot be built"
                raise InputError(what, where, found=f"{type(error).__name__}: {error}") from error
            if twice := sorted(own.keys() & found.keys()):
                raise InputError("there are meeting points for a result already", where, found=", ".join(twice))
            found |= own
        return found

    def origin(self, name: str) -> Origin:
        """The source of a theorem.

        Args:
            name: its id.
        """
        return self.origins.get(name, _OWN)

    def require(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Make sure that ids are known.

        Args:
            ids: names that a user wrote.

        Returns:
            The ids, each once and sorted.

        Raises:
            InputError: one of them names no theorem.
        """
        return require_ids(ids, self.theorems)


def load_library(paths: Iterable[str | Path] = ()) -> Library:
    """Load the library, the theorem modules of installed packages, and the user's own modules.

    The user's modules are loaded anew at each call; the library and installed packages once in a process.

    Args:
        paths: ``.py`` files and folders of theorem modules besides the library.

    Returns:
        All theorems that are found. A module of an installed package that cannot be loaded is among the ``problems``.

    Raises:
        InputError: a path is missing or holds no theorem, a module of the library or of the user's cannot be loaded,
            an id is bad, or two sources use the same id.
    """
    home = _home()
    given = tuple(dict.fromkeys(_existing(path) for path in paths))
    _forget_extras()
    invalidate_caches()
    found = _Found()
    _ensure_package(_LIBRARY, home)
    found.add(_folder_modules(_LIBRARY, home), _OWN)
    found.points.append(_library_points)
    for package in installed_modules():
        found.add_package(package)
    for path in given:
        if not any(path.is_relative_to(folder) for folder in (home, *given) if folder != path):
            found.add_extra(path)
    theorems = MappingProxyType(dict(sorted(found.theorems.items())))
    files, origins = MappingProxyType(found.files), MappingProxyType(found.origins)
    return Library(theorems, files, origins, tuple(found.problems), tuple(found.points))


def _library_points() -> Mapping[str, MeetingPoint]:
    """The meeting points of the library's own results."""
    found: Mapping[str, MeetingPoint] = import_module(f"{_LIBRARY}.{POINTS}").meeting_points()
    return found


class _Found:
    """What is found so far."""

    def __init__(self) -> None:
        self.theorems: dict[str, Theorem] = {}
        self.files: dict[str, Path] = {}
        self.origins: dict[str, Origin] = {}
        self.problems: list[PackageProblem] = []
        self.points: list[Callable[[], Mapping[str, MeetingPoint]]] = []

    def add_package(self, package: PackageModules) -> None:
        """The theorems of an installed package, as far as it can be loaded; the rest becomes problems."""
        self.problems += package.problems
        bad: list[InputError] = []
        self.add(package.modules, Origin("package", package.package), bad)
        names = (package.package, package.entry_point, package.entry_point)
        self.problems += [PackageProblem(*names, error) for error in bad]

    def add_extra(self, path: Path) -> None:
        """The theorems of a user's path. Raises InputError if there is none."""
        count = len(self.theorems)
        self.add(_extra_modules(path), Origin("path", shown_path(path)))
        if len(self.theorems) == count and path != _home():
            what = "the file builds no theorem" if path.is_file() else "the folder holds no theorem"
            raise InputError(what, shown_path(path), "a module with name = theorem(...) at its top level")

    def add(self, modules: Iterable[ModuleType], origin: Origin, bad: list[InputError] | None = None) -> None:
        """The theorems of some modules; one that several modules import belongs to the module that built it.

        A bad id is added to ``bad``, or raised if that is None.
        """
        places: dict[int, tuple[Theorem, Path]] = {}
        for module in modules:
            if getattr(module, "__file__", None) is None:
                continue  # a package without __init__.py
            file = Path(str(module.__file__))
            points = vars(module).get("meeting_points")
            if isinstance(points, FunctionType) and points.__module__ == module.__name__:
                self.points.append(points)
            for value in tuple(vars(module).values()):
                if not isinstance(value, Theorem) or value is self.theorems.get(value.id):
                    continue
                if id(value) not in places or file == Path(value.where.file):
                    places[id(value)] = (value, file)
        for theorem, file in sorted(places.values(), key=lambda place: (str(place[1]), place[0].where.line)):
            try:
                self._put(theorem, file, origin)
            except _BadId as error:
                if bad is None:
                    raise
                bad.append(error)

    def _put(self, theorem: Theorem, file: Path, origin: Origin) -> None:
        where = f"{shown_path(file)}:{theorem.where.line}"
        if not isinstance(theorem.id, str) or not _ID.fullmatch(theorem.id):
            expected = "letters, digits and _, in parts separated by dots, such as chapter.name"
            raise _BadId("a theorem has an id that cannot be used", where, expected, repr(theorem.id)[:80])
        other = self.theorems.get(theorem.id)
        if other is not None:
            what = f"two theorems have the id {theorem.id}"
            theirs = self.origins[theorem.id]
            place = f"{shown_path(self.files[theorem.id])}:{other.where.line}"
            if theirs == origin:
                raise InputError(what, where, "an id of its own", f"the other one at {place}")
            what += f", this one of {_in_words(origin)}, the other one of {_in_words(theirs)}"
            hint = "Rename one of them" + (
                ", or uninstall the package." if "package" in (origin.kind, theirs.kind) else "."
            )
            raise InputError(what, where, "an id of its own", f"the other one at {place}", hint)
        self.theorems[theorem.id] = theorem
        self.files[theorem.id] = file
        self.origins[theorem.id] = origin


class _BadId(InputError):
    """A theorem has an id that cannot be used."""


def _in_words(origin: Origin) -> str:
    return {"library": "the library", "package": f"the package {origin.name}", "path": origin.name}[origin.kind]


# Paths and modules ---------------------------------------------------------------------------------------------------


def _home() -> Path:
    return theorems_dir().resolve()


def _existing(path: str | Path) -> Path:
    resolved = Path(path).resolve()
    if resolved.is_dir() or (resolved.is_file() and resolved.suffix == ".py"):
        return resolved
    found = "another kind of file" if resolved.exists() else "nothing there"
    raise InputError("not a theorem module", str(path), "a .py file or a folder of them", found)


def _extra_modules(path: Path) -> Iterator[ModuleType]:
    name = path.name
    if path.is_file():
        yield _load(_ALONE + path.stem, path, hint=_NEIGHBOURS)
        return
    if path == _home():
        return
    if name == _LIBRARY:
        _add_chapters(path)
    else:
        _claim_name(name, path)
        _ensure_package(name, path)
    yield from _folder_modules(name, path)


def _add_chapters(folder: Path) -> None:
    """Let ``theorems`` be found in the user's folder too."""
    for chapter in sorted(folder.iterdir()):
        if (_home() / chapter.name).exists() and chapter.name not in ("__init__.py", "__pycache__"):
            what = f"the library has a chapter {chapter.name}, too"
            raise InputError(what, shown_path(chapter), "another name")
    sys.modules[_LIBRARY].__path__.append(str(folder))


def _claim_name(name: str, folder: Path) -> None:
    if name in sys.stdlib_module_names or name == "symproof":
        raise InputError("the folder has the name of a Python package", shown_path(folder), "another name", name)
    taken = sys.modules.get(name)
    if taken is not None:
        found = ", ".join(getattr(taken, "__path__", ())) or str(getattr(taken, "__file__", "a built-in module"))
        raise InputError(f"a package called {name} is loaded already", shown_path(folder), "another name", found)


def _forget_extras() -> None:
    """Drop the user's modules of an earlier call, so that an edited file is read again."""
    library = sys.modules.get(_LIBRARY)
    if library is not None and hasattr(library, "__path__"):
        library.__path__[:] = list(library.__path__)[:1]
    roots = {name for name, module in sys.modules.items() if _MARK in getattr(module, "__dict__", ())}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in roots or (name.startswith(_LIBRARY + ".") and not _is_of_the_library(module)):
            del sys.modules[name]


def _is_of_the_library(module: ModuleType) -> bool:
    places = (getattr(module, "__file__", None), *getattr(module, "__path__", ()))
    return any(Path(place).resolve().is_relative_to(_home()) for place in places if place)


def _ensure_package(name: str, folder: Path) -> None:
    """Load the package itself, from exactly this folder."""
    package = sys.modules.get(name)
    if package is not None:
        locations = [Path(place).resolve() for place in getattr(package, "__path__", ())]
        if folder not in locations[:1]:
            found = str(locations[0]) if locations else "a module"
            raise InputError(f"another package called {name} is loaded already", str(folder), str(folder), found)
        return
    init = folder / "__init__.py"
    if init.is_file():
        _load(name, init)
    else:
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(folder)]
        sys.modules[name] = module_from_spec(spec)
    if name != _LIBRARY:
        setattr(sys.modules[name], _MARK, True)


def _folder_modules(name: str, folder: Path) -> Iterator[ModuleType]:
    for file in sorted(folder.rglob("*.py")):
        parts = file.relative_to(folder).with_suffix("").parts
        if any(part.startswith(".") for part in parts) or (folder != _home() and file.is_relative_to(_home())):
            continue
        if "tests" in parts[:-1]:  # beside the author's modules, and no theorems
            continue
        if folder == _home() and parts[0] == POINTS:  # no theorems; loaded when asked for
            continue
        if any("." in part for part in parts):
            raise InputError("the name of a module has a dot in it", shown_path(file), "another name", file.name)
        if parts == ("__init__",):
            if name != _LIBRARY or folder == _home():
                yield sys.modules[name]
            continue
        yield _load(".".join((name, *(parts[:-1] if parts[-1] == "__init__" else parts))), file)


def _load(name: str, file: Path, *, hint: str = "") -> ModuleType:
    """Run a module, unless the library holds it already. Raises InputError with the author's line."""
    try:
        module = import_module(name) if "." in name and not name.startswith(_ALONE) else _run(name, file)
    except (Exception, SystemExit) as error:
        raise module_error(error, file, hint) from error
    if Path(str(module.__file__)).resolve() != file.resolve():
        what = f"two modules have the name {name}"
        raise InputError(what, shown_path(file), "another name", shown_path(str(module.__file__)))
    return module


def _run(name: str, file: Path) -> ModuleType:
    inside = [str(file.parent)] if file.name == "__init__.py" and not name.startswith(_ALONE) else None
    spec = spec_from_file_location(name, file, submodule_search_locations=inside)
    if spec is None or spec.loader is None:
        raise ImportError(f"Python cannot load {file.name}")
    module = module_from_spec(spec)
    if name != _LIBRARY:
        setattr(module, _MARK, True)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
