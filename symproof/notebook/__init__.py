"""symproof in Python and in Jupyter: results, proofs, verdicts and graphs as objects that show themselves.

from symproof.notebook import library, prove

lib = library()
lib["relu_like.kink"].statement
lib["relu_like.kink"].check()
prove("x**2 + y**2 >= 2*x*y", x="real", y="real")
"""

from symproof.notebook.claim import ClaimVerdict, prove
from symproof.notebook.library_view import LibraryView, library
from symproof.notebook.result import (
    DefinitionView,
    DiagnosticView,
    GraphView,
    ProofView,
    ResultView,
    StatementView,
    Verdict,
)

__all__ = [
    "ClaimVerdict", "DefinitionView", "DiagnosticView", "GraphView", "LibraryView", "ProofView", "ResultView",
    "StatementView", "Verdict", "library", "prove",
]  # fmt: skip
