# ruff: noqa: E501  (prose and formulas)
"""A report as the program writes it: the document that every renderer is tested and looked at with."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from symproof.report.document import (
    Author,
    BibliographyEntry,
    Citation,
    CodeBlock,
    DisplayMath,
    Document,
    Evidence,
    Figure,
    Formula,
    Graph,
    Hypothesis,
    Inline,
    Inlines,
    ListBlock,
    Picture,
    Proof,
    ProofStep,
    Reference,
    Section,
    Source,
    Statement,
    StepValue,
    Strong,
    Table,
    Trust,
    TrustEntry,
    TrustSummary,
    inlines,
    math,
    paragraph,
)
from symproof.report.number_format import number_formula
from symproof.report.plots import segment_plot, slice_plot

BIG = Fraction(7**240 + 3, 11**195 + 2)
RISK = Fraction(3**430 + 1, 2**684 + 7)


def step(
    number: str,
    formulas: str | tuple[str, ...] = (),
    reason: Inlines = (),
    *children: ProofStep,
    kind: str = "have",
    lead: Inlines = (),
    rule: str = "",
    status: Trust = "proved",
    values: tuple[StepValue, ...] = (),
) -> ProofStep:
    """A step with an anchor made from its number."""
    latex = (formulas,) if isinstance(formulas, str) else formulas
    return ProofStep(
        number=number,
        kind=kind,
        lead=lead,
        formulas=tuple(Formula(one) for one in latex),
        reason=reason,
        rule=rule,
        status=status,
        values=values,
        children=children,
        anchor=f"minimum-step-{number}",
    )


def holds(latex: str) -> tuple[StepValue, ...]:
    return (StepValue(Formula(latex), "true"),)


def ref(number: str) -> Inline:
    return Reference(f"minimum-step-{number}", number)


BIG_LATEX = number_formula(BIG.numerator, BIG.denominator).latex
RISK_LATEX = number_formula(RISK.numerator, RISK.denominator).latex

NETWORK = Statement(
    kind="Definition",
    id="relu_like.network",
    name="ReLU-like network",
    anchor="network",
    variables=(inlines(math(r"s_+ > 0"), ", ", math(r"s_- \ge 0")), inlines(math(r"d_1 \ge 2"))),
    conclusion=inlines("The activation and the network with one hidden layer are"),
    conclusions=(
        Formula(r"h(t) = \begin{cases} s_+\, t & \text{if } t \ge 0 \\ s_-\, t & \text{if } t < 0 \end{cases}"),
        Formula(r"f(x) = W_2\, h(W_1 x + b_1) + b_2"),
    ),
)

NORMAL_EQUATIONS = Statement(
    kind="Lemma",
    id="relu_like.normal_equations",
    name="Normal equations",
    anchor="normal-equations",
    trust="proved",
    hypotheses=(
        Hypothesis(
            "LS",
            inlines(math(r"\bar w"), " minimises "),
            (Formula(r"w \mapsto \tfrac12 \sum_{i=1}^{m} (w \cdot \tilde x_i - y_i)^2"),),
        ),
    ),
    conclusion=inlines(
        "With ", math(r"\bar y_i = \bar w \cdot \tilde x_i"), " and ", math(r"r_i = \bar y_i - y_i"), ","
    ),
    conclusions=(
        Formula(r"\sum_{i=1}^{m} r_i\, \tilde x_i = 0"),
        Formula(
            r"\forall a \in \operatorname{Aff}(\mathbb{R}^{d_x}) :\; \frac12 \sum_{i=1}^{m} (a(x_i) - y_i)^2 = "
            r"\frac12 \sum_{i=1}^{m} r_i^2 + \frac12 \sum_{i=1}^{m} (a(x_i) - \bar y_i)^2"
        ),
    ),
)

THEOREM = Statement(
    kind="Theorem",
    id="relu_like.spurious_minimum",
    name="Spurious local minima of ReLU-like networks",
    anchor="spurious-minimum",
    trust="cited",
    prose=inlines(
        "A network with one hidden layer and a ReLU-like activation has infinitely many local minima that are not "
        "global, on almost every data set."
    ),
    variables=(
        inlines(math(r"m, d_x, d_1 \in \mathbb{N}")),
        inlines(math(r"x_1, \dots, x_m \in \mathbb{R}^{d_x}")),
        inlines(math(r"y_1, \dots, y_m \in \mathbb{R}")),
    ),
    hypotheses=(
        Hypothesis(
            "C1.1",
            inlines("no affine function fits the data exactly:"),
            (
                Formula(
                    r"\forall w \in \mathbb{R}^{d_x + 1} :\; \exists i \in \{1, \dots, m\} :\; w \cdot \tilde x_i \ne y_i"
                ),
            ),
        ),
        Hypothesis("C1.2", inlines("the inputs are distinct:"), (Formula(r"\forall i \ne j :\; x_i \ne x_j"),)),
        Hypothesis("C1.3", inlines("the activation has a kink:"), (Formula(r"s_+ > 0,\; s_- \ge 0,\; s_+ \ne s_-"),)),
        Hypothesis("C1.4", inlines("the hidden layer is wide enough:"), (Formula(r"d_1 \ge 2"),)),
    ),
    conclusion=inlines("Then for every ", math(r"\alpha > 0"), " there is a local minimum that is not global:"),
    conclusions=(
        Formula(
            r"\exists \rho > 0 :\; \forall \theta :\; \lVert \theta - \theta_\alpha \rVert_\infty < \rho \implies "
            r"R(\theta) \ge R(\theta_\alpha) = \frac12 \sum_{i=1}^{m} r_i^2"
        ),
        Formula(r"\exists \theta^\ast :\; R(\theta^\ast) < R(\theta_\alpha)"),
    ),
    source=Source("yun", "Theorem 1", inlines("proved here by a shorter descent")),
    uses=(Reference("normal-equations", ""), Reference("network", "")),
)

PROOF = Proof(
    of=inlines(Reference("spurious-minimum", "")),
    summary=inlines(
        "The first unit reproduces the least-squares fit. Near that point all units are active, so the network is affine "
        "there and cannot do better; a second unit placed at a kink can."
    ),
    steps=(
        step(
            "1",
            r"\eta := \min\left(-1,\; 2 \min_{1 \le i \le m} \bar y_i\right)",
            inlines("the threshold below all fitted values"),
            kind="let",
            rule="let",
            values=holds(r"\eta = \min\left(-1, 2 \cdot \tfrac12\right) = -1"),
        ),
        step(
            "2",
            r"\forall i \in \{1, \dots, m\} :\; \alpha(\bar y_i - \eta) > 0 \land -\alpha\eta > 0",
            inlines("both signs of the smallest fitted value, ", ref("2.1"), " and ", ref("2.2")),
            step(
                "2.1",
                r"\min_{i} \bar y_i \ge 0",
                inlines("then ", math(r"\eta = -1")),
                step(
                    "2.1.1",
                    r"\bar y_i - \eta = \bar y_i + 1 \ge 1 > 0",
                    inlines(math(r"\bar y_i \ge \min_k \bar y_k \ge 0")),
                    rule="linear",
                    values=holds(r"\tfrac12 + 1 = \tfrac32 \ge 1 > 0"),
                ),
                step("2.1.2", r"-\alpha \eta = \alpha > 0", inlines("hypothesis on ", math(r"\alpha")), rule="sign"),
                kind="case",
            ),
            step(
                "2.2",
                r"\min_{i} \bar y_i < 0",
                inlines("then ", math(r"\eta \le 2 \min_k \bar y_k < 0")),
                step(
                    "2.2.1",
                    r"\bar y_i - \eta \ge \bar y_i - 2 \min_{1 \le k \le m} \bar y_k \ge -\min_{1 \le k \le m} \bar y_k > 0",
                    inlines(math(r"\bar y_i \ge \min_k \bar y_k")),
                    rule="linear",
                ),
                step("2.2.2", r"-\alpha \eta > 0", inlines("a product of two negative factors"), rule="sign"),
                kind="case",
            ),
            kind="cases",
        ),
        step(
            "3",
            r"\forall i :\; f_{\theta_\alpha}(x_i) = \frac{1}{\alpha s_+} h\left(\alpha(\bar y_i - \eta)\right) + \eta = "
            r"\frac{1}{\alpha s_+}\, s_+\, \alpha (\bar y_i - \eta) + \eta = \bar y_i",
            inlines("all pre-activations are positive by ", ref("2"), ", so ", math("h"), " is linear on them"),
            rule="field",
            values=holds(r"f(x) = \left(\tfrac12, \tfrac12, \tfrac12, \tfrac12\right)"),
        ),
        step(
            "4",
            r"\exists \rho > 0 :\; \forall \theta :\; \lVert \theta - \theta_\alpha \rVert_\infty < \rho \implies "
            r"R(\theta) \ge R(\theta_\alpha)",
            inlines(Reference("normal-equations", ""), ", ", ref("4.1"), " and ", ref("4.2")),
            step(
                "4.1",
                r"\rho := \min_{1 \le i \le m} \frac{\min\left(\alpha(\bar y_i - \eta),\; -\alpha\eta\right)}"
                r"{\lVert x_i \rVert_1 + 1}",
                inlines("a minimum of finitely many positive numbers, by ", ref("2")),
                kind="let",
                rule="sign",
                values=holds(rf"\rho = {BIG_LATEX} > 0"),
            ),
            step(
                "4.2",
                r"\lVert \theta - \theta_\alpha \rVert_\infty < \rho \implies \forall i \in \{1, \dots, m\} :\; "
                r"\forall k \in \{1, \dots, d_1\} :\; (W_1 x_i + b_1)_k \ge 0",
                inlines("the triangle inequality"),
                step(
                    "4.2.1",
                    r"\left| (W_1 x_i + b_1)_k - (W_1^\alpha x_i + b_1^\alpha)_k \right| \le "
                    r"\sum_{j=1}^{d_x} \left| (W_1 - W_1^\alpha)_{kj} \right| \left| (x_i)_j \right| + "
                    r"\left| (b_1 - b_1^\alpha)_k \right| \le \rho \left( \lVert x_i \rVert_1 + 1 \right)",
                    inlines("each entry moves by less than ", math(r"\rho")),
                    rule="sum",
                ),
                step(
                    "4.2.2",
                    r"\rho \left( \lVert x_i \rVert_1 + 1 \right) \le \min\left(\alpha(\bar y_i - \eta),\; -\alpha\eta\right)",
                    inlines("choice of ", math(r"\rho"), " in ", ref("4.1")),
                    rule="linear",
                ),
            ),
            step(
                "4.3",
                r"R(\theta) = \frac12 \sum_{i=1}^{m} (a(x_i) - y_i)^2 = \frac12 \sum_{i=1}^{m} r_i^2 + "
                r"\frac12 \sum_{i=1}^{m} (a(x_i) - \bar y_i)^2 \ge \frac12 \sum_{i=1}^{m} r_i^2 = R(\theta_\alpha)",
                inlines("the network is an affine function ", math("a"), " of its input, by ", ref("4.2")),
                kind="calc",
                rule="apply",
                values=holds(r"R(\theta_\alpha) = \tfrac12 \cdot 4 \cdot \tfrac14 = \tfrac12"),
            ),
        ),
        step(
            "5",
            r"\exists w \in \mathbb{R}^{d_x} :\; \exists b \in \mathbb{R} :\; \phi(w, b) := "
            r"\sum_{i=1}^{m} r_i\, h(w \cdot x_i + b) \ne 0",
            inlines("a second difference across the kink"),
            step(
                "5.1",
                r"w \in \mathbb{R}^{d_x} \text{ with } z_i := w \cdot x_i \text{ pairwise distinct}",
                inlines(
                    "hypothesis C1.2; finitely many hyperplanes do not cover the space ", Citation("yun", "Lemma 4")
                ),
                kind="obtain",
                rule="cite",
                status="cited",
            ),
            step(
                "5.2",
                r"\phi(w, -z_i + \delta) + \phi(w, -z_i - \delta) - 2\phi(w, -z_i) = "
                r"\sum_{j=1}^{m} r_j \bigl( h(z_j - z_i + \delta) + h(z_j - z_i - \delta) - 2 h(z_j - z_i) \bigr) = "
                r"(s_+ - s_-)\, r_i\, \delta",
                inlines("for ", math(r"j \ne i"), " the second difference of ", math("h"), " vanishes"),
                rule="sum",
                values=(
                    StepValue(Formula(r"0 + \tfrac12 - 2 \cdot 0 = \tfrac12"), "true", label="i = 1"),
                    StepValue(Formula(r"\tfrac12 + 0 - 2 \cdot \tfrac12 = -\tfrac12"), "true", label="i = 2"),
                ),
            ),
            step(
                "5.3",
                r"r_i \ne 0 \implies (s_+ - s_-)\, r_i\, \delta \ne 0",
                inlines("a product of non-zero factors, by C1.3"),
                rule="sign",
                values=(
                    StepValue(
                        Formula(r"\operatorname{erf}(\tfrac12) \ne \operatorname{erf}(\tfrac12 + 10^{-40})"),
                        "undecided",
                    ),
                ),
            ),
        ),
        step(
            "6",
            r"R(\theta^\ast) = \frac12 \sum_{i=1}^{m} \left( r_i + u\, h(w \cdot x_i + b) \right)^2 = R(\theta_\alpha) + "
            r"u\, \phi(w, b) + \frac{u^2}{2} \sum_{i=1}^{m} h(w \cdot x_i + b)^2 = R(\theta_\alpha) - "
            r"\frac{\phi(w, b)^2}{2 \sum_{i=1}^{m} h(w \cdot x_i + b)^2} < R(\theta_\alpha)",
            inlines(
                "with ",
                math(r"u = -\phi(w, b) \big/ \sum_{i=1}^m h(w \cdot x_i + b)^2"),
                "; the sum is positive because ",
                math(r"\phi(w, b) \ne 0"),
                ", by ",
                ref("5"),
            ),
            kind="calc",
            rule="field",
            values=holds(rf"R(\theta^\ast) = {RISK_LATEX} < \tfrac12 = R(\theta_\alpha)"),
        ),
        step("7", (), inlines(ref("4"), " and ", ref("6")), kind="qed", lead=inlines("the theorem."), rule="logic"),
    ),
)


def hypothesis_table() -> Table:
    yes: Inlines = inlines(Strong("holds"))
    return Table(
        header=(inlines("Hypothesis"), inlines("Statement"), inlines("Verdict"), inlines("Witness")),
        rows=(
            (
                inlines("C1.1"),
                inlines("no affine function fits all targets exactly"),
                yes,
                inlines(
                    "the residual ", math(r"r = \left(\tfrac12, -\tfrac12, -\tfrac12, \tfrac12\right)"), " is not zero"
                ),
            ),
            (
                inlines("C1.2"),
                inlines("the inputs are pairwise distinct"),
                yes,
                inlines("smallest squared distance ", math("1"), " between rows 1 and 2"),
            ),
            (inlines("C1.3"), inlines(math(r"s_+ = 1,\; s_- = 0")), yes, inlines(math(r"1 \ne 0"))),
            (inlines("C1.4"), inlines(math(r"d_1 = 2 \ge 2")), yes, inlines("width of the hidden layer")),
        ),
        caption=inlines(
            "The hypotheses of ", Reference("spurious-minimum", ""), " on the data set ", math(r"\text{xor}"), "."
        ),
        alignment="llll",
        anchor="hypotheses",
    )


def parameter_table() -> Table:
    return Table(
        header=(inlines("Parameter"), inlines("Local minimum"), inlines("Better point")),
        rows=(
            (
                inlines(math("W_1")),
                inlines(math(r"\begin{pmatrix} 0 & 0 \\ 0 & 0 \end{pmatrix}")),
                inlines(math(r"\begin{pmatrix} 0 & 0 \\ 1 & 1 \end{pmatrix}")),
            ),
            (
                inlines(math("b_1")),
                inlines(math(r"\left(\tfrac32, 1\right)")),
                inlines(math(r"\left(\tfrac32, -1\right)")),
            ),
            (inlines(math("W_2")), inlines(math("(1, 0)")), inlines(math(r"\left(1, -\tfrac12\right)"))),
            (inlines(math("b_2")), inlines(math("-1")), inlines(math("-1"))),
            (inlines("risk"), inlines(math(r"\tfrac12")), inlines(math(RISK_LATEX))),
        ),
        caption=inlines("The two points in parameter space, exactly."),
        alignment="lcc",
        anchor="points",
    )


@cache
def graph_picture() -> Picture:
    """A small dependency graph."""
    import pygraphviz

    graph = pygraphviz.AGraph(directed=True, rankdir="BT", nodesep="0.3", ranksep="0.35")
    graph.node_attr.update(shape="box", style="rounded,filled", fontname="Helvetica", fontsize="10", height="0.3")
    looks = {"proved": ("#DFF0DF", "#1B6E2E"), "cited": ("#ECE4F5", "#5E3A87")}
    for name, trust in (
        ("normal_equations", "proved"), ("candidate", "proved"), ("affine_region", "proved"), ("local_minimum", "proved"),
        ("kink", "cited"), ("descent", "cited"), ("spurious_minimum", "cited"),
    ):  # fmt: skip
        fill, line = looks[trust]
        graph.add_node(name, label=f"{name}\\n{trust}", fillcolor=fill, color=line, fontcolor=line)
    for above, below in (
        ("local_minimum", "normal_equations"), ("local_minimum", "affine_region"), ("affine_region", "candidate"),
        ("descent", "kink"), ("descent", "candidate"), ("spurious_minimum", "local_minimum"),
        ("spurious_minimum", "descent"),
    ):  # fmt: skip
        graph.add_edge(below, above)
    graph.layout("dot")
    svg = graph.draw(format="svg").decode()
    graph.graph_attr.update(dpi="220")
    return Picture(svg, png=graph.draw(format="png"))


@cache
def segment_picture() -> Picture:
    ts = [step / 60 for step in range(-6, 67)]
    return segment_plot(ts, [0.5 + 0.9 * t * (1 - t) * (1 - t) - 0.125 * t**2 if t > 0 else 0.5 + t * t for t in ts])


@cache
def slice_picture() -> Picture:
    xs = [step / 25 - 1 for step in range(51)]
    values = [[0.5 + 0.3 * x * x + y * y * (0.4 - 0.6 * max(0.0, x - 0.3)) for x in xs] for y in xs]
    return slice_plot(
        xs,
        xs,
        values,
        radius=0.25,
        points={"better point": (0.9, 0.8)},
        x_label="escape direction",
        y_label="random direction",
    )


def _introduction() -> Section:
    return Section(
        "Results",
        anchor="results",
        blocks=(
            paragraph(
                "This report restates and proves Theorem 1 of ",
                Citation("yun"),
                ". Inputs are ",
                math(r"x_i \in \mathbb{R}^{d_x}"),
                ", targets ",
                math(r"y_i \in \mathbb{R}"),
                ", and ",
                math(r"\tilde x_i = (x_i, 1)"),
                ". The risk is",
            ),
            DisplayMath(
                Formula(r"R(\theta) = \frac12 \sum_{i=1}^{m} \left(f_\theta(x_i) - y_i\right)^2"),
                label="1",
                anchor="risk",
            ),
            paragraph(
                "A local minimum is ",
                Strong("spurious"),
                " if some other point has a strictly smaller risk. See also ",
                Citation("safran", "Section 3"),
                ".",
            ),
            Graph(
                graph_picture(),
                inlines(
                    "What rests on what. An arrow points from a result to one that uses it; the word in each box is the trust level."
                ),
                "The theorem spurious_minimum rests on local_minimum, which is proved, and on descent, which cites one result.",
                anchor="graph",
                width=0.62,
            ),
            NETWORK,
            NORMAL_EQUATIONS,
            THEOREM,
        ),
    )


def _instance() -> Section:
    long_sum = " + ".join(rf"\left(\tfrac{{{k}}}{{{k + 2}}} - w_{{{k}}} x_{{{k}}}\right)^2" for k in range(1, 22))
    return Section(
        "An instance: the exclusive or",
        anchor="instance",
        blocks=(
            paragraph(
                "Four points of the plane with targets ",
                math("(0, 1, 1, 0)"),
                ". All numbers are exact rationals; a number that "
                "is too long to read is cut off and named. The hypotheses are decided one by one in ",
                Reference("hypotheses", ""),
                ".",
            ),
            CodeBlock(
                'theorem = "relu_like.spurious_minimum"\n[parameters]\ndata = "xor.csv"\nactivation = "relu"\nwidth = 2',
                "toml",
            ),
            hypothesis_table(),
            parameter_table(),
            Figure(
                segment_picture(),
                inlines(
                    "The risk along the segment from the local minimum (",
                    math("t = 0"),
                    ") to the better point (",
                    math("t = 1"),
                    ").",
                ),
                "The risk rises from 0.5, has a maximum and falls to 0.375.",
                anchor="segment",
                width=0.72,
            ),
            Figure(
                slice_picture(),
                inlines(
                    "The risk on a plane through the local minimum; inside the dashed square the minimum is certified."
                ),
                "Contours of the risk around the local minimum.",
                anchor="slice",
                width=0.7,
            ),
            paragraph("A long sum breaks across lines:"),
            DisplayMath(Formula(rf"R(w) = \frac12 \left( {long_sum} \right)")),
            ListBlock(
                (
                    inlines("the certificate holds every number exactly;"),
                    inlines("it is re-checked by a separate program."),
                )
            ),
        ),
    )


def _evidence() -> Section:
    return Section(
        "Evidence",
        anchor="evidence",
        appendix=True,
        blocks=(
            Evidence(
                "E 2.2.1",
                "ybar[i] - eta - (ybar[i] - 2*mu) >= 0\nFarkas multipliers: 1 * (eta <= 2*mu), 1 * (mu < 0), 1 * (ybar[i] >= mu)",
                inlines("linear: multipliers of the hypotheses"),
            ),
            Evidence("E 6", f"risk = {RISK.numerator}/{RISK.denominator}", inlines("field: the normal form")),
        ),
    )


@cache
def sample_document() -> Document:
    """The whole sample."""
    return Document(
        title="Spurious local minima of ReLU-like networks",
        subtitle="Statement, checked proof and an exact instance",
        authors=(Author("written by symproof", "from theorems/relu_like"),),
        abstract=(
            paragraph(
                "We state the theorem of ",
                Citation("yun"),
                " on piecewise linear activations, prove it in structured steps that a "
                "small kernel has checked, and put one data set through every step with exact numbers.",
            ),
        ),
        sections=(
            Section(
                "How far to trust this report",
                anchor="trust",
                blocks=(
                    TrustSummary(
                        "6 proved, 0 certified, 0 oracle, 1 cited: finitely many hyperplanes do not cover the space, 0 open",
                        "cited",
                        (
                            TrustEntry("proved", 6),
                            TrustEntry("certified", 0),
                            TrustEntry(
                                "cited", 1, (inlines("step ", ref("5.1"), " of ", Reference("spurious-minimum", "")),)
                            ),
                            TrustEntry("open", 0),
                        ),
                        (inlines("Checked without a cache. Steps without a tag are proved."),),
                    ),
                ),
            ),
            _introduction(),
            Section("Proof", (PROOF,), anchor="proof"),
            _instance(),
            _evidence(),
        ),
        bibliography=(
            BibliographyEntry(
                "yun",
                "C. Yun, S. Sra, A. Jadbabaie",
                "Small nonlinearities in activation functions create bad local minima in neural networks",
                "ICLR",
                "2019",
                "https://arxiv.org/abs/1802.03487",
            ),
            BibliographyEntry(
                "safran",
                "I. Safran, O. Shamir",
                "Spurious local minima are common in two-layer ReLU neural networks",
                "ICML",
                "2018",
                "https://arxiv.org/abs/1712.08968",
            ),
        ),
    )
