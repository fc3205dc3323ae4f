import os
import subprocess
import sys
from pathlib import Path

import pytest

from symproof.errors import InputError
from symproof.report import atomic_write
from symproof.report.atomic_write import write_atomically
from symproof.report.listing_lines import listing_lines
from symproof.report.report_files import write_report

from .sample_document import sample_document


def test_the_suffix_says_the_format(tmp_path):
    written, note = write_report(sample_document(), tmp_path / "new" / "my report.tex")
    names = [path.name for path in written]
    pictures = ["my-report-figure-1.png", "my-report-figure-2.pdf", "my-report-figure-3.pdf"]
    assert names == ["my report.tex", *pictures] and note == ""
    assert all(path.is_file() for path in written)
    (page,), _ = write_report(sample_document(), tmp_path / "r.HTML")
    assert page.read_text().startswith("<!DOCTYPE html>")
    (pdf,), _ = write_report(sample_document(), tmp_path / "r.pdf", engine="typst")
    assert pdf.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["report.docx", "report"])
def test_another_suffix_is_refused(tmp_path, name):
    with pytest.raises(InputError, match=r"\.html, \.pdf, \.tex"):
        write_report(sample_document(), tmp_path / name)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_atomically(path, "old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic_write.os, "replace", fail)
    with pytest.raises(InputError, match="No space left"):
        write_atomically(path, "new")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_an_impossible_place_is_an_input_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot write"):
        write_atomically(tmp_path / "file" / "below", "x")


def test_listings_break_long_lines():
    lines = listing_lines("short\n" + "9" * 200 + "\n" + "word " * 40, 50)
    assert lines[0] == "short" and all(len(line) <= 50 for line in lines)
    assert "".join(line.strip() for line in lines[1:6]).startswith("9" * 200)


SCRIPT = """
import hashlib, sys
from tests.report.sample_document import sample_document
from symproof.report.html_renderer import render_html
from symproof.report.latex_renderer import render_latex
from symproof.report.pdf import render_pdf
document = sample_document()
latex = render_latex(document)
parts = [render_html(document).encode(), latex.source.encode(), *latex.files.values()]
parts.append(render_pdf(document, engine="typst").data)
print(*(hashlib.sha256(part).hexdigest() for part in parts))
"""


def test_other_processes_and_hash_seeds_write_the_same_bytes():
    def run(seed: str, zone: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=Path(__file__).parents[2],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    assert run("1", "UTC") == run("2", "Asia/Tokyo")
