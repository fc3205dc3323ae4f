"""Claims on elementary functions: the true ones are proved, the false ones refuted or left unknown, never the reverse.

The prover's limits are counted in processor time here, so that what else the machine does changes no answer.
"""

import time

import pytest

from symproof.logic.parser import parse_expression
from symproof.tactics.claim import read_claim
from symproof.tactics.counterexample import certain
from symproof.tactics.prove import prove_claim
from tests.soundness.elementary_claims import ELEMENTARY

pytestmark = pytest.mark.slow

ALLOWED = {
    "proved": {"proved"},
    "refuted": {"refuted"},
    "open": {"unknown"},
    "never_proved": {"unknown", "refuted"},
    "never_refuted": {"unknown", "proved"},
}
SECONDS = {"proved": 30.0, "refuted": 30.0}
LINES = [line for line in ELEMENTARY.splitlines() if line and not line.startswith("#")]


def parts(line):
    answer, claim, variables, hypotheses = ([part.strip() for part in line.split("|")] + ["", ""])[:4]
    given = [h.strip() for h in hypotheses.split("&") if h.strip()]
    return answer, dict(v.split(":") for v in variables.split()), given, claim


def test_the_battery_is_large_and_has_near_misses():
    answers = [parts(line)[0] for line in LINES]
    assert len(LINES) == len(set(LINES)) >= 300
    assert set(answers) == set(ALLOWED)
    assert sum(a != "proved" for a in answers) >= len(answers) / 4


@pytest.mark.parametrize("line", LINES)
def test_claim(line, monkeypatch):
    monkeypatch.setattr(time, "monotonic", time.process_time)
    answer, variables, hypotheses, text = parts(line)
    result = prove_claim(variables, hypotheses, text, SECONDS.get(answer, 0.6))
    assert result.status in ALLOWED[answer], result
    if result.status == "refuted":
        claim = read_claim(variables, hypotheses, text)
        if not claim.is_complex:
            by_name = {v.name: v for v in claim.variables}
            point = {by_name[name]: parse_expression(value, {}) for name, value in result.counterexample.items()}
            assert all(certain(p, point) is True for p in claim.premises())
            assert certain(claim.conclusion, point) is False


@pytest.mark.parametrize(
    "claim",
    [
        "sin(" * 55 + "x" + ")" * 55 + " <= 1",
        "exp(" * 40 + "x" + ")" * 40 + " > 0",
        "x**(9999**9999) == 0",
        "exp(exp(exp(exp(exp(exp(10)))))) > 0",
        "sqrt(" * 30 + "x**2+1" + ")" * 30 + " >= 1",
        "+".join(f"sin({k}*x)" for k in range(1, 60)) + " <= 60",
        "cos(9999*x) == cos(x)**9999",
        "(x+1)**5000 >= 1+5000*x",
        "+".join(f"sqrt({p})" for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)) + " != 0",
        "+".join(f"sqrt({p})" for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)) + " == 33",
    ],
    ids=lambda claim: claim[:20],
)
def test_large_claims_get_an_answer(claim):
    assert prove_claim({"x": "real"}, [], claim, 1.0).status in ("proved", "refuted", "unknown", "invalid")
