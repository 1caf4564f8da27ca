"""A usual course with its limits, and what was measured of it."""

from datetime import date, timedelta

from needlework.forecast.expecting import Course, Limits, Measured

FIRST = date(2026, 12, 1)
LIMITS = Limits(shortest_interval_days=14, usual_interval_days=28, deepest_mm=2.5)


def days(*since):
    """Return days, counted from the first session."""
    return tuple(FIRST + timedelta(days=one) for one in since)


def course(*since, concern="acne-scars", depth_mm=1.5, punctures_per_cm2=250.0):
    """Return a course with sessions on some days; with four monthly ones if none are given."""
    return Course(concern, days(*(since or (0, 28, 56, 84))), depth_mm, punctures_per_cm2)


def measured(day, value, sd=0.1, scale="share", before=None):
    """Return what was measured some days after the first session."""
    return Measured(FIRST + timedelta(days=day), value, sd, scale, before)
