"""Instance files and their parameters: one message with file, line and key for each way to get them wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from flint import fmpq

from symproof.errors import InputError
from symproof.instances import instance_file
from symproof.instances.instance_file import InstanceRequest, load_instance_file
from symproof.instances.parameters import read_parameters
from symproof.instances.relu_like_request import RELU_LIKE_PARAMETERS, relu_like_instance

GOOD = """\
theorem = "relu_like.spurious_minimum"

[parameters]
data = "points.csv"
target = "y"
activation = "relu"
width = 2
"""


def write(folder: Path, content: str | bytes) -> Path:
    (folder / "points.csv").write_text("x,y\n0,0\n1,1\n2,0\n")
    file = folder / "it.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def refusal(folder: Path, content: str | bytes) -> str:
    with pytest.raises(InputError) as caught:
        relu_like_instance(load_instance_file(write(folder, content)))
    return str(caught.value)


def test_reads(tmp_path: Path) -> None:
    request = load_instance_file(write(tmp_path, GOOD + "alpha = 0.1\n"))
    assert request.theorem == "relu_like.spurious_minimum"
    assert request.parameters["alpha"] == "0.1"
    assert request.base_dir == tmp_path
    assert relu_like_instance(request).alpha == fmpq(1, 10)


def test_data_are_found_next_to_the_instance_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, GOOD)
    monkeypatch.chdir("/")
    assert relu_like_instance(load_instance_file(file)).dataset.sample_count == 3


def test_a_request_from_the_command_line_has_strings_only(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    parameters = {"data": "points.csv", "target": "y", "activation": "relu", "width": "3", "alpha": "2/3"}
    instance = relu_like_instance(InstanceRequest("relu_like.spurious_minimum", parameters, tmp_path))
    assert (instance.width, instance.alpha) == (3, fmpq(2, 3))


CASES = {
    "broken line": (GOOD + "alpha = = 1\n", ["it.toml:8: not TOML", "alpha = = 1"]),
    "open string": (GOOD.replace('"y"', '"y'), ["it.toml:5: not TOML"]),
    "open string at the end": (GOOD + 'alpha = "1', ["it.toml:8: not TOML"]),
    "repeated key": (GOOD + "width = 3\n", ["it.toml:8: not TOML"]),
    "unknown key": ("thoerem = 1\n" + GOOD, ["it.toml:1, key 'thoerem': unknown key", "Did you mean 'theorem'?"]),
    "parameters at top level": (GOOD.replace("[parameters]\n", ""), ["it.toml:3, key 'data'", "below [parameters]"]),
    "no theorem": (GOOD.split("\n", 1)[1], ["it.toml, key 'theorem': the theorem is missing"]),
    "theorem is a number": (GOOD.replace('"relu_like.spurious_minimum"', "3"), ["it.toml:1, key 'theorem'", "found 3"]),
    "parameters is a text": ('theorem = "a"\nparameters = "b"\n', ["it.toml:2, key 'parameters'", "not a table"]),
    "unknown parameter": (GOOD.replace("width", "widht"), ["it.toml:7, key 'widht'", "Did you mean 'width'?"]),
    "missing parameter": (GOOD.replace("width = 2\n", ""), ["it.toml, key 'width': a parameter is missing"]),
    "no parameters": ('theorem = "a"\n', ["key 'data': a parameter is missing"]),
    "width zero": (GOOD.replace("= 2", "= 0"), ["it.toml:7, key 'width'", "an integer >= 1", "found 0"]),
    "width a fraction": (GOOD.replace("= 2", "= 2.5"), ["it.toml:7, key 'width'", "an integer >= 1", "2.5"]),
    "width true": (GOOD.replace("= 2", "= true"), ["it.toml:7, key 'width': not a number", "found true"]),
    "width a list": (GOOD.replace("= 2", "= [2]"), ["it.toml:7, key 'width': not a number", "found a list"]),
    "width huge": (GOOD.replace("= 2", "= 10000000000"), ["the network is too large"]),
    "width in hexadecimal": (GOOD.replace("= 2", "= 0x" + "f" * 50_000), ["it.toml:7, key 'width'", "many digits"]),
    "width of many digits": (GOOD.replace("= 2", "= " + "9" * 5_000), ["it.toml", "too many digits"]),
    "alpha zero": (GOOD + "alpha = 0\n", ["it.toml:8, key 'alpha': the number is not positive"]),
    "alpha negative": (GOOD + 'alpha = "-1/2"\n', ["it.toml:8, key 'alpha'", "'-1/2'"]),
    "alpha nan": (GOOD + "alpha = nan\n", ["it.toml:8, key 'alpha': not an exact number"]),
    "alpha a date": (GOOD + "alpha = 2024-01-01\n", ["it.toml:8, key 'alpha': not a number", "a date"]),
    "activation unknown": (GOOD.replace('"relu"', '"rellu"'), ["it.toml:6, key 'activation': unknown activation"]),
    "activation a number": (GOOD.replace('"relu"', "1"), ["it.toml:6, key 'activation': not a text", "found 1"]),
    "data missing": (GOOD.replace("points", "point"), ["point.csv: no such file"]),
    "data empty": (GOOD.replace("points.csv", " "), ["it.toml:4, key 'data': not a text"]),
    "target unknown": (GOOD.replace('"y"', '"z"'), ["points.csv:1: no column 'z'", "'x', 'y'"]),
    "binary": (b'theorem = "a"\n\x00', ["it.toml:2: not a text file"]),
    "Latin-1": (b'theorem = "\xe9"\n', ["it.toml:1: not UTF-8"]),
    "nested": ("a = " + "[" * 100_000, ["it.toml"]),
}


@pytest.mark.parametrize("case", CASES)
def test_refuses(tmp_path: Path, case: str) -> None:
    content, parts = CASES[case]
    message = refusal(tmp_path, content)
    assert [part for part in parts if part not in message] == []
    assert len(message) < 600


def test_refuses_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"none\.toml: no such file"):
        load_instance_file(tmp_path / "none.toml")
    with pytest.raises(InputError, match="directory"):
        load_instance_file(tmp_path)
    monkeypatch.setattr(instance_file, "MAX_FILE_BYTES", 10)
    with pytest.raises(InputError, match="too large"):
        load_instance_file(write(tmp_path, GOOD))


def test_defaults(tmp_path: Path) -> None:
    values = read_parameters(load_instance_file(write(tmp_path, GOOD)), RELU_LIKE_PARAMETERS)
    assert values["alpha"] == fmpq(1)
    assert values["data"] == tmp_path / "points.csv"
