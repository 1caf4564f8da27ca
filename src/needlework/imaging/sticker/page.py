"""The printable page as a PDF at true size: the template is `page.typ`, and the geometry goes in as data."""

import json
from dataclasses import asdict
from importlib.resources import as_file, files

import typst

from needlework.imaging.sticker.geometry import Geometry, cells, geometry

ROOM = files(__package__)


def pdf() -> bytes:
    """Return the page (A4) as a PDF, the same bytes every time for one version of Typst."""
    with as_file(ROOM) as room:
        return typst.compile(
            room / "page.typ",
            format="pdf",
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[room / "vendor"]
            ),
            sys_inputs={"sticker": json.dumps(as_inputs(geometry()))},
            timestamp=0,
        )


def as_inputs(sticker: Geometry) -> dict[str, object]:
    """Return what the template needs to know."""
    squares = [{**asdict(one), "cells": cells(one).tolist()} for one in sticker.squares]
    patches = [{**asdict(one)} for one in sticker.patches]
    size = {"width_mm": sticker.width_mm, "height_mm": sticker.height_mm}
    return {"version": sticker.version, **size, "squares": squares, "patches": patches}
