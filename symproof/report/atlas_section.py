"""The chapter of a report on the atlas: a table of activations, then each with its witness and figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from symproof.engine.atlas_row import AtlasPart, AtlasRow
from symproof.instances.shown_number import bound_text, short_latex
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
    Picture,
    Section,
    Table,
    inlines,
    math,
    paragraph,
)

__all__ = ["atlas_pictures", "atlas_sections"]

MOST_PATHS = 6
"""So many activations are drawn in the plane of E and O."""
WORDS = {
    "certified": "certified",
    "not_applicable": "does not apply",
    "undecided": "undecided",
    "failed": "failed",
}
NAMES = ("smooth activations", "activations with an affine piece", "ReLU-like activations")
PLANE = ""
"""The key of the figure of the plane among the pictures."""
_NO_EVIDENCE = "Drawn in floating point, no evidence."

Link = Callable[[str], Inline]


def atlas_pictures(rows: Sequence[AtlasRow], progress: Callable[[str], None] = lambda _: None) -> dict[str, Picture]:
    """The figures: one for each certified row by its text, and one of all of them under the key ``PLANE``.

    Args:
        rows: the rows.
        progress: called with the name of each figure that is done.

    Raises:
        MissingPackage: matplotlib is not installed.
    """
    drawn = {row.text: _drawn(row) for row in rows if row.shown.verdict == "certified"}
    pictures = {}
    for text, one in drawn.items():
        pictures[text] = activation_plot(one)
        progress(one.title)
    if drawn:
        pictures[PLANE] = plane_plot(list(drawn.values())[:MOST_PATHS])
    return pictures


def _drawn(row: AtlasRow) -> Drawn:
    part = row.shown
    minimum, better = (float_network(part.numbers[f"parameters_{name}"]) for name in ("local_minimum", "better_point"))
    if "v" in part.numbers:
        reach = 2 * float_of(str(part.numbers["radius"]))
        centers = sorted({unit[-1] for unit in minimum.inner})
        intervals = tuple((v - reach, v + reach) for v in centers)
        name = "certified"
    else:
        piece: Mapping[str, str] = part.numbers["piece"]
        intervals, name = ((float_of(piece["low"]), float_of(piece["high"])),), "affine piece"
    return Drawn(row.title, activation_in_floats(read_activation(row.text).term), minimum, better, intervals, name)


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
    first = Section("Atlas of activations", tuple(head), level, "atlas", new_page=level == 1)
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
            math(r"\left(\tfrac{1}{2}, \tfrac{1}{2}\right) \mapsto 1"), "; the risk is half the sum of the squared errors. "
            "For each activation it was decided whether the theorems on smooth activations (",
            link("smooth.spurious_minimum"), ", ", link("smooth.bent_activation"),
            "), on activations with an affine piece (", link("affine_piece.spurious_minimum"),
            ") and on ReLU-like activations (", link("relu_like.spurious_minimum"),
            ") apply. A theorem that applies has an instance whose hypotheses were all decided on these numbers. That one "
            "does not apply means that one of its hypotheses is shown to fail for this activation.",
        ),
        paragraph(
            "For smooth activations all incoming weights are 0 at the local minimum, and the biases are ", math("v_j"),
            ", the outgoing weights ", math("u_j"), ". No parameter moves by more than the certified radius ",
            math(r"\rho"), " without the risk staying at least ", math(r"\tfrac{1}{3}"), ". The margin is a lower bound of the "
            "determinant of the quadratic form ", math("M"), " at the minimum, or of ", math(r"\lvert h''(v) \rvert"),
            " where the minimum lies on a bent piece. At the better point ", math("p_1, \\dots, p_4"),
            " are what goes into the two units at the first two samples.",
        ),
    )  # fmt: skip


def _table(rows: Sequence[AtlasRow]) -> Table:
    header = ("Activation", "Applies", "Radius", "Risk at the minimum", "Risk at the better point", "Margin", "Trust")
    caption = inlines(
        "The atlas. Radius and margin are lower bounds, the risk at the better point is exact or an upper bound."
    )
    return Table(
        tuple(inlines(word) for word in header), tuple(map(_cells, rows, range(1, len(rows) + 1))), caption, "llrrrll",
        anchor="table:atlas",
    )  # fmt: skip


def _cells(row: AtlasRow, position: int) -> tuple[Inlines, ...]:
    from symproof.report.document import Reference

    part = row.shown
    title = inlines(Reference(f"atlas:{position}", row.title))
    if part.verdict != "certified":
        return title, inlines(row.applies), *(inlines("\N{EN DASH}") for _ in range(5))
    numbers = part.numbers
    return (
        title,
        inlines(row.applies),
        inlines(math(_bound(numbers["radius"]))),
        inlines(math(_bound(numbers["risk_local_minimum"]))),
        inlines(math(_bound(numbers["risk_better_point"], up=True))),
        _margin(part),
        inlines(part.trust),
    )


def _margin(part: AtlasPart) -> Inlines:
    if "margin" not in part.numbers:
        return inlines("\N{EN DASH}")
    name = r"\det M" if part.numbers["form"] == "two units" else r"h''"
    return inlines(math(rf"{name} \ge {_bound(part.numbers['margin'])}"))


def _bound(value: object, up: bool = False) -> str:
    """A bound as LaTeX."""
    shown = bound_text(str(value), up=up)
    top, slash, bottom = shown.partition("/")
    if slash:
        return rf"-\tfrac{{{top[1:]}}}{{{bottom}}}" if top.startswith("-") else rf"\tfrac{{{top}}}{{{bottom}}}"
    mantissa, e, exponent = shown.partition("E")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if e else shown


def _plane_figure(picture: Picture, titles: Sequence[str]) -> Figure:
    caption = inlines(
        "The least risk for given ", math(r"E = \tfrac{1}{2}(f(x_1) + f(x_2)) - f(x_3)"), " and ",
        math(r"O = \tfrac{1}{2}(f(x_1) - f(x_2))"), ", which is ", math(r"\tfrac{1}{3}(1 + E)^2 + O^2"),
        "; the thick line is where it is ", math(r"\tfrac{1}{3}"), ". Near a local minimum ",
        math(r"\tfrac{2}{3} E + O^2 \ge 0"), f". The coloured curves are the straight ways to the better points. {_NO_EVIDENCE}",
    )  # fmt: skip
    alt = "Contours of the least risk in the plane of E and O, with the ways from the local minima to the better points "
    return Figure(picture, caption, f"{alt}of {', '.join(titles)}.", width=0.8, anchor="figure:atlas-plane")


def _entry(row: AtlasRow, picture: Picture | None, link: Link) -> tuple[Block, ...]:
    blocks: list[Block] = [DisplayMath(Formula(rf"h(t) = {row.latex}"))]
    if "v" in row.smooth.numbers:
        blocks.append(_witness(row.smooth))
    for name, part in zip(NAMES, row.parts, strict=True):
        blocks.append(_decision(name, part, link))
    if picture is not None:
        words = (
            "Left: the activation, with the biases of the local minimum and the inputs of the units at the better point; "
            "shaded is " + ("what the certified radius allows. " if "v" in row.shown.numbers else "the affine piece. ")
            + f"Right: the risk along the segment from the local minimum to the better point. {_NO_EVIDENCE}"
        )  # fmt: skip
        alt = f"The activation {row.title} with the points of its instance, and the risk along a segment."
        blocks.append(Figure(picture, inlines(words), alt, width=1.0))
    return tuple(blocks)


def _witness(part: AtlasPart) -> Block:
    numbers = part.numbers
    names = [("v", "v"), ("u", "u"), ("p", "p")]
    given = [math(rf"{symbol} = {_several(numbers[key])}") for key, symbol in names if numbers[key]]
    words: list[Inline | str] = []
    for k, one in enumerate(given):
        words += [", " if k else "", one]
    return paragraph(
        "Witness: ", *words, ". Certified radius ", math(_bound(numbers["radius"])), " (", numbers["method"],
        f"); {numbers['margin_of'].replace('det M', 'determinant')} at least ", math(_bound(numbers["margin"])), ".",
    )  # fmt: skip


def _several(texts: Sequence[str]) -> str:
    shown = [short_latex(text) for text in texts]
    if len(set(shown)) == 1:
        return shown[0]
    return rf"\left({', '.join(shown)}\right)"


def _decision(name: str, part: AtlasPart, link: Link) -> Block:
    theorem: list[Inline | str] = [" (", link(part.theorem), ")"] if part.theorem else []
    trust = f", trust {part.trust}" if part.trust else ""
    numbers: list[Inline | str] = []
    if part.verdict == "certified":
        better = math(_bound(part.numbers["risk_better_point"], up=True))
        numbers = [" Risk ", math(_bound(part.numbers["risk_local_minimum"])), " at the local minimum, at most ", better,
                   " at the better point."]  # fmt: skip
    return paragraph(f"Theorems on {name}: {WORDS[part.verdict]}", *theorem, f"{trust}. {part.reason}.", *numbers)
