"""The allow-list of mathematical commands: what each is, how it looks in Unicode and how wide it is.

A command that is not listed here never reaches a LaTeX or HTML file as a command; it is shown as literal text.
Widths are in em of the surrounding font, without the space TeX puts around operators (see :data:`SPACING`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

__all__ = [
    "ACCENTS",
    "CHARACTERS",
    "COMMANDS",
    "DELIMITERS",
    "DELIMITER_SIZES",
    "FONTS",
    "GRIDS",
    "IGNORED",
    "SPACES",
    "SPACING",
    "Kind",
    "SymbolData",
]

Kind: TypeAlias = Literal[
    "ord", "op", "fn", "bin", "rel", "logic", "quantifier", "open", "close", "punct", "colon", "inner", "space",
    "unknown",
]  # fmt: skip


class SymbolData(NamedTuple):
    """What is known about one symbol."""

    kind: Kind
    char: str
    width: float


SPACING: dict[str, float] = {
    "bin": 0.44, "rel": 0.56, "logic": 0.56, "colon": 0.4, "punct": 0.17, "op": 0.17, "fn": 0.17,
}  # fmt: skip
"""Space in em that TeX adds around (both sides together) a symbol of that kind."""

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ",
    "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
_GREEK_CAPITALS = {
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
_ORDINARY = {
    "infty": "∞", "partial": "∂", "nabla": "∇", "ell": "ℓ", "emptyset": "∅", "varnothing": "∅", "hbar": "ℏ", "Re": "ℜ",
    "Im": "ℑ", "aleph": "ℵ", "top": "⊤", "bot": "⊥", "ldots": "…", "cdots": "⋯", "dots": "…", "dotsc": "…",
    "dotsb": "⋯", "vdots": "⋮", "ddots": "⋱", "prime": "′", "square": "□", "blacksquare": "■", "checkmark": "✓",
    "imath": "ı", "jmath": "ȷ", "degree": "°", "angle": "∠", "triangle": "△", "bullet": "•", "dagger": "†",
    "complement": "∁", "%": "%", "#": "#", "&": "&", "_": "_", "$": "$",
}  # fmt: skip
_DOTS = ("ldots", "cdots", "dots", "dotsc", "dotsb")
_BIG_OPERATORS = {
    "sum": "∑", "prod": "∏", "coprod": "∐", "bigcup": "⋃", "bigcap": "⋂", "bigvee": "⋁", "bigwedge": "⋀",
    "bigoplus": "⨁", "bigotimes": "⨂", "int": "∫", "iint": "∬", "oint": "∮",
}  # fmt: skip
_LIMIT_NAMES = ("min", "max", "inf", "sup", "lim", "det", "gcd", "Pr")
_LONG_LIMIT_NAMES = {"limsup": "lim sup", "liminf": "lim inf", "argmin": "arg min", "argmax": "arg max"}
_FUNCTION_NAMES = (
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "arcsin", "arccos", "arctan", "exp",
    "log", "ln", "lg", "dim", "ker", "deg", "arg", "hom",
)  # fmt: skip
_BINARY = {
    "pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "⋅", "ast": "∗", "star": "⋆", "circ": "∘", "cup": "∪",
    "cap": "∩", "setminus": "∖", "oplus": "⊕", "ominus": "⊖", "otimes": "⊗", "odot": "⊙", "sqcup": "⊔", "sqcap": "⊓",
}  # fmt: skip
_RELATIONS = {
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "equiv": "≡", "approx": "≈", "sim": "∼",
    "simeq": "≃", "cong": "≅", "propto": "∝", "ll": "≪", "gg": "≫", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂",
    "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇", "subsetneq": "⊊", "prec": "≺", "preceq": "⪯", "succ": "≻",
    "succeq": "⪰", "mid": "∣", "nmid": "∤", "parallel": "∥", "perp": "⊥", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "mapsto": "↦", "longmapsto": "⟼", "leftrightarrow": "↔", "longrightarrow": "⟶",
    "hookrightarrow": "↪", "uparrow": "↑", "downarrow": "↓", "coloneqq": "≔", "models": "⊨", "vdash": "⊢",
    "lt": "<", "gt": ">", "leqslant": "⩽", "geqslant": "⩾", "doteq": "≐", "asymp": "≍",
}  # fmt: skip
_LOGIC = {
    "implies": "⟹", "iff": "⟺", "impliedby": "⟸", "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔",
    "Longrightarrow": "⟹", "Longleftrightarrow": "⟺", "land": "∧", "lor": "∨", "wedge": "∧", "vee": "∨",
}  # fmt: skip
_QUANTIFIERS = {"forall": "∀", "exists": "∃", "nexists": "∄"}
_UNARY = {"neg": "¬", "lnot": "¬"}
_WIDE = {"implies", "iff", "impliedby", "Longrightarrow", "Longleftrightarrow", "longrightarrow", "longmapsto"}


def _table() -> dict[str, SymbolData]:
    table: dict[str, SymbolData] = {}
    table.update({name: SymbolData("ord", char, 0.56) for name, char in _GREEK.items()})
    table.update({name: SymbolData("ord", char, 0.7) for name, char in _GREEK_CAPITALS.items()})
    table.update({name: SymbolData("ord", char, 0.8) for name, char in _ORDINARY.items()})
    table.update({name: SymbolData("op", char, 1.46) for name, char in _BIG_OPERATORS.items()})
    table.update({name: SymbolData("op", name, 0.5 * len(name)) for name in _LIMIT_NAMES})
    table.update({name: SymbolData("op", text, 0.5 * len(text)) for name, text in _LONG_LIMIT_NAMES.items()})
    table.update({name: SymbolData("fn", name, 0.47 * len(name)) for name in _FUNCTION_NAMES})
    table.update({name: SymbolData("bin", char, 0.78) for name, char in _BINARY.items()})
    table.update({name: SymbolData("rel", char, _arrow(name)) for name, char in _RELATIONS.items()})
    table.update({name: SymbolData("logic", char, _arrow(name)) for name, char in _LOGIC.items()})
    table.update({name: SymbolData("quantifier", char, 0.6) for name, char in _QUANTIFIERS.items()})
    table.update({name: SymbolData("ord", char, 0.67) for name, char in _UNARY.items()})
    table.update({name: SymbolData("ord", table[name].char, 1.25) for name in _DOTS})
    table["colon"] = SymbolData("colon", ":", 0.28)
    return table


def _arrow(name: str) -> float:
    return 2.2 if name in _WIDE else 1.0 if name.endswith("arrow") or name in ("to", "mapsto") else 0.78


COMMANDS: dict[str, SymbolData] = _table()
"""Commands (without the backslash) that stand for one symbol."""

CHARACTERS: dict[str, SymbolData] = {
    "+": SymbolData("bin", "+", 0.78),
    "-": SymbolData("bin", "−", 0.78),
    "*": SymbolData("bin", "∗", 0.5),
    "=": SymbolData("rel", "=", 0.78),
    "<": SymbolData("rel", "<", 0.78),
    ">": SymbolData("rel", ">", 0.78),
    ":=": SymbolData("rel", ":=", 1.06),
    ":": SymbolData("colon", ":", 0.28),
    ",": SymbolData("punct", ",", 0.28),
    ";": SymbolData("punct", ";", 0.28),
    "/": SymbolData("ord", "/", 0.5),
    "|": SymbolData("ord", "|", 0.28),
    ".": SymbolData("ord", ".", 0.28),
    "!": SymbolData("ord", "!", 0.28),
    "?": SymbolData("ord", "?", 0.47),
    "@": SymbolData("ord", "@", 0.78),
    '"': SymbolData("ord", "″", 0.4),
}
"""Characters other than letters, digits, brackets and the special characters of TeX."""

DELIMITERS: dict[str, SymbolData] = {
    "(": SymbolData("open", "(", 0.39),
    ")": SymbolData("close", ")", 0.39),
    "[": SymbolData("open", "[", 0.28),
    "]": SymbolData("close", "]", 0.28),
    r"\{": SymbolData("open", "{", 0.5),
    r"\}": SymbolData("close", "}", 0.5),
    r"\lbrace": SymbolData("open", "{", 0.5),
    r"\rbrace": SymbolData("close", "}", 0.5),
    r"\lbrack": SymbolData("open", "[", 0.28),
    r"\rbrack": SymbolData("close", "]", 0.28),
    r"\langle": SymbolData("open", "⟨", 0.39),
    r"\rangle": SymbolData("close", "⟩", 0.39),
    r"\lvert": SymbolData("open", "|", 0.28),
    r"\rvert": SymbolData("close", "|", 0.28),
    r"\lVert": SymbolData("open", "‖", 0.5),
    r"\rVert": SymbolData("close", "‖", 0.5),
    r"\lfloor": SymbolData("open", "⌊", 0.44),
    r"\rfloor": SymbolData("close", "⌋", 0.44),
    r"\lceil": SymbolData("open", "⌈", 0.44),
    r"\rceil": SymbolData("close", "⌉", 0.44),
    "|": SymbolData("ord", "|", 0.28),
    r"\vert": SymbolData("ord", "|", 0.28),
    r"\Vert": SymbolData("ord", "‖", 0.5),
    r"\|": SymbolData("ord", "‖", 0.5),
    ".": SymbolData("ord", "", 0.12),
    "/": SymbolData("ord", "/", 0.5),
}
"""What may follow ``left``, ``right`` and the ``big`` family; those with an own side also pair up by themselves."""

DELIMITER_SIZES: dict[str, float] = {
    name + side: size
    for name, size in (("big", 1.2), ("Big", 1.8), ("bigg", 2.4), ("Bigg", 3.0))
    for side in ("", "l", "r", "m")
}
r"""The ``\big`` family with its heights in em."""

ACCENTS: dict[str, str] = {
    "bar": "¯", "overline": "‾", "tilde": "˜", "widetilde": "~", "hat": "ˆ", "widehat": "^", "dot": "˙", "ddot": "¨",
    "vec": "→", "check": "ˇ", "breve": "˘", "acute": "´", "grave": "`", "mathring": "˚",
}  # fmt: skip
"""Accents over their argument."""

FONTS: dict[str, str] = {
    "mathbb": "double-struck", "mathbf": "bold", "boldsymbol": "bold-italic", "bm": "bold-italic", "mathcal": "script",
    "mathscr": "script", "mathfrak": "fraktur", "mathrm": "normal", "mathit": "italic", "mathsf": "sans-serif",
    "mathtt": "monospace",
}  # fmt: skip
"""Alphabet commands with their MathML variant."""

GRIDS: dict[str, tuple[str, str]] = {
    "cases": (r"\{", "."),
    "matrix": (".", "."),
    "smallmatrix": (".", "."),
    "pmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "vmatrix": (r"\vert", r"\vert"),
    "Vmatrix": (r"\Vert", r"\Vert"),
    "array": (".", "."),
    "aligned": (".", "."),
}
"""Environments of rows and columns with the delimiters around them."""

SPACES: dict[str, float] = {
    ",": 0.17, ":": 0.22, ">": 0.22, ";": 0.28, "!": -0.17, " ": 0.33, "quad": 1.0, "qquad": 2.0, "~": 0.33,
    "thinspace": 0.17, "medspace": 0.22, "thickspace": 0.28,
}  # fmt: skip
"""Spacing commands with their widths in em."""

IGNORED = frozenset(
    {"displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber", "notag", "allowbreak", "middle",
     "left", "right", "mathstrut", "strut"}
)  # fmt: skip
"""Commands that only steer layout: dropped."""
