"""A new theorem module with its test and an instance: a small true statement to be replaced, with comments."""

from __future__ import annotations

import keyword
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.resources import theorems_dir
from symproof.source_place import shown_path

__all__ = ["NewTheorem", "plan_theorem", "write_theorem"]

_PART = re.compile(r"[a-z_][a-z0-9_]*", re.ASCII)
_MOST = 80

_MODULE = Template('''\
"""$id: say here in one sentence what the theorem says."""

from symproof.instances.value_offer import value_offer
from symproof.logic.syntax import real
from symproof.proof.author import by, calc, have, qed
from symproof.proof.meeting_point import MeetingPoint, NearMiss
from symproof.proof.theorem import theorem

# Variables have a sort: real("x y"), integer("m i"), family("a") for numbers a(i), function("h"), matrix("A", m, m).
x, y = real("x y")

$name = theorem(
    "$id",
    $title,
    variables=[x, y],
    # Each hypothesis has a label, by which steps name it. Write Eq(a, b), And(p, q), forall_in(i, 1, m, ...): never
    # ==, "and" or a float.
    hypotheses={"x_positive": x > 0, "y_positive": y > 0},
    conclusion=x / y + y / x >= 2,
    prose="For positive $$x$$ and $$y$$, $$x/y + y/x \\\\ge 2$$.",
    source="Say where the mathematics comes from.",
    # Each step is a claim with a reason: a rule of the kernel and the labels of the facts that it may use. Write "auto"
    # in place of a rule that you do not know, "linear?" where facts are missing, "apply?" for a result of the library:
    # symproof expand $id$where prints the steps that they find.
    # symproof state $id 2$where shows what is in reach at step 2 and what each rule says.
    proof=[
        calc("difference", x / y + y / x - 2,
             ("=", (x - y) ** 2 / (x * y), by("field"))),
        have("square", (x - y) ** 2 / (x * y) >= 0, by("sign", "x_positive", "y_positive")),
        qed(by("linear", "difference", "square")),
    ],
    # Numbers can be put into it: symproof instance $instance$where
    extra={"instance": value_offer},
)  # fmt: skip


def meeting_points() -> dict[str, MeetingPoint]:
    """Values at which the hypotheses hold, and for each of them changes after which only it and the conclusion fail.

    In place of a near miss may stand the reason why there is none.
    """
    misses = {"x_positive": NearMiss({"x": -1}), "y_positive": NearMiss({"y": -1})}
    return {"$id": MeetingPoint({"x": 1, "y": 2}, misses=misses)}
''')

_INSTANCE = Template("""\
# Values for the variables of $id, exact: 3, "1/2", "0.1"; a list for a family. Run it:
# symproof instance $instance$where

theorem = "$id"

[parameters]
x = 1
y = "5/2"
""")

_TEST = Template('''\
"""$id: its hypotheses can be met, its proof is accepted, near misses are rejected."""

from dataclasses import replace
from pathlib import Path

from symproof.cli.main import main
from symproof.instances.vacuity import judge_meeting_point, judge_near_miss
from symproof.kernel.evaluate import decide
from symproof.library import load_library
from symproof.logic.term import relation
from symproof.tactics.evidence_search import prove_theorem

LIBRARY = load_library($paths)
THEOREM = LIBRARY.theorems["$id"]
POINT = LIBRARY.meeting_points()["$id"]
INSTANCE = $instance_path


def test_the_hypotheses_can_be_met() -> None:
    """A theorem whose hypotheses contradict each other would say nothing."""
    assert [hypothesis for hypothesis in judge_meeting_point(THEOREM, POINT) if not hypothesis.holds] == []


def test_the_proof_is_accepted() -> None:
    result, _ = prove_theorem(THEOREM, LIBRARY.theorems)
    assert result.accepted, [str(d.message) for d in result.diagnostics]
    assert result.trust == "proved"


def test_the_instance_is_certified() -> None:
    assert main(["instance", str(INSTANCE)$path_option]) == 0


def test_a_near_miss_is_rejected() -> None:
    """The strict inequality is false where x = y, so no proof of it may be accepted."""
    near_miss = replace(THEOREM, conclusion=relation("gt", *THEOREM.conclusion.args))
    assert decide(near_miss.conclusion, {v: 1 for v in THEOREM.variables}) is False
    result, _ = prove_theorem(near_miss, LIBRARY.theorems)
    assert not result.accepted


def test_each_hypothesis_is_needed() -> None:
    """Without it the conclusion fails somewhere, and the proof is not accepted."""
    for label, _ in THEOREM.hypotheses:
        assert judge_near_miss(THEOREM, POINT, label) == ""
        weaker = replace(THEOREM, hypotheses=tuple(h for h in THEOREM.hypotheses if h[0] != label))
        result, _ = prove_theorem(weaker, LIBRARY.theorems)
        assert not result.accepted
''')


@dataclass(frozen=True)
class NewTheorem:
    """The files of a new theorem.

    Attributes:
        id: its name.
        files: the text of each file; the module is the first.
        folder: the folder to name with ``--path``; None in the checkout, where the library is found by itself.
    """

    id: str
    files: Mapping[Path, str]
    folder: Path | None


def plan_theorem(id: str, title: str = "", folder: Path | None = None, known: Container[str] = ()) -> NewTheorem:
    """The files of a new theorem, not written yet.

    Args:
        id: its name, such as ``calculus.my_lemma``.
        title: a few words; made from the name if empty.
        folder: a folder of the author's own; without one, the library of the checkout.
        known: the results that there are already, by id.

    Raises:
        InputError: the id is bad or taken, there is no checkout, or a file is there already.
    """
    parts = id.split(".")
    bad = [part for part in parts if not _PART.fullmatch(part) or keyword.iskeyword(part)]
    if len(parts) < 2 or bad or len(id) > _MOST:
        expected = "two or more parts joined by dots, each of small letters, digits and _, such as calculus.my_lemma"
        raise InputError("the id cannot be used", "ID", expected, repr(id[:_MOST]))
    if id in known:
        raise InputError("there is a result of that name", "ID", "a new name", id, "symproof show prints it.")
    words = " ".join(title.split()) or parts[-1].replace("_", " ").capitalize()
    where = f" --path {folder}" if folder is not None else ""
    instance = folder / f"{parts[-1]}.toml" if folder is not None else Path("examples", f"{'_'.join(parts)}.toml")
    values = {"id": id, "name": parts[-1].upper(), "title": _quoted(words), "instance": str(instance), "where": where}
    files = _own(parts[-1], folder, values) if folder is not None else _in_checkout(parts, values)
    for path in files:
        if path.exists() and path.name != "__init__.py":
            raise InputError("the file is there already", shown_path(path), "a new name", hint="Nothing was written.")
    return NewTheorem(id, {p: text for p, text in files.items() if not p.exists()}, folder)


def write_theorem(new: NewTheorem) -> tuple[Path, ...]:
    """Write the files, none over an existing one.

    Returns:
        The paths, the module first.

    Raises:
        InputError: a file is there already or cannot be written; then none of them is left behind.
    """
    written: list[Path] = []
    try:
        for path, text in new.files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                written.append(path)
                file.write(text)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise InputError("the file cannot be written", str(error.filename or ""), found=str(error.strerror)) from error
    return tuple(written)


def _quoted(text: str) -> str:
    return '"' + "".join(c if c not in '"\\' else "\\" + c for c in text if c.isprintable()) + '"'


def _in_checkout(parts: list[str], values: dict[str, str]) -> dict[Path, str]:
    home = theorems_dir()
    tests = home.parent / "tests" / "theorems"
    if not tests.is_dir():
        hint = "Name a folder of your own with --folder."
        raise InputError("there is no checkout of symproof to write to", "ID", "a checkout, or --folder DIR", hint=hint)
    chapters = sorted(p.name for p in home.iterdir() if (p / "__init__.py").is_file() and p.name != "points")
    chapter = home / parts[0]
    files: dict[Path, str] = {home.joinpath(*parts).with_suffix(".py"): _MODULE.substitute(values)}
    if not chapter.is_dir() and (hint := did_you_mean(parts[0], chapters)):
        raise InputError(f"there is no chapter {parts[0]}", "ID", f"one of {', '.join(chapters)}", values["id"], hint)
    for depth in range(1, len(parts)):
        init = home.joinpath(*parts[:depth]) / "__init__.py"
        files[init] = f'"""The chapter {".".join(parts[:depth])}."""\n'
    more = {
        "paths": "", "instance_path": f'Path(__file__).parents[2] / "{values["instance"]}"', "path_option": "",
    }  # fmt: skip
    files[home.parent / values["instance"]] = _INSTANCE.substitute(values)
    files[tests / f"test_{'_'.join(parts)}.py"] = _TEST.substitute(values, **more)
    return files


def _own(name: str, folder: Path, values: dict[str, str]) -> dict[Path, str]:
    if folder.exists() and not folder.is_dir():
        raise InputError("not a folder", "--folder", "a folder of your own", str(folder))
    more = {
        "paths": "[Path(__file__).parents[1]]",
        "instance_path": f'Path(__file__).parents[1] / "{name}.toml"',
        "path_option": ', "--path", str(Path(__file__).parents[1])',
    }
    return {
        folder / f"{name}.py": _MODULE.substitute(values),
        folder / f"{name}.toml": _INSTANCE.substitute(values),
        folder / "tests" / f"test_{name}.py": _TEST.substitute(values, **more),
    }
