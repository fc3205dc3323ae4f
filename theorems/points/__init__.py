"""For every result of the library values that meet all its hypotheses, and near misses: two files a chapter.

``CHAPTER.py`` holds a function ``points`` that returns the meeting points by id; ``CHAPTER.toml`` holds for each of their
hypotheses a near miss, or the reason why none is given.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path

from symproof.proof.meeting_point import MeetingPoint


def meeting_points() -> dict[str, MeetingPoint]:
    """The points of all chapters, by id. Raises LookupError if two files have a point for the same result."""
    from symproof.instances.near_miss_file import read_near_misses

    found: dict[str, MeetingPoint] = {}
    folder = Path(__file__).parent
    for path in sorted(folder.glob("*.py")):
        if path.stem == "__init__":
            continue
        points = import_module(f"theorems.points.{path.stem}").points()
        if twice := sorted(points.keys() & found.keys()):
            raise LookupError(f"{path.name}: there are points for {', '.join(twice)} already")
        found |= points
    for path in sorted(folder.glob("*.toml")):
        for name, misses in read_near_misses(path).items():
            if name not in found:
                raise LookupError(f"{path.name}: there is no point for {name}")
            found[name] = replace(found[name], misses={**found[name].misses, **misses})
    return found
