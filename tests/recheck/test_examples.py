"""What ``symproof verify`` says of the numbers of each file of ``examples``: decided again, or which part is not."""

import json
from pathlib import Path

import pytest

from symproof.instances.instance_file import load_instance_file
from symproof.recheck.certificate import Instance
from symproof.recheck.instance import check_instance
from tests.recheck.test_instances import decided, written

DECIDED = {
    "affine_data", "centroid", "deep_linear_narrow", "deep_linear_no_width", "deep_linear_saddle", "diabetes",
    "diabetes_deep", "gates_elu", "linear_algebra_best_constant", "margins", "mean_input_tanh", "rank_deficient",
    "repeated_rows", "sigmoid", "smooth_silu", "smooth_tanh", "square_corners", "teaching", "teaching_paper",
    "teaching_selu", "trained_deep_linear", "xor", "xor_deep", "xor_hard_swish", "xor_paper", "yu_chen",
}  # fmt: skip
"""All of their numbers are."""
OTHERS = {"deep_linear_logistic", "sweep"}
"""A loss whose numbers no certificate has; and the parameters of many instances."""


def test_every_example_is_accounted_for() -> None:
    assert sorted([*DECIDED, *OTHERS]) == sorted(file.stem for file in Path("examples").glob("*.toml"))


@pytest.mark.parametrize("example", sorted(DECIDED))
def test_all_numbers_are_decided_again(example: str) -> None:
    found = decided(json.loads(written(example)))
    assert (found.refused, found.not_rechecked) == ([], [])
    assert found.found


def test_numbers_of_another_loss_are_not_there() -> None:
    assert load_instance_file("examples/deep_linear_logistic.toml").theorem == "deep_linear.critical_points"
    found = check_instance(Instance(*["deep_linear.critical_points"] * 2, "certified", (), None), (), ())
    assert found.not_rechecked == [
        "the hypotheses and the numbers of deep_linear.critical_points: the certificate has no numbers for it",
    ]
