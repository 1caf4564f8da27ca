"""Planning: what is published for each zone, concern and device, and how a chosen depth stands to it.

    {"concerns": [{"concern": "acne-scars", "zones": ["cheek-left"]}, {"concern": "uneven-tone", "zones": ["forehead"],
     "spots": false}], "device": "SkinPen", "skin_type": "III", "nation": "Scotland", "premises": "pharmacy",
     "planned_date": "2026-12-01", "chosen": [{"zone": "cheek-left", "depth_mm": 1.5, "passes": 4, "reason": null}],
     "gates": {"lesion-examined": {"by": "Dr Example", "on": "2026-11-30", "suspicious": false}}}

`premises`, `chosen`, `passes`, `reason` and `gates` may be left out. `spots` says of uneven tone whether single spots
are meant; until somebody says no, they may be. A plan never holds a recommended depth: the practitioner chooses, and
the plan says how the choice stands to what is known.
"""

from needlework.clinical.planning.courses import IntervalLimits, interval_limits
from needlework.clinical.planning.plans import Plan, as_json, plan
from needlework.clinical.planning.proposal import Proposal, read
from needlework.clinical.planning.standing import Standing

__all__ = ["IntervalLimits", "Plan", "Proposal", "Standing", "as_json", "interval_limits", "plan", "read"]
