from pathlib import Path

import pytest

from symproof import resources
from symproof.errors import InputError


def make_folders(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).mkdir(parents=True)
    return root / "symproof"


def test_a_checkout_has_its_folders_beside_the_package(tmp_path: Path) -> None:
    package = make_folders(tmp_path, "symproof", "theorems")
    (tmp_path / "pyproject.toml").touch()
    assert resources._folder("theorems", package=package) == tmp_path / "theorems"


def test_an_installed_wheel_has_them_inside(tmp_path: Path) -> None:
    package = make_folders(tmp_path, "symproof/_library/theorems", "theorems")
    assert resources._folder("theorems", package=package) == package / "_library" / "theorems"


def test_a_stranger_in_site_packages_is_not_taken_for_ours(tmp_path: Path) -> None:
    package = make_folders(tmp_path, "symproof", "templates")
    with pytest.raises(InputError, match="templates/ that belongs to symproof is missing"):
        resources._folder("templates", package=package)
