"""Build hook of hatchling: puts theorems/ and templates/ into the wheel, under ``symproof/_library/``."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LibraryHook(BuildHookInterface):
    """Adds the library folders to a wheel, and to nothing else (an editable install reads the checkout)."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        for name in ("theorems", "templates"):
            folder = Path(self.root, name)
            if folder.is_dir():
                build_data["force_include"][str(folder)] = f"symproof/_library/{name}"
