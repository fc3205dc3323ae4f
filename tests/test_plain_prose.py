"""Prose for the terminal carries no LaTeX."""

import pytest

from symproof.library import load_library
from symproof.plain_prose import plain_prose


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"for $\alpha > 0$ and $s_- \ge 0$", "for alpha > 0 and s_- >= 0"),
        (r"vectors $v_1, \dots, v_n$ in $\mathbb{R}^d$", "vectors v_1, ..., v_n in R^d"),
        (r"$\eta = \min\{-1, 2\min_i a(x_i)\}$", "eta = min{-1, 2min_i a(x_i)}"),
        (r"$\frac{1}{2}(f - y)^2 + \tfrac23 E$", "1/2 (f - y)^2 + 2/3 E"),
        (r"$2 \frac{s - t}{s + t}\,g$", "2 (s - t)/(s + t) g"),
        ("no formula, {braces} stay", "no formula, {braces} stay"),
    ],
)
def test_formulas_become_words(text: str, plain: str) -> None:
    assert plain_prose(text) == plain


def test_no_result_of_the_library_shows_latex() -> None:
    for theorem in load_library().theorems.values():
        assert "\\" not in plain_prose(theorem.prose), theorem.id
        assert "$" not in plain_prose(theorem.prose), theorem.id
