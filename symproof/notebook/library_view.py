"""The library as a mapping from ids to results that show themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

import networkx

from symproof.graph import dependencies, dependency_graph, neighbourhood, with_refutations
from symproof.library import Library, load_library
from symproof.library_check import CheckedTheorem, check_library
from symproof.notebook.result import GraphView, ResultView
from symproof.report.latex_words import latex_rows, latex_words

__all__ = ["LibraryView", "library"]


class LibraryView(Mapping[str, ResultView]):
    """All results by id. A result is checked when it is first asked for more than its statement.

    Attributes:
        library: what was found.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._checked: dict[str, CheckedTheorem] = {}

    def __getitem__(self, name: str) -> ResultView:
        self.library.require([name])
        return ResultView(self.library.theorems[name], self._check)

    def __iter__(self) -> Iterator[str]:
        return iter(self.library.theorems)

    def __len__(self) -> int:
        return len(self.library.theorems)

    def __repr__(self) -> str:
        return f"a library of {len(self)} results"

    def _repr_html_(self) -> str:
        cells = "".join(
            f"<tr><td><code>{escape(name)}</code></td><td>{escape(theorem.title)}</td>"
            f"<td>{escape(str(self.library.origin(name)))}</td></tr>"
            for name, theorem in self.library.theorems.items()
        )
        head = "<tr><th>id</th><th>title</th><th>from</th></tr>"
        return f"<table><thead>{head}</thead><tbody>{cells}</tbody></table>"

    def _repr_latex_(self) -> str:
        rows = [(latex_words(name, "texttt"), latex_words(each.title)) for name, each in self.library.theorems.items()]
        return latex_rows(rows, "ll")

    def graph(self, name: str | None = None, *, depth: int | None = None) -> GraphView:
        """What rests on what, with the trust of each result; all results of the graph and below it are checked.

        Args:
            name: only this result and its neighbours; all results if None.
            depth: with a name: how many arrows to follow each way; all if None.

        Raises:
            InputError: there is no result of that name.
        """
        if name is not None:
            self.library.require([name])
        theorems = self.library.theorems
        graph = with_refutations(dependencies(theorems), theorems)
        shown = graph if name is None else neighbourhood(graph, name, depth=depth)
        missing = [each for each in shown if each in theorems and each not in self._checked]
        self._checked.update(check_library(self.library, missing))
        checked = dependency_graph({each: found.result for each, found in self._checked.items()})
        return GraphView(networkx.DiGraph(checked.subgraph(shown)))

    def _check(self, name: str) -> CheckedTheorem:
        if name not in self._checked:
            self._checked.update(check_library(self.library, [name]))
        return self._checked[name]


def library(*paths: str | Path) -> LibraryView:
    """Load the library, the installed packages of theorems, and further modules.

    Args:
        *paths: ``.py`` files and folders of theorem modules.

    Raises:
        InputError: as for ``symproof.library.load_library``.
    """
    return LibraryView(load_library(paths))
