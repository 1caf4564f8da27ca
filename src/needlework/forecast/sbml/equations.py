"""The equations of `model`, as libSBML reads formulas: time in days, `pace` and all other parameters by their names."""

from dataclasses import dataclass

UNITS = {"d": "day", "% of baseline collagen": "percent"}
"""Unit of a parameter → unit of the document; what is not named has none."""


@dataclass(frozen=True, slots=True)
class State:
    """What changes in time: its rate per day, as libSBML reads formulas."""

    name: str
    rate: str
    unit: str = "dimensionless"


STATES = {
    "signal": State("acute signal, in signals of a reference session", "-signal / (pace * acute_days)"),
    "macrophages": State(
        "repair macrophages and their growth factors",
        "signal / (pace * acute_days) - macrophages / (pace * macrophage_days)",
    ),
    "recruited": State(
        "fibroblasts called but not yet at work",
        "macrophages / (pace * macrophage_days) - recruited / (pace * recruitment_days)",
    ),
    "synthesising": State(
        "fibroblasts that make collagen",
        "recruited / (pace * recruitment_days) - synthesising / (pace * synthesis_days)",
    ),
    "collagen_3": State(
        "new collagen III, in % of baseline collagen",
        "collagen_percent * share_3 * synthesising / (pace * synthesis_days) - collagen_3 / collagen_3_days",
        "percent",
    ),
    "collagen_1": State(
        "new collagen I, in % of baseline collagen",
        "collagen_percent * (1 dimensionless - share_3) * synthesising / (pace * synthesis_days)"
        " + replaced * collagen_3 / collagen_3_days - collagen_1 / collagen_1_days",
        "percent",
    ),
    "organisation": State(
        "organised collagen: what can be seen, in % of baseline collagen",
        "(collagen_1 + immature_weight * collagen_3 - organisation) / organising_days",
        "percent",
    ),
    "refractory": State("share of a signal that skin does not answer", "-refractory / refractory_days"),
}
USED = (
    *("acute_days", "macrophage_days", "recruitment_days", "synthesis_days", "pace"),
    *("collagen_percent", "share_3", "replaced", "immature_weight"),
    *("collagen_3_days", "collagen_1_days", "organising_days"),
    *("half_dose", "refractory_share", "refractory_days", "per_session", "untreated_share"),
)
"""The parameters of every course; the most that treatment takes is named by the concern."""
SESSION = {
    "signal": "signal + strength * (1 dimensionless - refractory)",
    "refractory": "refractory + refractory_share * piecewise(strength, strength < 1 dimensionless, 1 dimensionless)"
    " * (1 dimensionless - refractory)",
}
"""What a session does: both from what it finds."""
SEEN = {
    "organised": ("organised collagen, in sessions' worth", "organisation / one_session"),
    "treated": ("share of the {} that treatment takes", "most * (1 dimensionless - exp(-per_session * organised))"),
    "scored": (
        "share of the {} that goes in all, with what changes without treatment",
        "1 dimensionless - (1 dimensionless - treated) * (1 dimensionless - untreated_share)",
    ),
}
