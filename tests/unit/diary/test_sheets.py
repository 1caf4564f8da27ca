"""A page of the diary as rows and cells: what overlaps in lanes, clocks that change, what is free next."""

from datetime import date
from zoneinfo import ZoneInfo

from needlework.diary.sheets import clocks
from needlework.diary.sheets.blocks import Column, Item, Stretch, covering, within
from needlework.diary.sheets.layout import lay_out, lines
from needlework.diary.slots.clock import days_between

LONDON = ZoneInfo("Europe/London")
FORWARD, BACK, USUAL = date(2027, 3, 28), date(2026, 10, 25), date(2026, 11, 23)
WORK = Stretch(0, 240, "free")


def item(begins, ends, tail_ends=0, what="somebody"):
    return Item(begins, ends, max(tail_ends, ends), "appointment", what)


def laid(*columns, grid=15, now=None):
    """Columns of four hours, all worked, with some items each."""
    drawn = [Column(str(number), f"Column {number}", [WORK], items) for number, items in enumerate(columns)]
    return lay_out(drawn, grid=grid, label=clocks.label_on_the_wall, now=now)


def shape(sheet, column=1):
    """From when until when each cell of a column lies, with its kind and width."""
    cells = [cell for row in sheet.rows for cell in row.cells if cell.column == column]
    return [(cell.kind, cell.begins, cell.ends, cell.lanes) for cell in cells]


def test_every_row_is_covered_once_in_every_lane():
    sheet = laid([item(30, 80, 90), item(45, 75), item(60, 100)], [item(0, 50)], [])
    for head in sheet.heads:
        covered = dict.fromkeys(range(240), 0)
        for _, begins, ends, lanes in shape(sheet, head.number):
            for minute in range(begins, ends):
                covered[minute] += lanes
        assert set(covered.values()) == {head.lanes}
    assert sum(row.minutes for row in sheet.rows) == 240


def test_what_overlaps_stands_in_lanes_and_the_rest_takes_the_whole_width():
    sheet = laid([item(0, 30), item(60, 120), item(90, 150), item(120, 150)])
    assert sheet.heads[0].lanes == 2
    assert shape(sheet) == [
        ("appointment", 0, 30, 2),
        ("free", 30, 60, 2),
        ("appointment", 60, 120, 1),
        ("gap", 60, 90, 1),
        ("appointment", 90, 150, 1),
        ("appointment", 120, 150, 1),
        ("free", 150, 240, 2),
    ]


def test_cleaning_follows_as_a_tail_and_nothing_is_free_in_it():
    assert shape(laid([item(60, 110, 120)])) == [
        ("free", 0, 60, 1),
        ("appointment", 60, 110, 1),
        ("tail", 110, 120, 1),
        ("free", 120, 240, 1),
    ]


def test_a_clocks_cell_covers_all_rows_of_its_step():
    sheet = laid([item(20, 40)])
    assert [(row.begins, row.label, row.grid_rows) for row in sheet.rows[:5]] == [
        (0, "00:00", 1),
        (15, "00:15", 2),
        (20, "", 0),
        (30, "00:30", 2),
        (40, "", 0),
    ]


def test_the_next_free_time_is_a_whole_step_from_now_on():
    sheet = laid([item(0, 60), item(70, 235)], [item(15, 240)], [], now=16)
    assert [head.free for head in sheet.heads] == ["", "", "00:30"]
    assert [row.now for row in sheet.rows if row.now is not None] == [0]


def test_an_offered_start_has_a_cell_of_its_own():
    column = Column("1", "Amira", [Stretch(0, 60, "free"), Stretch(60, 240, "break", "Lunch")], (), [15, 30])
    sheet = lay_out([column], grid=15, label=clocks.label_on_the_wall)
    assert shape(sheet) == [("free", 0, 15, 1), ("start", 15, 30, 1), ("start", 30, 60, 1), ("break", 60, 240, 1)]
    late = lay_out([column], grid=15, label=clocks.label_on_the_wall, now=20)
    assert late.heads[0].free == "00:30"


def test_what_lies_on_top_hides_the_hours_below():
    ground = covering([WORK, Stretch(60, 90, "break"), Stretch(80, 300, "away", "Holiday")], 30, 200)
    assert [(one.ground, one.begins, one.ends) for one in ground] == [
        ("free", 30, 60),
        ("break", 60, 80),
        ("away", 80, 200),
    ]
    assert within(item(10, 50, 70), 20, 60) == item(20, 50, 60)


def test_short_appointments_have_room_for_a_line_and_long_ones_for_three():
    assert [lines(minutes, 15) for minutes in (5, 15, 30, 60, 240)] == [1, 1, 2, 3, 3]


def test_a_changed_clock_is_said_in_words():
    forward, back, usual = (clocks.change_on(days_between(day, day, LONDON), 0) for day in (FORWARD, BACK, USUAL))
    assert forward.sentence == "The clocks go forward today: 01:00 becomes 02:00, and the time between does not exist."
    assert back.sentence == "The clocks go back today: 02:00 becomes 01:00, and the time between comes twice."
    assert usual is None


def test_a_week_shows_the_clock_on_the_wall_and_lengths_as_they_are():
    days = days_between(BACK, BACK, LONDON)
    begins = days.begins[0]
    night = clocks.item_on_the_wall(days, BACK, item(begins + 90, begins + 150, begins + 150))
    assert (night.begins, night.ends) == (90, 150)
    second = clocks.item_on_the_wall(days, BACK, item(begins + 150, begins + 180))
    assert (second.begins, second.ends) == (90, 120)
    whole = clocks.stretch_on_the_wall(days, BACK, Stretch(begins, days.begins[1], "free"))
    assert (whole.begins, whole.ends) == (0, 1440)


def test_a_page_shows_whole_hours_in_which_something_happens():
    assert clocks.window([[Stretch(70, 110, "free")]], [[item(100, 130)]], 0, 1440) == (60, 180)
    assert clocks.window([[Stretch(70, 110, "closed")]], [[]], 0, 1440) is None
