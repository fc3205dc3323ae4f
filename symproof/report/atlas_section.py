"""The chapter of a report on the atlas: a table of activations, then each with its witness and figures."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from symproof.engine.atlas_row import AtlasPart, AtlasRow
from symproof.engine.limits import NO_LIMITS
from symproof.engine.worker_pool import Report, run_all
from symproof.instances.shown_number import APPROXIMATELY, SHORT_FRACTION, bound_text, short_latex
from symproof.instances.smooth_activation import read_activation
from symproof.report.activation_curves import activation_in_floats, float_network, float_of
from symproof.report.atlas_plots import Drawn, activation_plot, plane_plot
from symproof.report.document import (
    Block,
    Code,
    DisplayMath,
    Figure,
    Formula,
    Inline,
    Inlines,
    ListBlock,
    Picture,
    Reference,
    Section,
    Table,
    inlines,
    math,
    paragraph,
)
from symproof.report.missing_package import optional_import

__all__ = ["PLANE", "TITLE", "atlas_pictures", "atlas_sections"]

MOST_PATHS = 6
"""So many activations are drawn in the plane of E and O."""
WORDS = {
    "certified": "certified",
    "not_applicable": "does not apply",
    "undecided": "undecided",
    "failed": "failed",
}
NAMES = ("Smooth", "Affine piece", "ReLU-like")
TITLE = "Atlas of activations"
PLANE = ""
"""The key of the figure of the plane among the pictures."""
_NO_EVIDENCE = "Drawn in floating point, no evidence."

Link = Callable[[str], Inline]


def atlas_pictures(
    rows: Sequence[AtlasRow], workers: int | None = None, progress: Callable[[str], None] = lambda _: None
) -> tuple[dict[str, Picture], list[str]]:
    """The figures: one for each certified row by its text, and one of the first rows under the key ``PLANE``.

    Args:
        rows: the rows.
        workers: processes that draw; as many as processors if None.
        progress: called with the name of each figure that is done.

    Returns:
        The figures, and for each that could not be drawn a note that says why.

    Raises:
        MissingPackage: matplotlib is not installed.
    """
    optional_import("matplotlib", extra="plots", purpose="figures")
    certified = [row for row in rows if row.shown.verdict == "certified"]
    pieces = [[row.title, row.text, dict(row.shown.numbers)] for row in certified]
    keys = [row.text for row in certified]
    tasks = [["one", [piece]] for piece in pieces] + ([["plane", pieces[:MOST_PATHS]]] if pieces else [])
    names = [*(row.title for row in certified), "the plane"]
    pictures: dict[str, Picture] = {}
    notes: list[str] = []
    for position, outcome in run_all(_draw, tasks, min(workers or os.cpu_count() or 1, len(tasks) or 1), NO_LIMITS):
        answer = outcome.answer if outcome.kind == "answer" else {"problem": f"the process died ({outcome.detail})"}
        if "problem" in answer:
            notes.append(f"no figure of {names[position]}: {answer['problem']}")
        else:
            pictures[[*keys, PLANE][position]] = Picture(answer["svg"], base64.b64decode(answer["pdf"]))
        progress(names[position])
    return pictures, sorted(notes)


def _draw(task: Any, report: Report) -> dict[str, str]:
    """Draw one activation, or several in the plane, in a worker."""
    try:
        kind, pieces = task
        drawn = [_drawn(piece) for piece in pieces]
        picture = plane_plot(drawn) if kind == "plane" else activation_plot(drawn[0])
    except MemoryError:
        raise
    except Exception as error:  # numbers that floats cannot hold, for one: a figure is missing, and that is said
        return {"problem": " ".join(f"{type(error).__name__}: {error}".split())[:300]}
    return {"svg": picture.svg, "pdf": base64.b64encode(picture.pdf).decode()}


def _drawn(piece: Any) -> Drawn:
    title, text, numbers = piece
    minimum, better = (float_network(numbers[f"parameters_{name}"]) for name in ("local_minimum", "better_point"))
    if "v" in numbers:
        reach = 2 * float_of(str(numbers["radius"]))
        intervals = tuple((v - reach, v + reach) for v in sorted({unit[-1] for unit in minimum.inner}))
        name = "certified"
    else:
        low, high = (float_of(str(numbers["piece"][end])) for end in ("low", "high"))
        intervals, name = ((low, high),), "affine piece"
    return Drawn(title, activation_in_floats(read_activation(text).term), minimum, better, intervals, name)


def atlas_sections(
    rows: Sequence[AtlasRow], pictures: Mapping[str, Picture], link: Link = Code, level: int = 1
) -> tuple[Section, ...]:
    """The chapter.

    Args:
        rows: the rows.
        pictures: see :func:`atlas_pictures`; empty for a chapter without figures.
        link: how a theorem is named.
        level: of the first heading.
    """
    head: list[Block] = [*_introduction(link), _table(rows)]
    if PLANE in pictures:
        head.append(_plane_figure(pictures[PLANE], [row.title for row in rows if row.text in pictures][:MOST_PATHS]))
    first = Section(TITLE, tuple(head), level, "atlas", new_page=level == 1)
    entries = (
        Section(row.title, _entry(row, pictures.get(row.text), link), level + 1, f"atlas:{position}")
        for position, row in enumerate(rows, 1)
    )
    return (first, *entries)


def _introduction(link: Link) -> tuple[Block, ...]:
    return (
        paragraph(
            "All activations are put into networks with two hidden units and an output bias, on the three samples ",
            math(r"(1, 0) \mapsto 0"), ", ", math(r"(0, 1) \mapsto 0"), ", ",
            math(r"\left(\tfrac{1}{2}, \tfrac{1}{2}\right) \mapsto 1"), "; the risk is half the sum of the squared "
            "errors. For each activation it was decided whether the theorems on smooth activations (",
            link("smooth.spurious_minimum"), ", ", link("smooth.bent_activation"),
            "), on activations with an affine piece (", link("affine_piece.spurious_minimum"),
            ") and on ReLU-like activations (", link("relu_like.spurious_minimum"),
            ") apply. A theorem that applies has an instance whose hypotheses were all decided on these numbers. That "
            "one does not apply means that one of its hypotheses is shown to fail for this activation.",
        ),
        paragraph(
            "For smooth activations all incoming weights are 0 at the local minimum, and the biases are ", math("v_j"),
            ", the outgoing weights ", math("u_j"), ". No parameter moves by more than the certified radius ",
            math(r"\rho"), " without the risk staying at least ", math(r"\tfrac{1}{3}"), ". The margin is a lower "
            "bound of the determinant of the quadratic form ", math("M"), " at the minimum, or of ",
            math(r"\lvert h''(v) \rvert"), " where the minimum lies on a bent piece. At the better point ",
            math("p_1, \\dots, p_4"), " are what goes into the two units at the first two samples.",
        ),
        paragraph(
            "The figures show on the left the activation, the biases at the local minimum and the inputs of the units "
            "at the better point; on the right the risk along the segment from the local minimum to the better point, "
            "on an axis that is logarithmic beyond ", math(r"\tfrac{1}{2}"), " where the risk becomes large. They are "
            "drawn in floating point and are no evidence.",
        ),
    )  # fmt: skip


def _table(rows: Sequence[AtlasRow]) -> Table:
    header = (
        inlines("Activation"), inlines("Applies"), inlines(math(r"\rho")), inlines(math("R_0")), inlines(math("R_1")),
        inlines(math(r"\det M")), inlines(math(r"\lvert h''(v) \rvert")), inlines("Trust"),
    )  # fmt: skip
    caption = inlines(
        "The atlas: the certified radius ", math(r"\rho"), ", the risk ", math("R_0"), " at the local minimum, the "
        "risk ", math("R_1"), " at the better point, the determinant or the bend. ", math("R_1"), " is exact or an "
        "upper bound, the others are lower bounds.",
    )  # fmt: skip
    cells = tuple(_cells(row, position) for position, row in enumerate(rows, 1))
    return Table(header, cells, caption, "llrrrrrl", anchor="table:atlas")


def _cells(row: AtlasRow, position: int) -> tuple[Inlines, ...]:
    part = row.shown
    title = inlines(Reference(f"atlas:{position}", row.title))
    if part.verdict != "certified":
        return title, inlines(row.applies), *(inlines("\N{EN DASH}") for _ in range(6))
    numbers = part.numbers
    return (
        title,
        inlines(row.applies),
        inlines(math(_bound(numbers["radius"]))),
        inlines(math(_bound(numbers["risk_local_minimum"]))),
        inlines(math(_bound(numbers["risk_better_point"], up=True))),
        *_margins(part),
        inlines(part.trust),
    )


def _margins(part: AtlasPart) -> tuple[Inlines, Inlines]:
    """The determinant, and the bend; one of them is a dash."""
    none = inlines("\N{EN DASH}")
    if "margin" not in part.numbers:
        return none, none
    shown = inlines(math(_bound(part.numbers["margin"])))
    return (shown, none) if part.numbers["form"] == "two units" else (none, shown)


def _bound(value: object, up: bool = False) -> str:
    """A bound as LaTeX."""
    shown = bound_text(str(value), up=up)
    top, slash, bottom = shown.partition("/")
    if slash:
        return rf"-\tfrac{{{top[1:]}}}{{{bottom}}}" if top.startswith("-") else rf"\tfrac{{{top}}}{{{bottom}}}"
    mantissa, e, exponent = shown.partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if e else shown


def _plane_figure(picture: Picture, titles: Sequence[str]) -> Figure:
    caption = inlines(
        "The least risk for given ", math(r"E = \tfrac{1}{2}(f(x_1) + f(x_2)) - f(x_3)"), " and ",
        math(r"O = \tfrac{1}{2}(f(x_1) - f(x_2))"), ", which is ", math(r"\tfrac{1}{3}(1 + E)^2 + O^2"),
        "; the thick line is where it is ", math(r"\tfrac{1}{3}"), ". Near a local minimum ",
        math(r"\tfrac{2}{3} E + O^2 \ge 0"), ". The coloured curves are the straight ways to the better points. ",
        _NO_EVIDENCE,
    )  # fmt: skip
    alt = (
        "Contours of the least risk in the plane of E and O, with the ways from the local minima to the better points "
    )
    return Figure(picture, caption, f"{alt}of {', '.join(titles)}.", width=0.8, anchor="figure:atlas-plane")


def _entry(row: AtlasRow, picture: Picture | None, link: Link) -> tuple[Block, ...]:
    decisions = tuple(_decision(name, part, link) for name, part in zip(NAMES, row.parts, strict=True))
    blocks: tuple[Block, ...] = (DisplayMath(Formula(rf"h(t) = {row.latex}")), ListBlock(decisions))
    if picture is None:
        return blocks
    shaded = "what the certified radius allows" if "v" in row.shown.numbers else "the affine piece"
    caption = inlines(f"{row.title}; shaded: {shaded}. {_NO_EVIDENCE}")
    alt = f"The activation {row.title} with the points of its instance, and the risk along a segment."
    return (*blocks, Figure(picture, caption, alt, width=1.0))


def _decision(name: str, part: AtlasPart, link: Link) -> Inlines:
    """What was decided about one family of theorems."""
    words: list[Inline | str] = [f"{name}: {WORDS[part.verdict]}"]
    if part.verdict != "certified":
        return inlines(*words, f": {part.reason}.")
    numbers = part.numbers
    words += [" by ", link(part.theorem), f" (trust {part.trust}): "]
    if "v" in numbers:
        for symbol in ("v", "u", "p"):
            words += [math(f"{symbol}{_several(numbers[symbol])}"), ", "] if numbers[symbol] else []
        name = r"\det M" if numbers["form"] == "two units" else r"\lvert h''(v) \rvert"
        words += [math(rf"{name} \ge {_bound(numbers['margin'])}"), f"; {numbers['method']}, "]
    else:
        words += [f"{part.reason}; "]
    return inlines(
        *words, "radius ", math(_bound(numbers["radius"])), ", risk ", math(_bound(numbers["risk_local_minimum"])),
        " at the local minimum and ", *_better(numbers["risk_better_point"]), " at the better point.",
    )  # fmt: skip


def _better(text: object) -> tuple[Inline | str, ...]:
    shown = math(_bound(text, up=True))
    return (shown,) if len(str(text)) <= SHORT_FRACTION else ("at most ", shown)


def _several(texts: Sequence[str]) -> str:
    """``= (a, b)``, or only ``= a`` if they are all the same."""
    shown = [short_latex(text) for text in texts]
    if len(set(shown)) == 1:
        return shown[0] if shown[0].startswith(APPROXIMATELY) else f" = {shown[0]}"
    return rf" = \left({', '.join(shown)}\right)"
