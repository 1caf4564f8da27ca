"""The words an entry may use, each with what it means."""

USES = {
    "fit": "the model is fitted to it",
    "prior": "a prior leans on it; it is not fitted",
    "heldout": "the fitted model is tested on it and has never seen it",
    "context": "told beside a forecast; neither fitted nor tested on",
}
READ = {
    "read": "its words or numbers were seen, nearly always in an abstract",
    "partly": "part was seen, part is assumed and says so",
    "second-hand": "seen in somebody else's table, summary or shop",
    "not read": "known to exist, not seen",
}
OF = {
    "microneedling": "people needled without energy",
    "analogue": "people treated with something else: laser, radiofrequency, hydrogel patches",
    "wound": "other wounds of people",
    "animal": "animals, needled or wounded",
    "in-vitro": "cells, skin models and skin outside the body",
    "device": "the geometry of needles",
    "opinion": "what somebody says, without a measurement",
}
BLOCKS = {
    "pore": "closure of pores and the barrier",
    "erythema": "redness and swelling",
    "cells": "inflammation, cells and collagen in time",
    "age": "age",
    "histology": "the dermis under the microscope and in imaging",
    "acne": "acne scars",
    "depth": "depth",
    "spacing": "spacing of sessions",
    "wrinkle": "wrinkles, texture and laxity",
    "striae": "stretch marks",
    "geometry": "punctures and how deep needles reach",
}
AXES = {
    "sessions": "sessions",
    "passes": "passes",
    "applications": "applications",
    "needles": "needles",
    "strokes_hz": "strokes per second",
    "needle_mm": "needle length in mm",
    "needle_um": "needle length in µm",
    "depth_mm": "depth set in mm",
    "displacement_mm": "displacement in mm",
    "hours": "hours",
    "days": "days",
    "weeks": "weeks",
    "months": "months",
    "interval_days": "days between sessions",
    "interval_weeks": "weeks between sessions",
    "interval_months": "months between sessions",
    "days_after_last": "days after the last session",
    "weeks_after_last": "weeks after the last session",
    "months_after_last": "months after the last session",
    "months_after": "months after treatment",
    "months_from_start": "months from the start",
    "age_years": "age in years",
    "site": "site",
    "energy": "energy",
    "occluded": "occluded",
    "class": "classes",
    "class_from": "each class from a share of",
}
"""What stands on an axis of `x`, with its unit. Bare hours, days, weeks and months are from the first session or the
wound, as far as the source says."""

ERRORS = {
    "sd": "standard deviation",
    "assumed sd": "standard deviation, assumed",
    "se": "standard error",
    "ci": "interval of confidence, its level not seen",
    "ci95": "interval of 95 % confidence",
    "ci95 as printed": "interval of 95 % confidence, as printed",
    "ci99": "interval of 99 % confidence",
    "iqr": "quartiles",
    "range": "range",
    "plus or minus": "plus or minus, not said of what",
    "p": "P",
    "upper bound": "an upper bound",
    "upper bound for the longest": "an upper bound, for the longest needle",
    "bounds": "bounds",
}
