"""Templates keep to the content policy: nothing inline, nothing unescaped."""

import re
from html.parser import HTMLParser

import pytest

from tests.repo.tree import PRODUCT, name, product_modules

TEMPLATES = sorted(PRODUCT.rglob("templates/**/*.html"))
TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


class Inline(HTMLParser):
    """Collects what the policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.within = ""

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        self.found += [f"<{tag} {key}>" for key in names if key == "style" or key.startswith("on")]
        self.found += [f"<{tag}> javascript:" for value in names.values() if value and value.startswith("javascript:")]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(f"<{tag}>")

    handle_startendtag = handle_starttag


def inline(text: str) -> list[str]:
    """Return everything inline in a template's text."""
    reader = Inline()
    reader.feed(TAGS.sub("x", text))
    return reader.found


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_nothing_inline(path):
    assert inline(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_escapes_everything(path):
    text = path.read_text("utf-8")
    assert re.findall(r"\|\s*safe\b|\|\s*safeseq\b|{%\s*autoescape\s+off", text) == []


def test_no_module_marks_text_as_safe():
    marking = re.compile(r"\bmark_safe\b|\bSafeString\(|\bSafeText\(")
    assert [name(path) for path in product_modules() if marking.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "html",
    [
        "<p style='color: red'>",
        "<a {% if x %}class='y'{% endif %} onclick='go()'>",
        "<script>go()</script>",
        "<style>p {}</style>",
        "<a href='javascript:go()'>",
    ],
)
def test_the_search_finds_what_is_inline(html):
    assert inline(html)
