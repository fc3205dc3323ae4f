"""A document whose every text is an attack on some format."""

from __future__ import annotations

from symproof.report.document import (
    Author,
    BibliographyEntry,
    Citation,
    Code,
    CodeBlock,
    DisplayMath,
    Document,
    Emphasis,
    Evidence,
    Formula,
    Hypothesis,
    ListBlock,
    Proof,
    ProofStep,
    Reference,
    Section,
    Source,
    Statement,
    StepValue,
    Strong,
    Table,
    TrustSummary,
    inlines,
    math,
    paragraph,
)

ATTACKS = (
    r"\input{/etc/passwd}",
    r"\write18{touch pwned}",
    r"\end{document}",
    r"}}{\end{spstep}\csname end\endcsname",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "$E$ % & # _ ^ ~ {} \\\\",
    "{{ 7 * 7 }} {% raw %} \\VAR{document} \\BLOCK{if}",
    '#panic("typst") $x$ @ref <label> `raw` *b* _i_ = h // c /* d */',
    "naïve Łódź Σ ≤ 中文 🙂 \u202e\u0000\u0007",
    "`]]> --> <!-- &amp; &#x3c;",
)
ALL = " ".join(ATTACKS)

FORMULAS = (
    r"\input{/etc/passwd}",
    r"x \write18{touch pwned} y",
    r"\text{\input{/etc/passwd} <script>alert(1)</script>}",
    r"\operatorname{<script>} x < y > z & w \\ v",
    r"\csname input\endcsname % $ # ~",
    r"\begin{array}{>{\input{x}}l}1 & 2\end{array}",
    r"\href{javascript:alert(1)}{x}",
    r"\def\x{\x}\x",
    "α ≤ 中 🙂 <b>",
)


def hostile_document() -> Document:
    """Attacks in every field that holds text."""
    text = inlines(
        ALL, Strong(ALL), Emphasis(ALL), Code(ALL), Reference("no such anchor" + ALL, ALL), Citation(ALL, ALL)
    )
    formulas = tuple(Formula(formula, note=ALL) for formula in FORMULAS)
    step = ProofStep(
        "1" + ALL[:8], "have", text, formulas, text, ALL, "open", (StepValue(formulas[2], "false", ALL),), anchor=ALL
    )
    return Document(
        title=ALL,
        subtitle=ALL,
        authors=(Author(ALL, ALL),),
        date=ALL,
        abstract=(paragraph(*text),),
        sections=(
            Section(
                ALL,
                (
                    TrustSummary(ALL, "open", remarks=(text,)),
                    Statement(ALL, ALL, formulas, ALL, anchor="s" + ALL, hypotheses=(Hypothesis(ALL, text, formulas),),
                              variables=(text,), prose=text, source=Source(ALL, ALL, text)),
                    Proof((step,), of=text, summary=text),
                    Table((text, text), ((text, text),), caption=text, anchor="t" + ALL),
                    ListBlock((text,)),
                    DisplayMath(formulas[0], label=ALL, anchor="d" + ALL),
                    Evidence(ALL, ALL + "\n\n" + ALL * 30, text, anchor="e" + ALL),
                    CodeBlock(ALL, ALL, text),
                    paragraph(math(FORMULAS[0]), Citation("work" + ALL)),
                ),
                anchor="section" + ALL,
            ),
        ),
        bibliography=(BibliographyEntry("work" + ALL, ALL, ALL, ALL, ALL, "javascript:alert(1)"),),
    )  # fmt: skip
