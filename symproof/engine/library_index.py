"""An index of the checked library: what the commands say about results, without their terms.

It is kept in the folder of the cache, one JSON file under the key of all sources (``source_key``), and read instead of
loading modules and looking up every result. Only a library in which every check was decided and nothing failed is
kept. What results are worth together is computed from the index anew each time. Like the other entries of the cache
an index is a record on this machine: its checksum finds damage, not malice.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symproof.engine.source_key import SourceKey, beyond_the_sources
from symproof.engine.whole_file import write_whole
from symproof.errors import InputError, SymproofError
from symproof.judged_result import JudgedResult, Node, TrustSummary, judge, trust_summary
from symproof.kernel.interface import TRUST_LEVELS
from symproof.result_plan import Plan, plan_of

if TYPE_CHECKING:
    from symproof.library import Library
    from symproof.library_check import CheckedTheorem
    from symproof.proof.theorem import Theorem

__all__ = ["IndexedPair", "IndexedResult", "LibraryIndex", "find_index", "index_of", "keep_index"]

_MAX_BYTES = 50_000_000
_MOST_KEPT = 30
"""How many indexes are kept: one for each state of the sources, and for each choice of paths."""


@dataclass(frozen=True)
class IndexedResult:
    """One result.

    Attributes:
        node: what the kernel said of it.
        text: id, title and prose, in small letters, as they are searched.
        notions: the full names of all definitions in the statement and in the claims of the proof.
        steps: the number of steps that were checked.
        statement_digest: the hash of what is claimed.
        has_instance: whether numbers can be put into it.
        origin: the kind and the name of the source it comes from.
        file: its module.
        line: where it is in there.
        seconds: the processor time of its check.
        plan: what it is for; None if a mark of its author's cannot be read.
    """

    node: Node
    text: str
    notions: tuple[str, ...]
    steps: int
    statement_digest: str
    has_instance: bool
    origin: tuple[str, str]
    file: str
    line: int
    seconds: float = field(default=0.0, compare=False)
    plan: Plan | None = None


@dataclass(frozen=True)
class IndexedPair:
    """Two results that state the same (see ``same_statement``), with file and line of both.

    The names of variables that differ come in pairs.
    """

    first: str
    second: str
    renaming: tuple[tuple[str, str], ...]
    first_where: tuple[str, int]
    second_where: tuple[str, int]


@dataclass(frozen=True)
class LibraryIndex:
    """Checked results, those that others rest on first, with all that they rest on and what refutes them.

    Attributes:
        results: the results by id.
        same: those of the whole library that state the same.
    """

    results: Mapping[str, IndexedResult]
    same: tuple[IndexedPair, ...] = ()

    @cached_property
    def judged(self) -> Mapping[str, JudgedResult]:
        """What each is worth together with all that it rests on."""
        return judge({name: each.node for name, each in self.results.items()})

    @cached_property
    def used_by(self) -> Mapping[str, tuple[str, ...]]:
        """The results that apply each one, sorted."""
        found: dict[str, list[str]] = {name: [] for name in self.results}
        for name in sorted(self.results):
            for below in self.results[name].node.uses:
                found.setdefault(below, []).append(name)
        return {name: tuple(above) for name, above in found.items()}

    @property
    def summary(self) -> TrustSummary:
        """How many have each trust level, and why."""
        return trust_summary({name: each.node for name, each in self.judged.items()})

    def part(self, ids: Iterable[str]) -> LibraryIndex:
        """Some results with all that they rest on and what refutes them.

        Args:
            ids: which; they must be there.
        """
        wanted: set[str] = set()
        pending = list(ids)
        while pending:
            name = pending.pop()
            if name in wanted or name not in self.results:
                continue
            wanted.add(name)
            node = self.results[name].node
            pending += [*node.uses, node.refuted_by]
        return replace(self, results={name: each for name, each in self.results.items() if name in wanted})


def index_of(library: Library, checked: Mapping[str, CheckedTheorem]) -> LibraryIndex:
    """The index of checked results.

    Args:
        library: where they are.
        checked: the results, with all that they rest on, in the order in which they were checked.
    """
    from symproof.same_statement import same_statements

    same = tuple(
        IndexedPair(
            pair.first,
            pair.second,
            tuple(pair.renaming.items()),
            _where(library, pair.first),
            _where(library, pair.second),
        )
        for pair in same_statements(library.theorems.values())
    )
    return LibraryIndex({name: _indexed(library, each) for name, each in checked.items()}, same)


def _where(library: Library, name: str) -> tuple[str, int]:
    return str(library.files[name]), library.theorems[name].where.line


def _indexed(library: Library, checked: CheckedTheorem) -> IndexedResult:
    from symproof.plain_prose import plain_prose
    from symproof.proof.theorem import definitions_in, walk

    theorem, node = checked.theorem, checked.judged.node
    if checked.refuted_by:  # as it was before the claims were decided; judging the index decides them anew
        node = replace(node, accepted=True, trust="open")
    notions = {d.name: d for d in theorem.definitions()}
    for step in walk(theorem.proof):
        if step.claim is not None:
            definitions_in(step.claim, notions)
    origin = library.origin(theorem.id)
    return IndexedResult(
        node,
        f"{theorem.id} {theorem.title} {theorem.prose} {plain_prose(theorem.prose)}".casefold(),
        tuple(sorted(notions)),
        sum(1 for _ in checked.result.all_steps()),
        theorem.statement_digest,
        "instance" in theorem.extra,
        (origin.kind, origin.name),
        *_where(library, theorem.id),
        checked.seconds,
        _plan(theorem),
    )


def _plan(theorem: Theorem) -> Plan | None:
    try:
        return plan_of(theorem)
    except InputError:  # only the commands that read marks complain
        return None


# In the cache --------------------------------------------------------------------------------------------------------


def keep_index(folder: Path, key: SourceKey, index: LibraryIndex, notice: Callable[[str], None]) -> str:
    """Keep the index of a whole library, if it is sure to be the same as long as the key is.

    Args:
        folder: that of the cache.
        key: of the sources, made before they were loaded, and the same afterwards.
        index: of all results, none of which fails its check or is undecided.
        notice: told if the folder cannot be written.

    Returns:
        Why it is not kept; empty if it is.
    """
    if not all(each.node.accepted and not each.node.limit for each in index.results.values()):
        return "not every check succeeded"
    if reason := beyond_the_sources(key):
        return reason
    try:
        body = json.dumps([list(map(astuple, index.results.values())), list(map(astuple, index.same))]).encode()
        same = _read(json.loads(body)) == index
    except (TypeError, ValueError, RecursionError, _DamagedError):
        same = False
    if not same:
        return "it has no plain form"
    head = json.dumps({"key": key.digest, "checksum": hashlib.sha256(body).hexdigest()}).encode()
    try:
        write_whole(_path(folder, key), head + b"\n" + body)
        _tidy(folder)
    except OSError as problem:
        notice(f"the cache {folder} cannot be written: {problem.strerror}")
        return "the cache cannot be written"
    return ""


def _tidy(folder: Path) -> None:
    """Delete the indexes that were not used for the longest time if there are many."""
    found = []
    for path in folder.glob("index/*.json"):
        with suppress(OSError):  # another run deletes too
            found.append((path.stat().st_mtime, str(path)))
    for _, name in sorted(found)[:-_MOST_KEPT]:
        with suppress(OSError):
            os.unlink(name)


def find_index(folder: Path, key: SourceKey, notice: Callable[[str], None]) -> LibraryIndex | None:
    """The index that is kept under a key; None if there is none that can be believed.

    Args:
        folder: that of the cache.
        key: of the sources as they are now.
        notice: told in one sentence if there is one that is damaged.
    """
    path = _path(folder, key)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise _DamagedError("it is too large")
        head, _, body = path.read_bytes().partition(b"\n")
        stamp = json.loads(head)
        if stamp != {"key": key.digest, "checksum": hashlib.sha256(body).hexdigest()}:
            raise _DamagedError("its checksum does not fit")
        index = _read(json.loads(body))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError, _DamagedError) as problem:
        notice(f"the index {path} is damaged and not used: {problem}")
        return None
    with suppress(OSError):
        os.utime(path)  # what is used is kept longest
    return index


class _DamagedError(SymproofError):
    """An index has not the form that is expected."""


def _path(folder: Path, key: SourceKey) -> Path:
    return folder / "index" / f"{key.digest}.json"


def _read(data: Any) -> LibraryIndex:
    if not isinstance(data, list) or len(data) != 2 or not all(isinstance(part, list) for part in data):
        raise _DamagedError("it has another form")
    results = [_result(each) for each in data[0]]
    named = {each.node.id: each for each in results}
    if len(named) != len(results) or not results:
        raise _DamagedError("its results have not each a name of its own")
    pairs = tuple(map(_pair, data[1]))
    if not all(pair.first in named and pair.second in named for pair in pairs):
        raise _DamagedError("it compares results that it does not hold")
    return LibraryIndex(named, pairs)


def _pair(data: Any) -> IndexedPair:
    first, second, renaming, *where = _typed(data, (str, str, list, list, list))
    names = tuple(_typed(each, (str, str)) for each in renaming)
    return IndexedPair(first, second, names, *(_typed(each, (str, int)) for each in where))


_NODE = (str, str, str, list, str, bool, str, list, str, list)
_RESULT = (list, str, list, int, str, bool, list, str, int, float)


def _result(data: Any) -> IndexedResult:
    *fields, plan = data if isinstance(data, list) and data else [None]
    node, text, notions, steps, digest, has_instance, origin, file, line, seconds = _typed(fields, _RESULT)
    id_, title, kind, uses, refuted_by, accepted, trust, citations, limit, believed = _typed(node, _NODE)
    if not accepted or limit or trust not in TRUST_LEVELS or (refuted_by and trust != "open"):
        raise _DamagedError("it holds a result that is not accepted")
    found = Node(id_, title, kind, _texts(uses), refuted_by, True, trust, _texts(citations), believed=_texts(believed))
    kind_and_name = _typed(origin, (str, str))
    planned = None
    if plan is not None:
        needs, is_main, refutation = _typed(plan, (list, bool, str))
        planned = Plan(_texts(needs), is_main, refutation)
    return IndexedResult(
        found, text, _texts(notions), steps, digest, has_instance, kind_and_name, file, line, seconds, planned
    )


def _typed(data: Any, types: tuple[type, ...]) -> tuple[Any, ...]:
    if not isinstance(data, list) or [type(value) for value in data] != list(types):
        raise _DamagedError("it has another form")
    return tuple(data)


def _texts(data: list[Any]) -> tuple[str, ...]:
    return _typed(data, (str,) * len(data))
