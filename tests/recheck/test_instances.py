"""Numbers of instances are decided again: the true ones are found to hold, and no changed one is."""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from symproof.export.term_table import TableWriter
from symproof.instances import smooth_offer
from symproof.instances.deep_linear_offer import DEEP_LINEAR_OFFER
from symproof.instances.instance_file import InstanceRequest, load_instance_file
from symproof.instances.offer import InstanceOffer
from symproof.instances.relu_like_offer import RELU_LIKE_OFFER
from symproof.library import load_library
from symproof.recheck.certificate import Instance
from symproof.recheck.instance import check_instance
from symproof.recheck.instances.numbers import Findings
from symproof.recheck.json_reader import Place
from symproof.recheck.term_table import Table

RESULTS = ("optimization.squared_loss_gradient",)


def smooth() -> InstanceOffer:
    return smooth_offer.smooth_offers(lambda *_: pytest.fail("the kernel is not asked here")).two_units


OFFERS = {"relu_like": lambda: RELU_LIKE_OFFER, "deep_linear": lambda: DEEP_LINEAR_OFFER, "smooth": smooth}


@cache
def written(example: str) -> str:
    """An example, or an activation, as a certificate has it: applied theorem, hypotheses, table, numbers."""
    if Path(f"examples/{example}.toml").is_file():
        request = load_instance_file(f"examples/{example}.toml")
    else:
        request = InstanceRequest("smooth.spurious_minimum", {"activation": example}, Path())
    offer = OFFERS[request.theorem.partition(".")[0]]()
    numbers = smooth_offer._build_two_units(request) if "smooth" in request.theorem else offer.build(request)
    table = TableWriter()
    assert offer.numbers is not None
    values = table.value(offer.numbers(numbers))
    applied = offer.applied(numbers) if offer.applied is not None else request.theorem
    hypotheses = [[list(h.covered), h.holds] for h in offer.hypotheses(numbers)]
    return json.dumps({"applied": applied, "hypotheses": hypotheses, "table": table.entries, "numbers": values})


def decided(data: dict[str, Any]) -> Findings:
    answers = [holds for _, holds in data["hypotheses"]]
    verdict = "not_applicable" if False in answers else "certified"
    hypotheses = tuple((tuple(labels), holds) for labels, holds in data["hypotheses"])
    values = Table(Place(data["table"]), {}).value(Place(data["numbers"]), lambda _: None)
    labels = [label for label, _ in load_library().theorems[data["applied"]].hypotheses]
    return check_instance(Instance(data["applied"], data["applied"], verdict, hypotheses, values), labels, RESULTS)


GOOD = ["xor", "teaching", "affine_data", "repeated_rows", "deep_linear_saddle", "smooth_silu"]
ACTIVATIONS = ["tanh", "softplus", "softsign", "exp"]


@pytest.mark.parametrize("example", [*GOOD, *ACTIVATIONS])
def test_what_is_true_is_found(example: str) -> None:
    found = decided(json.loads(written(example)))
    assert (found.refused, found.not_rechecked) == ([], [])
    assert found.found


def changed(example: str, *path: Any, value: Any) -> Findings:
    data = json.loads(written(example))
    at = data["numbers"]
    for key in path[:-1]:
        at = at["map"][key] if isinstance(key, str) else at[key]
    if isinstance(path[-1], str):
        at["map"][path[-1]] = value
    else:
        at[path[-1]] = value
    return decided(data)


ONE = {"rational": "1"}
ROW = [[ONE, ONE], [ONE, ONE]]
WRONG: dict[str, tuple[str, tuple[Any, ...], Any, str]] = {
    "another target": ("xor", ("targets", 0), ONE, "least squares"),
    "another input": ("xor", ("inputs", 0, 0), {"rational": "1/3"}, "least squares"),
    "another fit": ("xor", ("fit", "intercept"), ONE, "least squares"),
    "slopes that are equal": ("xor", ("s_minus",), ONE, "C1.3"),
    "a larger radius": ("xor", ("construction", "radius"), {"rational": "2"}, "within the radius"),
    "a radius of 0": ("xor", ("construction", "radius"), {"rational": "0"}, "radius is positive"),
    "a smaller risk": ("xor", ("construction", "risk_better_point"), {"rational": "1/8"}, "better point is as stated"),
    "a larger risk": ("xor", ("construction", "risk_local_minimum"), ONE, "local minimum is as stated"),
    "no better point": ("xor", ("construction", "better_point", "W2", 1), {"rational": "0"}, "as stated"),
    "another width": ("xor", ("width",), {"int": "3"}, "of this width"),
    "a width as a text": ("xor", ("width",), "2", "an integer is wanted"),
    "inputs as a number": ("xor", ("inputs",), ONE, "a list"),
    "no inputs": ("xor", ("inputs",), [], "a list of 1 or more"),
    "rows of different lengths": ("xor", ("inputs", 0), [ONE], "rows of one length"),
    "numbers that are none": ("xor", ("construction",), None, "names with numbers"),
    "another weight": ("deep_linear_saddle", ("weights", 0, 0, 0), ONE, "critical"),
    "the other kind": ("deep_linear_saddle", ("classification",), "global_minimum", "is the smallest one"),
    "a kind that is none": ("deep_linear_saddle", ("classification",), "maximum", "a global minimum or a saddle"),
    "another gap": ("deep_linear_saddle", ("gap",), ONE, "the gap"),
    "another loss": ("deep_linear_saddle", ("loss",), ONE, "the loss is as stated"),
    "a product that is not best": ("deep_linear_saddle", ("best_product",), ROW, "no product has a smaller loss"),
    "a point far away": ("deep_linear_saddle", ("radius",), {"rational": "1/1000"}, "within the radius"),
    "a point of the same loss": ("deep_linear_saddle", ("lower_point",), [ROW, ROW], "lower_point is within"),
    "other eigenvalues": ("deep_linear_saddle", ("inertia", "zero"), {"int": "1"}, "signs that are stated"),
    "layers that do not fit": ("deep_linear_saddle", ("weights", 0), [[ONE]], "sizes of the layers"),
    "a risk that is too small": ("smooth_silu", ("risk_better_point",), {"rational": "-1"}, "at most"),
    "a smooth radius of 0": ("smooth_silu", ("within",), {"rational": "0"}, "radius"),
    "a point of risk 1/3": ("smooth_silu", ("better_point", "W2"), None, "W2"),
}


@pytest.mark.parametrize(("example", "path", "value", "said"), WRONG.values(), ids=WRONG)
def test_a_changed_number_is_refused(example: str, path: tuple[Any, ...], value: Any, said: str) -> None:
    found = changed(example, *path, value=value)
    assert any(said in line for line in found.refused), found


def test_what_balls_do_not_show_is_not_taken_as_shown() -> None:
    """Within a radius of 100 there may be smaller risks, or not: that it is larger than the weights is no proof."""
    found = changed("smooth_silu", "radius", value={"rational": "100"})
    assert found.not_rechecked == ["no risk within the radius is below 1/3"]


@pytest.mark.parametrize("example", ["xor", "affine_data", "deep_linear_saddle"])
def test_a_hypothesis_that_is_said_to_be_otherwise_is_refused(example: str) -> None:
    data = json.loads(written(example))
    for k, (labels, holds) in enumerate(data["hypotheses"]):
        other = copy.deepcopy(data)
        other["hypotheses"][k][1] = not holds
        assert decided(other).refused, labels
        del other["hypotheses"][k]
        assert decided(other).refused, labels


def test_a_theorem_that_is_not_known_is_said_to_be_so() -> None:
    found = check_instance(Instance("a.b", "a.b", "certified", (), {}), (), ())
    assert found.not_rechecked == ["the hypotheses and the numbers of a.b: instances of it are not known here"]


def test_a_theorem_with_other_hypotheses_is_not_the_one_that_is_known() -> None:
    data = json.loads(written("xor"))
    hypotheses = tuple((tuple(labels), holds) for labels, holds in data["hypotheses"])
    values = Table(Place(data["table"]), {}).value(Place(data["numbers"]), lambda _: None)
    found = check_instance(Instance("", data["applied"], "certified", hypotheses, values), ["C1.1"], ())
    assert found.refused == ["relu_like.spurious_minimum has other hypotheses than this program knows"]
