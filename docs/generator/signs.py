"""The page of signs: what each means for staff and for patients, the combinations, the tiers and the safety net."""

from docs.generator.cited import cited
from needlework.clinical import safety_net
from needlework.clinical.signs import TIERS, Combination, Sign, TierRule, combinations, signs, tiers
from needlework.clinical.terms import Tier, Verified
from tests.spec.signs.spec import specs

INTRODUCTION = """# Signs, triage and the safety net

What may be seen or felt after a treatment, how soon somebody looks at it, and what the patient reads.

- Ids, labels, actions and reasons are for staff. A patient reads the fixed text of each sign and the whole safety net,
  never a diagnosis.
- The answer's tier is the worst of all that was reported. Nothing lowers it: no other answer, and no hour. A sign
  outside its usual hours keeps its tier and says so.
- A sign that is still there after it should have gone is looked at by a practitioner.
- Free text is never interpreted. Until a person has read it, the report is at least `practitioner_review`.
- "Unverified" stands at what is policy of this rule set or from memory: no source was read."""
READ = {
    Verified.SEEN: "seen: read in the sources below",
    Verified.PARTIAL: "partial: part of it was read in the sources below",
    Verified.UNVERIFIED: "unverified: policy or memory, no source read",
}


def pages() -> dict[str, str]:
    """Return the page."""
    parts = [INTRODUCTION, _tiers(), *map(_of_tier, reversed(Tier)), _combinations(), _net()]
    return {"rules/signs.md": "\n\n".join(parts)}


def _tiers() -> str:
    rows = [_tier(tier, rule) for tier, rule in reversed(tiers().items())]
    return "\n".join(
        [
            "## Tiers",
            "",
            f"Every figure here is policy (unverified): it stands in `{TIERS}` for a clinic to confirm. Told are those"
            " whom a sign names; where a rule raises the tier, those of the last column too.",
            "",
            "| tier | staff | answer within | the patient reads | told when raised |",
            "|---|---|---|---|---|",
            *rows,
        ]
    )


def _tier(tier: Tier, rule: TierRule) -> str:
    within = rule.answer_within or "–"
    late = f" Where a sign has lasted too long: {rule.late_text}" if rule.late_text else ""
    return f"| `{tier}` | {rule.words} | {within} | {rule.patient_text}{late} | {', '.join(rule.notify) or '–'} |"


def _of_tier(tier: Tier) -> str:
    found = [sign for sign in signs().values() if sign.tier is tier]
    return "\n\n".join([f"## {tier.replace('_', ' ').capitalize()}: {tiers()[tier].words}", *map(_sign, found)])


def _sign(sign: Sign) -> str:
    told = ", ".join(sign.notify) or "nobody"
    outside = ", ".join(sign.tell) or "nobody"
    facts = [
        f"- Code: `{sign.id}`" + (", found by staff" if sign.reported_by == "practitioner" else ""),
        f"- Usual: {sign.onset} ({sign.window})",
        *_limits(sign),
        f"- How often: {sign.frequency}",
        f"- What to do: {sign.action}",
        f"- Tell in the clinic: {told}. Outside: {outside}.",
        f"- The patient reads: “{sign.patient_text}”",
        f"- Verified: {READ[sign.verified]}",
        f"- Sources: {cited(sign.sources)}",
        f"- Specs: {_specs(sign)}",
    ]
    return "\n".join([f"### {sign.label}", "", *facts])


def _limits(sign: Sign) -> list[str]:
    found = []
    if sign.expected_until_hours is not None:
        word = "Expected up to" if sign.expected else "Not longer than"
        found.append(f"- {word} {sign.expected_until_hours:g} h; after that a practitioner looks at it")
    if sign.from_temperature_c is not None:
        found.append(
            f"- A temperature of {sign.from_temperature_c:g} °C or more counts as this sign (policy, unverified)"
        )
    return found


def _specs(sign: Sign) -> str:
    return ", ".join(one.removeprefix("test_").replace("_", " ") for one in specs().get(sign.id, []))


def _combinations() -> str:
    return "\n\n".join(
        [
            "## Combinations",
            "When one report holds all signs of a combination, each is at least of its tier, whatever the hours.",
            *map(_combination, combinations()),
        ]
    )


def _combination(one: Combination) -> str:
    near = f" They usually come within {one.within_hours:g} h of one another." if one.within_hours else ""
    return "\n".join(
        [
            f"### {one.name.capitalize()}",
            "",
            f"- Signs: {', '.join(f'`{sign}`' for sign in one.signs)}.{near}",
            f"- Tier: `{one.tier}`",
            f"- Reason: {one.reason}",
            f"- The patient reads: “{one.patient_text}”",
            f"- Verified: {READ[one.verified]}",
            f"- Sources: {cited(one.sources)}",
        ]
    )


def _net() -> str:
    return "\n".join(
        [
            "## The safety net",
            "",
            "Every answer to a patient carries it whole, in this order.",
            "",
            "| when | do | stands for | verified | sources |",
            "|---|---|---|---|---|",
            *map(_line, safety_net.lines()),
        ]
    )


def _line(line: safety_net.Line) -> str:
    stands_for = ", ".join(f"`{sign}`" for sign in line.signs)
    return f"| {line.when} | {line.do} | {stands_for} | {line.verified} | {cited(line.sources)} |"
