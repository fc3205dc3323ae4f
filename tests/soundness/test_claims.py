"""The battery of claims, and random ones: what is proved holds at random points, what is refuted fails as it says."""

from fractions import Fraction
from random import Random

import pytest

from symproof.kernel.evaluate import EvaluationError, Undefined, decide
from symproof.logic.parser import parse_expression
from symproof.tactics.claim import read_claim
from symproof.tactics.claims_file import Entry, prove_all
from symproof.tactics.counterexample import certain
from symproof.tactics.prove import ClaimResult, prove_claim
from tests.soundness.claim_battery import BATTERY

pytestmark = pytest.mark.slow

ALLOWED = {
    "proved": {"proved"},
    "refuted": {"refuted"},
    "invalid": {"invalid"},
    "open": {"unknown"},
    "never_proved": {"unknown", "refuted"},
}


def entries() -> list[tuple[str, Entry]]:
    found = []
    for line in BATTERY.strip().splitlines():
        if line.startswith("#"):
            continue
        answer, claim, variables, hypotheses = ([part.strip() for part in line.split("|")] + ["", ""])[:4]
        sorts = dict(v.split(":") for v in variables.split())
        given = tuple(h.strip() for h in hypotheses.split("&") if h.strip())
        found.append((answer, Entry(line, sorts, given, claim)))
    return found


ENTRIES = entries()


@pytest.fixture(scope="module")
def answers() -> dict[object, ClaimResult]:
    results = prove_all([e for _, e in ENTRIES], timeout=20, workers=2)
    return {e.id: r for (_, e), r in zip(ENTRIES, results, strict=True)}


def test_the_battery_is_large_and_balanced():
    counts = {answer: sum(a == answer for a, _ in ENTRIES) for answer in ALLOWED}
    assert len(ENTRIES) >= 150
    assert counts["refuted"] + counts["open"] + counts["never_proved"] + counts["invalid"] >= counts["proved"]


@pytest.mark.parametrize(("answer", "entry"), ENTRIES, ids=[str(e.id) for _, e in ENTRIES])
def test_claim(answer, entry, answers):
    result = answers[entry.id]
    assert result.status in ALLOWED[answer], result
    assert (result.counterexample is not None) == (result.status == "refuted")
    assert bool(result.rule) == (result.status in ("proved", "refuted"))


def real_claims() -> list[Entry]:
    return [e for a, e in ENTRIES if a in ("refuted", "proved") and "complex" not in e.variables.values()]


@pytest.mark.parametrize("entry", real_claims(), ids=[str(e.id) for e in real_claims()])
def test_answers_agree_with_exact_evaluation(entry, answers):
    result, claim = answers[entry.id], read_claim(entry.variables, entry.hypotheses, entry.claim)
    if claim.is_complex:
        return
    by_name = {v.name: v for v in claim.variables}
    if result.status == "refuted":
        point = {by_name[name]: parse_expression(text, {}) for name, text in result.counterexample.items()}
        assert all(certain(p, point) is True for p in claim.premises())
        assert certain(claim.conclusion, point) is False
    if result.status != "proved":
        return
    random = Random(entry.claim)
    for _ in range(40):
        point = {v: random_value(random, entry.variables[v.name]) for v in claim.variables}
        if admissible(claim, point):
            assert decide(claim.conclusion, point, 512) is not False


def random_value(random: Random, sort: str) -> Fraction:
    value = Fraction(random.randint(-60, 60), 1 if sort in ("integer", "natural") else random.choice((1, 2, 3, 7, 10)))
    if sort in ("positive", "nonneg", "natural"):
        return abs(value)
    return -abs(value) if sort == "negative" else value


def admissible(claim, point) -> bool:
    try:
        return all(decide(p, point, 256) is True for p in claim.premises())
    except (Undefined, EvaluationError):
        return False


# Random claims ----------------------------------------------------------------------------------------------------

FUNCTIONS = ("exp", "log", "sqrt", "sin", "cos", "tan", "asin", "atan", "tanh", "Abs", "sign", "floor", "cosh")
REWRITES = (
    ("x", "sqrt(x**2)"), ("x", "(2*x - x)"), ("y", "log(exp(y))"), ("x", "asin(sin(x))"), ("p", "exp(log(p))"),
    ("x", "sign(x)*Abs(x)"), ("y", "tan(atan(y))"), ("n", "floor(n + 1/2)"), ("x", "(x*y/y)"), ("p", "sqrt(p)**2"),
)  # fmt: skip
SORTS = {"x": "real", "y": "real", "p": "positive", "n": "integer"}


def random_text(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.2:
        return random.choice(("x", "y", "p", "n", "1", "2", "1/2", "pi"))
    a = random_text(random, depth - 1)
    kind = random.random()
    if kind < 0.4:
        return f"{random.choice(FUNCTIONS)}({a})"
    if kind < 0.5:
        return f"({a})**({random.choice(('2', '3', '-1', '1/2', 'n'))})"
    return f"({a} {random.choice('+-*/*')} {random_text(random, depth - 1)})"


def random_claim(random: Random) -> str:
    left = random_text(random, random.choice((1, 2)))
    right = left
    old, new = random.choice(REWRITES)
    right = "".join(new if c == old and not _in_name(left, k) else c for k, c in enumerate(left))
    if random.random() < 0.3:
        right = random_text(random, 1)
    return f"{left} {random.choice(('==', '==', '<=', '>=', '<', '!='))} {right}"


def _in_name(text: str, k: int) -> bool:
    around = (text[k - 1] if k else "") + (text[k + 1] if k + 1 < len(text) else "")
    return any(c.isalpha() for c in around)


@pytest.mark.parametrize("seed", range(4))
def test_random_claims(seed):
    random = Random(seed)
    proved = refuted = 0
    for _ in range(60):
        text = random_claim(random)
        result = prove_claim(SORTS, [], text, timeout=0.6)
        assert result.status != "invalid", (text, result)
        claim = read_claim(SORTS, [], text)
        by_name = {v.name: v for v in claim.variables}
        if result.status == "refuted":
            point = {by_name[name]: parse_expression(value, {}) for name, value in result.counterexample.items()}
            assert all(certain(p, point) is True for p in claim.premises()), text
            assert certain(claim.conclusion, point) is False, text
            refuted += 1
        elif result.status == "proved":
            proved += 1
            for _ in range(25):
                point = {v: random_value(random, SORTS[v.name]) for v in claim.variables}
                if admissible(claim, point):  # an undefined conclusion raises: what is proved is defined
                    assert decide(claim.conclusion, point, 512) is not False, (text, point)
    assert proved >= 3 and refuted >= 3
