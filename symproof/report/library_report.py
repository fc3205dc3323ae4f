"""The report on results of the library: trust, graph, statements, checked proofs, instances, evidence, bibliography."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import symproof
from symproof.graph import (
    REFUTED_BY,
    chapter_graph,
    chapter_of,
    check_order,
    dependencies,
    dependency_graph,
    part_view,
    together,
    trust_summary,
)
from symproof.graph_drawing import REFUTED_BY_MEANING, draw_pdf, draw_svg, page_fit
from symproof.kernel.check import CheckedStep
from symproof.kernel.interface import TRUST_LEVELS
from symproof.library_check import CheckedTheorem
from symproof.logic.definition import Definition
from symproof.proof.theorem import Citation, Theorem, definitions_in, walk
from symproof.report.document import (
    BibliographyEntry,
    Block,
    Document,
    Evidence,
    Graph,
    Inline,
    ListBlock,
    Paragraph,
    Picture,
    Section,
    TrustEntry,
    TrustSummary,
    inlines,
    paragraph,
)
from symproof.report.theorem_blocks import (
    Numbers,
    definition_statement,
    proof_block,
    prose_inlines,
    theorem_anchor,
    theorem_statement,
)

if TYPE_CHECKING:
    from networkx import DiGraph

__all__ = ["library_document", "reading_order"]

MOST_IN_ONE_GRAPH = 8
"""Up to so many results are drawn in one graph; more would be too small to read on a page."""


def library_document(
    checked: Mapping[str, CheckedTheorem],
    instances: Sequence[Section] = (),
    *,
    title: str = "Checked derivations",
    subtitle: str = "",
    works: Sequence[Citation] = (),
) -> Document:
    """The whole report.

    Args:
        checked: the results to report on with all that they rest on, checked in this run.
        instances: a section for each instance, see ``instance_section``.
        title: the title.
        subtitle: a line below it.
        works: further works to list, for example sources of data.
    """
    order = reading_order(checked)
    claims = frozenset(name for name, c in checked.items() if c.theorem.refuted_by)
    numbers = Numbers({name: str(position) for position, name in enumerate(order, 1)}, claims)
    sections = [
        _trust_section(checked, numbers),
        _graph_section(checked),
        _main_results(checked, order, numbers),
        *instances,
        *_chapters(checked, order, numbers),
        *_evidence_sections(checked, order, numbers),
    ]
    return Document(
        title=title,
        subtitle=subtitle,
        sections=tuple(sections),
        abstract=(_how_to_read(),),
        bibliography=_bibliography(checked, order, works),
    )


def reading_order(checked: Mapping[str, CheckedTheorem]) -> list[str]:
    """Chapters in order of need; inside a chapter what is used comes first."""
    graph = dependencies({name: c.theorem for name, c in checked.items()})
    order = [name for name in check_order(graph, checked) if name in checked]
    chapters = list(dict.fromkeys(_chapter(name) for name in order))
    ranked = sorted(chapters, key=lambda chapter: max(order.index(n) for n in order if _chapter(n) == chapter))
    return [name for chapter in ranked for name in order if _chapter(name) == chapter]


def _chapter(name: str) -> str:
    return name.rpartition(".")[0]


def _main_results(checked: Mapping[str, CheckedTheorem], order: Sequence[str], numbers: Numbers) -> Section:
    """What the report is about: the results that no other one applies, and those that offer instances, in words."""
    used = {below for c in checked.values() for below in c.result.uses}
    items = [
        inlines(numbers.reference(name), f" ({checked[name].trust}). ", *prose_inlines(checked[name].theorem.prose))
        for name in order
        if name not in used or "instance" in checked[name].theorem.extra
    ]
    return Section("Main results", (ListBlock(tuple(items)),), anchor="main-results")


def _how_to_read() -> Paragraph:
    return paragraph(
        "Every step below was checked by the kernel of symproof in the run that wrote this report. A step is a claim "
        "with its reason: a rule of the kernel and the facts it uses, by number. The level of a result is the worst "
        "level among its own steps and all results that it rests on. Numbers of instances are exact; where a number is "
        "too long for a line, its first digits are shown and the whole of it stands in the appendix."
    )


def _trust_section(checked: Mapping[str, CheckedTheorem], numbers: Numbers) -> Section:
    summary = trust_summary({name: c.result for name, c in checked.items()})
    levels = {name: c.trust for name, c in checked.items()}
    entries = []
    for level in TRUST_LEVELS:
        names = [name for name in sorted(checked) if levels[name] == level]
        if not names:
            continue
        shown = tuple(_ground_words(checked, name, numbers) for name in names) if level != "proved" else ()
        entries.append(TrustEntry(level, len(names), shown))  # type: ignore[arg-type]
    steps = sum(1 for c in checked.values() for _ in c.result.all_steps())
    oracles = "oracle" in levels.values()
    believed = ", and a step that is marked as oracle is taken from an SMT solver without a check" if oracles else ""
    remarks = (
        inlines(
            f"{steps} steps in {sum(1 for c in checked.values() if c.theorem.proof)} proofs were checked by "
            f"symproof {symproof.__version__}. Definitions are conservative; results of the literature enter only "
            f"where they are marked as cited{believed}."
        ),
    )
    standing = {c.trust for c in checked.values() if not c.refuted_by} or set(levels.values())
    worst = next((level for level in reversed(TRUST_LEVELS) if level in standing), "open")
    block = TrustSummary(summary.line, worst, tuple(entries), remarks)  # type: ignore[arg-type]
    return Section("How far this can be trusted", (block,), anchor="trust")


def _ground_words(checked: Mapping[str, CheckedTheorem], name: str, numbers: Numbers) -> tuple[Inline, ...]:
    own = [g.id for g in checked[name].rests_on if g.trust not in ("proved", "certified")]
    words: list[Inline | str] = [numbers.reference(name), f" ({checked[name].theorem.title}"]
    if checked[name].theorem.citation is None and own:
        words.append("; rests on ")
        for position, ground in enumerate(own):
            words += [", " if position else "", numbers.reference(ground)]
    return inlines(*words, ")")


def _graph_section(checked: Mapping[str, CheckedTheorem]) -> Section:
    """The whole graph if it is small; else the chapters, and each chapter with its neighbours from elsewhere."""
    graph = dependency_graph({name: c.result for name, c in checked.items()})
    meaning = "An arrow leads from a result to each result that its proof applies."
    chapters = [chapter for chapter in chapter_graph(graph) if chapter]
    if len(graph) <= MOST_IN_ONE_GRAPH or not chapters:
        figures = [_figure(graph, f"What rests on what. {meaning}", "graph")]
        return Section("The graph of results", tuple(figures), anchor="dependency-graph")
    overview = "The chapters. An arrow leads from a chapter to each chapter of which its proofs apply a result."
    figures = [_figure(chapter_graph(graph), overview, "graph")]
    for chapter in chapters:
        parts = _readable_parts(graph, together(graph, [name for name in graph if chapter_of(name) == chapter]))
        for position, view in enumerate(parts, 1):
            part = f" (part {position} of {len(parts)})" if len(parts) > 1 else ""
            words = f"The chapter {chapter}{part}: each result with all that its proof applies."
            figures.append(_figure(view, words, f"graph:{chapter}:{position}", legend=False))
    return Section("The graph of results", tuple(figures), anchor="dependency-graph")


def _readable_parts(graph: DiGraph[str], names: Sequence[str]) -> list[DiGraph[str]]:
    """Views of results with what they apply, so many that the words of each are large enough on a page."""
    view = part_view(graph, names)
    if not view.number_of_edges():
        return []
    if len(names) <= 2 or page_fit(view, legend=False).is_readable:
        return [view]
    half = (len(names) + 1) // 2
    return [*_readable_parts(graph, names[:half]), *_readable_parts(graph, names[half:])]


def _figure(graph: DiGraph[str], caption: str, anchor: str, legend: bool = True) -> Graph:
    links = {name: f"#{theorem_anchor(name)}" for name, node in graph.nodes.items() if node["kind"] != "chapter"}
    fit = page_fit(graph, legend=legend)
    picture = Picture(
        svg=draw_svg(graph, links=links, direction=fit.direction, legend=legend),
        pdf=draw_pdf(graph, direction=fit.direction, legend=legend, turned=fit.turned),
    )
    refuting = {(a, b) for a, b, kind in graph.edges(data="kind") if kind == REFUTED_BY}
    caption += f" {REFUTED_BY_MEANING}" if refuting else ""
    words = {edge: "is to be refuted by" if edge in refuting else "applies" for edge in graph.edges}
    described = "; ".join(f"{a} {words[a, b]} {b}" for a, b in sorted(graph.edges))
    alt = f"Dependency graph: {described}"
    return Graph(picture=picture, caption=inlines(caption), alt=alt, width=1.0, anchor=anchor)


def _chapters(checked: Mapping[str, CheckedTheorem], order: Sequence[str], numbers: Numbers) -> list[Section]:
    sections: list[Section] = []
    shown: set[str] = set()
    for chapter in dict.fromkeys(_chapter(name) for name in order):
        names = [name for name in order if _chapter(name) == chapter]
        blocks: list[Block] = []
        definitions = _new_definitions([checked[name].theorem for name in names], shown)
        blocks += [definition_statement(d, checked[names[-1]].theorem.notation) for d in definitions]
        for name in names:
            blocks += _theorem_blocks(checked[name], numbers)
        sections.append(Section(_chapter_title(chapter), tuple(blocks), anchor=f"chapter:{chapter}"))
    return sections


def _chapter_title(chapter: str) -> str:
    """The first sentence of the chapter's package, or its name."""
    package = sys.modules.get(f"theorems.{chapter}")
    first = (getattr(package, "__doc__", None) or "").strip().split("\n")[0].rstrip(".")
    title = first or chapter.replace("_", " ").replace(".", ": ")
    return title[:1].upper() + title[1:]


def _new_definitions(theorems: Sequence[Theorem], shown: set[str]) -> list[Definition]:
    """The definitions in statements and proofs of some theorems that were not shown yet, inner ones first."""
    found: dict[str, Definition] = {}
    for theorem in theorems:
        terms = [p for _, p in theorem.hypotheses] + [theorem.conclusion]
        terms += [step.claim for step in walk(theorem.proof) if step.claim is not None]
        for term in terms:
            definitions_in(term, found)
    new = [d for name, d in found.items() if name not in shown]
    shown.update(d.name for d in new)
    return new


def _theorem_blocks(checked: CheckedTheorem, numbers: Numbers) -> list[Block]:
    theorem = checked.theorem
    statement = theorem_statement(theorem, checked.trust, numbers, checked.result.uses)  # type: ignore[arg-type]
    blocks: list[Block] = [statement]
    if checked.refuted_by:
        refuting = numbers.reference(checked.refuted_by)
        blocks.append(paragraph("This claim is false: ", refuting, " proves the negation of the whole of it."))
    elif theorem.refuted_by:
        refuting = numbers.reference(theorem.refuted_by)
        blocks.append(paragraph("This claim is open: ", refuting, " should refute it and does not (yet)."))
    elif theorem.proof:
        blocks.append(proof_block(theorem, checked.result.steps, numbers))
    elif theorem.citation is not None:
        blocks.append(paragraph("This result is cited; it is not proved here."))
    else:
        blocks.append(paragraph("This result is open: neither proof nor reference."))
    return blocks


def _evidence_sections(checked: Mapping[str, CheckedTheorem], order: Sequence[str], numbers: Numbers) -> list[Section]:
    blocks: list[Block] = [
        paragraph(
            "What tactics found and the kernel verified, step by step: Farkas multipliers for linear arithmetic (in "
            "the order of the facts in reach), cofactors, side conditions that were discharged. Steps without evidence "
            "of their own are left out: their rule computes the same normal form again."
        )
    ]
    for name in order:
        lines = [line for step in checked[name].result.all_steps() for line in _evidence_lines(step)]
        if lines:
            words = inlines("Evidence for ", numbers.reference(name))
            blocks.append(Evidence(name, "\n".join(lines), words, anchor=f"evidence:{name}"))
    return [Section("Evidence", tuple(blocks), anchor="evidence", appendix=True)] if len(blocks) > 1 else []


def _evidence_lines(checked: CheckedStep) -> list[str]:
    rule = checked.step.by.rule if checked.step.by is not None else checked.step.kind
    lines = [f"{checked.path}  {rule}: {checked.detail}"] if checked.detail else []
    return lines + [f"{checked.path}  {rule}, side condition: {o}" for o in checked.obligations]


def _bibliography(
    checked: Mapping[str, CheckedTheorem], order: Sequence[str], works: Sequence[Citation]
) -> tuple[BibliographyEntry, ...]:
    found = [
        c for name in order for c in (checked[name].theorem.origin, checked[name].theorem.citation) if c is not None
    ]
    entries = {c.work.key: c.work for c in (*found, *works)}
    return tuple(
        BibliographyEntry(w.key, w.authors, w.title, w.venue, w.year, w.url) for _, w in sorted(entries.items())
    )
