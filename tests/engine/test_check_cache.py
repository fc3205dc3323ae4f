"""The cache: what it may be believed, and what never."""

import json
from pathlib import Path

import pytest

from symproof.cli.main import main
from symproof.engine import content_key
from symproof.engine.check_cache import CheckCache
from symproof.engine.content_hash import hash_of
from symproof.engine.content_key import content_keys
from symproof.engine.limits import Limits
from symproof.engine.parallel_check import CheckOptions, check_with_engine
from symproof.library import Library
from symproof.library_check import check_library
from symproof.logic.definition import define
from symproof.logic.syntax import Exists, ForAll, num, real
from symproof.proof.author import apply, by, calc, cite, have, open_step, qed
from symproof.proof.theorem import Theorem, theorem
from tests.sample_theorems import FALSE_STEP, SQUARE, applying, write

pytestmark = pytest.mark.usefixtures("checked_anew")

x, y, z = real("x y z")


def square(conclusion=x**2 >= 0, **more) -> Theorem:
    return theorem("a.square", "Square", variables=[x], conclusion=conclusion, **{"proof": [qed("sign")]} | more)


def library_of(*theorems: Theorem) -> Library:
    return Library({t.id: t for t in theorems}, {t.id: Path(__file__) for t in theorems})


def key(*theorems: Theorem, of: str = "a.square") -> str | None:
    return content_keys({t.id: t for t in theorems}).get(of)


def check(folder: Path, *theorems: Theorem, notices: list[str] | None = None):
    cache = CheckCache(folder, (notices if notices is not None else []).append)
    return check_with_engine(library_of(*theorems), options=CheckOptions(jobs=1, cache=cache))


def entry(folder: Path) -> Path:
    (found,) = folder.rglob("*.json")
    return found


def forged(path: Path, change, *, with_checksum: bool) -> None:
    """Change the entry; with the right checksum, as only somebody could who means it."""
    content = json.loads(path.read_text())
    change(content)
    if with_checksum:
        content["checksum"] = hash_of([content["key"], content["result"]])
    path.write_text(json.dumps(content))


def test_what_was_accepted_is_not_checked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = check(tmp_path, square())
    monkeypatch.setattr("symproof.engine.parallel_check.check_one", lambda *_: pytest.fail("it was checked again"))
    again = check(tmp_path, square())
    assert again["a.square"].result.steps == first["a.square"].result.steps
    assert (again["a.square"].accepted, again["a.square"].trust) == (True, "proved")


def test_a_failure_is_not_kept(tmp_path: Path) -> None:
    assert not check(tmp_path, square(x**2 > 0))["a.square"].accepted
    assert not list(tmp_path.rglob("*.json"))


PLAIN = {
    "statement": square(x**2 >= -1, proof=[qed("sign")]),
    "proof": square(proof=[have("s", x**2 >= 0, by("sign")), qed(by("logic", "s"))]),
    "label": square(proof=[have("t", x**2 >= 0, by("sign")), qed(by("logic", "t"))]),
    "option": square(proof=[qed(by("sign", extra=1))]),
    "true option": square(proof=[qed(by("sign", extra=True))]),
    "hypothesis": square(hypotheses={"h": x > 0}),
    "label of a hypothesis": square(hypotheses={"k": x > 0}),
    "two hypotheses": square(hypotheses={"h": x > 0, "k": x > 1}),
    "order of hypotheses": square(hypotheses={"k": x > 1, "h": x > 0}),
    "sign in a label": square(hypotheses={"h:x|k": x > 0}),
    "bound variable": square(hypotheses={"h": ForAll(y, y**2 >= x)}),
    "name of a bound variable": square(hypotheses={"h": ForAll(z, z**2 >= x)}),
    "other tree": square(hypotheses={"h": ForAll(z, x**2 >= z)}),
    "other quantifier": square(hypotheses={"h": Exists(z, z**2 >= x)}),
    "grouping": square(hypotheses={"h": x + (x + x) > 0}),
    "other grouping": square(hypotheses={"h": (x + x) + x > 0}),
    "no proof": square(proof=[]),
}


def test_different_theorems_have_different_keys() -> None:
    keys = {name: key(each) for name, each in PLAIN.items()} | {"": key(square())}
    assert None not in keys.values()
    assert len(set(keys.values())) == len(keys)
    assert key(square()) == keys[""], "and the same theorem, built again, has the same"


def test_the_key_covers_the_bodies_of_definitions() -> None:
    two, three = (define("d.twice", (x,), factor * x) for factor in (2, 3))
    assert key(square(hypotheses={"h": two(x) > 0})) != key(square(hypotheses={"h": three(x) > 0}))
    outer_two, outer_three = (define("d.outer", (x,), inner(x) + 1) for inner in (two, three))
    assert key(square(hypotheses={"h": outer_two(x) > 0})) != key(square(hypotheses={"h": outer_three(x) > 0}))


def test_the_key_covers_all_that_a_theorem_rests_on() -> None:
    top = theorem("a.top", "", variables=[x], conclusion=x**2 >= 0, proof=[apply("q", "a.square"), qed("sign")])
    keys = {key(top, below, of="a.top") for below in (square(), square(x**2 >= -1), square(proof=[]))}
    assert len(keys) == 3 and None not in keys
    assert key(top, of="a.top") is None, "what is missing is never looked up"


def test_what_rests_on_itself_has_no_key() -> None:
    circle = square(proof=[apply("q", "a.other"), qed("sign")])
    other = theorem("a.other", "", variables=[x], conclusion=x**2 >= 0, proof=[apply("q", "a.square"), qed("sign")])
    assert content_keys({t.id: t for t in (circle, other)}) == {}


def test_what_has_no_plain_form_has_no_key() -> None:
    assert key(square(proof=[qed(by("sign", extra=object()))])) is None
    assert key(square(proof=[qed(by("sign", extra=0.5))])) is None


def test_another_kernel_or_library_has_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key(square())
    monkeypatch.setattr(content_key, "_version", lambda name: "0")
    content_key.environment.cache_clear()
    other_library = key(square())
    monkeypatch.setattr(content_key, "_CODE", ("logic",))
    content_key.environment.cache_clear()
    other_code = key(square())
    monkeypatch.undo()
    content_key.environment.cache_clear()
    assert len({before, other_library, other_code}) == 3


FALSE = square(x**2 > 0)


@pytest.mark.parametrize("with_checksum", [False, True])
def test_an_entry_of_another_theorem_is_not_believed(tmp_path: Path, with_checksum: bool) -> None:
    check(tmp_path, square())
    path = entry(tmp_path)
    wrong = key(FALSE)
    poisoned = tmp_path / "check" / wrong[:2] / f"{wrong}.json"
    poisoned.parent.mkdir(exist_ok=True)
    poisoned.write_bytes(path.read_bytes())
    if with_checksum:
        forged(poisoned, lambda c: c["result"].update(theorem="a.other") or c.update(key=wrong), with_checksum=True)
    notices: list[str] = []
    assert not check(tmp_path, FALSE, notices=notices)["a.square"].accepted
    assert len(notices) == 1 and "not used" in notices[0]


DAMAGE = {
    "empty": lambda text: b"",
    "truncated": lambda text: text[: len(text) // 2],
    "no JSON": lambda text: b"\xff" + text,
    "a list": lambda text: b"[]",
    "nested": lambda text: b"[" * 100_000,
    "one letter": lambda text: text.replace(b'"proved"', b'"Proved"'),
    "result missing": lambda text: b'{"key": "a", "checksum": "b", "result": null}',
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_entry_is_ignored_with_a_notice(tmp_path: Path, damage) -> None:
    check(tmp_path, square())
    path = entry(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    notices: list[str] = []
    checked = check(tmp_path, square(), notices=notices)["a.square"]
    assert (checked.accepted, checked.trust) == (True, "proved")
    assert len(notices) == 1 and str(path) in notices[0]


OPEN = square(proof=[open_step("gap", x**2 >= 0), qed(by("logic", "gap"))])
CITED = square(proof=[cite("quote", x**2 >= 0, "Gauss 1801, page 2"), qed(by("logic", "quote"))])
ORACLE = square(proof=[have("c", x**2 >= 0, by("smt")), qed(by("logic", "c"))])
CHAIN = square(proof=[calc("c", x**2, (">=", num(0), by("smt"))), qed(by("logic", "c"))])


def upgraded(content) -> None:
    text = json.dumps(content["result"])
    for level in ("open", "cited", "oracle"):
        text = text.replace(f'"{level}"', '"proved"')
    content["result"] = json.loads(text)


@pytest.mark.parametrize(("gap", "level"), [(OPEN, "open"), (CITED, "cited"), (ORACLE, "oracle"), (CHAIN, "oracle")])
def test_the_cache_never_upgrades_a_verdict(tmp_path: Path, gap: Theorem, level: str) -> None:
    if level == "oracle":
        pytest.importorskip("z3", reason="needs the extra smt: pip install 'symproof[smt]'")
    assert check(tmp_path, gap)["a.square"].trust == level
    forged(entry(tmp_path), upgraded, with_checksum=True)
    assert check(tmp_path, gap)["a.square"].trust == level
    forged(entry(tmp_path), upgraded, with_checksum=False)
    assert check(tmp_path, gap)["a.square"].trust == level


def test_an_entry_that_holds_a_refusal_is_not_turned_into_an_acceptance(tmp_path: Path) -> None:
    check(tmp_path, square())
    forged(entry(tmp_path), lambda c: c["result"].update(accepted=False), with_checksum=True)
    notices: list[str] = []
    assert check(tmp_path, square(), notices=notices)["a.square"].accepted
    assert len(notices) == 1


def test_trust_is_propagated_in_this_run(tmp_path: Path) -> None:
    top = theorem("a.top", "", variables=[x], conclusion=x**2 >= 0, proof=[apply("q", "a.square"), qed("sign")])
    for _ in range(2):
        checked = check(tmp_path, top, OPEN)
        assert (checked["a.top"].own_trust, checked["a.top"].trust) == ("proved", "open")
    assert not check(tmp_path, top, square(x**2 > 0))["a.top"].accepted


def test_what_ran_into_a_limit_is_not_kept(tmp_path: Path) -> None:
    huge = ((num(3) ** 100000 * x + 1) ** 64) ** 64 >= 0
    runaway = square(proof=[have("huge", huge, by("linear")), qed("sign")])
    options = CheckOptions(jobs=1, cache=CheckCache(tmp_path), limits=Limits(seconds=0.5))
    for _ in range(2):
        checked = check_with_engine(library_of(runaway), options=options)["a.square"]
        assert (checked.accepted, checked.trust) == (False, "open")
        assert [d.code for d in checked.result.diagnostics] == ["SP-LIMIT-001"]
        assert not list(tmp_path.rglob("*.json"))


def test_the_cache_is_kept_small(tmp_path: Path) -> None:
    theorems = [square(x**2 >= -k) for k in range(4)]
    for each in theorems[:3]:
        check(tmp_path, each)
    size = max(path.stat().st_size for path in tmp_path.rglob("*.json"))
    cache = CheckCache(tmp_path, max_bytes=2 * size)
    check_with_engine(library_of(theorems[3]), options=CheckOptions(jobs=1, cache=cache))
    assert 1 <= len(list(tmp_path.rglob("*.json"))) <= 2


def test_without_a_place_to_write_checks_go_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    notices: list[str] = []
    assert check(tmp_path / "file" / "cache", square(), notices=notices)["a.square"].accepted
    assert notices


def test_results_from_workers_and_cache_are_those_of_the_kernel(tmp_path: Path) -> None:
    from symproof.library import load_library

    library = load_library()
    names = ["relu_like.kink", "linear_algebra.least_squares", "measure.null_union"]
    plain = check_library(library, names)
    options = CheckOptions(jobs=2, cache=CheckCache(tmp_path))
    for _ in range(2):
        checked = check_with_engine(library, names, options=options)
        assert list(checked) == list(plain)
        for name, each in plain.items():
            assert checked[name].result == each.result
            assert str(checked[name].result.steps) == str(each.result.steps), "names of bound variables too"


def test_an_expanded_proof_comes_back_from_the_cache(tmp_path: Path) -> None:
    written = square((x - 1) ** 2 >= 0, proof=[qed("auto")])
    (first,) = check(tmp_path, written).values()
    (again,) = check(tmp_path, written).values()
    assert first.accepted and again.accepted
    assert first.result.theorem.proof == again.result.theorem.proof != written.proof
    assert first.result.steps == again.result.steps


def test_the_command_line_keeps_and_reuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "own", SQUARE, applying("top", "square"), FALSE_STEP)
    outputs = []
    for words in (["--cache", str(tmp_path / "c")], ["--cache", str(tmp_path / "c")], ["--no-cache"]):
        assert main(["check", "own.top", "own.false", "-p", str(path), "--json", *words]) == 1
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] == outputs[2]
    assert len(list((tmp_path / "c").rglob("*.json"))) == 2


def test_a_certificate_comes_from_an_uncached_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYMPROOF_CACHE", str(tmp_path / "c"))
    assert main(["instance", "examples/affine_data.toml", "--certificate", str(tmp_path / "found.json")]) == 1
    assert (tmp_path / "found.json").is_file()
    assert not list(tmp_path.rglob("check/*/*.json"))
