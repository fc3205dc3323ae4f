import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from symproof.report.document import Document, Figure, Picture, Section, inlines, math, paragraph
from symproof.report.html_renderer import render_html
from symproof.report.numbering import DocumentError

from .hostile_document import hostile_document
from .sample_document import sample_document

VOID = {"meta", "br", "img", "link", "input", "hr"}
FETCHING = {"src", "srcset", "data", "action", "poster", "background", "formaction"}


class Page(HTMLParser):
    """Collects the elements of a page and checks that they nest."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.open = []
        self.words = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open[-3:])
        self.open.pop()

    def handle_data(self, data):
        self.words.append(data)

    def values(self, name):
        return [attributes[name] for _, attributes in self.elements if name in attributes]


@pytest.fixture(scope="module")
def text():
    return render_html(sample_document())


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


@pytest.fixture(scope="module")
def hostile():
    return Page(render_html(hostile_document()))


@pytest.mark.parametrize("name", ["page", "hostile"])
def test_nothing_is_fetched_or_run(name, request):
    page = request.getfixturevalue(name)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "iframe", "object", "embed", "img", "base", "form", "audio", "video"}
    for _, attributes in page.elements:
        assert not FETCHING & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
    for address in page.values("href"):
        assert address.startswith(("#", "https://arxiv.org/abs/"))


def test_styles_fetch_nothing(text):
    styles = re.search("<style>(.*?)</style>", text, re.DOTALL)[1]
    assert "@import" not in styles and "url(" not in styles and "http" not in styles


@pytest.mark.parametrize("name", ["page", "hostile"])
def test_elements_nest_and_identifiers_are_unique(name, request):
    page = request.getfixturevalue(name)
    assert page.open == []
    identifiers = page.values("id")
    assert len(identifiers) == len(set(identifiers))


def test_links_inside_the_page_lead_somewhere(page):
    targets = set(page.values("id"))
    assert {address[1:] for address in page.values("href") if address.startswith("#")} <= targets


def test_pictures_have_an_alternative_and_tables_a_header(page):
    roots = [attributes for tag, attributes in page.elements if tag == "svg"]
    assert len(roots) == 3 and all(root["role"] == "img" and root["aria-label"] for root in roots)
    assert ("th", {"scope": "col", "class": "left"}) in page.elements


def test_references_inside_pictures_are_kept_apart(page, text):
    used = set(re.findall(r"url\(#([^)]+)\)", text)) | {
        value[1:]
        for tag, attributes in page.elements
        if tag == "use"
        for value in attributes.values()
        if value[:1] == "#"
    }
    assert used and used <= set(page.values("id"))


def test_steps_with_a_proof_fold(page):
    assert [tag for tag, _ in page.elements].count("details") >= 6


def test_headings_are_in_order(page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))


def test_verdicts_and_trust_are_words_not_only_colours(page):
    words = " ".join(page.words)
    assert "✓ holds" in words and "? undecided" in words and "cited" in words


def test_hostile_text_is_shown(hostile):
    words = "".join(hostile.words)
    assert "<script>alert(1)</script>" in words and "{{ 7 * 7 }}" in words and "\\input{/etc/passwd}" in words
    assert "\u202e" not in words and "[U+202E]" in words


def test_pictures_are_cleaned():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)">'
        '<script>alert(1)</script><a xlink:href="javascript:alert(1)"><path d="M0 0"/></a>'
        '<image xlink:href="http://x.org/a.png"/><use xlink:href="http://x.org/b.svg#a"/>'
        '<path id="p" fill="url(#q)"/></svg>'
    )
    text = render_html(Document("t", (Section("s", (Figure(Picture(svg), inlines("c"), '"><b>'),)),)))
    body = text.partition("<body>")[2]
    assert "script" not in body and "x.org" not in body and "onload" not in body and "<b>" not in body
    assert 'id="p1-p"' in body and "url(#p1-q)" in body


def test_a_broken_picture_is_an_error():
    with pytest.raises(DocumentError, match="SVG"):
        render_html(Document("t", (Section("s", (Figure(Picture("<svg"), inlines("c"), "a"),)),)))


def test_punctuation_stays_with_its_formula():
    glued = render_html(Document("t", (Section("s", (paragraph("with ", math("x"), ". Then"),)),)))
    assert re.search(r'<span class="glue"><math.*</math>\.</span> Then', glued)
