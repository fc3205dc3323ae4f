"""The checked library, for tests that are not about checks: from the cache that all workers share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from symproof.cli.check_options import check_options
from symproof.engine.parallel_check import check_with_engine
from symproof.library import load_library
from symproof.library_check import CheckedTheorem


@cache
def checked_library() -> Mapping[str, CheckedTheorem]:
    """All results of the library, checked once for all tests."""
    return check_with_engine(load_library(), options=check_options(()))
