"""Theorem modules as text, for tests that write them to a folder of their own."""

from pathlib import Path

HEAD = """\
from symproof.logic.syntax import (
    Abs, And, Eq, Exists, ForAll, Implies, Ite, Sum, exp, forall_in, family, function, integer, num, real, sqrt,
)
from symproof.proof.author import apply, by, calc, case, cases, cite, have, let, open_step, qed, take, unfold
from symproof.proof.theorem import Citation, Work, theorem

x, y, z, s, t = real("x y z s t")
m, n, i, k = integer("m n i k")
a = family("a")
h = function("h")
"""

SQUARE = """
SQUARE = theorem("own.square", "A square", variables=[x], conclusion=x**2 >= 0, proof=[qed("sign")])
"""

FALSE_STEP = """
FALSE = theorem(
    "own.false", "No such sign", variables=[x, y], hypotheses={"x_positive": x > 0}, conclusion=x * y > 0,
    proof=[
        have("product", x * y > 0, by("sign", "x_positive")),
        qed(by("logic", "product")),
    ],
)
"""

GROUNDS = """
GAUSS = Work("Gauss", "C. F. Gauss", "Demonstratio nova", year="1799")
CITED = theorem("own.cited", "Cited", variables=[x], conclusion=x**2 >= 0, citation=Citation(GAUSS, "page 1"))
OPEN = theorem("own.open", "Open", variables=[x], conclusion=x**2 >= 0)
FAILED = theorem("own.failed", "Failed", variables=[x], conclusion=x**2 > 0, proof=[qed("sign")])
GAP = theorem("own.gap", "Gap", variables=[x], conclusion=x**2 >= 0, proof=[
    open_step("gap", x**2 >= 0), qed(by("logic", "gap"))])
QUOTE = theorem("own.quote", "Quote", variables=[x], conclusion=x**2 >= 0, proof=[
    cite("quote", x**2 >= 0, "Gauss 1801, page 2"), qed(by("logic", "quote"))])
"""


def applying(name: str, *targets: str) -> str:
    """A theorem ``own.<name>`` whose proof applies other ones and would hold without them."""
    steps = "".join(f'apply("from_{k}", "own.{target}"), ' for k, target in enumerate(targets))
    return (
        f'\n{name.upper()} = theorem("own.{name}", "{name.title()}", variables=[x], '
        f'conclusion=x**2 >= 0, proof=[{steps}qed("sign")])\n'
    )


def write(folder: Path, name: str, *parts: str, head: str = HEAD) -> Path:
    """Write a module with the usual imports; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    path.write_text(head + "".join(parts))
    return path


def line_of(path: Path, text: str) -> int:
    """The number of the first line that contains a text."""
    return next(k for k, line in enumerate(path.read_text().splitlines(), 1) if text in line)
