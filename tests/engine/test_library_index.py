"""The index of the checked library: the same answers without loading anything, and never a stale one."""

import importlib.util
import json
import os
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from symproof.engine.check_cache import CheckCache
from symproof.engine.check_options import CheckOptions
from symproof.engine.library_index import LibraryIndex, find_index, index_of, keep_index
from symproof.engine.source_key import SourceKey, beyond_the_sources, is_loaded, source_key
from symproof.library import Library
from symproof.library_check import check_library
from symproof.logic.syntax import real
from symproof.proof.author import cite, open_step, qed
from symproof.proof.theorem import Theorem, theorem
from tests.sample_theorems import GROUNDS, HEAD, SQUARE, applying, write

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import sys
from symproof.cli.main import main
code = main(sys.argv[1:])
print("loaded" if "symproof.library" in sys.modules else "not loaded", file=sys.stderr)
sys.exit(code)
"""
ACCEPTED = GROUNDS.replace("conclusion=x**2 > 0", "conclusion=x**2 >= 0")
REFUTED = """
CLAIM = theorem("own.claim", "A claim", conclusion=ForAll(x, x > 0), refuted_by="own.refutation")
REFUTATION = theorem("own.refutation", "It is false", conclusion=Not(ForAll(x, x > 0)), proof=[
    contradiction("positive", have("zero", num(0) > 0, by("logic", at("positive", 0))), qed(by("linear", "zero")))])
"""


class Checkout:
    """A copy of symproof with a small library of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "symproof", folder / "symproof", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "pyproject.toml").touch()
        head = HEAD.replace("Implies,", "Implies, Not,").replace("apply, by,", "apply, at, by, contradiction,")
        parts = (SQUARE, ACCEPTED, applying("top", "square", "cited"), applying("same", "square"), REFUTED)
        self.module = write(folder / "theorems", "own", *parts, head=head)

    def run(self, *words: str) -> tuple[int, str, str, bool]:
        """Exit code, answer, messages, and whether modules were loaded."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"}
        environment["SYMPROOF_CACHE"] = str(self.folder / "cache")
        command = [sys.executable, "-c", RUN, *words]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=self.folder, check=False)
        *messages, loaded = done.stderr.splitlines()
        return done.returncode, done.stdout, "\n".join(messages), loaded == "loaded"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    made = Checkout(tmp_path_factory.mktemp("checkout"))
    assert made.run("check")[0::3] == (0, True)
    return made


def test_check_list_and_graph_answer_from_the_index_as_they_do_without_it(checkout: Checkout) -> None:
    words = (
        ["check", "--json"],
        ["check", "own.top", "own.claim", "--require", "proved", "--json"],
        ["list", "square", "--uses", "own.square", "--json"],
        ["list", "--duplicates"],
        ["graph", "--orphans", "--ready", "--impact", "own.cited", "--critical-path", "steps", "--json"],
    )
    for each in words:
        code, out, _, loaded = checkout.run(*each)
        assert not loaded
        assert checkout.run(*each, "--no-cache") == (code, out, "", True)
    assert json.loads(checkout.run("list", "--json")[1])["summary"]["refuted"] == 1


def test_what_is_wrong_with_a_command_is_said_without_the_index_too(checkout: Checkout) -> None:
    for words in (["check", "own.nowhere"], ["list", "--chapter", "nowhere"], ["graph", "--impact", "own.a"]):
        code, out, messages, _ = checkout.run(*words)
        assert (code, out) == (2, "") and messages
        assert checkout.run(*words, "--no-cache")[:3] == (code, out, messages)


def test_a_changed_byte_in_a_module_is_seen_at_the_same_time_and_size(checkout: Checkout) -> None:
    before, status = checkout.module.read_text(), checkout.module.stat()
    checkout.module.write_text(
        before.replace(
            "variables=[x], conclusion=x**2 >= 0, proof=[qed", "variables=[x], conclusion=x**2 >= 9, proof=[qed"
        )
    )
    os.utime(checkout.module, ns=(status.st_atime_ns, status.st_mtime_ns))
    try:
        code, out, _, loaded = checkout.run("check")
        assert code == 1 and loaded and "own.square: FAILS" in out and "own.py" in out
    finally:
        checkout.module.write_text(before)
    assert checkout.run("check")[0::3] == (0, False), "and the index of the old state is good again"


def test_a_new_module_a_broken_one_and_another_symproof_are_seen(checkout: Checkout) -> None:
    new = write(checkout.folder / "theorems" / "more", "new", SQUARE.replace("own.square", "more.square"))
    assert "more.square" in checkout.run("list")[1]
    new.write_text("x = (\n")
    code, _, messages, _ = checkout.run("list")
    assert code == 2 and "theorems/more/new.py:1" in messages
    shutil.rmtree(new.parent)
    assert not checkout.run("list")[3]
    kernel = checkout.folder / "symproof" / "kernel" / "sign.py"
    before = kernel.read_bytes()
    kernel.write_bytes(before + b"\n")
    assert checkout.run("list")[3]
    kernel.write_bytes(before)


def test_a_damaged_index_is_ignored_with_a_warning(checkout: Checkout) -> None:
    _, expected, _, loaded = checkout.run("check")
    assert not loaded
    (kept,) = [
        p
        for p in (checkout.folder / "cache" / "index").iterdir()
        if p.stat().st_mtime_ns == max(q.stat().st_mtime_ns for q in (checkout.folder / "cache" / "index").iterdir())
    ]
    kept.write_bytes(kept.read_bytes().replace(b'"cited"', b'"proved"', 1))
    code, out, messages, loaded = checkout.run("check")
    assert (code, out, loaded) == (0, expected, True)
    assert "damaged and not used" in messages and str(kept) in messages


# Without processes ---------------------------------------------------------------------------------------------------

x = real("x")
SMALL = [
    theorem("a.square", "", variables=[x], conclusion=x**2 >= 0, proof=[qed("sign")]),
    theorem("a.gap", "", variables=[x], conclusion=x >= 0, proof=[open_step("g", x >= 0), qed("linear")]),
]
FALSE = theorem("a.false", "", variables=[x], conclusion=x > 0, proof=[qed("sign")])
QUOTED = theorem("a.quoted", "", variables=[x], conclusion=x >= 0, proof=[cite("q", x >= 0, "p. 1"), qed("linear")])


def indexed(*theorems: Theorem) -> LibraryIndex:
    library = Library({t.id: t for t in theorems}, {t.id: Path(__file__) for t in theorems})
    return index_of(library, check_library(library))


def plain(digest: str = "k") -> SourceKey:
    return SourceKey(digest, (), {})


def test_only_a_library_in_which_nothing_fails_is_kept(tmp_path: Path) -> None:
    assert keep_index(tmp_path, plain(), indexed(*SMALL, FALSE), pytest.fail) == "not every check succeeded"
    assert find_index(tmp_path, plain(), pytest.fail) is None
    index = indexed(*SMALL, QUOTED)
    assert keep_index(tmp_path, plain(), index, pytest.fail) == ""
    assert find_index(tmp_path, plain(), pytest.fail) == index
    assert find_index(tmp_path, plain("l"), pytest.fail) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: b"",
        lambda text: text[:-5],
        lambda text: b"\xff" + text,
        lambda text: b"[" * 100_000,
        lambda text: text.replace(b'"open"', b'"fine"'),
        lambda text: text.replace(b'{"key": "k"', b'{"key": "l"'),
    ],
)
def test_damage_is_found(tmp_path: Path, damage) -> None:
    keep_index(tmp_path, plain(), indexed(*SMALL), pytest.fail)
    (path,) = tmp_path.rglob("*.json")
    path.write_bytes(damage(path.read_bytes()))
    notices: list[str] = []
    assert find_index(tmp_path, plain(), notices.append) is None
    assert len(notices) == 1 and str(path) in notices[0]


ELSEWHERE = {
    "import os": "it imports os",
    "def f():\n    from random import random": "it imports random",
    "from symproof.instances.csv_file import load_csv": "it imports symproof.instances.csv_file",
    "from symproof.library import load_library": "it imports symproof.library",
    "text = open('a').read()": "it uses open",
    "x = __builtins__": "it uses __builtins__",
    "x = f.__globals__": "it uses __globals__",
    "for x in {1, 2}: pass": "it uses a set",
    "x = list(set('ab'))": "it uses set",
    "import numpy": "it imports numpy",
}
HARMLESS = """
from fractions import Fraction
from symproof.instances.relu_like_offer import OFFER
from symproof.logic import syntax
from symproof.proof.author import have, open_step
from own.base import square
from .base import other
__all__ = ["id_of"]
"""


def loaded(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> tuple[SourceKey, Path]:
    """The key of a folder with one module, which counts as loaded."""
    path = folder / "own" / "part.py"
    path.parent.mkdir()
    path.write_text(text)
    key = source_key([path.parent])
    assert key is not None
    module = ModuleType("own.part")
    module.__file__ = str(path)
    monkeypatch.setitem(sys.modules, "own.part", module)
    return key, path


@pytest.mark.parametrize(("text", "reason"), ELSEWHERE.items(), ids=ELSEWHERE.values())
def test_a_module_that_looks_elsewhere_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, reason: str
) -> None:
    key, path = loaded(monkeypatch, tmp_path, text)
    found = beyond_the_sources(key)
    assert found.startswith(f"{path}:") and reason in found
    monkeypatch.setattr("symproof.engine.library_index.beyond_the_sources", lambda _: found)
    assert keep_index(tmp_path / "cache", key, indexed(*SMALL), pytest.fail) == found
    assert find_index(tmp_path / "cache", key, pytest.fail) is None


def test_the_modules_of_the_library_look_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from symproof.library import load_library

    load_library()
    key, path = loaded(monkeypatch, tmp_path, HARMLESS)
    assert beyond_the_sources(key) == ""
    path.write_text(HARMLESS + "\n")
    assert "it changed meanwhile" in beyond_the_sources(key)


def test_byte_code_of_another_source_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, path = loaded(monkeypatch, tmp_path, "x = 1\n")
    status = path.stat()
    py_compile.compile(str(path), importlib.util.cache_from_source(str(path)))
    assert beyond_the_sources(key) == ""
    path.write_text("x = 2\n")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    now = source_key([path.parent])
    assert now is not None and now.digest != key.digest, "the same time and size, yet another key"
    assert "delete __pycache__" in beyond_the_sources(now)


def test_the_key_covers_names_and_places(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "a.py").write_text("x = 1\n")
    keys = [source_key([folder])]
    (folder / "a.so").touch()
    keys.append(source_key([folder]))
    shutil.copytree(folder, tmp_path / "copy" / "own")
    keys += [source_key([tmp_path / "copy" / "own"]), source_key([folder / "a.py"]), source_key()]
    (folder / "table.csv").touch()
    assert source_key([folder]) == keys[1], "what cannot be imported does not matter"
    assert None not in keys and len({key.digest for key in keys if key is not None}) == len(keys)
    assert source_key([tmp_path / "missing"]) is None
    (folder / "loop").symlink_to(folder)
    assert source_key([folder]) is None, "links between folders are out of the ordinary"


def test_a_process_that_has_older_modules_in_memory_keeps_no_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from symproof.cli import checked_library

    key, _ = loaded(monkeypatch, tmp_path, "x = 1\n")
    assert is_loaded(key)
    empty = Library({t.id: t for t in SMALL}, {t.id: Path(__file__) for t in SMALL})
    monkeypatch.setattr(checked_library, "open_library", lambda _: empty)
    options = CheckOptions(jobs=1, cache=CheckCache(tmp_path / "cache"), paths=(str(tmp_path / "own"),))
    found = checked_library.checked_index(options)
    assert set(found.checked) == {"a.square", "a.gap"}
    assert not list((tmp_path / "cache").rglob("index/*"))


def test_loading_the_library_opens_no_file_but_the_sources() -> None:
    """Its modules may import the kernel and the instances, which could read anything; at import they must not."""
    program = """
import sys
opened = []
import symproof.library
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
symproof.library.load_library()
endings = (".py", ".pyc", ".so", ".zip")
print([name for name in opened if not name.endswith(endings) and ".pyc." not in name and "site-packages" not in name])
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
