"""Numbers of instances are decided again: the true ones are found to hold, and no changed one is."""

import copy
import json
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from symproof.export.term_table import TableWriter
from symproof.instances import smooth_offer
from symproof.instances.deep_linear_gap_offer import GAP_OFFER
from symproof.instances.deep_linear_narrow_offer import NARROW_OFFER
from symproof.instances.deep_offer import DEEP_OFFER
from symproof.instances.instance_file import InstanceRequest, load_instance_file
from symproof.instances.jensen_offer import JENSEN_OFFER
from symproof.instances.offer import InstanceOffer
from symproof.instances.paper_offer import PAPER_OFFER
from symproof.instances.quadric_offer import QUADRIC_OFFER
from symproof.instances.relu_like_offer import RELU_LIKE_OFFER
from symproof.instances.sigmoid_offer import COUNTEREXAMPLE_OFFER, SIGMOID_OFFER
from symproof.instances.value_offer import value_offer
from symproof.library import load_library
from symproof.recheck.certificate import Certificate, Instance
from symproof.recheck.instance import check_instance, known_results
from symproof.recheck.instances.numbers import Findings
from symproof.recheck.instances.statements import STATEMENTS
from symproof.recheck.json_reader import Place
from symproof.recheck.proof import By, Step, Theorem
from symproof.recheck.statement_hash import statement_hash
from symproof.recheck.term import TRUE
from symproof.recheck.term_table import Table
from symproof.recheck.verdict import verdict_of
from tests.recheck.from_kernel import Converter

RESULTS = (
    "optimization.squared_loss_gradient",
    "affine_piece.exponential_tail",
    "affine_piece.affine_tails",
    "jensen.no_direction_on_quadric",
    "jensen.quadric_radius",
    "optimization.forms_loss_gradient",
    "optimization.forms_loss_convex",
)


def smooth() -> InstanceOffer:
    return smooth_offer.smooth_offers(lambda *_: pytest.fail("the kernel is not asked here")).two_units


OFFERS = {
    "relu_like.spurious_minimum": lambda: RELU_LIKE_OFFER,
    "relu_like.paper_descent": lambda: PAPER_OFFER,
    "relu_like.any_depth": lambda: DEEP_OFFER,
    "deep_linear.gradient_bound": lambda: GAP_OFFER,
    "affine_piece.spurious_minimum": lambda: load_library().theorems["affine_piece.spurious_minimum"].extra["instance"],
    "jensen.quadric": lambda: QUADRIC_OFFER,
    **dict.fromkeys(("smooth.spurious_minimum", "smooth.paper_spurious_minimum", "smooth.every_activation"), smooth),
    "jensen.spurious": lambda: JENSEN_OFFER,
    **{
        name: partial(lambda name: load_library().theorems[name].extra["instance"], name)
        for name in ("relu_like.convex_loss", "relu_like.any_depth_convex_loss", "deep_linear.critical_points")
    },
    "linear_algebra.best_constant": lambda: value_offer(load_library().theorems["linear_algebra.best_constant"]),
    "deep_linear.narrow_minimum": lambda: NARROW_OFFER,
    "yu_chen.spurious_minimum": lambda: SIGMOID_OFFER,
    "yu_chen.refutation": lambda: COUNTEREXAMPLE_OFFER,
}


SMOOTH = {
    "smooth.spurious_minimum": smooth_offer._build_two_units,
    "smooth.paper_spurious_minimum": smooth_offer._build_paper,
    "smooth.every_activation": smooth_offer._build_every,
}


@cache
def written(example: str) -> str:
    """An example, or an activation, as a certificate has it: applied theorem, hypotheses, table, numbers."""
    if Path(f"examples/{example}.toml").is_file():
        request = load_instance_file(f"examples/{example}.toml")
    elif example == "wide":  # 72 parameters, and a Hessian that is singular
        zero = [["0"] * 6] * 6
        eye = [[str(int(i == j)) for j in range(6)] for i in range(6)]
        data = {"inputs": eye, "targets": [*eye[:5], ["0"] * 6], "weights": [zero, zero], "loss": "squared"}
        request = InstanceRequest("deep_linear.critical_points", {**data, "radius": "1/10"}, Path())
    elif example in ("huber", "deep_hinge"):  # exact fits
        data = {"data": "xor.csv", "target": "y", "activation": "relu", "width": 2, "loss": "huber(1/4)"}
        if example == "deep_hinge":
            data |= {"data": "margins.csv", "target": "label", "widths": [2, 2], "loss": "squared_hinge"}
            del data["width"]
        theorem = "relu_like.convex_loss" if example == "huber" else "relu_like.any_depth_convex_loss"
        request = InstanceRequest(theorem, data, Path("examples"))
    elif example == "every":
        request = InstanceRequest("smooth.every_activation", {"activation": "sin(t)", "width": 3}, Path())
    else:
        request = InstanceRequest("smooth.spurious_minimum", {"activation": example}, Path())
    offer = OFFERS[request.theorem]()
    build = SMOOTH.get(request.theorem, offer.build)
    numbers = build(request)
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


ACTIVATIONS = ["tanh", "softplus", "softsign", "exp"]


@pytest.mark.parametrize("example", ["wide", "every", "huber", "deep_hinge", *ACTIVATIONS])
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
ZERO = {"rational": "0"}
AT_ZERO = [[[ZERO] * 2] * 2, [[ZERO] * 2]]
ROW = [[ONE, ONE], [ONE, ONE]]
DEEP = ("construction",)
AT_MINIMUM = (*DEEP, "local_minimum")
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
    "another target of a deep network": ("xor_deep", ("targets", 0), ONE, "least squares"),
    "another weight of a deep network": (
        "xor_deep",
        (*AT_MINIMUM, "weights", 1, 0, 0),
        {"rational": "2"},
        "is as stated",
    ),
    "another bias of a deep network": ("xor_deep", (*AT_MINIMUM, "biases", 0, 0), {"rational": "9"}, "is as stated"),
    "a negative bias of a deep network": (
        "xor_deep",
        (*AT_MINIMUM, "biases", 0, 1),
        {"rational": "-1"},
        "stay positive",
    ),
    "a larger radius of a deep network": ("xor_deep", ("construction", "radius"), {"rational": "2"}, "stay positive"),
    "no radius of a deep network": ("xor_deep", ("construction", "radius"), {"rational": "0"}, "radius is positive"),
    "a smaller risk of a deep network": ("xor_deep", (*DEEP, "risk_better_point"), {"rational": "1/8"}, "as stated"),
    "a larger risk of a deep network": ("xor_deep", (*DEEP, "risk_local_minimum"), ONE, "of the best affine fit"),
    "a better point that is none": ("xor_deep", (*DEEP, "better_point", "biases", 3, 0), ONE, "better point is as"),
    "other widths": ("xor_deep", ("widths", 1), {"int": "2"}, "of these widths"),
    "widths as texts": ("xor_deep", ("widths", 1), "1", "integers"),
    "another target beside a piece": ("gates_elu", ("targets", 0, 0), ONE, "least squares"),
    "another fit beside a piece": ("gates_elu", ("fit", "intercepts", 1), ONE, "least squares"),
    "another slope of the piece": ("teaching_selu", ("piece", "slope"), ONE, "affine piece"),
    "another offset of the piece": ("teaching_selu", ("piece", "offset"), ONE, "affine piece"),
    "a longer piece": ("teaching_selu", ("piece", "low"), {"rational": "-1"}, "affine piece"),
    "a shorter piece": ("xor_hard_swish", ("piece", "high"), {"rational": "31/10"}, "in the affine piece"),
    "a larger radius in a piece": ("gates_elu", ("construction", "radius"), ONE, "in the affine piece"),
    "no radius in a piece": ("gates_elu", ("construction", "radius"), {"rational": "0"}, "radius is positive"),
    "a bias in a piece": ("gates_elu", (*AT_MINIMUM, "b1", 0), {"rational": "2/5"}, "local minimum is as stated"),
    "a bias outside of a piece": ("gates_elu", (*AT_MINIMUM, "b1", 0), {"rational": "-1"}, "in the affine piece"),
    "a smaller bound of a risk": ("gates_elu", (*DEEP, "risk_better_point"), {"rational": "2/5"}, "point is as stated"),
    "a risk that is not exact": ("xor_hard_swish", (*DEEP, "risk_better_point"), {"rational": "1/3"}, "as stated"),
    "a bound that is not smaller": ("gates_elu", (*DEEP, "risk_better_point"), {"rational": "5/8"}, "is smaller"),
    "a larger risk in a piece": ("gates_elu", (*DEEP, "risk_local_minimum"), ONE, "best affine map"),
    "another better point": ("gates_elu", (*DEEP, "better_point", "b2", 0), ONE, "better point is as stated"),
    "another width of a piece": ("gates_elu", ("width",), {"int": "2"}, "of this width"),
    "another input of a triangle": ("centroid", ("inputs", 1, 0), {"rational": "2"}, "features"),
    "another residual": ("centroid", ("weights", 0), {"rational": "2"}, "constant"),
    "a larger mu of a moment": ("centroid", ("mu",), ONE, "second moment"),
    "a negative mu": ("centroid", ("mu",), {"rational": "-1"}, "mu"),
    "another bias of constant units": ("centroid", ("bend", "v"), {"rational": "0"}, "bend"),
    "another sigma": ("centroid", ("bend", "sigma"), {"int": "2"}, "sign"),
    "the other sigma": ("centroid", ("bend", "sigma"), {"int": "1"}, "bend"),
    "a higher bound of the bend": ("centroid", ("bend", "high"), {"rational": "9"}, "close enough"),
    "a larger radius of constant units": ("centroid", (*DEEP, "radius"), ONE, "within the reach"),
    "no radius of constant units": ("centroid", (*DEEP, "radius"), {"rational": "0"}, "radius is positive"),
    "another risk of constant units": ("centroid", (*DEEP, "risk_local_minimum"), ONE, "minimum is as stated"),
    "a smaller risk of one unit": ("centroid", (*DEEP, "risk_better_point"), {"rational": "1/3"}, "point is as stated"),
    "another unit": ("centroid", (*DEEP, "better_point", "outgoing"), ONE, "better point is as stated"),
    "a quadric beside an input": ("square_corners", ("quadric", "constant"), {"rational": "7"}, "lie on the quadric"),
    "another quadric": ("square_corners", ("quadric", "matrix", 0, 0), {"rational": "7"}, "lie on the quadric"),
    "a smaller risk of the paper's point": ("xor_paper", ("risk_better_point",), {"rational": "1/8"}, "as stated"),
    "another weight of the paper's point": ("xor_paper", ("better_point", "W2", 0), {"rational": "9"}, "as stated"),
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
    "a Hessian that is said to be regular": ("wide", ("inertia", "kernel"), [], "of another size"),
    "another kernel": ("wide", ("inertia", "kernel", 0, 0), {"int": "7"}, "kernel of the Hessian"),
    "a kernel that is not independent": (
        "wide",
        ("inertia", "kernel", 0),
        [{"int": "0"}] * 72,
        "kernel of the Hessian",
    ),
    "another congruence": ("wide", ("inertia", "congruence", 0), [{"int": "0"}] * 72, "are shown"),
    "other signs": ("wide", ("inertia", "negative"), {"int": "29"}, "signs that are stated"),
    "a congruence of fractions": ("wide", ("inertia", "congruence", 0, 0), ONE, "integers"),
    "a smaller bound": ("trained_deep_linear", ("bound",), {"rational": "1/1000000000"}, "that of the theorem"),
    "another gap of trained weights": ("trained_deep_linear", ("gap",), {"rational": "0"}, "the gap is the loss less"),
    "another loss of trained weights": ("trained_deep_linear", ("loss",), ONE, "the loss is as stated"),
    "a trained weight": ("trained_deep_linear", ("weights", 0, 0, 0), ONE, "that of the theorem"),
    "a larger mu": ("trained_deep_linear", ("mu", "factor"), {"rational": "1000"}, "curved"),
    "a larger sigma": ("trained_deep_linear", ("sigma", "factor"), {"rational": "1000"}, "suffix"),
    "a larger tau": ("trained_deep_linear", ("tau", "factor"), {"rational": "1000"}, "prefix"),
    "another layer": ("trained_deep_linear", ("layer",), {"int": "2"}, "are shown"),
    "no layer": ("trained_deep_linear", ("layer",), {"int": "4"}, "no such layer"),
    "samples that are not kept": ("trained_deep_linear", ("projection", 0, 0), {"rational": "0"}, "kept"),
    "a best product that is none": ("trained_deep_linear", ("best_product", 0, 0), ONE, "smaller loss"),
    "a narrow layer that is wide": ("deep_linear_narrow", ("widths", 1), {"int": "2"}, "hidden"),
    "another narrow minimum": ("deep_linear_narrow", ("weights", 0, 0, 0), ONE, "that of the theorem"),
    "another loss of a narrow network": ("deep_linear_narrow", ("better_loss",), {"rational": "1/4"}, "as stated"),
    "a narrow point that is no better": (
        "deep_linear_narrow",
        ("better_point", 0, 0, 0),
        {"rational": "0"},
        "as stated",
    ),
    "a larger radius of a narrow network": (
        "deep_linear_narrow",
        ("radius",),
        {"rational": "3/10"},
        "within the radius",
    ),
    "no radius of a narrow network": ("deep_linear_narrow", ("radius",), {"rational": "0"}, "within the radius"),
    "another constant of a sigmoid network": ("sigmoid", ("local_minimum", "constant"), ONE, "that of the theorem"),
    "another bias of a sigmoid": ("sigmoid", ("local_minimum", "biases", 4), {"int": "0"}, "that of the theorem"),
    "another weight of a sigmoid": (
        "sigmoid",
        ("better_point", "weights", 0),
        {"int": "2"},
        "better point is as stated",
    ),
    "a smaller risk of sigmoids": ("sigmoid", ("risk_better_point",), {"rational": "-1"}, "better point is as stated"),
    "a larger radius of sigmoids": ("sigmoid", ("radius",), {"rational": "1000001/1000000"}, "within the radius"),
    "no radius of sigmoids": ("sigmoid", ("radius",), {"rational": "0"}, "radius is positive"),
    "one unit less": ("sigmoid", ("units",), {"int": "4"}, "of so many units"),
    "another unit of the counterexample": ("yu_chen", ("units",), {"int": "3"}, "one unit less"),
    "no better point of the counterexample": ("yu_chen", ("better_point", "outgoing", 0), ONE, "as stated"),
    "another input of a mean": ("mean_input_tanh", ("inputs", 0, 0), ONE, "mean"),
    "another weight of a mean": ("mean_input_tanh", ("weights", 0), ONE, "total"),
    "a negative weight of a mean": ("mean_input_tanh", ("weights", 2), {"rational": "-1"}, "weights"),
    "another mean input": ("mean_input_tanh", ("mean",), {"int": "2"}, "mean"),
    "no mean input": ("mean_input_tanh", ("mean",), {"int": "4"}, "o_high"),
    "no scale of a mean": ("mean_input_tanh", ("t",), {"rational": "0"}, "scale"),
    "a layer without units": ("mean_input_tanh", ("widths", 1), {"int": "0"}, "widths"),
    "the other sigma of a mean": ("mean_input_tanh", ("sigma",), {"int": "-1"}, "bend"),
    "another sigma of a mean": ("mean_input_tanh", ("sigma",), {"int": "2"}, "sign"),
    "the other tau of a mean": ("mean_input_tanh", ("tau",), {"int": "-1"}, "slope"),
    "no radius of a mean": ("mean_input_tanh", ("radius",), {"rational": "0"}, "radius is positive"),
    "a smaller risk of a mean": ("mean_input_tanh", ("risk_better_point",), {"rational": "1/2"}, "at most as stated"),
    "a risk of a mean that is no better": ("mean_input_tanh", ("risk_better_point",), ONE, "is smaller"),
    "another risk of a mean": ("mean_input_tanh", ("risk_local_minimum",), ONE, "local minimum is as stated"),
    "another better point of a mean": ("mean_input_tanh", ("better_point", "outgoing_weight"), ONE, "as stated"),
    "a feature that is none": ("mean_input_tanh", ("better_point", "feature"), {"int": "3"}, "no such feature"),
    "no radius of the paper's minimum": ("smooth_tanh", ("radius",), {"rational": "0"}, "radius is positive"),
    "a risk of the paper that is no better": ("smooth_tanh", ("risk_better_point",), {"rational": "1/3"}, "below 1/3"),
    "nothing smooth around the paper's minimum": ("smooth_tanh", ("within",), {"rational": "0"}, "radius"),
    "a larger radius of a loss": ("huber", ("radius",), ONE, "within the radius"),
    "no radius of a loss": ("huber", ("radius",), {"rational": "0"}, "radius is positive"),
    "a larger risk of a loss": ("huber", ("risk_at_least",), ONE, "at least as stated"),
    "a smaller risk of a loss": ("huber", ("risk_at_most",), {"rational": "1/4"}, "at most as stated"),
    "a better point of a loss that is worse": ("huber", ("better_point", "b2"), ONE, "better point is at most"),
    "a better risk of a loss": ("margins", ("risk_better_point",), {"rational": "18/5"}, "better point is at most"),
    "a better risk that is none": ("margins", ("risk_better_point",), {"rational": "4"}, "is smaller"),
    "slopes of a loss that are equal": ("margins", ("s_minus",), ONE, "C1.3"),
    "one unit and a loss": ("margins", ("width",), {"int": "1"}, "of this width"),
    "one output and target of a loss": ("margins", ("target",), None, "the term of a number"),
    "another bias of a deep loss": (
        "deep_hinge",
        ("better_point", "biases", 2, 0),
        {"rational": "9"},
        "at most as stated",
    ),
    "another width of a deep loss": ("deep_hinge", ("widths", 1), {"int": "3"}, "of these widths"),
    "another kind for a loss": (
        "deep_linear_logistic",
        ("classification",),
        "global_minimum",
        "the point is global_minimum",
    ),
    "no critical point of a loss": ("deep_linear_logistic", ("weights", 1, 0, 0), ONE, "within the radius"),
    "a point far away for a loss": (
        "deep_linear_logistic",
        ("radius",),
        {"rational": "1/1000000"},
        "within the radius",
    ),
    "a multiplier of a bound": ("deep_linear_logistic", ("bound", "multipliers", 0, 0), ONE, "orthogonal"),
    "another mean of numbers": ("linear_algebra_best_constant", ("mean",), ONE, "mean_def"),
    "another number": ("linear_algebra_best_constant", ("y", 1), ONE, "mean_def"),
    "numbers without one": ("linear_algebra_best_constant", ("m",), {"rational": "0"}, "samples"),
    "another sigma of any activation": ("every", ("sigma",), ONE, "not_affine"),
    "an interval without points": ("every", ("within",), {"rational": "0"}, "interval"),
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
    found = changed("mean_input_tanh", "radius", value={"rational": "1/3"})
    assert found.not_rechecked == ["no risk within the radius is smaller"]
    found = changed("margins", "radius", value={"rational": "1/2"})
    assert found.not_rechecked == ["all pre-activations at the local minimum stay positive within the radius"]
    assert "a stationary affine function is known" in changed("huber", "targets", 0, value=ONE).not_rechecked
    found = changed("margins", "fit", "intercept", value={"rational": "5"})
    assert found.not_rechecked == [
        "a stationary affine function is known",
        "whether the hypothesis stationary holds",
        "whether the hypothesis residual holds",
    ]
    found = changed("deep_linear_logistic", "lower_point", value=AT_ZERO)
    assert found.not_rechecked == ["the loss at lower_point is on its side"]
    found = changed("deep_linear_logistic", "bound", "at_most", value={"rational": "1/1000"})
    assert found.not_rechecked == ["the gap is at most as stated"]
    found = changed("smooth_tanh", "p", value=None)
    assert found.not_rechecked == [
        "whether the hypothesis proportional holds",
        "whether the hypothesis different holds",
    ]


@pytest.mark.parametrize(
    "example",
    [
        "xor",
        "affine_data",
        "deep_linear_saddle",
        "trained_deep_linear",
        "xor_deep",
        "teaching_selu",
        "sigmoid",
        "yu_chen",
        "deep_linear_narrow",
        "mean_input_tanh",
        "huber",
        "linear_algebra_best_constant",
    ],
)
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


def test_that_an_activation_tells_samples_apart_rests_on_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.recheck.test_instances.RESULTS", RESULTS[:1])
    assert decided(json.loads(written("gates_elu"))).not_rechecked == ["whether the hypothesis discriminatory holds"]


def test_a_second_derivative_that_is_lower_than_is_said_is_not_taken_as_shown() -> None:
    found = changed("centroid", "bend", "low", value={"rational": "9"})
    assert "the second derivative is between its bounds" in found.not_rechecked


# What the applied result says -----------------------------------------------------------------------------------------


def forged(example: str) -> Certificate:
    """True numbers, under a result that has the name and the labels of the theorem, and says nothing."""
    data = json.loads(written(example))
    values = Table(Place(data["table"]), {}).value(Place(data["numbers"]), lambda _: None)
    hypotheses = tuple((tuple(labels), holds) for labels, holds in data["hypotheses"])
    id = data["applied"]
    labels = [label for label, _ in load_library().theorems[id].hypotheses]
    empty = Theorem(id, (), tuple((label, TRUE) for label in labels), TRUE, (Step("qed", by=By("logic")),))
    return Certificate({id: empty}, (id,), {id: "proved"}, {}, Instance(id, id, "certified", hypotheses, values))


@pytest.mark.parametrize("example", ["teaching", "exp"])
def test_a_result_that_only_has_the_name_of_the_theorem_is_refused(example: str) -> None:
    """What numbers mean is said by the theorem; the one in the file has to be the one that this program knows."""
    found = verdict_of(forged(example))
    assert found.verdict == "invalid"
    assert found.refused == (f"{found_name(example)} does not say what this program knows under that name",)


def test_the_trust_is_not_better_than_that_of_the_applied_result() -> None:
    """A proved result is asked for, but the numbers are put into one that is only cited."""
    trivial = Theorem("own.trivial", (), (), TRUE, (Step("qed", by=By("logic")),))
    cited = Theorem("own.cited", (), (), TRUE, citation="somewhere, p. 1")
    theorems = {each.id: each for each in (trivial, cited)}
    instance = Instance("own.cited", "own.cited", "certified", (), None)
    found = verdict_of(Certificate(theorems, ("own.trivial",), {"own.trivial": "proved"}, {}, instance))
    assert found.trust == "cited"


def found_name(example: str) -> str:
    return str(json.loads(written(example))["applied"])


def test_a_lemma_that_only_has_the_name_of_one_is_not_relied_on() -> None:
    lemma = "affine_piece.affine_tails"
    empty = Theorem(lemma, (), (), TRUE, (Step("qed", by=By("logic")),))
    assert known_results([empty]) == []


def test_the_known_statements_are_those_of_the_library() -> None:
    """Where a statement changed, look whether the file of ``instances`` still decides what it says."""
    assert {name: hash_in_library(name) for name in STATEMENTS} == STATEMENTS


def hash_in_library(name: str) -> str:
    convert, theorem = Converter(), load_library().theorems[name]
    hypotheses = tuple((label, convert.term(p)) for label, p in theorem.hypotheses)
    variables = tuple(convert.term(v) for v in theorem.variables)
    return statement_hash(Theorem(name, variables, hypotheses, convert.term(theorem.conclusion)))
