"""Progress goes to standard error, and seldom when that is no terminal."""

import io
import sys

import pytest

from symproof.cli.progress import show_progress


def test_plain_lines_come_at_most_every_few_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 1.0, 6.0, 6.0, 7.0])
    with show_progress("checking", total=3, clock=lambda: next(times)) as advance:
        for name in ("a", "b", "c"):
            advance(name)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "symproof: checking 2/3 (b)\n"


def test_a_terminal_gets_a_bar_that_is_wiped(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with show_progress("checking", total=1) as advance:
        advance("deep_linear.critical_points")
    assert "checking" in terminal.getvalue()
    assert capsys.readouterr().out == ""


def test_nothing_to_do_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with show_progress("checking", total=0) as advance:
        advance("a")
    assert capsys.readouterr() == ("", "")


def test_a_closed_standard_error_stops_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with show_progress("checking", total=1) as advance:
        advance("a")
