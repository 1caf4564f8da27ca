"""Numbing: does the cream that is on keep to its dose, its area and its time, and who must not have it.

    {"product": "EMLA", "mass_g": 30, "area_cm2": 200, "on": "2026-12-01T10:00:00+00:00",
     "off": "2026-12-01T11:15:00+00:00", "zones": ["cheeks"],
     "also": [{"product": "LMX4", "mass_g": 5, "area_cm2": 30, "on": "2026-12-01T10:30:00+00:00"}],
     "patient": {"answers": {"anaesthetic_allergy": {}}}}

While the cream is still on, `at` (the moment asked about) stands in place of `off`. `zones`, `also`, `patient` and
`own` may be left out. Each product under `also` may have an `on` and an `off` of its own; what it does not say is as
for the main one. `own` is a clinic's own product with all its limits, named by its label:

    {"product": "House cream", "own": {"label": "House cream", "source": "leaflet of 3 March 2026",
     "dose_g_per_10_cm2": [1, 1.5], "max_mass_g": 20, "max_area_cm2": 200, "least_minutes": 30, "most_minutes": 60}, …}

Answers are screening rule ids: each says that something holds, `unsure` counts as yes, and dates are left to screening.
"""

from needlework.clinical.numbing.applied import Applied, read
from needlework.clinical.numbing.checks import Checked, as_json, check
from needlework.clinical.numbing.creams import Standing, load, products

__all__ = ["Applied", "Checked", "Standing", "as_json", "check", "load", "products", "read"]
