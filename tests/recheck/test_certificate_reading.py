"""A certificate is read strictly: what is no certificate of this version is refused with one line that says where."""

import contextlib
import copy
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.export.certificate import certificate, certificate_text
from symproof.library import load_library
from symproof.library_check import check_library
from symproof.recheck.certificate import Certificate, WrongHash, hash_of, read_certificate
from symproof.recheck.json_reader import MOST_DIGITS, Unreadable, read_json

ID = "calculus.quadratic_nonnegative"
USER = "optimization.fermat"


def library_certificate(*ids: str) -> dict[str, Any]:
    return json.loads(certificate_text(certificate(ids, check_library(load_library(), ids))))


@pytest.fixture(scope="module")
def good() -> dict[str, Any]:
    return library_certificate(ID, USER)


@pytest.fixture(scope="module")
def small() -> dict[str, Any]:
    return library_certificate(ID)


def sealed(found: dict[str, Any]) -> dict[str, Any]:
    """With the hashes of its contents, as somebody makes them who changes a certificate on purpose."""
    hashes = {}
    for theorem in found["theorems"]:
        theorem["uses"] = {name: hashes.get(name, value) for name, value in theorem["uses"].items()}
        theorem["hash"] = hashes[theorem["id"]] = hash_of(theorem, "hash", "for_readers")
    found["hash"] = hash_of(found, "hash")
    return found


def read(found: Any) -> Certificate:
    return read_certificate(read_json(found if isinstance(found, bytes) else json.dumps(found).encode()))


def test_what_is_exported_is_read(good: dict[str, Any]) -> None:
    found = read(good)
    assert found.asked == (ID, USER)
    assert list(found.theorems) == [each["id"] for each in good["theorems"]]
    assert set(found.claimed.values()) == {"proved"}
    library = load_library().theorems
    for name, theorem in found.theorems.items():
        assert [label for label, _ in theorem.hypotheses] == [label for label, _ in library[name].hypotheses]
        assert len(theorem.proof) == len(library[name].proof)
        assert theorem.evidence.entries or name == ID


Change = Callable[[dict[str, Any]], None]


def theorem_of(found: dict[str, Any]) -> dict[str, Any]:
    return found["theorems"][-1]


def put(*path: str | int, value: Any) -> Change:
    def change(found: dict[str, Any]) -> None:
        for key in path[:-1]:
            found = found[key]
        found[path[-1]] = value

    return change


def drop(*path: str | int) -> Change:
    def change(found: dict[str, Any]) -> None:
        for key in path[:-1]:
            found = found[key]
        del found[path[-1]]

    return change


def swap_steps(found: dict[str, Any]) -> None:
    proof = next(t["proof"] for t in found["theorems"] if len(t["proof"]) > 1)
    proof[0], proof[1] = proof[1], proof[0]


def flip_digit(found: dict[str, Any]) -> None:
    entry = next(e for t in found["theorems"] for e in t["table"] if isinstance(e, list) and e[0] == "num")
    entry[1] = str(int(entry[1]) ^ 1)


IN_A_RESULT: dict[str, Change] = {
    "a flipped digit": flip_digit,
    "a dropped hypothesis": lambda found: theorem_of(found)["statement"]["hypotheses"].pop(),
    "a swapped step": swap_steps,
    "another trust": put("theorems", 0, "trust", value="certified"),
    "a dropped piece of evidence": lambda found: found["theorems"][0]["evidence"].pop(),
}


@pytest.mark.parametrize("change", IN_A_RESULT.values(), ids=IN_A_RESULT)
def test_a_change_shows_in_the_hash_of_the_file_and_of_the_result(good: dict[str, Any], change: Change) -> None:
    found = copy.deepcopy(good)
    change(found)
    with pytest.raises(WrongHash, match="the hash is not that of the contents") as problem:
        read(found)
    assert problem.value.where == "$.hash"
    found["hash"] = hash_of(found, "hash")
    with pytest.raises(WrongHash) as problem:
        read(found)
    assert problem.value.where.startswith("$.theorems[")


def test_texts_for_readers_are_covered_by_the_hash_of_the_file_alone(good: dict[str, Any]) -> None:
    found = copy.deepcopy(good)
    found["theorems"][0]["for_readers"]["title"] = "Anything"
    with pytest.raises(WrongHash):
        read(found)
    found["hash"] = hash_of(found, "hash")
    assert read(found).theorems == read(good).theorems


def test_a_result_is_bound_to_those_that_it_applies(good: dict[str, Any]) -> None:
    """The hash of a result below is part of the one above: one cannot be exchanged for another."""
    found = copy.deepcopy(good)
    below = next(each for each in found["theorems"] if each["id"] in theorem_of(found)["uses"])
    below["trust"] = "certified"
    below["hash"] = hash_of(below, "hash", "for_readers")
    found["hash"] = hash_of(found, "hash")
    with pytest.raises(WrongHash) as problem:
        read(found)
    assert ".uses." in problem.value.where


REFUSED: dict[str, tuple[Change, str]] = {
    "another version": (put("format", value="symproof.certificate/2"), r"\$\.format: one of symproof.certificate/1 is"),
    "an unknown field": (put("verified", value=True), r"\$\.verified: no such field"),
    "an unknown field of a step": (put("theorems", -1, "proof", 0, "trust", value="proved"),
                                   r"\$\.theorems\[\d+\]\.proof\[0\]\.trust: no such field"),
    "a missing field": (drop("theorems", 0, "statement"), r"\$\.theorems\[0\]: the field 'statement' is missing"),
    "no kind of step": (drop("theorems", -1, "proof", 0, "kind"), r"proof\[0\]: the field 'kind' is missing"),
    "another kind of step": (put("theorems", -1, "proof", 0, "kind", value="believe"), r"\.kind: one of have"),
    "a step with another one's field": (put("theorems", -1, "proof", 0, "branches", value=[]), "no such field"),
    "a wrong type": (put("theorems", 0, "statement", value=[]), r"statement: an object is wanted, found an array"),
    "a number as a text": (put("theorems", 0, "statement", "conclusion", value="3"), r"conclusion: a number from 0 to"),
    "true as a number": (put("theorems", 0, "statement", "conclusion", value=True), r"conclusion: a number from 0 to"),
    "a term that is not there": (put("theorems", 0, "statement", "conclusion", value=10**6), r"a number from 0 to"),
    "a negative reference": (put("theorems", 0, "statement", "conclusion", value=-1), r"a number from 0 to"),
    "a level of trust that is none": (put("theorems", 0, "trust", value="perfect"), r"\.trust: one of proved"),
    "no results": (put("theorems", value=[]), r"\$\.asked"),
    "a result twice": (lambda f: f["theorems"].append(f["theorems"][0]), r"\.id: there is a result of this id before"),
    "a result that is asked for but is not there": (put("asked", value=["a.b"]), r"\$\.asked\[0\]"),
    "asked twice": (lambda f: f["asked"].append(ID), r"\$\.asked: one or more different results"),
    "a result after the one that applies it": (lambda f: f["theorems"].reverse(), r"no such result stands before"),
    "a result that applies itself": (lambda f: theorem_of(f)["uses"].update({theorem_of(f)["id"]: "0"}), r"not used"),
    "an applied result that is not named": (lambda f: theorem_of(f)["uses"].clear(), "is not named, but used"),
    "a proof and a citation": (put("theorems", 0, "citation", value="Gauss"), r"citation: a result with proof has no"),
    "an empty proof": (put("theorems", 0, "proof", value=[]), r"\.proof: a proof has steps"),
    "an open variable": (lambda f: put("theorems", 0, "table", value=[["bound", 0, "bool"]])(f)
                         or put("theorems", 0, "statement", "conclusion", value=0)(f), "a number from 0 to|binder"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused_with_its_place(good: dict[str, Any], change: Change, said: str) -> None:
    found = copy.deepcopy(good)
    change(found)
    with pytest.raises(Unreadable, match=said) as problem:
        read(sealed(found))
    assert "\n" not in str(problem.value)


TABLES: dict[str, tuple[list[Any], str]] = {
    "a cycle": ([["neg", 0]], "a number from 0 to 0|no earlier entry"),
    "a later entry": ([["neg", 1], ["num", "1"]], "a number from 0 to"),
    "no operator": ([[]], "an operator is wanted"),
    "an unknown operator": ([["quux"]], "no operator"),
    "no sort": ([["var", "x", "complex"]], "one of real, int, bool"),
    "a name that is empty": ([["var", "", "real"]], "a name is wanted"),
    "arguments that do not fit": ([["true"], ["neg", 0]], "has no negative"),
    "a sum without its sort": ([["true"], ["add", 0, 0]], "the sorts do not fit"),
    "a fraction that is not in lowest terms": ([["num", "2/4"]], "lowest terms"),
    "a bar below an integer": ([["num", "2/1"]], "lowest terms"),
    "a zero below the bar": ([["num", "2/0"]], "a number such as"),
    "a minus zero": ([["num", "-0"]], "lowest terms"),
    "a leading zero": ([["num", "01"]], "a number such as"),
    "other digits": ([["num", "\u0663"]], "a number such as"),
    "a decimal": ([["num", "0.5"]], "a number such as"),
    "a float": ([["num", 0.5]], r"\[1\]: the number 0.5; exact numbers are texts"),
    "not a number": ([["num", float("nan")]], r"\[1\]: NaN is no number"),
    "infinity": ([["num", float("inf")]], "Infinity is no number"),
    "a long integer": ([["num", 10**10]], r"\[1\]: an integer of 11 signs"),
    "too many digits": ([["num", "9" * (MOST_DIGITS + 1)]], r"\[1\]: the number has more than"),
    "far too many digits": ([["num", "9" * (3 * MOST_DIGITS)]], r"\[1\]: a number such as"),
    "a term that is too deep": ([["num", "1"], *(["neg", k] for k in range(200))], "deep; at most"),
    "a term that is too large": ([["num", "1"], *(["add", k, k] for k in range(60))], "nodes when it is written out"),
    "a binder without a variable": ([["true"], ["forall", [], 0]], "without bound variables"),
    "two notions of one name": (
        [["num", "1"], ["num", "2"]]
        + [{"definition": "a.b", "params": [], "sort": "real", "body": k} for k in (0, 1)],
        "two different definitions are called 'a.b'",
    ),
    "a definition with a free variable": (
        [["var", "x", "real"], {"definition": "a.b", "params": [], "sort": "real", "body": 0}], "parameters"),
    "a definition for a term": ([{"definition": "a.b", "params": [], "sort": "real"}, ["neg", 0]], "found a def"),
    "a term for a definition": ([["num", "1"], ["call", 0]], "found a term"),
    "a matrix whose size is no integer": ([["num", "1/2"], ["var", "A", {"matrix": [0, 0]}]], "sizes of a matrix"),
    "an applied lambda": (
        [["bound", 0, "real"], ["lam", [["x", "real"]], 0], ["num", "1"], ["apply", 1, 2]], "apply of these arguments"),
    "a conjunction of one part": ([["true"], ["and", 0]], "and of these arguments is true"),
}  # fmt: skip


@pytest.mark.parametrize(("table", "said"), TABLES.values(), ids=TABLES)
def test_a_table_is_read_strictly(good: dict[str, Any], table: list[Any], said: str) -> None:
    found = copy.deepcopy(good)
    found["theorems"][0]["table"] = table
    with pytest.raises(Unreadable, match=said) as problem:
        read(sealed(found) if "NaN" not in said and "Infin" not in said else found)
    assert problem.value.where.startswith("$.theorems[0].table")


def test_a_bound_variable_has_the_sort_of_its_binder(good: dict[str, Any]) -> None:
    found = copy.deepcopy(good)
    table = found["theorems"][0]["table"]
    table += [["bound", 0, "int"], ["true"]]
    table += [["le", len(table) - 2, len(table) - 2], ["forall", [["x", "real"]], len(table)]]
    found["theorems"][0]["statement"]["conclusion"] = len(table) - 1
    with pytest.raises(Unreadable, match=r"statement\.conclusion: the term has a bound variable without"):
        read(sealed(found))


FILES: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"symproof", "line 1, column 1: no JSON"),
    "nothing": (b"", "no JSON"),
    "no UTF-8": (b'{"format": "\xff"}', "UTF-8"),
    "an array": (b"[]", r"\$: an object is wanted"),
    "a duplicate key": (b'{"a": {"b": 1, "b": 2}}', r"\$\.a\.b: the field 'b' occurs twice"),
    "arrays in arrays": (b"[" * 10**6, "nested more than 200 deep"),
    "objects in objects": (b'{"a":' * 10**6 + b"1" + b"}" * 10**6, "nested more than 200 deep"),
    "brackets in a text": (json.dumps("[" * 1000).encode(), r"\$: an object is wanted"),
}


@pytest.mark.parametrize(("data", "said"), FILES.values(), ids=FILES)
def test_a_file_is_read_strictly(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(data)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_flipped_parts_are_refused_or_mean_the_same(small: dict[str, Any], seed: int) -> None:
    """Bytes of a file, anywhere. With hashes made anew, other values give another certificate, or are refused."""
    chance = random.Random(seed)
    whole, text = read(small), bytearray(json.dumps(small).encode())
    for _ in range(chance.randint(1, 3)):
        text[chance.randrange(len(text))] = chance.choice(b'0123456789"[]{},:- aetx\xff\x00')
    try:
        assert read(bytes(text)) == whole
    except (Unreadable, WrongHash) as problem:
        assert "\n" not in str(problem)
    found = copy.deepcopy(small)
    exchange(found, chance)
    with contextlib.suppress(AttributeError, KeyError, TypeError, ValueError):  # what has no hashes keeps none
        sealed(found)
    try:
        read(found)  # it is another certificate now, or none
    except (Unreadable, WrongHash) as problem:
        assert "\n" not in str(problem)


def exchange(found: Any, chance: random.Random) -> None:
    """Exchange one value for another one, somewhere."""
    places = [(each, key) for each in inside(found) for key in (each if isinstance(each, dict) else range(len(each)))]
    holder, key = chance.choice(places)
    others = [0, 1, 7, -1, True, None, "", "x", "1/2", "real", [], {}, [0], 0.5, "\ud800"]
    values = [each[k] for each, k in chance.sample(places, 3)]
    holder[key] = copy.deepcopy(chance.choice([*others, *values]))


def inside(value: Any) -> list[Any]:
    if not isinstance(value, dict | list):
        return []
    return [value, *(x for each in (value.values() if isinstance(value, dict) else value) for x in inside(each))]
