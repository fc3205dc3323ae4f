"""Objects that show themselves: escaped, self-contained, in step with the kernel, without a truth value."""

import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from symproof.errors import InputError
from symproof.notebook import DefinitionView, LibraryView, StatementView, library, prove
from tests.sample_theorems import GROUNDS, SQUARE, write

HOSTILE = """
EVIL = theorem("own.evil", "<script>alert(1)</script> & $x$", variables=[x], conclusion=x**2 > 0,
    prose="</div><img src=x onerror=alert(1)>", proof=[qed("sign")])
"""


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> LibraryView:
    return library(write(tmp_path_factory.mktemp("own"), "own", SQUARE, GROUNDS, HOSTILE))


def shown(view: object) -> str:
    """The HTML of a view, which fetches and runs nothing."""
    html: str = view._repr_html_()  # type: ignore[attr-defined]
    assert "<script" not in html
    assert "http://" not in html.replace("http://www.w3.org/", "") and "@import" not in html
    return html


def test_a_library_is_a_mapping(lib: LibraryView) -> None:
    assert "own.square" in lib and len(lib) == len(list(lib))
    assert "own.square" in shown(lib)
    with pytest.raises(InputError, match=r"Did you mean 'own\.square'"):
        lib["own.squares"]


def test_a_statement_in_three_forms() -> None:
    result = library()["relu_like.kink"]
    html = shown(result.statement)
    assert "<math" in html and "A unit that sees the residual" in html and ".symproof {" in html
    latex = result.statement._repr_latex_()
    assert latex.startswith("$") and latex.endswith("$") and r"\Longrightarrow" in latex
    assert "kinked: s_plus != s_minus" in repr(result)
    notions = {view.definition.name: view for view in result.definitions}
    assert "<math" in shown(notions["relu_like.relu_like"]) and notions["relu_like.relu_like"]._repr_latex_()[0] == "$"


def test_definitions_are_set_in_the_notation_of_the_theorem() -> None:
    result = library()["relu_like.kink"]
    notion = next(view for view in result.definitions if view.definition.name == "relu_like.relu_like")
    assert "s_+" in notion._repr_latex_() and "s_+" in StatementView(result.theorem)._repr_latex_()
    assert "s_+" not in DefinitionView(notion.definition)._repr_latex_()


def test_every_view_has_a_form_in_latex_in_which_words_stay_words(lib: LibraryView) -> None:
    evil = lib["own.evil"]
    views = [lib, evil.statement, evil.proof, evil.check(), lib["own.failed"].check().diagnostics[0]]
    views += [lib["own.square"].proof, lib["own.open"].proof, lib.graph("own.evil"), prove("x > 0", x="real")]
    for view in views:
        latex = view._repr_latex_()
        assert latex.startswith("$") and latex.endswith("$"), type(view)
        assert "$" not in latex[1:-1].replace(r"\$", ""), type(view)
        assert latex.count("{") == latex.count("}"), type(view)
    assert r"\textbf{own.evil}" in lib.graph("own.evil")._repr_latex_()


def test_a_verdict_is_the_kernels(lib: LibraryView) -> None:
    levels = {name: lib[name].check().trust for name in ("own.square", "own.cited", "own.failed")}
    assert levels == {"own.square": "proved", "own.cited": "cited", "own.failed": "open"}
    failed = lib["own.failed"].check()
    assert not failed.accepted and "not accepted" in shown(failed)
    assert "SP-RULE" in repr(failed.diagnostics[0]) and "SP-RULE" in shown(failed.diagnostics[0])
    with pytest.raises(TypeError, match="no truth value"):
        bool(failed)


def test_a_proof_shows_its_steps_or_why_there_are_none(lib: LibraryView) -> None:
    assert "Proof" in shown(library()["calculus.quadratic_nonnegative"].proof)
    assert "Gauss" in shown(lib["own.cited"].proof)
    assert "neither a proof nor a reference" in shown(lib["own.open"].proof)


def test_hostile_words_stay_words(lib: LibraryView) -> None:
    evil = lib["own.evil"]
    for view in (lib, evil, evil.statement, evil.check(), evil.proof, lib.graph("own.evil")):
        html = view._repr_html_()
        assert "<script" not in html and "<img" not in html, type(view)


def test_a_graph_is_svg(lib: LibraryView) -> None:
    graph = lib.graph("own.square")
    root = ElementTree.fromstring(graph._repr_html_())
    assert any(element.tag.endswith("svg") for element in root.iter())
    assert graph.dot().startswith("digraph")


def test_claims() -> None:
    assert prove("x**2 >= 0", x="real").status == "proved"
    refuted = prove("x > 0", x="real")
    assert refuted.status == "refuted" and "refuted" in shown(refuted)
    assert prove("x > 1", given=["x > 2"], x="real").status == "proved"
    assert "&lt;" in shown(prove("x < x", x="real"))
    with pytest.raises(TypeError, match="no truth value"):
        bool(refuted)


def test_importing_symproof_loads_nothing_heavy() -> None:
    program = (
        "import sys, symproof; print([m for m in sys.modules if m.split('.')[0] in ('sympy', 'networkx', 'flint')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_the_example_notebook_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    root = Path(__file__).parents[2]
    path = root / "examples" / "notebook.ipynb"
    assert all(not cell.get("outputs") for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])
    monkeypatch.setenv("PYTHONPATH", str(root))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    outputs = [cell["outputs"][0]["data"] for cell in notebook.cells if cell.cell_type == "code"]
    assert all("text/html" in data for data in outputs)
    assert "text/latex" in outputs[0] and "<math" in outputs[0]["text/html"]
    assert "accepted, trust proved" in outputs[1]["text/html"]
    assert "<svg" in outputs[4]["text/html"]
    assert "proved" in outputs[5]["text/html"] and "refuted" in outputs[6]["text/html"]
