"""What is another thing must not pass for the same: terms of one hash, numbers that look exact, caches, circles, gaps.

Each attack has a control that passes.
"""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from symproof.cli.main import main as run
from symproof.engine.content_hash import hash_of
from symproof.engine.content_key import content_keys
from symproof.export.certificate import certificate, certificate_text
from symproof.kernel.interface import worst
from symproof.library import Library, load_library
from symproof.library_check import check_library
from symproof.logic.definition import define
from symproof.logic.parser import parse_expression as parse
from symproof.logic.sort import INT, REAL, SortError, fun_sort, matrix_sort
from symproof.logic.syntax import Eq, ForAll, Implies, Lam, Sum, function, integer, num, real, variable
from symproof.logic.term import Term, coerce
from symproof.proof.author import apply, by, cite, qed
from symproof.proof.theorem import Theorem
from symproof.recheck.certificate import read_certificate
from symproof.recheck.json_reader import read_json
from symproof.recheck.statement_hash import statement_hash
from symproof.recheck.verdict import verdict_of
from symproof.tactics.prove import prove_claim
from tests.recheck.proof_from_kernel import ProofConverter
from tests.recheck.test_certificate_reading import sealed
from tests.soundness.checking import FALSE_EQUATION, result_of, statement

x, y, u = real("x y u")
i, n = integer("i n")
f = function("f")


# Terms of one text or one hash ---------------------------------------------------------------------------------------

LOOKALIKES = [
    Eq(variable("a,b", REAL), 0), Eq(variable("a", REAL), 0), Eq(variable("a", INT), 0),
    Eq(variable("a)", REAL), 0), Eq(variable("0", REAL), 0), Eq(num(0), num(0)), Eq(variable("a[1:b]", REAL), 0),
    Eq(variable("\u00e9", REAL), 0), Eq(variable("e\u0301", REAL), 0), Eq(variable("a|b", REAL), 0),
    Eq(variable("a\x00", REAL), 0), Eq(variable("a ", REAL), 0),
    Eq(variable("a", matrix_sort(n, coerce(1))), variable("b", matrix_sort(n, coerce(1)))),
    Eq(variable("a", matrix_sort(coerce(1), n)), variable("b", matrix_sort(coerce(1), n))),
    Eq(variable("a", matrix_sort(i, coerce(1))), variable("b", matrix_sort(i, coerce(1)))),
    ForAll(x, Eq(x, u)), ForAll(i, Eq(i, u)), ForAll([x, y], Eq(x, u)), ForAll([x, y], Eq(y, u)),
    Implies(Eq(u, 0), Implies(Eq(u, 1), Eq(u, 2))),
    Implies(Implies(Eq(u, 0), Eq(u, 1)), Eq(u, 2)),
    Eq(u - (u - 1), 0), Eq((u - u) - 1, 0), Eq(num(Fraction(1, 2)), 0), Eq(num(1) / 2, 0), Eq(num(12), 0),
    Eq(num(1) * 2, 0), Eq(Sum(i, 1, n, i), 0), Eq(Sum(i, n, 1, i), 0), Eq(Sum(i, 1, i, n), 0), Eq(f(u), 0),
    Eq(Lam(x, x)(u), 0), Eq(function("f(u)")(u), 0), Eq(define("own.g", (x,), x)(u), 0),
    Eq(define("own.g", (x,), x + 0)(u), 0), Eq(define("own.g", (i,), i)(i), 0), Eq(define("own", (x,), x)(u), 0),
    Eq(variable("a", fun_sort(INT, REAL))(i), 0), Eq(variable("a", fun_sort(REAL, REAL))(i), 0),
]  # fmt: skip


def test_different_terms_have_different_hashes() -> None:
    """Of the kernel, of the cache and of the re-checker: names with separators, sorts, orders, definitions."""
    convert = ProofConverter()
    theorems = [statement(p, [qed("logic")], variables=[u], name="a.same") for p in LOOKALIKES]
    digests = [p.digest for p in LOOKALIKES]
    keys = [content_keys({t.id: t})[t.id] for t in theorems]
    others = [statement_hash(convert.theorem(t)) for t in theorems]
    for one, other in combinations(range(len(LOOKALIKES)), 2):
        assert LOOKALIKES[one] != LOOKALIKES[other]
        for hashes in (digests, keys, others):
            assert hashes[one] != hashes[other], (LOOKALIKES[one], LOOKALIKES[other])


def test_names_of_bound_variables_make_no_other_term() -> None:
    """The control: what means the same has one hash, and is one term."""
    one, other = ForAll(x, Eq(x, u)), ForAll(y, Eq(y, u))
    assert one == other and one.digest == other.digest
    convert = ProofConverter()
    assert len({statement_hash(convert.theorem(statement(p, variables=[u]))) for p in (one, other)}) == 1


def test_labels_and_order_of_hypotheses_count() -> None:
    """``a: p`` and ``b: q`` is not ``a: q`` and ``b: p``: a proof names them."""
    p, q = x > 0, y > 0
    given = [{"a": p, "b": q}, {"a": q, "b": p}, {"b": q, "a": p}, {"a,b": p, "": q}]
    theorems = [statement(x > 0, [qed(by("logic", "a"))], variables=[x, y], hypotheses=h) for h in given]
    assert len({content_keys({t.id: t})[t.id] for t in theorems}) == len(given)
    assert len({t.statement_digest for t in theorems}) == len(given)


def test_no_hypothesis_hides_in_a_label() -> None:
    """A cited fact without one of its hypotheses had the digest under which the whole of it was agreed to."""
    p, q = x > 0, x > 1
    whole = statement(x > 2, variables=[x], hypotheses={"a": p, "b": q})
    less = statement(x > 2, variables=[x], hypotheses={f"a:{p.digest}|b": q})
    assert whole.statement_digest != less.statement_digest
    assert whole.statement_digest == replace(whole, title="Another title").statement_digest


# Numbers that look exact ---------------------------------------------------------------------------------------------


def test_decimals_are_exact_and_floats_are_refused() -> None:
    assert parse("0.1 + 0.2", {}) == num(Fraction(1, 10)) + num(Fraction(1, 5))
    assert prove_claim({}, [], "0.1 + 0.2 == 0.3", 5.0).status == "proved"
    assert prove_claim({}, [], "0.1 + 0.2 == 0.30000000000000004", 5.0).status == "refuted"
    assert prove_claim({}, [], "1e-400 > 0", 5.0).status != "refuted"
    for value in (0.1, 1.0, float("nan"), 1j, "1"):
        with pytest.raises(SortError):
            coerce(value)
        with pytest.raises((SortError, TypeError)):
            x + value


@pytest.mark.parametrize("value", [0.1, 1.0, float("nan"), float("inf"), 1, True, "1"])
def test_a_forged_number_is_no_number(value: Any) -> None:
    """A number holds a fraction: 0.1 as a float would be 3602879701896397/36028797018963968."""
    forged = Term("num", (), value, REAL)
    assert not result_of(Eq(forged, forged), [qed("ring")]).accepted
    exact = Term("num", (), Fraction(1, 10), REAL)
    assert result_of(Eq(exact, exact), [qed("ring")]).accepted


# Levels of trust -----------------------------------------------------------------------------------------------------

QUOTED = statement(FALSE_EQUATION, [cite("c", FALSE_EQUATION, "Nobody, p. 0"), qed(by("logic", "c"))], name="a.quoted")
TRUE = statement(Eq(num(1), 1), [qed("ring")], name="a.true")


def user(target: str, claim: Term) -> Theorem:
    return statement(claim, [apply("q", target), qed(by("logic", "q"))], name="b.user")


def written(*theorems: Theorem) -> dict[str, Any]:
    library = Library({t.id: t for t in theorems}, {})
    return json.loads(certificate_text(certificate(["b.user"], check_library(library, ["b.user"]))))


def test_a_level_that_is_dropped_on_the_way_is_found() -> None:
    """In a certificate with hashes made anew: said to be proved, the quotation a proof, or its result left out."""
    honest = written(QUOTED, user("a.quoted", FALSE_EQUATION))
    assert verdict_of(read_certificate(read_json(json.dumps(honest).encode()))).trust == "cited"
    true = written(TRUE, user("a.true", Eq(num(1), 1)))
    found = verdict_of(read_certificate(read_json(json.dumps(true).encode())))
    assert (found.verdict, found.trust) == ("valid", "proved")

    def verdict(change: Any) -> tuple[str, str]:
        forged = copy.deepcopy(honest)
        change(forged["theorems"])
        judged = verdict_of(read_certificate(read_json(json.dumps(sealed(forged)).encode())))
        return judged.verdict, judged.trust

    for names in (("b.user",), ("a.quoted",), ("a.quoted", "b.user")):

        def boast(theorems: Any, names: Any = names) -> None:
            for each in theorems:
                each["trust"] = "proved" if each["id"] in names else each["trust"]

        assert verdict(boast) == ("invalid", "cited")

    def without_quotation(theorems: Any) -> None:
        theorems[0]["proof"] = [{"kind": "qed", "by": {"rule": "ring"}}]
        for each in theorems:
            each["trust"] = "proved"

    assert verdict(without_quotation) == ("invalid", "open")


def test_the_worst_level_counts_and_an_unknown_one_is_the_worst() -> None:
    assert worst("proved", "certified") == "certified"
    assert worst("proved", "PROVED") == worst("proved", "") == worst("proved", "verified") == "open"


# Circles through several modules -------------------------------------------------------------------------------------

MODULE = """
from symproof.logic.syntax import Eq, num
from symproof.proof.author import apply, by, qed
from symproof.proof.theorem import theorem

CLAIM = theorem("{name}", "Claim", conclusion=Eq(num({left}), num(1)), proof=[{proof}])
"""
CIRCLE = 'apply("c", "{other}"), qed(by("logic", "c"))'


def test_a_circle_through_several_modules_is_named_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], checked_anew: None
) -> None:
    def modules(folder: Path, proofs: dict[str, str], left: int) -> list[str]:
        folder.mkdir()
        for name, proof in proofs.items():
            (folder / f"{name}.py").write_text(MODULE.format(name=f"ring_of.{name}", left=left, proof=proof))
        return [word for name in proofs for word in ("--path", str(folder / f"{name}.py"))]

    names = ("one", "two", "three")
    circle = {a: CIRCLE.format(other=f"ring_of.{b}") for a, b in zip(names, (*names[1:], names[0]), strict=True)}
    ids = [f"ring_of.{name}" for name in names]
    assert run(["check", *ids, *modules(tmp_path / "circle", circle, 0)]) == 1
    told = "".join(capsys.readouterr())
    assert all(name in told for name in ids)
    line = {**circle, "three": 'qed("ring")'}
    assert run(["check", *ids, *modules(tmp_path / "line", line, 1)]) == 0


# The cache -----------------------------------------------------------------------------------------------------------


def test_what_was_forged_on_purpose_reaches_no_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An entry with a right key and checksum, for a theorem that is false: ``export`` does not read it."""
    monkeypatch.setenv("SYMPROOF_CACHE", str(tmp_path / "cache"))
    module = tmp_path / "poisoned.py"
    for left, accepted in ((1, True), (0, False)):
        module.write_text(MODULE.format(name="poisoned.claim", left=left, proof='qed("ring")'))
        words = ["poisoned.claim", "--path", str(module)]
        assert (run(["check", *words]) == 0) == accepted
        if accepted:
            (entry,) = (tmp_path / "cache" / "check").glob("*/*.json")
    name = "poisoned.claim"
    key = content_keys({name: load_library([module]).theorems[name]})[name]
    content = json.loads(entry.read_bytes())
    target = tmp_path / "cache" / "check" / key[:2] / f"{key}.json"
    assert not target.exists()
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({**content, "key": key, "checksum": hash_of([key, content["result"]])}))
    capsys.readouterr()
    assert run(["export", "certificate", *words, "--output", str(tmp_path / "c.json")]) == 1
    assert not (tmp_path / "c.json").exists()
    assert run(["check", *words, "--no-cache"]) == 1
