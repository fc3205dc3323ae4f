"""Content keys: what a check depends on, as one hash.

The key of a theorem covers its statement and proof with every field that the kernel can read (sorts, labels, order,
options, citations, definitions with their bodies, names of bound variables), the keys of all that it rests on, the
source bytes of the code that checks and searches, and the versions of Python, python-flint, SymPy and Z3.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from symproof.engine.content_hash import hash_of
from symproof.engine.plain_data import HashingEncoder, NotPlainError
from symproof.graph import dependencies, knot_members
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem

__all__ = ["content_keys", "environment", "instance_code", "kernel_code"]

_CODE = (
    *("logic", "proof", "kernel", "tactics", "engine"),
    *("errors.py", "library.py", "library_check.py", "judged_result.py", "graph.py"),
)
_LIBRARIES = ("python-flint", "sympy", "z3-solver")
_WORDS = frozenset({"title", "source", "prose", "notation", "where", "extra", "origin"})
"""The fields of a theorem that the kernel does not read."""
_SKIP: Mapping[type, frozenset[str]] = {Step: frozenset({"source"})}


@lru_cache(maxsize=1)
def environment() -> str:
    """The hash of the code that checks, and of what it runs on; read once in a process."""
    versions = [[name, _version(name)] for name in _LIBRARIES]
    return hash_of([_hashes(_CODE), versions, sys.version, platform.machine(), sys.flags.optimize])


@lru_cache(maxsize=1)
def instance_code() -> str:
    """The hash of the code that puts numbers into theorems; read once in a process."""
    return hash_of(_hashes(("instances",)))


@lru_cache(maxsize=1)
def kernel_code() -> str:
    """The hash of the code that decides whether a step holds; read once in a process."""
    return hash_of(_hashes(("logic", "proof", "kernel", "errors.py")))


def _hashes(parts: tuple[str, ...]) -> list[list[str]]:
    package = Path(__file__).resolve().parents[1]
    files = sorted(file for part in parts for file in _python_files(package / part))
    return [[file.relative_to(package).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest()] for file in files]


def _python_files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


def content_keys(theorems: Mapping[str, Theorem]) -> dict[str, str]:
    """The content keys of theorems.

    Args:
        theorems: all of them, by id.

    Returns:
        The keys by id. A theorem has none if it or something that it rests on is missing, rests on itself, or holds
        what has no plain form: it is never looked up in a cache.
    """
    keys: dict[str, str] = {}
    encoder = HashingEncoder(skip=_SKIP)
    left = {name: _below(each) for name, each in theorems.items() if type(each) is Theorem and each.id == name}
    for name in knot_members(dependencies(theorems)):
        left.pop(name, None)
    while ready := [name for name, below in left.items() if all(target in keys for target in below)]:
        for name in ready:
            key = _key(encoder, theorems[name], [[target, keys[target]] for target in left.pop(name)])
            if key is not None:
                keys[name] = key
    return keys


def _below(theorem: Theorem) -> tuple[str, ...]:
    refuted_by = getattr(theorem, "refuted_by", "")
    return (*Theorem.uses(theorem), *([refuted_by] if refuted_by else []))


def _key(encoder: HashingEncoder, theorem: Theorem, below: list[list[str]]) -> str | None:
    try:
        body = encoder.fields_of(theorem, _WORDS)
    except (NotPlainError, RecursionError):
        return None
    return hash_of(["symproof.check/4", environment(), body, below])
