"""What to expect over a course, and where a measurement stands in it.

course       a course, the limits that it keeps to, and the sentences for what lies outside
drawn        the posterior with what does not depend on a course, computed once
bands        a median with the bands in which half, and nine in ten, lie
series       bands for populations, clinics and people, week by week
timing       when the first change is likely to be seen, and most of it
healing      redness and swelling by day, and the share of a session's response that is delivered
comparing    one more session, and other courses beside this one
measured     what was measured, and on which scales it may be
seen         what people would have been measured at; placing: where a measurement stands among them
updating     what to expect of a person who was measured
evidence     what stands behind each curve
cautions     what must be said beside a forecast
expectation  all of it, from one call
"""

from needlework.forecast.expecting.course import Course, Limits
from needlework.forecast.expecting.expectation import Expectation, expect
from needlework.forecast.expecting.measured import Measured

__all__ = ["Course", "Expectation", "Limits", "Measured", "expect"]
