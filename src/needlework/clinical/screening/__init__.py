"""Screening: health answers and a plan in, every reason to think twice out.

A rule set's rules inform a practitioner; they decide nothing alone, and whatever the outcome a consultation stays open.
"""

from needlework.clinical.screening.cases import Answer, Case, read
from needlework.clinical.screening.findings import CONSULTATION, Finding, Screening, as_json, screen
from needlework.clinical.screening.loading import load, rules
from needlework.clinical.screening.rule import DeviceOverride, Rule, Wait

__all__ = [
    "CONSULTATION",
    "Answer",
    "Case",
    "DeviceOverride",
    "Finding",
    "Rule",
    "Screening",
    "Wait",
    "as_json",
    "load",
    "read",
    "rules",
    "screen",
]
