"""The cache of check results: one JSON file for each accepted theorem, named by its content key.

Only accepted results are kept: failures are checked again so that their diagnostics are fresh, and what ran into a
limit is never kept. An entry is a claim about an earlier run on this machine. It is believed only if its checksum fits
and it was written under exactly this key; and it never says more than the proof itself allows: a step that is cited or
open, or by a rule whose level is lower, stays what it is. Whoever can write the folder can forge entries all the same;
certificates and continuous integration therefore use runs without the cache.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symproof.engine.content_hash import hash_of
from symproof.engine.whole_file import write_whole
from symproof.kernel.interface import BEST_TRUST, TRUST_LEVELS, worst

if TYPE_CHECKING:
    from symproof.kernel.check import CheckResult
    from symproof.proof.theorem import Theorem

__all__ = ["CheckCache"]

MAX_ENTRY_BYTES = 50_000_000
MAX_BYTES = 500_000_000
"""The size of the folder above which the entries that were not used for the longest time are deleted."""


class CheckCache:
    """A folder of check results.

    Attributes:
        folder: where the entries are.
        notice: told in one sentence of each entry that is damaged, and if the folder cannot be written.
    """

    def __init__(
        self, folder: Path, notice: Callable[[str], None] = lambda _: None, max_bytes: int = MAX_BYTES
    ) -> None:
        self.folder, self.notice, self.max_bytes = folder, notice, max_bytes
        self._wrote = False

    def find(self, theorem: Theorem, key: str) -> tuple[CheckResult, float] | None:
        """The result that is kept for a theorem under its content key, and the seconds that its check took.

        None if there is none that can be believed.
        """
        from symproof.engine.plain_data import NotPlainError

        path = self._path(key)
        try:
            if path.stat().st_size > MAX_ENTRY_BYTES:
                raise NotPlainError("it is too large")
            text = path.read_bytes()
        except FileNotFoundError:
            return None
        except (OSError, NotPlainError) as problem:
            self._ignored(path, problem)
            return None
        try:
            found = _read(theorem, key, text)
        except (NotPlainError, ValueError, RecursionError) as problem:
            self._ignored(path, problem)
            return None
        with suppress(OSError):
            os.utime(path)  # what is used is kept longest
        return found

    def put(self, theorem: Theorem, result: CheckResult, key: str, seconds: float = 0.0) -> None:
        """Keep the result of a theorem if it is accepted; others are not kept."""
        from symproof.engine.plain_data import NotPlainError, encode_result

        if not result.accepted or result.diagnostics:
            return
        try:
            body = {"theorem": theorem.id, "seconds": seconds, **encode_result(result, theorem)}
            content = {"key": key, "checksum": hash_of([key, body]), "result": body}
            write_whole(self._path(key), json.dumps(content, separators=(",", ":")).encode())
            self._wrote = True
        except NotPlainError:
            return
        except OSError as problem:
            self.notice(f"the cache {self.folder} cannot be written: {problem.strerror}")

    def tidy(self) -> None:
        """Delete what was not used for the longest time, if something was written and there is too much."""
        if not self._wrote:
            return
        found = []
        for path in self.folder.glob("check/*/*.json"):
            with suppress(OSError):  # another run deletes too
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
        total = sum(size for _, size, _ in found)
        for _, size, path in sorted(found, key=lambda each: (each[0], str(each[2]))):
            if total <= self.max_bytes:
                return
            with suppress(OSError):
                path.unlink()
            total -= size

    def _path(self, key: str) -> Path:
        return self.folder / "check" / key[:2] / f"{key}.json"

    def _ignored(self, path: Path, problem: Exception) -> None:
        self.notice(f"the cache entry {path} is damaged and not used: {problem}")


def _read(theorem: Theorem, key: str, text: bytes) -> tuple[CheckResult, float]:
    from symproof.engine.plain_data import NotPlainError, decode_result

    content = json.loads(text)
    if not isinstance(content, dict) or set(content) != {"key", "checksum", "result"}:
        raise NotPlainError("it has other fields")
    body: Any = content["result"]
    if content["key"] != key or content["checksum"] != hash_of([key, body]):
        raise NotPlainError("its checksum does not fit")
    if not isinstance(body, dict) or body.get("theorem") != theorem.id:
        raise NotPlainError("it belongs to another theorem")
    result = decode_result(theorem, body)
    if not result.accepted or result.diagnostics or result.trust not in TRUST_LEVELS:
        raise NotPlainError("it holds no accepted result")
    seconds = body.get("seconds")
    if not isinstance(seconds, float) or not 0 <= seconds < 1e9:
        raise NotPlainError("it does not say how long the check took")
    best = [_at_best(theorem)] + ([_at_best(result.theorem)] if result.theorem is not theorem else [])
    return replace(result, trust=worst(result.trust, *best, *_levels(result))), seconds


def _levels(result: CheckResult) -> list[str]:
    return [step.trust if step.accepted else "open" for step in result.all_steps()]


def _at_best(theorem: Theorem) -> str:
    """The best level that a theorem can have, whatever an entry says."""
    from symproof.proof.theorem import walk

    if theorem.refuted_by:
        return "open"  # until its refutation is seen together with all other results
    if not theorem.proof:
        return "cited" if theorem.citation is not None else "open"
    steps = tuple(walk(theorem.proof))
    doors = ({"open": "open", "cite": "cited"}.get(step.kind, "proved") for step in steps)
    reasons = (by for step in steps for by in (step.by, *(link.by for link in step.links)) if by is not None)
    return worst(*doors, *(BEST_TRUST.get(by.rule, "proved") for by in reasons))
