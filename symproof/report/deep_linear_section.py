"""The sections of a report on one instance of ``deep_linear.critical_points``: layers, ranks, escape, matrices."""

from __future__ import annotations

from collections.abc import Iterator

from flint import arb, fmpq, fmpq_mat

from symproof.instances.deep_linear_escape import Escape
from symproof.instances.deep_linear_network import DeepLinearNetwork, Weights, is_zero
from symproof.instances.deep_linear_point import GLOBAL_MINIMUM, NOT_CRITICAL, SADDLE, DeepLinearPoint
from symproof.instances.offer import InstanceReport
from symproof.report.document import (
    Block,
    Code,
    Figure,
    Formula,
    Inlines,
    ListBlock,
    Paragraph,
    Section,
    Strong,
    Table,
    inlines,
    math,
    paragraph,
)
from symproof.report.escape_plot import escape_curve, escape_plot
from symproof.report.instance_section import hypothesis_table, number
from symproof.report.layer_drawing import MOST_BOXES, Layers, layer_drawing
from symproof.report.matrix_formula import MOST_COLUMNS, MOST_ROWS, matrix_lines
from symproof.report.number_format import decimal_ball_formula
from symproof.report.theorem_blocks import prose_inlines

__all__ = ["deep_linear_sections", "layer_blocks"]

MOST_LAYERS = 6
"""Of networks with more layers the matrices are not shown."""
_STATEMENTS = {
    "depth": r"there is at least one layer",
    "widths": r"$d_j \ge \min(d_0, d_L)$ for every hidden layer $j$",
    "gradient": r"the loss is differentiable, with gradient $G$ at the product $W_L \cdots W_1$",
    "critical": r"the gradient $S_j^\top G P_j^\top$ is 0 in every layer $j$",
}
_MEANING = {
    SADDLE: (
        "Saddle. ",
        "Critical, and $G \\ne 0$: neither a local minimum nor a local maximum, by part (1) of the theorem. Below "
        "there are points of smaller and of larger loss within the radius.",
    ),
    GLOBAL_MINIMUM: (
        "Global minimum. ",
        "Critical, and $G = 0$: the product is a global minimum of the squared loss, which is convex, so that the "
        "weights are one of the objective, by part (2) of the theorem.",
    ),
    NOT_CRITICAL: ("Not critical. ", "The gradient is not 0 in some layer, so that the theorem says nothing."),
}


def deep_linear_sections(point: DeepLinearPoint, report: InstanceReport, title: str, name: str) -> tuple[Section, ...]:
    """Everything about one instance but the steps of the proof.

    Args:
        point: the instance.
        report: its report.
        title: of the first section.
        name: of the instance, for anchors.
    """
    first: tuple[Block, ...] = (
        *_setting(point.network, report),
        hypothesis_table(report.hypotheses, _STATEMENTS),
        _meaning(point),
        _numbers(point),
    )
    layers = layer_blocks(point.network, None if point.escape is None else point.escape.layer)
    sections = [
        Section(title, first, anchor=f"instance:{name}"),
        Section("The layers and the ranks of their products", layers, 2, f"ranks:{name}"),
    ]
    if point.escape is not None:
        sections.append(Section("The escape", _escape(point, point.escape), 2, f"escape:{name}"))
    sections.append(Section("All matrices", tuple(_matrices(point)), 2, f"matrices:{name}"))
    return tuple(sections)


def _setting(network: DeepLinearNetwork, report: InstanceReport) -> tuple[Block, ...]:
    widths = ", ".join(map(str, network.sizes))
    count = network.inputs.ncols()
    words = (
        f"A deep linear network $x \\mapsto W_L \\cdots W_1 x$ with {len(network.weights)} layers, of sizes "
        f"$d_0, \\dots, d_L = {widths}$, on {count} sample{'s' if count > 1 else ''}, the columns of $X$ and $Y$. The "
        "objective is $\\ell(W) = \\tfrac12 \\lVert W_L \\cdots W_1 X - Y \\rVert_F^2$; as a function of the product "
        "its gradient is $G = (W_L \\cdots W_1 X - Y)\\,X^\\top$, and in layer $j$ it is $S_j^\\top G P_j^\\top$ with "
        "$S_j = W_L \\cdots W_{j+1}$ and $P_j = W_{j-1} \\cdots W_1$."
    )
    verdict = paragraph("Theorem: ", Code(report.theorem), ". Verdict: ", Code(report.verdict), ".")
    return verdict, Paragraph(prose_inlines(words))


def _meaning(point: DeepLinearPoint) -> Paragraph:
    if point.classification is None:
        zero = "here $G = 0$ all the same." if is_zero(point.network.product_gradient) else "here $G \\ne 0$."
        words = f"Critical, but a hidden layer is too narrow for the theorem: {zero}"
        return Paragraph((Strong("Narrow. "), *prose_inlines(words)))
    head, words = _MEANING[point.classification]
    return Paragraph((Strong(head), *prose_inlines(words)))


def _numbers(point: DeepLinearPoint) -> Table:
    loss, left = point.network.loss, point.escape
    named: list[tuple[str, str, fmpq]] = [
        (r"\ell(W)", "the loss", loss),
        (r"\min_R \tfrac12 \lVert R X - Y \rVert_F^2", "the smallest loss of any matrix", loss - point.gap),
        ("", "the gap between them", point.gap),
    ]
    if left is not None:
        lower, higher = (abs(point.network.at(weights).loss - loss) for weights in (left.lower, left.higher))
        named.append(("", "how much smaller the loss is nearby", lower))
        named.append(("", "how much larger it is nearby", higher))
        named.append((r"\rho", "nearby: every entry differs by less than", point.radius))
    rows = [
        (inlines(words), inlines(math(symbol)) if symbol else (), inlines(number(value)), _decimal(value))
        for symbol, words, value in named
    ]
    if point.hessian is not None:
        found = point.hessian.inertia
        signs = f"{found.positive} positive, {found.negative} negative, {found.zero} zero"
        kind = "" if point.saddle_type is None else f": a {point.saddle_type} saddle"
        rows.append((inlines("eigenvalues of the Hessian"), (), inlines(signs + kind), ()))
    header = tuple(inlines(word) for word in ("What", "Symbol", "Exact value", "Decimal"))
    caption = inlines("What came out. Everything was evaluated again, by back-propagation.")
    return Table(header, tuple(rows), caption, "lllr")


def layer_blocks(network: DeepLinearNetwork, split: int | None, bound: bool = False) -> tuple[Block, ...]:
    """The layers and the ranks of their products.

    Args:
        network: the layers.
        split: the layer in which the gradient is made to appear; None if there is none.
        bound: whether the ranks are needed for a bound of the gap, not for the theorem on critical points.
    """
    return (_about_ranks(bound), _figure(network, split), _rank_table(network), _full_ranks(network, bound))


def _about_ranks(bound: bool) -> Paragraph:
    words = (
        "Ranks decide in which layers the gradient bounds the gap."
        if bound
        else "Ranks decide how the theorem is proved."
    )
    words += (
        " The product $W_j \\cdots W_1$ of the layers up to $j$ maps from the "
        "input; it has full column rank if its rank is $d_0$. The product $W_L \\cdots W_{j+1}$ of the layers after "
        "$j$ maps to the output; it has full row rank if its rank is $d_L$."
    )
    return Paragraph(prose_inlines(words))


def _figure(network: DeepLinearNetwork, split: int | None) -> Figure:
    before, after = (tuple(m.rank() for m in products) for products in (network.prefixes, network.suffixes))
    turned = network.sizes[0] > network.sizes[-1]
    words = "The layers, with their sizes, and the ranks of the products up to and after each of them."
    if len(network.sizes) > MOST_BOXES:
        words += " Layers in the middle are left out."
    alt = f"{len(network.sizes)} layers of sizes {', '.join(map(str, network.sizes))}."
    if split is not None:
        side = r"W_L \cdots W_k" if turned else r"W_k \cdots W_1"
        words += f" At the dashed line, $k = {split}$, the rank of ${side}$ is no longer full: the gradient will be "
        words += "seen in $W_k$."
        alt += f" The split is at layer {split}."
    drawn = layer_drawing(Layers(network.sizes, before, after, split, turned))
    return Figure(drawn, prose_inlines(words), alt, width=0.32 + 0.075 * min(len(network.sizes), MOST_BOXES))


def _rank_table(network: DeepLinearNetwork) -> Table:
    dx, dy = network.sizes[0], network.sizes[-1]
    rows = []
    for j, size in enumerate(network.sizes):
        before, after = network.prefixes[j].rank(), network.suffixes[j].rank()
        around = "" if j == 0 else "yes" if network.prefixes[j - 1].rank() == dx and after == dy else "no"
        cells = (str(j), str(size), _rank(before, dx, "column"), _rank(after, dy, "row"), around)
        rows.append(tuple(inlines(cell) for cell in cells))
    words = ("$j$", "Size $d_j$", r"Rank of $W_j \cdots W_1$", r"Rank of $W_L \cdots W_{j+1}$")
    header = tuple(map(prose_inlines, (*words, "Both full around layer $j$")))
    caption = prose_inlines(
        "The ranks, computed exactly. Empty products are the identity. Both are full around layer $j$ if that of "
        "$W_{j-1} \\cdots W_1$ is $d_0$ and that of $W_L \\cdots W_{j+1}$ is $d_L$."
    )
    return Table(header, tuple(rows), caption, "rrlll")


def _full_ranks(network: DeepLinearNetwork, bound: bool) -> Paragraph:
    dx, dy = network.sizes[0], network.sizes[-1]
    layers = range(1, len(network.weights) + 1)
    found = [j for j in layers if network.prefixes[j - 1].rank() == dx and network.suffixes[j].rank() == dy]
    listed = ", ".join(map(str, found))
    if bound:
        words = f"Around layer $j = {listed}$ both ranks are full: the gradient in each of these layers bounds the gap."
        return Paragraph(prose_inlines(words if found else "Around no layer both ranks are full: there is no bound."))
    if not found:
        return paragraph("Around no layer both ranks are full, so that part (3) of the theorem says nothing here.")
    words = f"Part (3) of the theorem applies for $j = {listed}$: at a critical point $G = 0$, and a "
    return Paragraph(prose_inlines(words + "local minimum (maximum) of the objective is one of the loss."))


def _escape(point: DeepLinearPoint, left: Escape) -> tuple[Block, ...]:
    network, k = point.network, left.layer
    curve = escape_curve(network, left)
    changed = [j for j, (a, b) in enumerate(zip(network.weights, left.weights, strict=True), 1) if a != b]
    listed = ", ".join(f"$W_{{{j}}}$" for j in changed)
    if network.sizes[0] > network.sizes[-1]:
        kernel = (
            f"Each of $W_L \\cdots W_j$ for $1 < j \\le k = {k}$ has a kernel: a vector $v_j \\ne 0$ with "
            "$W_L \\cdots W_j v_j = 0$. A multiple of $v_j w^\\top$ may be added to $W_{j-1}$"
        )
    else:
        kernel = (
            f"Each of $W_j \\cdots W_1$ for ${k} = k \\le j < L$ has a left kernel: a vector $u_j \\ne 0$ with "
            "$u_j^\\top W_j \\cdots W_1 = 0$. A multiple of $w u_j^\\top$ may be added to $W_{j+1}$"
        )
    moved = (
        f"So {listed} {'moves' if len(changed) == 1 else 'move'}: at" if changed else "Here no layer has to move: at"
    )
    steps = (
        f"{kernel}: all these products stay as they are, whatever $w$ is.",
        f"{moved} $W'$ the product, the loss and $G$ are the same, but the gradient in $W_{{{k}}}$ is not 0.",
        f"From $W'$ the layer $W_{{{k}}}$ moves along this gradient, one way to a smaller, the other to a larger loss.",
        "All this happens within any distance of $W$, however small; here within $\\rho$ in every entry.",
    )
    low, high = (abs(part[-1]) for part in (curve.down, curve.up))
    caption = (
        *prose_inlines("The loss along $W(t)$, from $W$ over $W'$ to the two points nearby: by about "),
        *inlines(_formula(low), " smaller, by about ", _formula(high), " larger. Computed exactly, drawn in floats."),
    )
    alt = f"The loss is the same from W to W', then falls by about {_rounded(low)} or rises by about {_rounded(high)}."
    items = tuple(map(prose_inlines, steps))
    return ListBlock(items, ordered=True), Figure(escape_plot(curve), caption, alt, width=0.9)


def _matrices(point: DeepLinearPoint) -> Iterator[Block]:
    network, left = point.network, point.escape
    if max(network.sizes) > min(MOST_ROWS, MOST_COLUMNS) or len(network.weights) > MOST_LAYERS:
        yield paragraph("The matrices are too large or too many to be shown here; the certificate holds them.")
        return
    count, samples = len(network.weights), network.inputs.ncols()
    if samples <= MOST_COLUMNS:
        yield paragraph("The data and the weights:")
        yield from matrix_lines([("X", network.inputs), ("Y", network.targets)])
    else:
        yield paragraph(f"The weights; the {samples} samples are too many to be shown:")
    yield from matrix_lines(_layers("W", network.weights))
    if count > 1:
        yield paragraph("The products from the input, and those to the output:")
    yield from matrix_lines([(_product(j, 1), network.prefixes[j]) for j in range(2, count + 1)])
    yield from matrix_lines([(_product(count, j + 1), network.suffixes[j]) for j in range(1, count - 1)])
    yield paragraph("The gradient ", math("G"), " in the product, and in each layer:")
    gradients = [(rf"S_{{{j}}}^\top G P_{{{j}}}^\top", block) for j, block in enumerate(point.gradients, 1)]
    yield from matrix_lines([("G", network.product_gradient), *gradients])
    yield paragraph("A matrix ", math("R"), " with the smallest loss:")
    yield from matrix_lines([("R", point.best)])
    if left is None:
        return
    yield paragraph("The weights ", math("W'"), " with the same product, and the gradient in a layer there:")
    there = rf"{{S'_{{{left.layer}}}}}^\top G {{P'_{{{left.layer}}}}}^\top"
    yield from matrix_lines([*_layers("W'", left.weights), (there, left.gradient)])
    for name, weights, words in (("W^-", left.lower, "smaller"), ("W^+", left.higher, "larger")):
        loss = network.at(weights).loss
        yield paragraph(f"The weights nearby with a {words} loss, ", number(loss), " (about ", _formula(loss), "):")
        yield from matrix_lines(_layers(name, weights))


def _layers(name: str, weights: Weights) -> list[tuple[str, fmpq_mat]]:
    return [(f"{name}_{{{j}}}", w) for j, w in enumerate(weights, 1)]


def _product(last: int, first: int) -> str:
    """The product of consecutive layers in symbols."""
    if last - first < 3:
        return " ".join(f"W_{{{j}}}" for j in range(last, first - 1, -1))
    return rf"W_{{{last}}} \cdots W_{{{first}}}"


def _rank(rank: int, full: int, kind: str) -> str:
    return f"{rank}, full {kind} rank" if rank == full else f"{rank} < {full}"


def _decimal(value: fmpq) -> Inlines:
    return () if value.q == 1 and abs(value.p) < 10**8 else inlines(_formula(value))


def _formula(value: fmpq) -> Formula:
    return decimal_ball_formula(_rounded(value), "")


def _rounded(value: fmpq) -> str:
    return str(arb(value).str(8, radius=False))
