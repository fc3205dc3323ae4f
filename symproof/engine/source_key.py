"""One hash of all that the library is made of, without loading it; and whether that is all.

The bytes of every module are hashed each time: the theorem modules of the library, of installed packages and of the
user's paths, and all of symproof; with them go the versions of Python, python-flint, SymPy and Z3. If the key is the
same, the same theorems are built and the same is said of them, provided that no module looks at anything else.
Modules that might (they import more than symproof's language and pure parts of the standard library, read files, or
depend on the order of a set) are found by reading their syntax tree, and no index is kept of a library with such a
module.
"""

from __future__ import annotations

import ast
import hashlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from importlib.machinery import SourceFileLoader, all_suffixes
from importlib.util import cache_from_source, find_spec
from pathlib import Path

from symproof.engine.content_hash import hash_of
from symproof.errors import InputError
from symproof.resources import POINTS, theorems_dir
from symproof.theorem_packages import GROUP

__all__ = ["SourceKey", "beyond_the_sources", "is_loaded", "source_key"]

_LIBRARY = "theorems"
_PACKAGE = Path(__file__).resolve().parents[1]
_VERSIONS = ("python-flint", "sympy", "z3-solver")
_MOST_FILES = 20_000

_LANGUAGE = ("symproof.logic.", "symproof.proof.")
"""What a theorem module may import of symproof: the language, and the offers of instances, which nothing calls yet."""
_OFFERS = ("symproof.instances.", "_offer")
_OWN = ("symproof.kernel.", "symproof.tactics.", "symproof.instances.")
"""What the modules of symproof's own library may import besides. A test sees to it that loading them opens no file."""
_PURE = frozenset(
    {
        *("__future__", "abc", "collections", "collections.abc", "dataclasses", "enum", "fractions", "functools"),
        *("itertools", "math", "numbers", "operator", "string", "textwrap", "types", "typing"),
    }
)
_FORBIDDEN = frozenset(
    {
        *("open", "exec", "eval", "compile", "input", "breakpoint", "globals", "locals", "vars", "dir"),
        *("id", "hash", "set", "frozenset", "setattr", "delattr"),
    }
)
_PLAIN_DUNDERS = frozenset({"__all__", "__doc__", "__name__"})


@dataclass(frozen=True)
class SourceKey:
    """What the library is made of.

    Attributes:
        digest: the hash of all of it.
        packages: the folders (or single files) of theorem modules, with the name of the Python package of each; empty
            for a file that stands alone.
        hashes: the hash of each Python file in them, by its path.
    """

    digest: str
    packages: tuple[tuple[str, Path], ...]
    hashes: Mapping[str, str]


class _NoKeyError(Exception):
    """What the library is made of cannot be told."""


def source_key(paths: Iterable[str | Path] = ()) -> SourceKey | None:
    """Hash all that the library is made of.

    Args:
        paths: the user's modules and folders of modules.

    Returns:
        The key, or None if something is missing, cannot be read or is out of the ordinary (links between folders, very
        many files): loading the library says what is wrong, if anything is.
    """
    try:
        given = [Path(path).resolve(strict=True) for path in paths]
        announced = list(_announced())
        packages = [(_LIBRARY, theorems_dir().resolve()), *((top, place) for _, top, place in announced)]
        packages += [(path.name if path.is_dir() else "", path) for path in given]
        hashes: dict[str, str] = {}
        listings = [_listing(place, hashes) for _, place in packages]
        own = _own_code()
        place = [os.getcwd(), *map(str, given)] if given else []  # paths are shown as seen from the current folder
    except (OSError, InputError, _NoKeyError, ImportError, ValueError):
        return None
    running = [sys.version, platform.machine(), sys.flags.optimize, *(_version(name) for name in _VERSIONS)]
    points = [[*point, top, str(folder)] for point, top, folder in announced]
    digest = hash_of(["symproof.index/1", running, own, points, place, listings])
    return SourceKey(digest, tuple(packages), hashes)


@lru_cache(maxsize=1)
def _own_code() -> list[object]:
    """The code of symproof as it was when this process first asked; what it runs is not read again either."""
    return _listing(_PACKAGE, {})


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


def _announced() -> Iterator[tuple[list[str], str, Path]]:
    """The entry points of installed packages; each with its top-level package and a place where that is."""
    for point in metadata.entry_points(group=GROUP):
        top = point.value.partition(":")[0].partition(".")[0].strip()
        if point.dist is None or top in (_LIBRARY, "symproof") or not top.isidentifier():
            raise _NoKeyError
        spec = find_spec(top)
        places = list(spec.submodule_search_locations or ()) or [spec.origin or ""] if spec is not None else []
        if not places:
            raise _NoKeyError
        for place in places:
            yield [point.dist.name, point.dist.version, point.name, point.value], top, Path(place).resolve(strict=True)


def _listing(place: Path, hashes: dict[str, str]) -> list[object]:
    """What Python could import from a folder: the names of the files, with the hash of each source."""
    if place.is_file():
        return [str(place), _hashed(place, hashes)]
    found: list[object] = [str(place)]
    importable = tuple(all_suffixes())
    for folder, folders, files in os.walk(place, onerror=_raise):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
        if any(os.path.islink(os.path.join(folder, name)) for name in folders):
            raise _NoKeyError
        for name in sorted(name for name in files if name.endswith(importable)):
            file = Path(folder, name)
            found.append([file.relative_to(place).as_posix(), _hashed(file, hashes) if name.endswith(".py") else ""])
        if len(found) > _MOST_FILES:
            raise _NoKeyError
    return found


def _raise(error: OSError) -> None:
    raise error


def _hashed(file: Path, hashes: dict[str, str]) -> str:
    hashes[str(file)] = hashlib.sha256(file.read_bytes()).hexdigest()
    return hashes[str(file)]


# What a module depends on --------------------------------------------------------------------------------------------


def is_loaded(key: SourceKey) -> bool:
    """Whether this process has loaded a theorem module before: what it has in memory may be an older source.

    Args:
        key: of the sources as they are now.
    """
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return any(isinstance(file, str) and _is_inside(file, key) for file in files)


def beyond_the_sources(key: SourceKey) -> str:
    """Find a loaded theorem module that may depend on more than the key covers.

    Args:
        key: made before the library was loaded.

    Returns:
        The reason why no index can be kept, with the file and the line; empty if there is none.
    """
    if _listing(_PACKAGE, {}) != _own_code():
        return "symproof itself changed meanwhile"
    inside = frozenset(name for name, _ in key.packages if name)
    points = Path(theorems_dir()).resolve() / POINTS
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if not isinstance(file, str) or not _is_inside(file, key) or Path(file).resolve().is_relative_to(points):
            continue
        data = Path(file).read_bytes()
        if key.hashes.get(str(Path(file).resolve())) != hashlib.sha256(data).hexdigest():
            return f"{file}: it is no Python source, or it changed meanwhile"
        tree = ast.parse(data, file)
        own = Path(file).resolve().is_relative_to(Path(theorems_dir()).resolve())
        for node in ast.walk(tree):
            if reason := _looks_elsewhere(node, inside, own):
                return f"{file}:{getattr(node, 'lineno', 0)}: {reason}"
        if _is_stale(file, data):
            return f"{file}: the byte code that Python keeps for it is of another source; delete __pycache__"
    return ""


def _is_inside(file: str, key: SourceKey) -> bool:
    path = Path(file).resolve()
    return any(path.is_relative_to(place) for _, place in key.packages)


def _looks_elsewhere(node: ast.AST, inside: frozenset[str], own: bool) -> str:
    if own and POINTS in _imported(node):
        return f"it imports {POINTS}"
    match node:
        case ast.Import(names=names):
            return next((f"it imports {n.name}" for n in names if not _is_known(n.name, inside, own)), "")
        case ast.ImportFrom(level=0, module=str(name)):
            return "" if _is_known(name, inside, own) else f"it imports {name}"
        case ast.Name(id=name) if name in _FORBIDDEN or (_is_dunder(name) and name not in _PLAIN_DUNDERS):
            return f"it uses {name}"
        case ast.Attribute(attr=name) if _is_dunder(name):
            return f"it uses {name}"
        case ast.Set() | ast.SetComp():
            return "it uses a set, whose order may change"
    return ""


def _imported(node: ast.AST) -> list[str]:
    """The parts of the names that are imported."""
    names = [a.name for a in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
    start = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
    return [part for name in (*start, *names) for part in name.split(".")]


def _is_known(name: str, inside: frozenset[str], own: bool) -> bool:
    if name in _PURE or name.partition(".")[0] in inside or (own and f"{name}.".startswith(_OWN)):
        return True
    return f"{name}.".startswith(_LANGUAGE) or (name.startswith(_OFFERS[0]) and name.endswith(_OFFERS[1]))


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _is_stale(file: str, data: bytes) -> bool:
    """Whether Python would run byte code that was made from another source; it compares times and sizes alone."""
    if not os.path.exists(cache_from_source(file)):
        return False
    name = Path(file).stem
    return SourceFileLoader(name, file).get_code(name) != compile(data, file, "exec", dont_inherit=True)
