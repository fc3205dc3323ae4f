"""The results that apply to a goal, as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from symproof.tactics.apply_search import Application

__all__ = ["Applications"]

NONE = "No result of the library applies to this goal."


@dataclass(frozen=True)
class Applications:
    """Offers, the best one first; in Jupyter they show themselves as a list with the Python to be pasted.

    Attributes:
        found: the offers.
    """

    found: tuple[Application, ...]

    def __iter__(self) -> Iterator[Application]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, position: int) -> Application:
        return self.found[position]

    def __str__(self) -> str:
        return "\n".join(line for offer in self.found for line in _lines(offer)) or NONE

    __repr__ = __str__

    def _repr_html_(self) -> str:
        if not self.found:
            return f"<p>{escape(NONE)}</p>"
        return f"<ol>{''.join(_item(offer) for offer in self.found)}</ol>"


def _facts(offer: Application) -> list[str]:
    lines = [f"in reach: {label}: {proposition}" for label, proposition in offer.discharged]
    return lines + [f"remains:  {label}: {proposition}" for label, proposition in offer.remaining]


def _lines(offer: Application) -> Iterator[str]:
    yield str(offer)
    yield from (f"    {line}" for line in (offer.title, *_facts(offer), *offer.source().splitlines()))


def _item(offer: Application) -> str:
    facts = "".join(f"<li>{escape(line)}</li>" for line in _facts(offer))
    head = f"<b>{escape(str(offer))}</b>: {escape(offer.title)}"
    return f"<li>{head}<ul>{facts}</ul><pre>{escape(offer.source())}</pre></li>"
