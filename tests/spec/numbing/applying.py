"""How a spec applies a cream: an amount on an area for some minutes, taken off again."""

from datetime import datetime, timedelta

from needlework.clinical import numbing

ON = "2026-12-01T10:00:00+00:00"


def applied(product, mass_g, area_cm2, minutes=60, **rest):
    """Return the checks of a cream that was on for some minutes."""
    off = datetime.fromisoformat(ON) + timedelta(minutes=minutes)
    document = {"product": product, "mass_g": mass_g, "area_cm2": area_cm2, "on": ON, "off": off.isoformat()}
    return numbing.as_json(numbing.check(numbing.read(document | rest)))


def standing(product, mass_g, area_cm2, minutes=60, **rest):
    """Return how each check stands, by its name, and the worst as `all`."""
    found = applied(product, mass_g, area_cm2, minutes, **rest)
    own = [one for one in found["checks"] if one["product"] == found["product"]]
    return {one["check"]: one["standing"] for one in own} | {"all": found["standing"]}


def barred(product="EMLA", **answers):
    """Return the rules that bar a patient who gave these answers."""
    found = applied(product, 15, 100, patient={"answers": answers})
    return found["barred"], sorted({one["rule"] for one in found["must_not"] if one["applies"]})
