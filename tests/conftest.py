"""Under SYMPROOF_NO_SKIP=1 (CI) a skipped test is a failed test: what never runs checks nothing."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

os.environ["SYMPROOF_CACHE"] = "off"  # what a test says of a check is said of a check that took place
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
