"""What all tests share: a cache of check results for this run alone, and no skipped tests in CI.

Commands that need the checked library (graph, list, report, show) find it in a cache that starts empty with each run
and that all workers share, so that each theorem is checked once. What a test says of a check itself is said of a check
that took place: such tests use ``checked_anew``.

Under SYMPROOF_NO_SKIP=1 (CI) a skipped test is a failed test: what never runs checks nothing.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator

import pytest

_IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
if not _IS_WORKER:  # the workers inherit the folder
    os.environ["SYMPROOF_CACHE"] = tempfile.mkdtemp(prefix="symproof-tests-")
_NO_SKIP = os.environ.get("SYMPROOF_NO_SKIP") == "1"


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    expected_failure = hasattr(report, "wasxfail")
    if _NO_SKIP and report.outcome == "skipped" and not expected_failure:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped, but SYMPROOF_NO_SKIP=1 allows no skip: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.fixture
def checked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every check in the test takes place; nothing is kept."""
    monkeypatch.setenv("SYMPROOF_CACHE", "off")


def pytest_unconfigure() -> None:
    if not _IS_WORKER:
        shutil.rmtree(os.environ["SYMPROOF_CACHE"], ignore_errors=True)
