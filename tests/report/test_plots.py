import sys
from xml.dom import minidom

import pytest

from symproof.report.missing_package import MissingPackage
from symproof.report.plots import segment_plot, slice_plot

TS = [step / 10 for step in range(11)]
FALLING = [1 - t for t in TS]
GRID = [[x * x + y * y for x in TS] for y in TS]


def pictures():
    return segment_plot(TS, FALLING), slice_plot(TS, TS, GRID, radius=0.1, points={"b": (1, 1), "a": (0.5, 0.5)})


def test_three_formats_the_same_each_time():
    for first, second in zip(pictures(), pictures(), strict=True):
        assert first == second and first.pdf == second.pdf and first.png == second.png
        assert minidom.parseString(first.svg).documentElement.tagName == "svg"
        assert first.pdf.startswith(b"%PDF") and first.png.startswith(b"\x89PNG")
        assert b"CreationDate" not in first.pdf and "<dc:date>" not in first.svg


def test_values_over_many_powers_of_ten_get_a_logarithmic_axis():
    falling = segment_plot(TS, [10 ** (-8 * t) for t in TS])
    assert "matplotlib" in falling.svg or falling.svg
    assert falling.svg != segment_plot(TS, FALLING).svg


def test_gaps_are_left_out():
    assert segment_plot(TS, [float("nan"), *FALLING[1:]]).png
    assert slice_plot(TS, TS, [[float("inf"), *row[1:]] for row in GRID]).png


def test_a_constant_loss_can_be_drawn():
    assert segment_plot(TS, [1.0] * 11).png and slice_plot(TS, TS, [[1.0] * 11] * 11).png


@pytest.mark.parametrize(
    "draw",
    [
        lambda: segment_plot([0, 1], [1]),
        lambda: segment_plot([], []),
        lambda: slice_plot([0, 1], [0, 1], [[1, 2]]),
        lambda: slice_plot([0], [0], [[float("nan")]]),
    ],
)
def test_input_that_cannot_be_drawn_is_refused(draw):
    with pytest.raises(ValueError, match="value"):
        draw()


def test_matplotlib_is_optional(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingPackage, match=r"symproof\[plots\]"):
        segment_plot(TS, FALLING)


def test_settings_of_the_user_are_left_alone():
    import matplotlib

    before = dict(matplotlib.rcParams)
    segment_plot(TS, FALLING)
    assert dict(matplotlib.rcParams) == before
