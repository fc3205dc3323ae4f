"""Instances of theorems about numbers and families: values decide the hypotheses, and nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from symproof.errors import InputError
from symproof.instances.evaluated_step import InstanceContradictionError
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.instance_run import offer_of, run_instance
from symproof.instances.offer import InstanceReport
from symproof.instances.value_offer import value_offer
from symproof.logic.syntax import ForAll, Sum, family, forall_in, function, integer, real
from symproof.proof.author import by, calc, have, qed
from symproof.proof.theorem import Theorem, theorem
from symproof.tactics.evidence_search import prove_theorem

x, t = real("x t")
m, i, j = integer("m i j")
a, b = family("a"), family("b", 2)
h = function("h")
pairs = Sum(i, 1, m, Sum(j, 1, m, (a(i) - a(j)) ** 2))

MEAN = theorem(
    "own.mean", "The square of a sum", variables=[m, a],
    hypotheses={"size": m >= 1, "positive": forall_in(i, 1, m, a(i) > 0)},
    conclusion=Sum(i, 1, m, a(i)) ** 2 <= m * Sum(i, 1, m, a(i) ** 2),
    proof=[
        calc("identity", 2 * (m * Sum(i, 1, m, a(i) ** 2) - Sum(i, 1, m, a(i)) ** 2), ("=", pairs, by("ring"))),
        have("square", pairs >= 0, by("sign")),
        qed(by("linear", "identity", "square")),
    ],
    extra={"instance": value_offer},
)  # fmt: skip


def run(of: Theorem, **parameters: object) -> InstanceReport:
    request = InstanceRequest(of.id, parameters, Path())
    result, _ = prove_theorem(of, {})
    offer = offer_of(request, {of.id: of})
    return run_instance(request, offer, {of.id: result}, result.trust, result.accepted)


@pytest.mark.parametrize("values", [[1, "1/2", "0.25"], "1, 1/2, 0.25"])
def test_a_family_is_put_in_and_every_step_evaluated(values: object) -> None:
    report = run(MEAN, m=3, a=values)
    assert report.verdict == "certified"
    assert report.result["sides"] == "49/16 <= 63/16"
    assert report.data == {"m": "3", "a": ["1", "1/2", "1/4"]}
    assert report.counts()["true"] == report.counts()["steps"] == 3


def test_a_hypothesis_that_fails_has_its_witness() -> None:
    report = run(MEAN, m=0, a=[])
    assert report.verdict == "not_applicable" and report.result == {} and report.steps == ()
    assert [h.witness for h in report.hypotheses] == [{"not": "0 >= 1"}, None]
    assert run(MEAN, m=2, a=[1]).verdict == "not_applicable", "outside of the list a family is 0, which is not positive"


def test_what_cannot_be_evaluated_is_undecided() -> None:
    general = theorem("own.g", "", variables=[x], hypotheses={"least": ForAll(t, t**2 + x >= 0)}, conclusion=x >= 0,
                      proof=[qed(by("linear", "least"))], extra={"instance": value_offer})  # fmt: skip
    report = run(general, x=1)
    assert report.verdict == "undecided" and report.hypotheses[0].holds is None and report.result == {}


def test_a_proof_that_is_not_accepted_certifies_nothing() -> None:
    wrong = replace(MEAN, proof=MEAN.proof[:2])
    assert run(wrong, m=1, a=[1]).verdict == "undecided"


def test_a_false_conclusion_is_a_contradiction_and_no_result() -> None:
    request = InstanceRequest("own.mean", {"m": 2, "a": [1, 2]}, Path())
    false = replace(MEAN, conclusion=Sum(i, 1, m, a(i)) > 3)
    offer = value_offer(false)
    with pytest.raises(InstanceContradictionError, match="false at"):
        offer.evaluate(offer.build(request), {})


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"m": "1/2", "a": []}, "not an integer"),
        ({"m": 1, "a": 3}, "not a list of values"),
        ({"m": 1, "a": ["x"]}, "key 'a'"),
        ({"m": 1, "aa": [1]}, "Did you mean 'a'?"),
        ({"m": 1}, "a parameter is missing"),
    ],
)
def test_bad_values_are_bad_input(parameters: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        run(MEAN, **parameters)


def test_tables_by_rows_and_what_has_no_values() -> None:
    entries = theorem("own.b", "", variables=[b], conclusion=b(1, 2) ** 2 >= 0, proof=[qed("sign")],
                      extra={"instance": value_offer})  # fmt: skip
    assert run(entries, b="1, 2; 3, 4").result["sides"] == run(entries, b=[[1, 2], [3, 4]]).result["sides"] == "4 >= 0"
    values = theorem("own.h", "", variables=[h], conclusion=h(1) ** 2 >= 0, proof=[qed("sign")],
                     extra={"instance": value_offer})  # fmt: skip
    with pytest.raises(InputError, match="no values can be given for h"):
        run(values, h="t**2")
