"""One course with every packaged draw, weekly for a year: all bands, and the whole answer of `expect`."""

from collections.abc import Iterator
from datetime import date, timedelta

from bench.forecast.table import Row
from bench.forecast.timing import usual_ms
from needlework.forecast.expecting import Course, Limits, expect
from needlework.forecast.expecting.drawn import drawn
from needlework.forecast.expecting.series import series, weeks

FIRST = date(2026, 12, 1)
COURSE = Course("acne-scars", tuple(FIRST + timedelta(days=28 * place) for place in range(4)), 1.5, 250.0)
LIMITS = Limits(shortest_interval_days=14, usual_interval_days=28, deepest_mm=2.5)


def rows() -> Iterator[Row]:
    """Return the milliseconds of the series alone, and of everything that is told of a course."""
    days = weeks(COURSE)
    what = f"{len(drawn().entering)} draws, {len(days)} weeks"
    bands = usual_ms(lambda: series(drawn(), COURSE, days))
    yield Row(f"{what}: bands of population, clinic and person", f"{bands:.1f} ms", "20 ms", "median of 21 calls")
    whole = usual_ms(lambda: expect(COURSE, LIMITS).as_json())
    yield Row(f"{what}: the whole answer, as JSON", f"{whole:.1f} ms", "–", "median of 21 calls")
