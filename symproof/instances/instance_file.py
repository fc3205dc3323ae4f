"""Instance files: TOML with the id of a theorem and a table of parameters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.instances.excerpt import describe, excerpt
from symproof.instances.file_bytes import decode_utf8, read_file_bytes

__all__ = ["MAX_FILE_BYTES", "InstanceRequest", "load_instance_file"]

MAX_FILE_BYTES = 10_000_000
MAX_NAME_COMPARED = 80

_KEYS = ("theorem", "parameters")
_LINE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")
_ASSIGNMENT = re.compile(r"""\s*["']?([A-Za-z0-9_.-]+)["']?\s*=|\s*\[\s*([A-Za-z0-9_.-]+)\s*\]""")


@dataclass(frozen=True)
class InstanceRequest:
    """What an instance file or the command line asks for.

    Attributes:
        theorem: the id of the theorem.
        parameters: the values by name, unread: strings, integers, booleans, lists and tables; decimals are strings.
        base_dir: the folder from which relative paths start.
        source: the name of the file, or of whatever else the request came from, for messages.
        lines: the line on which a parameter stands, where known.
        advance: told what is being done, for people who wait.
        max_work: about how many terms the evaluation of one claim may visit; None for the usual limits.
    """

    theorem: str
    parameters: Mapping[str, object]
    base_dir: Path
    source: str = "command line"
    lines: Mapping[str, int] = field(default_factory=dict)
    advance: Callable[[str], None] = field(default=lambda _: None, compare=False)
    max_work: int | None = None

    def where(self, key: str) -> str:
        """Return where a parameter stands, for messages: ``diabetes.toml:6, key 'width'``."""
        line = self.lines.get(key)
        place = self.source if line is None else f"{self.source}:{line}"
        return f"{place}, key {excerpt(key)}"


def load_instance_file(path: str | Path) -> InstanceRequest:
    """Read an instance file; InputError naming file and line or key when it is not one.

    Decimals keep the text they are written in, so that 0.1 means one tenth.
    """
    file = Path(path)
    text = decode_utf8(read_file_bytes(file, MAX_FILE_BYTES), str(file))
    document = _parse_toml(text, str(file))
    lines = _key_lines(text)
    for key in document:
        if key not in _KEYS:
            hint = did_you_mean(key[:MAX_NAME_COMPARED], _KEYS) or "Parameters of the theorem go below [parameters]."
            raise InputError("unknown key", _place(file, lines, key), " or ".join(_KEYS), excerpt(key), hint)
    theorem = document.get("theorem")
    if not isinstance(theorem, str) or not theorem.strip():
        what = "the theorem is missing" if theorem is None else "the theorem is not named by its id"
        found = "nothing" if theorem is None else describe(theorem)
        raise InputError(
            what, _place(file, lines, "theorem"), 'theorem = "ID"', found, "`symproof list` shows the ids."
        )
    parameters = document.get("parameters", {})
    if not isinstance(parameters, dict):
        hint = "Write the line [parameters] and one `name = value` line for each parameter below it."
        found = describe(parameters)
        raise InputError("the parameters are not a table", _place(file, lines, "parameters"), "a table", found, hint)
    return InstanceRequest(theorem.strip(), parameters, file.parent, str(file), lines)


def _parse_toml(text: str, where: str) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        raise _toml_error(str(error), text, where) from None
    except RecursionError:
        raise InputError("the TOML is nested too deeply", where, "a table of parameters", "deep nesting") from None
    except ValueError:
        # Python refuses to read integers of more than 4300 digits.
        raise InputError("an integer has too many digits", where, "at most 400 digits", "more") from None


def _toml_error(message: str, text: str, where: str) -> InputError:
    match = _LINE.search(message)
    line = int(match[1]) if match is not None and match[1] else text.count("\n") + 1
    hint = "Text is written in double quotes, one `name = value` a line."
    found = excerpt(text.split("\n")[line - 1].strip(), 60) if line <= text.count("\n") + 1 else ""
    return InputError(f"not TOML: {_LINE.sub('', message)}", f"{where}:{line}", "TOML", found, hint)


def _key_lines(text: str) -> dict[str, int]:
    """Return the first line of each key, as far as a look at the beginnings of lines tells."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        match = _ASSIGNMENT.match(line[:200])
        if match is not None:
            lines.setdefault(match[1] or match[2], number)
    return lines


def _place(file: Path, lines: Mapping[str, int], key: str) -> str:
    return f"{file}:{lines[key]}, key {excerpt(key)}" if key in lines else f"{file}, key {excerpt(key)}"
