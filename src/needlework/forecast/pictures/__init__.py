"""Pictures of an expectation, to look at on a phone, on paper and in grey, each with the same in words.

    drawing    one answer → one SVG or PNG
    page       what stands on the picture, from top to bottom
    course, redness, underway   its panels
    blocks, sheet, looks        headings, keys and notes; a page in CSS pixels; colours and line styles
    words      the text alternative: what the picture shows, in sentences
    sentences, parts            what both say; the zones of an answer
    files      a picture as the bytes of a file
    svg        SVG that a screen reader, a search and a strict content policy can work with

All take the JSON of `needlework forecast` as it is, and add nothing to its numbers. matplotlib is loaded when a picture
is drawn, and not before.
"""

from needlework.forecast.pictures.drawing import ENDINGS, draw
from needlework.forecast.pictures.words import text

__all__ = ["ENDINGS", "draw", "text"]
