"""Many samples: read and worked through chunk by chunk, with the same exact answers as few."""

from __future__ import annotations

import random
import tracemalloc
from pathlib import Path

import pytest
from flint import fmpq

from symproof.instances import kink_search
from symproof.instances.activation import parse_activation
from symproof.instances.csv_file import load_dataset
from symproof.instances.dataset import TableRows
from symproof.instances.integer_table import CHUNK_ROWS
from symproof.instances.relu_like_minimum import build_relu_like_instance
from symproof.instances.relu_network import network_risk

ROWS = 21_000
RELU = parse_activation("relu")


def write(file: Path, rows: int, target: str = "") -> Path:
    """Rows of decimals of different lengths; the targets bend at x1 = 0 unless they are given by a feature."""
    source = random.Random(7)
    with file.open("w", encoding="utf-8") as stream:
        stream.write("x1,y,x2\n")
        for k in range(rows):
            x, z = source.randrange(-(10**6), 10**6), source.randrange(100)
            y = target or f"{abs(x) // 7 - z}.{k % 10}"
            stream.write(f"{x / 1000:.3f},{y},{k}.{z:02d}\n")
    return file


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("scale") / "many.csv", ROWS)


def test_many_samples_are_certified_and_agree_with_plain_rationals(many: Path) -> None:
    dataset = load_dataset(many, "y")
    assert isinstance(dataset.features, TableRows) or dataset.sample_count * dataset.feature_count <= 200_000
    assert len(dataset.table.chunks) == -(-ROWS // CHUNK_ROWS)
    instance = build_relu_like_instance(dataset, RELU, 2)
    found = instance.construction
    assert found is not None
    for network, risk in (
        (found.local_minimum, found.risk_local_minimum),
        (found.better_point, found.risk_better_point),
    ):
        assert network_risk(network, RELU, tuple(dataset.features), tuple(dataset.targets)) == risk
    assert found.risk_better_point < found.risk_local_minimum


def test_a_unit_is_found_where_the_searched_samples_are_fitted_exactly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sample of many bends; the samples that are searched do not hold it, the direction of the proof serves."""
    monkeypatch.setattr(kink_search, "SEARCHED_ROWS", 10)
    file = tmp_path / "bent.csv"
    rows = [f"{k},{k * k % 17},{1 if k == 7 else 0}" for k in range(100)]
    file.write_text("x1,x2,y\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = build_relu_like_instance(load_dataset(file, "y"), RELU, 2).construction
    assert found is not None
    assert found.phi != 0


def test_a_repeated_input_is_found_far_apart(many: Path, tmp_path: Path) -> None:
    lines = many.read_text(encoding="utf-8").splitlines()
    x, _, z = lines[12].split(",")
    file = tmp_path / "repeated.csv"
    file.write_text("\n".join([*lines, f"{x}0,5,{z}"]) + "\n", encoding="utf-8")
    instance = build_relu_like_instance(load_dataset(file, "y"), RELU, 2)
    (failed,) = [h for h in instance.hypotheses if h.holds is False]
    assert failed.witness is not None
    assert failed.witness["lines"] == [13, ROWS + 2]


def test_columns_have_the_smallest_scales_over_all_chunks(tmp_path: Path) -> None:
    """The first chunk holds tenths, the second thirds; zeros behind the decimals cost nothing."""
    rows = [f"{k}.5,1.500" for k in range(CHUNK_ROWS)] + ["1/3,2.00"]
    file = tmp_path / "scales.csv"
    file.write_text("x,y\n" + "\n".join(rows) + "\n", encoding="utf-8")
    dataset = load_dataset(file, "y")
    assert dataset.table.scales == (1, 6, 2)
    assert (dataset.features[3], dataset.features[-1]) == ((fmpq(7, 2),), (fmpq(1, 3),))
    assert (dataset.targets[0], dataset.targets[-1]) == (fmpq(3, 2), fmpq(2))


def test_reading_holds_a_chunk_of_text_only(tmp_path: Path) -> None:
    """Python's own memory while a file is read does not grow with its rows beyond a few bytes for each."""
    peaks = []
    for rows in (CHUNK_ROWS, 5 * CHUNK_ROWS):
        file = write(tmp_path / f"{rows}.csv", rows)
        tracemalloc.start()
        load_dataset(file, "y")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 4 * CHUNK_ROWS * 64
