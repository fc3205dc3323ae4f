"""CSV files: what is read, and one message for each way in which a file can be wrong."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from flint import fmpq

from symproof.errors import InputError
from symproof.instances import csv_file
from symproof.instances.csv_file import load_dataset
from symproof.instances.dataset import dataset_from_rows


def write(folder: Path, content: str | bytes) -> Path:
    file = folder / "data.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def refusal(file: Path, target: str = "y") -> InputError:
    with pytest.raises(InputError) as caught:
        load_dataset(file, target)
    return caught.value


def test_reads_every_other_column_as_a_feature(tmp_path: Path) -> None:
    content = "a, y ,b\r\n0.1,1e30,-3/7\r\n1e-30,2,3\r\n"
    dataset = load_dataset(write(tmp_path, content), "y")
    assert dataset.feature_names == ("a", "b")
    assert dataset.features == ((fmpq(1, 10), fmpq(-3, 7)), (fmpq(1, 10**30), fmpq(3)))
    assert dataset.targets == (fmpq(10**30), fmpq(2))
    assert tuple(dataset.lines) == (2, 3)
    assert dataset.name == "data.csv"
    assert dataset.sha256 == hashlib.sha256(content.encode()).hexdigest()
    assert (dataset.sample_count, dataset.feature_count) == (2, 2)


@pytest.mark.parametrize("ending", ["", "\n", "\n\n\n", "\r\n\r\n", "\n  \n"])
def test_blank_lines_at_the_end_are_ignored(tmp_path: Path, ending: str) -> None:
    assert load_dataset(write(tmp_path, "x,y\n1,2" + ending), "y").targets == (fmpq(2),)


def test_a_byte_order_mark_is_ignored(tmp_path: Path) -> None:
    assert load_dataset(write(tmp_path, b"\xef\xbb\xbfx,y\n1,2\n"), "y").feature_names == ("x",)


def test_lines_are_those_of_the_file_when_a_cell_spans_two(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, 'x,"the\ntarget"\n1,2\n3,z\n'), "the\ntarget")
    assert error.where.endswith(r"data.csv:4, column 'the\ntarget'")


CASES = {
    "empty file": ("", ["data.csv: the file is empty", "header row"]),
    "header only": ("x,y\n", ["data.csv: no data below the header row"]),
    "duplicate column": ("x,y,x\n1,2,3\n", ["data.csv:1: two columns have the same name", "'x' in columns 1 and 3"]),
    "column without a name": ("x,,y\n1,2,3\n", ["data.csv:1: column 2 has no name"]),
    "no such target": ("x,Y,z\n1,2,3\n", ["data.csv:1: no column 'y'", "'x', 'Y', 'z'"]),
    "header missing": ("1,2\n3,4\n", ["data.csv:1: no column 'y'", "first row must hold the column names"]),
    "semicolons": ("x;y\n1;2\n", ["data.csv:1: no column 'y'", "separated by commas"]),
    "target only": ("y\n1\n", ["data.csv:1: no feature column"]),
    "short row": ("x,y\n1,2\n3\n", ["data.csv:3: the row does not fit the header", "2 cells", "1 cells ('3')"]),
    "long row": ("x,y\n1,2,3\n", ["data.csv:2: the row does not fit the header", "3 cells"]),
    "empty cell": ("x,y\n1,2\n,3\n", ["data.csv:3, column 'x': the cell is empty", "Missing values"]),
    "blank cell": ("x,y\n1, \n", ["data.csv:2, column 'y': the cell is empty"]),
    "text": ("x,y\n1,2\n3,high\n", ["data.csv:3, column 'y': not an exact number", "'high'"]),
    "NaN": ("x,y\nNaN,2\n", ["data.csv:2, column 'x': not an exact number", "NaN"]),
    "infinity": ("x,y\n1,-inf\n", ["data.csv:2, column 'y': not an exact number", "infinities"]),
    "huge exponent": ("x,y\n1,1e999999999\n", ["data.csv:2, column 'y': the exponent is too large"]),
    "zero denominator": ("x,y\n1/0,1\n", ["data.csv:2, column 'x': division by zero"]),
    "decimal comma": ('x,y\n"1,5",1\n', ["data.csv:2, column 'x'", "decimal point"]),
    "blank line inside": ("x,y\n1,2\n\n3,4\n", ["data.csv:3: a blank line inside the table"]),
    "open quote": ('x,y\n1,"2\n3,4\n', ["data.csv:", "not a CSV table"]),
    "NUL byte": (b"x,y\n1,2\n\x003,4\n", ["data.csv:3: not a text file", "NUL"]),
    "not UTF-8": (b"x,y\n1,2\n\xe9,4\n", ["data.csv:3: not UTF-8 text", "0xe9"]),
    "UTF-16": ("x,y\n1,2\n".encode("utf-16"), ["data.csv: not UTF-8 text", "UTF-16"]),
    "spreadsheet": (b"PK\x03\x04rest", ["data.csv: not UTF-8 text", "xlsx"]),
    "control characters": ("x,y\n\x1b[31m,2\n", ["data.csv:2, column 'x'", r"\x1b"]),
}


@pytest.mark.parametrize("case", CASES)
def test_refuses(tmp_path: Path, case: str) -> None:
    content, parts = CASES[case]
    message = str(refusal(write(tmp_path, content)))
    assert [part for part in parts if part not in message] == []
    assert len(message) < 500 and "\n" not in message and "\x1b" not in message


def test_suggests_the_nearest_column(tmp_path: Path) -> None:
    error = refusal(write(tmp_path, "x,progression\n1,2\n"), "progresion")
    assert error.hint == "Did you mean 'progression'?"


def test_refuses_a_missing_file_and_a_directory(tmp_path: Path) -> None:
    assert "no such file" in str(refusal(tmp_path / "none.csv"))
    assert "none.csv" in refusal(tmp_path / "none.csv").where
    assert "this is a directory" in str(refusal(tmp_path))
    assert "cannot be read" in str(refusal(tmp_path / "nul\0byte.csv"))
    assert "cannot be read" in str(refusal(tmp_path / ("n" * 5000)))


def test_refuses_a_pipe_instead_of_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert "not a regular file" in str(refusal(tmp_path / "pipe.csv"))


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, "x,y\n" + "1,2\n" * 10)
    monkeypatch.setattr(csv_file, "MAX_CELLS", 8)
    assert "data.csv:6: the table is too large" in str(refusal(file))
    monkeypatch.setattr(csv_file, "MAX_FILE_BYTES", 20)
    assert "data.csv: the file is too large" in str(refusal(file))
    wide = ",".join(f"x{j}" for j in range(csv_file.MAX_COLUMNS + 1))
    monkeypatch.setattr(csv_file, "MAX_FILE_BYTES", 10**6)
    assert "too many columns" in str(refusal(write(tmp_path, wide)))


@pytest.mark.parametrize(("features", "targets"), [([], []), ([[1]], [1, 2]), ([[1], [1, 2]], [1, 2]), ([[]], [1])])
def test_rows_that_do_not_fit_are_refused(features: list[list[int]], targets: list[int]) -> None:
    with pytest.raises(InputError, match="not a data set"):
        dataset_from_rows(features, targets)
