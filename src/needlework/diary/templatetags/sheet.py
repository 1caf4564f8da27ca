"""The cells of a sheet. A day has hundreds of them, and a template would take ten times as long to draw each."""

from collections.abc import Iterator

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from needlework.diary.queries.cards import Card
from needlework.diary.sheets.layout import Cell, Row, Sheet

register = template.Library()

ROW = '<tr class="m{}">{}{}</tr>'
TIME = '<th class="sheet__time{}" scope="row" rowspan="{}" data-clock="{}">{}</th>'
CELL = '<td class="{}" rowspan="{}" colspan="{}">'
LINK = (
    '<a href="{}"{}><span class="slot__time">{}<span class="slot__until">–{}</span></span> '
    '<span class="slot__name">{}</span></a> <span class="slot__more">'
)
OVER = '<span class="slot__over">overbooked</span>'
MORE = '<span class="slot__for">{}{}</span> <span class="slot__state">{}</span> '
VISITOR = '<span class="slot__visitor">not a patient yet</span> '
WHERE = '<span class="slot__where">{}</span></span></td>'
GROUND = '<span class="ground__words"><span class="ground__time">{}</span> {}</span>'
WORDS = {"free": "free", "off": "not working", "tail": "cleaning", "elsewhere": "at another clinic"}


@register.simple_tag
def rows(sheet: Sheet, new_url: str, *, by_room: bool) -> SafeString:
    """Draw the rows of a sheet; an offered start leads to `new_url` with its time."""
    drawn = ((row.minutes, _time(row), _cells(row, new_url, by_room=by_room)) for row in sheet.rows)
    return format_html_join("\n", ROW, drawn)


def _time(row: Row) -> SafeString | str:
    """Return the clock's cell, where a step of the grid begins."""
    if not row.label:
        return ""
    now = f" now now--{row.now}" if row.now is not None else ""
    return format_html(TIME, now, row.grid_rows, row.label, row.label)


def _cells(row: Row, new_url: str, *, by_room: bool) -> SafeString:
    return format_html_join("\n", "{}", ((_cell(cell, new_url, by_room=by_room),) for cell in row.cells))


def _cell(cell: Cell, new_url: str, *, by_room: bool) -> SafeString:
    if cell.kind == "appointment":
        return _slot(cell, cell.what, by_room=by_room)
    place = (f"{cell.kind} l{cell.lines} o{cell.column}", cell.rows, cell.lanes)
    if cell.kind == "start":
        address = f"{new_url}{cell.since}&practitioner={cell.name}"
        return format_html(CELL + '<a href="{}">{}</a></td>', *place, address, cell.since)
    if cell.kind == "hold":
        held = cell.what
        service = '<span class="ground__for">{}</span></td>'
        return format_html(CELL + GROUND + service, *place, held.time, held.words, held.service)
    words = cell.name if cell.kind in {"break", "away", "closed"} else WORDS.get(cell.kind, "")
    if not words:
        return format_html(CELL + "</td>", *place)
    return format_html(CELL + GROUND + "</td>", *place, f"{cell.since}–{cell.until}", words)


def _slot(cell: Cell, card: Card, *, by_room: bool) -> SafeString:
    layout = "".join(_parts(card))
    course = f", {card.course}" if card.course else ""
    return format_html(
        layout,
        f"slot slot--{card.state} l{cell.lines} o{cell.column}",
        cell.rows,
        cell.lanes,
        card.url,
        format_html(' data-slot="{} {}"', card.time, card.name) if card.state == "booked" else "",
        card.time,
        card.until,
        card.name,
        card.service,
        course,
        card.word,
        card.practitioner if by_room else card.room,
    )


def _parts(card: Card) -> Iterator[str]:
    """Yield the markup of an appointment's cell; all that is typed by people goes into it escaped."""
    yield CELL + LINK
    if card.overbooked:
        yield OVER
    yield MORE
    if card.is_visitor:
        yield VISITOR
    yield WHERE
