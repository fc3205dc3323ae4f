"""The soundness suite also runs under ``python -O``, which drops assert statements: pytest must keep those in tests."""

import pytest


def test_assert_statements_in_tests_are_executed() -> None:
    with pytest.raises(AssertionError):
        assert 1 == 2
