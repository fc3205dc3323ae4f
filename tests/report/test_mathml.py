from xml.dom import minidom

import pytest

from symproof.report.math_lines import break_formula
from symproof.report.math_tree import parse_math
from symproof.report.mathml import inline_mathml, line_mathml

from .hostile_document import FORMULAS
from .test_math_lines import LONG
from .test_math_tree import GOOD

CORE = {
    "math", "semantics", "annotation", "mrow", "mi", "mn", "mo", "mtext", "mspace", "msub", "msup", "msubsup", "munder",
    "mover", "munderover", "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mstyle", "mphantom",
}  # fmt: skip
CHILDREN = {"msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3, "mfrac": 2, "mroot": 2}


def elements(text):
    return minidom.parseString(text).getElementsByTagName("*")


def check(text):
    for element in elements(text):
        assert element.tagName in CORE
        children = [child for child in element.childNodes if child.nodeType == child.ELEMENT_NODE]
        assert len(children) == CHILDREN.get(element.tagName, len(children)), element.toxml()


@pytest.mark.parametrize("latex", [*GOOD, *FORMULAS])
def test_only_core_elements_with_the_right_number_of_children(latex):
    check(inline_mathml(parse_math(latex), latex))


@pytest.mark.parametrize("latex", LONG.values(), ids=LONG.keys())
def test_lines_of_long_formulas_are_well_formed(latex):
    for line in break_formula(latex, 20.0):
        check(line_mathml(line))


def test_signs_know_whether_they_are_binary():
    unary, binary = inline_mathml(parse_math("-x"), ""), inline_mathml(parse_math("a-x"), "")
    assert 'form="prefix"' in unary and 'form="infix"' not in unary
    assert 'form="infix"' in binary


def test_alphabets_are_unicode_letters():
    text = inline_mathml(parse_math(r"\mathbb{R} \mathbf{x} \mathcal{L} \boldsymbol{\alpha}"), "")
    assert all(letter in text for letter in ("ℝ", "𝐱", "ℒ", "𝜶"))


def test_the_source_goes_along():
    assert '<annotation encoding="application/x-tex">a &lt; b</annotation>' in inline_mathml(
        parse_math("a < b"), "a < b"
    )
