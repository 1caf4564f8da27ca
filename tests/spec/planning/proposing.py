"""How a spec proposes a plan: one zone and concern, SkinPen in England, unless it says otherwise."""

from needlework.clinical import planning

PLAIN = {
    "concerns": [{"concern": "acne-scars", "zones": ["cheek-left"]}],
    "device": "SkinPen",
    "skin_type": "III",
    "nation": "England",
    "planned_date": "2026-12-01",
}


def planned(concern="acne-scars", zone="cheek-left", **rest):
    """Return the plan for one zone and concern."""
    document = PLAIN | {"concerns": [{"concern": concern, "zones": [zone]}]} | rest
    return planning.as_json(planning.plan(planning.read(document)))


def zone(concern="acne-scars", zone="cheek-left", **rest):
    """Return the one zone of such a plan."""
    (found,) = planned(concern, zone, **rest)["zones"]
    return found


def chosen(depth_mm, concern="acne-scars", where="cheek-left", **rest):
    """Return how a depth stands there: standing, needs."""
    choice = {"zone": where, "depth_mm": depth_mm, "reason": rest.pop("reason", None)}
    found = zone(concern, where, chosen=[choice], **rest)["chosen"]
    return found["standing"], found["needs"]


def ranges(found):
    """Return the published ranges of a zone with what they are for."""
    return [(entry["range_mm"], entry["for"]) for entry in found["published"]]


def gates(**rest):
    """Return the gates of a plan: name, met, refuses."""
    return [(gate["gate"], gate["met"], gate["refuses"]) for gate in planned(**rest)["gates"]]
