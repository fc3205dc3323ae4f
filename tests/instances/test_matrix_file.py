"""Arrays in .npz files: read exactly as NumPy writes them; what is not plain numbers, or too large, is refused."""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from symproof.errors import InputError
from symproof.instances.matrix_file import NpzFile, matrix_of_bytes

KINDS = ["<f2", "<f4", "<f8", ">f4", ">f8", "<i1", "<i2", ">i4", "<i8", "<u1", "<u4", "<u8"]


def saved(folder: Path, content: bytes) -> Path:
    file = folder / "w.npz"
    file.write_bytes(content)
    return file


def archive(members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def array(header: str, body: bytes = b"", version: int = 1) -> bytes:
    text = header.encode()
    return b"\x93NUMPY" + bytes((version, 0)) + struct.pack("<H" if version == 1 else "<I", len(text)) + text + body


def header(kind: str = "<f8", shape: str = "(1, 1)") -> str:
    return f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}\n"


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(KINDS).flatmap(
        lambda kind: arrays.arrays(
            kind,
            st.tuples(st.integers(1, 3), st.integers(1, 4)),
            elements={"allow_nan": False, "allow_infinity": False} if "f" in kind else None,
        )
    ),
    st.booleans(),
    st.booleans(),
)
def test_every_number_is_read_as_what_it_is(values: Any, turned: bool, packed: bool) -> None:
    stream = io.BytesIO()
    (np.savez_compressed if packed else np.savez)(stream, W1=np.asfortranarray(values) if turned else values)
    body = zipfile.ZipFile(io.BytesIO(stream.getvalue())).read("W1.npy")
    rows = [[Fraction(x.item()) for x in row] for row in values]
    expected = fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in rows])
    assert body.startswith(b"\x93NUMPY")
    with tempfile.TemporaryDirectory() as folder:
        file = NpzFile(saved(Path(folder), stream.getvalue()))
        assert file.names == ("W1",) and file.matrix("W1") == expected


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (array(header("|O", "(1, 1)"), b"cos\nsystem\n(S'true'\ntR."), "not an array of real numbers"),
        (array(header("<c16"), b"\0" * 16), "not an array of real numbers"),
        (array(header("<U3"), b"\0" * 12), "not an array of real numbers"),
        (array(header("|b1"), b"\1"), "not an array of real numbers"),
        (array(header("=f8"), b"\0" * 8), "not an array of real numbers"),
        (array("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1, 1), }", b"\0" * 8), "plain numbers"),
        (array("{'descr': '<f8', 'fortran_order': False, 'shape': (__import__('os'), 1), }"), "plain numbers"),
        (array(header(shape="(1000000, 1000000)"), b"\0" * 8), "too large"),
        (array(header(shape="(999999999999999, 1)"), b"\0" * 8), "plain numbers"),
        (array(header(shape="(3,)"), b"\0" * 24), "two dimensions"),
        (array(header(shape="()"), b"\0" * 8), "two dimensions"),
        (array(header(shape="(0, 2)")), "two dimensions"),
        (array(header(shape="(1, 1, 1)"), b"\0" * 8), "two dimensions"),
        (array(header(), b"\0" * 7), "wrong length"),
        (array(header(), b"\0" * 9), "wrong length"),
        (array(header(), struct.pack("<d", float("nan"))), "not a finite number"),
        (array(header(), struct.pack("<d", float("-inf"))), "not a finite number"),
        (array(header() + " " * 20_000, b"\0" * 8), "header is too long"),
        (b"\x93NUMPY\2\0\xff\xff\xff\xff", "header is too long"),
        (array(header(), b"\0" * 8, version=2)[:6] + b"\7" + b"\0" * 50, "not an array"),
        (b"cos\nsystem\n(S'true'\ntR.", "not an array"),
        (b"", "not an array"),
    ],
)
def test_what_is_not_a_matrix_of_numbers(content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        NpzFile(saved(tmp_path, archive({"W1.npy": content}))).matrix("W1")


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """Forty megabytes of zeros behind a small matrix."""
    bomb = array(header(shape="(2, 2)")) + b"\0" * 40_000_000
    content = archive({"W1.npy": bomb})
    assert len(content) < 200_000
    with pytest.raises(InputError, match="wrong length"):
        NpzFile(saved(tmp_path, content)).matrix("W1")


def test_archives_that_are_none(tmp_path: Path) -> None:
    good = array(header(), b"\0" * 8)
    with pytest.raises(InputError, match=r"not an \.npz file"):
        NpzFile(saved(tmp_path, b"PK\x03\x04 and so on"))
    with pytest.raises(InputError, match="different names"):
        NpzFile(saved(tmp_path, archive({"W1.npy": good, "W1": good})))
    with pytest.raises(InputError, match="different names"):
        NpzFile(saved(tmp_path, archive({f"W{k}.npy": b"" for k in range(1001)})))
    with pytest.raises(InputError, match="packed in an unknown way"):
        NpzFile(saved(tmp_path, archive({"W1.npy": good}, zipfile.ZIP_BZIP2))).matrix("W1")
    torn = bytearray(archive({"W1.npy": good}, zipfile.ZIP_STORED))
    torn[torn.index(b"\x93NUMPY") + len(good) - 1] ^= 1
    with pytest.raises(InputError, match="cannot be unpacked"):
        NpzFile(saved(tmp_path, bytes(torn))).matrix("W1")
    with pytest.raises(InputError, match="no array 'W2'"):
        NpzFile(saved(tmp_path, archive({"W1.npy": good}))).matrix("W2")


def test_more_entries_if_they_are_allowed() -> None:
    with pytest.raises(InputError, match="too large"):
        matrix_of_bytes(b"\0" * 30_000, "|u1", (3, 10_000), "here")
    assert matrix_of_bytes(b"\1" * 30_000, "|u1", (3, 10_000), "here", 30_000)[2, 9_999] == 1
