"""Escaping of words for LaTeX: any text comes out as text, none of it as a command.

Two escapes, never to be mixed up: :func:`escape_text` for prose, :func:`escape_math_text` for words inside
mathematics.  Formulas themselves are parsed against an allow-list (:mod:`symproof.report.math_tree`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

__all__ = ["escape_math_text", "escape_text", "escape_typewriter"]

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\`{}",
    '"': r"\textquotedbl{}",
    "\u00a0": "~",
    "\u2009": r"\,",
    "\u202f": r"\,",
    "–": "--",
    "—": "---",
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "…": r"\dots{}",
    "•": r"\textbullet{}",
    "§": r"\S{}",
    "¶": r"\P{}",
    "°": r"\textdegree{}",
}
_PLAIN_IN_MATH = {
    "<": "<", ">": ">", "|": "|", '"': '"', "\u00a0": " ", "\u2009": " ", "\u202f": " ", "…": "...", "`": "'", "–": "-",
    "—": "-", "•": "*", "§": "[U+00A7]", "¶": "[U+00B6]", "°": "[U+00B0]",
}  # fmt: skip
_MATHEMATICAL = {
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "∈": r"\in", "∉": r"\notin", "∀": r"\forall", "∃": r"\exists", "→": r"\to",
    "←": r"\leftarrow", "↦": r"\mapsto", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow", "⟹": r"\implies", "⟺": r"\iff",
    "×": r"\times", "·": r"\cdot", "⋅": r"\cdot", "±": r"\pm", "−": "-", "∞": r"\infty", "∂": r"\partial",
    "∇": r"\nabla", "∑": r"\sum", "∏": r"\prod", "√": r"\surd", "≈": r"\approx", "≡": r"\equiv", "∧": r"\land",
    "∨": r"\lor", "¬": r"\neg", "∪": r"\cup", "∩": r"\cap", "⊂": r"\subset", "⊆": r"\subseteq", "∅": r"\emptyset",
    "′": r"^{\prime}", "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu",
    "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma", "τ": r"\tau", "υ": r"\upsilon",
    "φ": r"\varphi", "ϕ": r"\phi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta",
    "Θ": r"\Theta", "Λ": r"\Lambda", "Ξ": r"\Xi", "Π": r"\Pi", "Σ": r"\Sigma", "Υ": r"\Upsilon", "Φ": r"\Phi",
    "Ψ": r"\Psi", "Ω": r"\Omega", "ℓ": r"\ell", "²": "^2", "³": "^3", "¹": "^1",
}  # fmt: skip


def escape_text(text: str) -> str:
    """Escape prose for LaTeX.

    Characters that a plain pdfLaTeX has no glyph for come out as their code point, such as ``[U+4E2D]``.
    """
    return _escaped(text, _escape)


def _escaped(text: str, escape: Callable[[str], str]) -> str:
    """The text escaped character by character; hyphens in a row do not join to a dash."""
    characters = unicodedata.normalize("NFC", text)
    following = characters[1:] + " "
    return "".join(
        "-{}" if character == after == "-" else escape(character)
        for character, after in zip(characters, following, strict=False)
    )


def escape_typewriter(text: str) -> str:
    r"""Escape text for ``\texttt`` and allow line breaks behind punctuation and inside long numbers."""
    pieces = []
    digits = 0
    for character in unicodedata.normalize("NFC", text):
        digits = digits + 1 if character.isdigit() else 0
        pieces.append(r"\textquotesingle{}" if character == "'" else "-{}" if character == "-" else _escape(character))
        if character in "._/=:,-" or (digits and digits % 12 == 0):
            pieces.append(r"\allowbreak{}")
    return "".join(pieces)


def escape_math_text(text: str) -> str:
    r"""Escape words that stand inside ``\text{...}`` or ``\operatorname{...}``, for TeX and pandoc alike."""
    return _escaped(text, _escape_in_math)


def _escape_in_math(character: str) -> str:
    if character in _PLAIN_IN_MATH:
        return _PLAIN_IN_MATH[character]
    if character in _MATHEMATICAL:
        return f"${_MATHEMATICAL[character]}$"
    return _escape(character)


def _escape(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character in _MATHEMATICAL:
        return rf"\ensuremath{{{_MATHEMATICAL[character]}}}"
    if " " <= character <= "~" or _has_glyph(character):
        return character
    return " " if character.isspace() else f"[U+{ord(character):04X}]"


def _has_glyph(character: str) -> bool:
    """Whether the T1 fonts that come with every LaTeX have the character: letters of the Latin alphabets."""
    latin = "\u00c0" <= character <= "\u017e" and character not in "×÷ĦħĸŦŧŉĿŀ"
    return latin or character in "¡¿"
