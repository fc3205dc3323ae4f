"""A distribution in a folder, as pip would leave it there, for tests that put the folder on the path of Python."""

from pathlib import Path

GROUP = "symproof.theorems"


def install(folder: Path, name: str, entries: dict[str, str], files: dict[str, str]) -> None:
    """Write a distribution of version 1.2.

    Args:
        folder: where; to be put on ``sys.path``.
        name: the name of the distribution.
        entries: entry points of the group ``symproof.theorems``: name to module.
        files: path to content.
    """
    info = folder / f"{name.replace('-', '_')}-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
    lines = "".join(f"{key} = {value}\n" for key, value in entries.items())
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{lines}")
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content)
