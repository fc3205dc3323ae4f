import pytest

from symproof.report.latex_text import escape_math_text, escape_text, escape_typewriter


@pytest.mark.parametrize("escape", [escape_text, escape_math_text, escape_typewriter])
@pytest.mark.parametrize(
    "text", [r"\input{/etc/passwd}", r"\write18{rm}", r"}\end{document}", "a % b", "$x$", "#1 & ~ ^ _"]
)
def test_nothing_of_the_text_is_a_command(escape, text):
    escaped = escape(text)
    commands = {piece.split("{")[0].split("\\")[0] for piece in escaped.split("\\text")[1:]}
    assert "\\input" not in escaped and "\\write" not in escaped and "\\end{" not in escaped
    assert commands <= {"backslash", "asciicircum", "asciitilde", "greater", "less", "bar"}
    for special in "%$#&_":
        assert escaped.count(special) == escaped.count(f"\\{special}") == text.count(special)


def test_characters_without_a_glyph_show_their_code_point():
    assert escape_text("中\u202e\x00") == "[U+4E2D][U+202E][U+0000]"


def test_letters_and_signs_that_latex_has_come_out_as_themselves():
    assert escape_text("naïve Łódź") == "naïve Łódź"
    assert escape_text("x ≤ α") == r"x \ensuremath{\le} \ensuremath{\alpha}"
    assert escape_math_text("x ≤") == r"x $\le$"


def test_no_ligature_joins_characters():
    assert "--" not in escape_text("--> ---")
    assert "``" not in escape_text("``x``")


def test_decomposed_accents_are_composed():
    assert escape_text("e\u0301") == "é"


def test_long_numbers_in_typewriter_may_break():
    assert escape_typewriter("1" * 30).count(r"\allowbreak{}") == 2
