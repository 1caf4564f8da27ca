"""A plan to consent to, with what a test changes about it."""

from datetime import date

from needlework.clinical.consent_content import Content, Statement, content

DAY = date(2026, 12, 1)
PLAN = {
    "concerns": ["acne-scars"],
    "zones": ["cheeks"],
    "device": "SkinPen",
    "skin_type": "III",
    "nation": "England",
    "depth_mm": 1.0,
    "on": DAY,
}


def text(**changed) -> Content:
    return content(**{**PLAN, **changed})


def told(**changed) -> dict[str, Statement]:
    return {one.id: one for one in text(**changed).statements}
