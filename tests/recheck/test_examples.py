"""The numbers of each file of ``examples`` are decided again by the re-checker, all of them."""

import json
from pathlib import Path

import pytest

from tests.recheck.test_instances import decided, written

DECIDED = {
    "affine_data", "centroid", "deep_linear_logistic", "deep_linear_narrow", "deep_linear_no_width",
    "deep_linear_saddle", "diabetes", "diabetes_deep", "gates_elu", "linear_algebra_best_constant", "margins",
    "mean_input_tanh", "rank_deficient", "repeated_rows", "sigmoid", "smooth_silu", "smooth_tanh", "square_corners",
    "teaching", "teaching_paper", "teaching_selu", "trained_deep_linear", "xor", "xor_deep", "xor_hard_swish",
    "xor_paper", "yu_chen",
}  # fmt: skip
"""All of their numbers are."""
OTHERS = {"sweep"}
"""The parameters of many instances."""


def test_every_example_is_accounted_for() -> None:
    assert sorted([*DECIDED, *OTHERS]) == sorted(file.stem for file in Path("examples").glob("*.toml"))


@pytest.mark.parametrize("example", sorted(DECIDED))
def test_all_numbers_are_decided_again(example: str) -> None:
    found = decided(json.loads(written(example)))
    assert (found.refused, found.not_rechecked) == ([], [])
    assert found.found
