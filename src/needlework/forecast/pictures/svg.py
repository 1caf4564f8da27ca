"""SVG as pages need it: told to a screen reader, its text searchable, without styles that a content policy refuses."""

import re
from hashlib import sha256
from html import escape

from needlework.forecast.pictures.looks import FAMILY

LETTERS = "Figtree Variable, Figtree, system-ui, sans-serif"
"""The letters of the pages where they are there, and else the reader's own."""
STYLE = re.compile(r'style="([^"]*)"')
SHEET = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)
JOINED = 'stroke-linejoin="round" stroke-linecap="butt"'
"""What matplotlib says for all elements in its style sheet."""
GROUP = re.compile(r'<g id="[^"]*">')


def told(drawn: str, title: str, description: str) -> str:
    """Return matplotlib's SVG with a title and a description, and every style as an attribute of its own.

    An `img` shows it as well as a page that holds it: the product's content policy refuses inline styles, and names
    of groups would be there twice on a page with two pictures.
    """
    attributes, _, body = drawn.partition("<svg ")[2].partition(">")
    own = sha256(f"{title}\n{description}".encode()).hexdigest()[:12]
    return (
        f'<svg {attributes} role="img" aria-labelledby="title-{own} about-{own}" {JOINED}>\n'
        f' <title id="title-{own}">{escape(title)}</title>\n <desc id="about-{own}">{escape(description)}</desc>'
        + GROUP.sub("<g>", STYLE.sub(_attributes, SHEET.sub("", body, count=1)))
    )


def _attributes(style: re.Match[str]) -> str:
    pairs = (one.partition(": ") for one in style[1].split("; "))
    return " ".join(f'{name}="{value.replace(repr(FAMILY), LETTERS)}"' for name, _, value in pairs)
