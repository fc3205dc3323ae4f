"""Weights of trained networks in files: read exactly and in their order, or refused."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from flint import fmpq, fmpq_mat

from symproof.errors import InputError
from symproof.instances.matrix_parameter import layers, samples
from symproof.instances.safetensors_file import SafetensorsFile
from symproof.instances.state_dict import state_dict_order

FIRST, SECOND = np.array([[0.1, 2.0], [-3.0, 1e-300]]), np.array([[1.0, 2.0], [3.0, 4.0]])


def exact(array: np.ndarray) -> fmpq_mat:
    return fmpq_mat([[fmpq(*float(x).as_integer_ratio()) for x in row] for row in array])


def saved(folder: Path, **arrays: np.ndarray) -> str:
    from safetensors.numpy import save_file

    save_file({name.replace("_", "."): array for name, array in arrays.items()}, folder / "model.safetensors")
    return "model.safetensors"


def read(value: object, folder: Path) -> tuple[fmpq_mat, ...]:
    return layers(value, "here", folder)


def test_a_state_dict(tmp_path: Path) -> None:
    """The order of numbers, not that of letters or of the file; floats of 32 bits are what they are."""
    name = saved(tmp_path, **{"net_10_weight": FIRST, "net_2_weight": SECOND.astype(np.float32)})
    assert read(name, tmp_path) == (exact(SECOND), exact(FIRST))
    third = np.array([[0.1]], dtype=np.float32)
    assert read(saved(tmp_path, **{"0_weight": third}), tmp_path)[0][0, 0] == fmpq(
        *float(third[0, 0]).as_integer_ratio()
    )
    np.savez(tmp_path / "model.npz", **{"1.weight": FIRST, "0.weight": SECOND})
    assert read("model.npz", tmp_path) == (exact(SECOND), exact(FIRST))


def test_named_arrays(tmp_path: Path) -> None:
    name = saved(tmp_path, encoder_weight=SECOND, decoder_weight=FIRST)
    with pytest.raises(InputError, match="do not tell"):
        read(name, tmp_path)
    named = [f"{name}:encoder.weight", f"{name}:decoder.weight", [[1, 0], [0, "1/3"]]]
    assert read(named, tmp_path) == (exact(SECOND), exact(FIRST), fmpq_mat([[1, 0], [0, fmpq(1, 3)]]))
    assert samples(("X",))(f"{name}:encoder.weight", "here", tmp_path) == exact(SECOND)
    with pytest.raises(InputError, match="no tensor"):
        read([f"{name}:encodr.weight"], tmp_path)
    with pytest.raises(InputError, match="not a matrix"):
        read([name], tmp_path)


def test_bfloat16(tmp_path: Path) -> None:
    """The upper halves of floats of 32 bits: 1, -2.5 and 2^-133."""
    header = b'{"0.weight":{"dtype":"BF16","shape":[1,3],"data_offsets":[0,6]}}'
    body = b"\x80\x3f" + b"\x20\xc0" + b"\x01\x00"
    (tmp_path / "m.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + body)
    assert read("m.safetensors", tmp_path) == (fmpq_mat([[1, fmpq(-5, 2), fmpq(1, 2**133)]]),)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none(tmp_path: Path, bad: float) -> None:
    name = saved(tmp_path, **{"0_weight": np.array([[1.0, bad]])})
    with pytest.raises(InputError, match="not a finite number"):
        read(name, tmp_path)
    np.savez(tmp_path / "m.npz", W1=np.array([[1.0, bad]]))
    with pytest.raises(InputError, match="not a finite number"):
        read("m.npz", tmp_path)


def test_files_that_are_damaged(tmp_path: Path) -> None:
    content = (tmp_path / saved(tmp_path, **{"0_weight": FIRST})).read_bytes()
    damaged = [content[:-1], content[:30], b"", b"\xff" * 40, (10**15).to_bytes(8, "little") + b"{}"]
    for each in [*damaged, content.replace(b"[2,2]", b"[2,3]"), content.replace(b"F64", b"F65")]:
        (tmp_path / "bad.safetensors").write_bytes(each)
        with pytest.raises(InputError, match=r"not a .safetensors file|not an array"):
            read("bad.safetensors", tmp_path)
    with pytest.raises(InputError, match="no such file"):
        SafetensorsFile(tmp_path / "nowhere.safetensors")


def test_without_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = saved(tmp_path, **{"0_weight": FIRST})
    monkeypatch.setitem(sys.modules, "safetensors", None)
    with pytest.raises(InputError, match="is not installed") as caught:
        read(name, tmp_path)
    assert "symproof[safetensors]" in str(caught.value)


def test_arrays_that_are_no_matrices(tmp_path: Path) -> None:
    for array, words in ((np.ones(3), "not a matrix"), (np.ones((2, 2), dtype=bool), "not an array of real numbers")):
        with pytest.raises(InputError, match=words):
            read(saved(tmp_path, **{"0_weight": array}), tmp_path)
    with pytest.raises(InputError, match="too large"):
        read(saved(tmp_path, **{"0_weight": np.ones((200, 200))}), tmp_path)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["0.weight", "0.bias"], "no biases"),
        (["weight"], "do not tell"),
        (["a.0.weight", "b.1.weight"], "do not tell"),
        (["0.weight", "00.weight"], "do not tell"),
        (["0.weight", "running_mean"], "do not tell"),
        ([], "do not tell"),
    ],
)
def test_names_that_do_not_tell_the_order(names: list[str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        state_dict_order(names, "here")
