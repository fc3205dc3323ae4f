"""A result of the library and its parts, as objects that show themselves in Jupyter and as plain text elsewhere.

They show and decide nothing: a verdict comes from the kernel, in this process, when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING

from symproof.diagnostic_text import diagnostic_text
from symproof.graph import REFUTED_BY, USES
from symproof.graph_drawing import draw_svg, graph_dot, graph_json
from symproof.kernel.diagnostic import Diagnostic
from symproof.library_check import CheckedTheorem
from symproof.logic.definition import Definition
from symproof.logic.latex import to_latex
from symproof.proof.theorem import Theorem
from symproof.report.document import Proof
from symproof.report.html_renderer import render_fragment
from symproof.report.latex_words import latex_proof, latex_rows, latex_words
from symproof.report.theorem_blocks import Numbers, definition_statement, proof_block, theorem_statement
from symproof.theorem_text import proof_lines, statement_lines

if TYPE_CHECKING:
    from networkx import DiGraph

__all__ = ["DefinitionView", "DiagnosticView", "GraphView", "ProofView", "ResultView", "StatementView", "Verdict"]

_NO_NUMBERS = Numbers({})


@dataclass(frozen=True)
class StatementView:
    """What a result says.

    Attributes:
        theorem: the result.
    """

    theorem: Theorem

    def __repr__(self) -> str:
        return "\n".join([f"{self.theorem.id}: {self.theorem.title}", *statement_lines(self.theorem)])

    def _repr_latex_(self) -> str:
        theorem = self.theorem
        conclusion = to_latex(theorem.conclusion, theorem.notation)
        if not theorem.hypotheses:
            return f"${conclusion}$"
        parts = r",\; ".join(to_latex(p, theorem.notation) for _, p in theorem.hypotheses)
        return rf"${parts} \;\Longrightarrow\; {conclusion}$"

    def _repr_html_(self) -> str:
        return render_fragment([theorem_statement(self.theorem, None, _NO_NUMBERS, ())])


@dataclass(frozen=True)
class DefinitionView:
    """A notion with what it stands for.

    Attributes:
        definition: the notion.
        notation: how variables are set, mostly that of a theorem.
    """

    definition: Definition
    notation: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __repr__(self) -> str:
        d = self.definition
        says = d.body if d.body is not None else d.step if d.step is not None else "a primitive notion"
        return f"{d.name}({', '.join(p.name for p in d.params)}): {says}"

    def _repr_latex_(self) -> str:
        d = self.definition
        formulas = definition_statement(d, self.notation).conclusions
        return "$" + r",\quad ".join(formula.latex for formula in formulas) + "$"

    def _repr_html_(self) -> str:
        return render_fragment([definition_statement(self.definition, self.notation)])


@dataclass(frozen=True)
class DiagnosticView:
    """Why a step fails.

    Attributes:
        diagnostic: from the kernel.
    """

    diagnostic: Diagnostic

    def __repr__(self) -> str:
        return diagnostic_text(self.diagnostic)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(diagnostic_text(self.diagnostic))}</pre>"

    def _repr_latex_(self) -> str:
        return latex_rows([(latex_words(line),) for line in diagnostic_text(self.diagnostic).splitlines()], "l")


@dataclass(frozen=True)
class Verdict:
    """What the kernel says of a result and of all that it rests on.

    Attributes:
        checked: the result, checked in this process.
    """

    checked: CheckedTheorem

    def __bool__(self) -> bool:
        raise TypeError("a verdict has no truth value; read .accepted and .trust")

    @property
    def accepted(self) -> bool:
        """Whether every step was accepted, here and below."""
        return self.checked.accepted

    @property
    def undecided(self) -> str:
        """Why nothing is known of it: it or what it rests on ran into a limit; empty if that is not so."""
        return self.checked.undecided

    @property
    def trust(self) -> str:
        """The level: the worst among its own steps and all that it rests on."""
        return self.checked.trust

    @property
    def diagnostics(self) -> tuple[DiagnosticView, ...]:
        """Why its own steps fail; empty if none does."""
        return tuple(DiagnosticView(d) for d in self.checked.result.diagnostics)

    def _line(self) -> str:
        state = "undecided" if self.undecided else "accepted" if self.accepted else "not accepted"
        why = f" ({self.checked.why})" if self.checked.why else ""
        return f"{state}, trust {self.trust}{why}"

    def __repr__(self) -> str:
        return "\n".join([f"{self.checked.theorem.id}: {self._line()}", *map(repr, self.diagnostics)])

    def _repr_html_(self) -> str:
        head = f"<p><code>{escape(self.checked.theorem.id)}</code>: <strong>{escape(self._line())}</strong></p>"
        return f"<div>{head}{''.join(d._repr_html_() for d in self.diagnostics)}</div>"

    def _repr_latex_(self) -> str:
        lines = [line for d in self.diagnostics for line in repr(d).splitlines()]
        head = latex_words(f"{self.checked.theorem.id}: ") + latex_words(self._line(), "textbf")
        return latex_rows([(head,), *((latex_words(line),) for line in lines)], "l")


@dataclass(frozen=True)
class ProofView:
    """The proof of a result, as the kernel read it.

    Attributes:
        checked: the result, checked in this process.
    """

    checked: CheckedTheorem

    def __repr__(self) -> str:
        return "\n".join(proof_lines(self.checked.result))

    def _repr_html_(self) -> str:
        return render_fragment([self._block()]) if self.checked.theorem.proof else f"<p>{escape(repr(self))}</p>"

    def _repr_latex_(self) -> str:
        return latex_proof(self._block()) if self.checked.theorem.proof else f"${latex_words(repr(self))}$"

    def _block(self) -> Proof:
        return proof_block(self.checked.theorem, self.checked.result.steps, _NO_NUMBERS)


@dataclass(frozen=True)
class GraphView:
    """A graph of results, coloured by trust.

    Attributes:
        graph: the graph, for networkx.
    """

    graph: DiGraph[str]

    def __repr__(self) -> str:
        return f"a graph of {self.graph.number_of_nodes()} results and {self.graph.number_of_edges()} arrows"

    def dot(self) -> str:
        """The graph in the DOT language."""
        return graph_dot(self.graph)

    def _repr_html_(self) -> str:
        return f'<div style="overflow-x: auto">{draw_svg(self.graph)}</div>'

    def _repr_latex_(self) -> str:
        rows = []
        for node in (data := graph_json(self.graph))["nodes"]:
            lines = [edge for edge in data["edges"] if edge["from"] == node["id"]]
            used = ", ".join(edge["to"] for edge in lines if edge["kind"] == USES)
            refuting = ", ".join(edge["to"] for edge in lines if edge["kind"] == REFUTED_BY)
            words = "; ".join(
                [*([f"rests on {used}"] if used else []), *([f"refuted by {refuting}"] if refuting else [])]
            )
            rows.append((latex_words(node["id"], "textbf"), latex_words(node["trust"]), latex_words(words)))
        return latex_rows(rows, "lll")


@dataclass(frozen=True)
class ResultView:
    """A result of the library.

    Attributes:
        theorem: the result.
    """

    theorem: Theorem
    _check: Callable[[str], CheckedTheorem]

    @property
    def statement(self) -> StatementView:
        """What it says."""
        return StatementView(self.theorem)

    @property
    def definitions(self) -> tuple[DefinitionView, ...]:
        """The notions in its statement, inner ones first."""
        return tuple(DefinitionView(d, self.theorem.notation) for d in self.theorem.definitions())

    @property
    def proof(self) -> ProofView:
        """Its proof, checked."""
        return ProofView(self._check(self.theorem.id))

    def check(self) -> Verdict:
        """Check it and all that it rests on, once for each library."""
        return Verdict(self._check(self.theorem.id))

    def __repr__(self) -> str:
        return repr(self.statement)

    def _repr_latex_(self) -> str:
        return self.statement._repr_latex_()

    def _repr_html_(self) -> str:
        return self.statement._repr_html_()
