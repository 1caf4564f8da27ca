"""What must be said beside every forecast, and what beside this one."""

from collections.abc import Sequence

from needlework.forecast.concerns import CONCERNS
from needlework.forecast.expecting.comparing import SPACING
from needlework.forecast.expecting.course import Course, Limits
from needlework.forecast.model.dose import REFERENCE_PUNCTURES_PER_CM2

STUDIED_PER_CM2 = (REFERENCE_PUNCTURES_PER_CM2 / 2.5, REFERENCE_PUNCTURES_PER_CM2 * 2.5)
"""Densities not far from that of the rollers of most studies; a choice."""
LONGEST_STUDIED_DAYS = 92
"""Three months: the longest interval of any trial that was read, of laser."""
MOST_STUDIED = 7
"""Sessions of the longest course that a number was read of."""

NEVER_PERSONAL = (
    "This sums up published studies. It is no promise for one person: most of the spread stays unexplained."
)
DESIGNS = {
    "acne-scars": "Nearly all studies had no untreated side, and few had raters who did not know what was done.",
    "wrinkles": "They rest on one trial without an untreated side, of 48 people.",
    "stretch-marks": "They rest on the ratings of 15 people in one study, without an untreated side.",
}
SPREAD = "Studies of acne scars report from a tenth to seven tenths of the score gone"
ANYWHERE = "a clinic may lie anywhere between."
TAKEN_OVER = "how far clinics lie apart is taken from them."
UNTREATED = (
    "Scores change without treatment as well, by raters, light and chance: the step in the first week is that, "
    "and every later day holds it."
)
GLOW = "A glow or smoother look in the first days is swelling. It goes, and it is not in the shares."
DEPTH = "Of depth little is known: 2.5 mm did more than 1.5 mm in one small study, and another states no difference."
FAR = "Most studies needled about {reference:g} punctures per cm². {density:g} is far from that: extrapolated."
BELOW_USUAL = (
    "Sessions stand {shortest} days apart, nearer than the usual {usual}: check with the rules that this is meant."
)
FAR_APART = "Sessions stand {longest} days apart, further than in any study that was read: extrapolated."
MANY = "{number} sessions are more than in any study that was read: extrapolated."


def cautions(course: Course, limits: Limits) -> tuple[str, ...]:
    """Return the sentences that belong beside the forecast of a course."""
    share_of = CONCERNS[course.concern].share_of
    designs = f"Shares are of the {share_of}. {DESIGNS[course.concern]}"
    spread = f"{SPREAD}; {ANYWHERE if course.concern == 'acne-scars' else TAKEN_OVER}"
    always = (NEVER_PERSONAL, designs, spread, UNTREATED, GLOW)
    return (*always, SPACING, DEPTH, *_density(course), *_intervals(course.intervals, limits), *_sessions(course))


def _density(course: Course) -> list[str]:
    least, most = STUDIED_PER_CM2
    if least <= course.punctures_per_cm2 <= most:
        return []
    return [FAR.format(reference=REFERENCE_PUNCTURES_PER_CM2, density=course.punctures_per_cm2)]


def _intervals(intervals: Sequence[int], limits: Limits) -> list[str]:
    shortest, longest = min(intervals, default=limits.usual_interval_days), max(intervals, default=0)
    below = [BELOW_USUAL.format(shortest=shortest, usual=limits.usual_interval_days)]
    beyond = [FAR_APART.format(longest=longest)]
    return below * (shortest < limits.usual_interval_days) + beyond * (longest > LONGEST_STUDIED_DAYS)


def _sessions(course: Course) -> list[str]:
    number = len(course.dates)
    return [MANY.format(number=number)] if number > MOST_STUDIED else []
