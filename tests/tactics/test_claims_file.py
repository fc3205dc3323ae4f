import json
import time

import pytest

from symproof.errors import InputError
from symproof.tactics.claims_file import prove_all, read_claims


def write(tmp_path, data):
    path = tmp_path / "claims.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return path


def test_results_come_in_order_and_bad_entries_stop_nobody(tmp_path):
    claims = [
        {"id": "first", "vars": {"x": "real"}, "hypotheses": [], "claim": "x**2 >= 0"},
        {"id": "sort", "vars": {"x": "quaternion"}, "claim": "x == x"},
        {"id": 3, "vars": {"x": "real"}, "claim": "x >= 0"},
        {"id": "no claim"},
        17,
        {"id": "key", "claim": "1 == 1", "wars": {}},
        {"id": "hypotheses", "claim": "1 == 1", "hypotheses": "x > 0"},
        {"id": "vars", "claim": "1 == 1", "vars": {"x": 1}},
        {"id": {"deep": []}, "claim": "1 == 1"},
        {"id": "last", "claim": "2 + 2 == 4"},
    ]
    entries = read_claims(write(tmp_path, claims))
    finished = []
    results = prove_all(entries, timeout=5, workers=2, advance=finished.append)
    statuses = [r.status for r in results]
    assert statuses == [
        "proved", "invalid", "refuted", "invalid", "invalid", "invalid", "invalid", "invalid", "invalid", "proved",
    ]  # fmt: skip
    assert entries[2].id == 3 and entries[4].id == 4
    assert len(finished) == len(entries)


@pytest.mark.parametrize("data", ["", "{", "[]", "{}", "7", "[" * 100_000, "null", "\x00"])
def test_a_bad_file_is_an_input_error(tmp_path, data):
    with pytest.raises(InputError):
        read_claims(write(tmp_path, data))


def test_a_missing_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError):
        read_claims(tmp_path / "nowhere.json")
    with pytest.raises(InputError):
        read_claims(tmp_path)


def test_a_claim_that_overruns_is_unknown_and_the_others_are_answered(tmp_path, monkeypatch):
    from symproof.tactics import claims_file

    genuine = claims_file.prove_claim

    def stuck(variables, hypotheses, claim, timeout):
        if claim == "1 == 2":
            time.sleep(60)
        if claim == "1 == 3":
            import os

            os._exit(1)
        return genuine(variables, hypotheses, claim, timeout)

    monkeypatch.setattr(claims_file, "prove_claim", stuck)
    monkeypatch.setattr(claims_file, "GRACE_SECONDS", 0.2)
    data = [{"id": k, "claim": c} for k, c in enumerate(("1 == 2", "1 == 1", "1 == 3", "1 == 0"))]
    start = time.monotonic()
    results = prove_all(read_claims(write(tmp_path, data)), timeout=0.5, workers=2)
    assert [r.status for r in results] == ["unknown", "proved", "unknown", "refuted"]
    assert "within" in results[0].message and "died" in results[2].message
    assert time.monotonic() - start < 10
