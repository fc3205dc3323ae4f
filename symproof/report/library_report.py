"""The report on results of the library: trust, graph, statements, checked proofs, instances, evidence, bibliography."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import symproof
from symproof.graph import (
    REFUTED_BY,
    chapter_graph,
    chapter_of,
    check_order,
    dependencies,
    dependency_graph,
    limit_of,
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
from symproof.report.coq_coverage import CoqCoverage, coq_paragraph, coq_section
from symproof.report.document import (
    BibliographyEntry,
    Block,
    Code,
    Document,
    Evidence,
    Graph,
    Inline,
    ListBlock,
    Paragraph,
    Picture,
    Reference,
    Section,
    Table,
    Trust,
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
from symproof.report.trust_style import TRUST_ORDER

if TYPE_CHECKING:
    from networkx import DiGraph

__all__ = ["chapter_file", "chapter_names", "chapter_title", "library_document", "overview_document", "reading_order"]

MOST_IN_ONE_GRAPH = 8
"""Up to so many results are drawn in one graph; more would be too small to read on a page."""


def library_document(
    checked: Mapping[str, CheckedTheorem],
    instances: Sequence[Section] = (),
    *,
    title: str = "Checked derivations",
    subtitle: str = "",
    works: Sequence[Citation] = (),
    chapters: Collection[str] | None = None,
    coverage: CoqCoverage | None = None,
) -> Document:
    """The whole report: first what it says in short, then each chapter with its graph, statements and proofs.

    Args:
        checked: the results to report on with all that they rest on, checked in this run.
        instances: a section for each instance, see ``instance_section``.
        title: the title.
        subtitle: a line below it.
        works: further works to list, for example sources of data.
        chapters: the chapters to set in full; of the results of others only what these rest on is listed. All if None.
            Numbers are those of the whole report.
        coverage: what Coq confirms of them.
    """
    whole = reading_order(checked)
    needed = checked if chapters is None else _with_needed(checked, chapters)
    order = [name for name in whole if name in needed]
    shown = [name for name in order if chapters is None or chapter_of(name) in chapters]
    numbers = _numbers(checked, whole, shown)
    sections = [
        _trust_section(needed, numbers),
        *_overview_sections(needed, order, shown, numbers),
        _main_results(needed, shown, numbers),
        *([coq_section(coverage, order, numbers)] if coverage is not None else []),
        *instances,
        *_chapters(needed, shown, numbers, coverage),
        *_evidence_sections(needed, shown, numbers),
    ]
    return Document(
        title=title,
        subtitle=subtitle,
        sections=tuple(sections),
        abstract=(_how_to_read(),),
        bibliography=_bibliography(needed, shown, works),
    )


def overview_document(
    checked: Mapping[str, CheckedTheorem],
    instances: Sequence[Section] = (),
    *,
    title: str = "Checked derivations",
    coverage: CoqCoverage | None = None,
) -> Document:
    """The report in short, for a report whose chapters are files of their own: no statements, no proofs.

    Args:
        checked: the results, checked in this run.
        instances: a section for each instance.
        title: the title.
        coverage: what Coq confirms of them.
    """
    order = reading_order(checked)
    sections = [
        _trust_section(checked, _numbers(checked, order, [])),
        *_overview_sections(checked, order, [], _numbers(checked, order, [])),
        _main_results(checked, order, _numbers(checked, order, [])),
        *([coq_section(coverage, order, _numbers(checked, order, []))] if coverage is not None else []),
        *instances,
        *(_listed_chapter(checked, order, chapter) for chapter in chapter_names(checked)),
    ]
    return Document(
        title=title,
        sections=tuple(sections),
        abstract=(_how_to_read(),),
        bibliography=_bibliography(checked, order, ()),
    )


def chapter_names(checked: Mapping[str, CheckedTheorem]) -> tuple[str, ...]:
    """The chapters of some results, in order of need."""
    return tuple(dict.fromkeys(chapter_of(name) for name in reading_order(checked)))


def chapter_file(chapter: str) -> str:
    """The name of the file of a chapter, without its suffix."""
    return f"chapter-{chapter.replace('.', '-') or 'other'}"


def _numbers(checked: Mapping[str, CheckedTheorem], whole: Sequence[str], shown: Collection[str]) -> Numbers:
    claims = frozenset(name for name, c in checked.items() if c.theorem.refuted_by)
    return Numbers({name: str(position) for position, name in enumerate(whole, 1) if name in shown}, claims)


def _with_needed(checked: Mapping[str, CheckedTheorem], chapters: Collection[str]) -> dict[str, CheckedTheorem]:
    """The results of some chapters with all that they rest on and what refutes them."""
    wanted = {name for name in checked if chapter_of(name) in chapters}
    wanted |= {c.refutation.id for name in wanted if (c := checked[name]).refutation is not None}
    wanted |= {ground.id for name in wanted for ground in checked[name].rests_on}
    return {name: c for name, c in checked.items() if name in wanted}


def reading_order(checked: Mapping[str, CheckedTheorem]) -> list[str]:
    """Chapters in order of need; inside a chapter what is used comes first."""
    graph = dependencies({name: c.theorem for name, c in checked.items()})
    order = [name for name in check_order(graph, checked) if name in checked]
    last = {chapter_of(name): position for position, name in enumerate(order)}
    return sorted(order, key=lambda name: last[chapter_of(name)])


def _main_results(checked: Mapping[str, CheckedTheorem], order: Sequence[str], numbers: Numbers) -> Section:
    """What the report is about: the results that no other one applies, and those that offer instances, in words."""
    used = {below for c in checked.values() for below in c.result.uses}
    items = [
        inlines(
            *(numbers.reference(name), f": {checked[name].theorem.title} ({_trust_word(checked[name])}). "),
            *prose_inlines(checked[name].theorem.prose),
        )
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


def _trust_word(checked: CheckedTheorem) -> Trust:
    """The level as a reader needs it: what ran into a limit is undecided, not open."""
    return "undecided" if checked.undecided else checked.trust  # type: ignore[return-value]


def _trust_section(checked: Mapping[str, CheckedTheorem], numbers: Numbers) -> Section:
    summary = trust_summary({name: c.result for name, c in checked.items()})
    levels = {name: _trust_word(c) for name, c in checked.items()}
    entries = []
    for level in TRUST_ORDER:
        names = [name for name in sorted(checked) if levels[name] == level]
        if not names:
            continue
        shown = tuple(_ground_words(checked, name, numbers) for name in names) if level != "proved" else ()
        entries.append(TrustEntry(level, len(names), shown))
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


def _overview_sections(
    checked: Mapping[str, CheckedTheorem], order: Sequence[str], shown: Sequence[str], numbers: Numbers
) -> list[Section]:
    """The graph of results if they are few; else the chapters in a table and a graph, and what stands elsewhere."""
    graph = _graph(checked)
    title, anchor = "The chapters", "chapters"
    blocks: list[Block] = []
    chapters = chapter_names(checked)
    if len(graph) <= MOST_IN_ONE_GRAPH or not any(chapters):
        title, anchor = "The graph of results", "dependency-graph"
        meaning = "An arrow leads from a result to each result that its proof applies."
        blocks.append(_figure(graph, f"What rests on what. {meaning}", "graph"))
    else:
        blocks.append(_chapter_table(checked, order, shown))
        words = "The chapters. An arrow leads from a chapter to each chapter of which its proofs apply a result."
        blocks.append(_figure(chapter_graph(graph), words, "graph"))
    elsewhere = [name for name in order if name not in shown]
    if shown and elsewhere:
        words = (
            "Results of other chapters on which these rest, or which refute them; they are checked, but not set, here."
        )
        blocks.append(_result_table(checked, elsewhere, numbers, words))
    return [Section(title, tuple(blocks), anchor=anchor)]


def _chapter_table(checked: Mapping[str, CheckedTheorem], order: Sequence[str], shown: Sequence[str]) -> Table:
    rows = []
    for chapter in chapter_names(checked):
        names = [name for name in order if chapter_of(name) == chapter]
        levels = [_trust_word(checked[name]) for name in names]
        counts = ", ".join(f"{levels.count(level)} {level}" for level in TRUST_ORDER if level in levels)
        steps = sum(1 for name in names for _ in checked[name].result.all_steps())
        title = chapter_title(chapter)
        link = Reference(f"chapter:{chapter}", title) if not shown or set(names) & set(shown) else title
        name: list[Inline | str] = [" (", Code(chapter), ")"] if chapter else []
        rows.append((inlines(link, *name), inlines(str(len(names))), inlines(str(steps)), inlines(counts)))
    head = tuple(inlines(word) for word in ("Chapter", "Results", "Steps", "Trust"))
    return Table(head, tuple(rows), inlines("The chapters, in order of need."), "lrrl", anchor="table:chapters")


def _result_table(checked: Mapping[str, CheckedTheorem], names: Sequence[str], numbers: Numbers, caption: str) -> Table:
    rows = tuple(
        (
            inlines(numbers.reference(name)),
            inlines(checked[name].theorem.title),
            inlines(str(sum(1 for _ in checked[name].result.all_steps()))),
            inlines(_trust_word(checked[name])),
        )
        for name in names
    )
    head = tuple(inlines(word) for word in ("Result", "Title", "Steps", "Trust"))
    return Table(head, rows, inlines(caption), "llrl")


def _listed_chapter(checked: Mapping[str, CheckedTheorem], order: Sequence[str], chapter: str) -> Section:
    """A chapter that is a file of its own: what it holds."""
    names = [name for name in order if chapter_of(name) == chapter]
    table = _result_table(
        checked, names, Numbers({}), f"The results of this chapter; the file {chapter_file(chapter)}."
    )
    return Section(chapter_title(chapter), (table,), anchor=f"chapter:{chapter}")


def _graph(checked: Mapping[str, CheckedTheorem]) -> DiGraph[str]:
    return dependency_graph({name: c.result for name, c in checked.items()})


def _chapter_graphs(graph: DiGraph[str], chapter: str) -> list[Block]:
    """A chapter with all that its proofs apply, in as many figures as readable words need."""
    figures: list[Block] = []
    parts = _readable_parts(graph, together(graph, [name for name in graph if chapter_of(name) == chapter]))
    for position, view in enumerate(parts, 1):
        part = f" (part {position} of {len(parts)})" if len(parts) > 1 else ""
        words = f"This chapter{part}: each result with all that its proof applies."
        figures.append(_figure(view, words, f"graph:{chapter}:{position}", legend=False))
    return figures


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


def _chapters(
    checked: Mapping[str, CheckedTheorem], order: Sequence[str], numbers: Numbers, coverage: CoqCoverage | None
) -> list[Section]:
    """Each chapter: its results in a table, its graph, its definitions, its statements and proofs."""
    graph = _graph(checked)
    few = len(graph) <= MOST_IN_ONE_GRAPH
    sections: list[Section] = []
    shown: set[str] = set()
    for chapter in dict.fromkeys(chapter_of(name) for name in order):
        names = [name for name in order if chapter_of(name) == chapter]
        head: list[Block] = []
        if not few:
            head.append(_result_table(checked, names, numbers, "The results of this chapter, in order of need."))
            head += _chapter_graphs(graph, chapter) if chapter else []
        sections.append(Section(chapter_title(chapter), tuple(head), anchor=f"chapter:{chapter}", new_page=not few))
        definitions = _new_definitions([checked[name].theorem for name in names], shown)
        notation = checked[names[-1]].theorem.notation
        if definitions:
            stated = tuple(definition_statement(d, notation) for d in definitions)
            sections.append(Section("Definitions", stated, level=2, anchor=f"definitions:{chapter}"))
        blocks = tuple(b for name in names for b in _theorem_blocks(checked[name], numbers, not few, coverage))
        sections.append(Section("Statements and proofs", blocks, level=2, anchor=f"results:{chapter}"))
    return sections


def chapter_title(chapter: str) -> str:
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


def _theorem_blocks(
    checked: CheckedTheorem, numbers: Numbers, folded: bool, coverage: CoqCoverage | None
) -> list[Block]:
    theorem = checked.theorem
    statement = theorem_statement(theorem, _trust_word(checked), numbers, checked.result.uses)
    blocks: list[Block] = [statement]
    if checked.refuted_by:
        refuting = numbers.reference(checked.refuted_by)
        blocks.append(paragraph("This claim is false: ", refuting, " proves the negation of the whole of it."))
    elif theorem.refuted_by:
        refuting = numbers.reference(theorem.refuted_by)
        blocks.append(paragraph("This claim is open: ", refuting, " should refute it and does not (yet)."))
    elif limit_of(checked.result):
        blocks.append(
            paragraph(f"Undecided: it {limit_of(checked.result)}, so that the proof was not checked to its end.")
        )
    elif theorem.proof:
        blocks += coq_paragraph(coverage, theorem.id) if coverage is not None else []
        confirmed = coverage.at if coverage is not None else None
        proof = proof_block(theorem, checked.result.steps, numbers, confirmations=confirmed)
        blocks.append(replace(proof, folded=folded))
    elif theorem.citation is not None:
        blocks.append(paragraph("This result is cited; it is not proved here."))
    else:
        blocks.append(paragraph("This result is open: neither proof nor reference."))
    return blocks


def _evidence_sections(checked: Mapping[str, CheckedTheorem], order: Sequence[str], numbers: Numbers) -> list[Section]:
    words = paragraph(
        "What tactics found and the kernel verified, step by step: Farkas multipliers for linear arithmetic (in "
        "the order of the facts in reach), cofactors, side conditions that were discharged. Steps without evidence "
        "of their own are left out: their rule computes the same normal form again."
    )
    parts: list[Section] = []
    for chapter in dict.fromkeys(chapter_of(name) for name in order):
        blocks: list[Block] = []
        for name in order:
            steps = checked[name].result.all_steps() if chapter_of(name) == chapter else ()
            lines = [line for step in steps for line in _evidence_lines(step)]
            if lines:
                what = inlines("Evidence for ", numbers.reference(name))
                blocks.append(Evidence(name, "\n".join(lines), what, anchor=f"evidence:{name}"))
        if blocks:
            title = f"Evidence: {chapter_title(chapter)}"
            parts.append(Section(title, tuple(blocks), 2, anchor=f"evidence-chapter:{chapter}", appendix=True))
    return [Section("Evidence", (words,), anchor="evidence", appendix=True), *parts] if parts else []


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
