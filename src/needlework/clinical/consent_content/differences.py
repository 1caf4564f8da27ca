"""What changed between two consent texts, in lines that a person can read."""

from collections.abc import Iterator, Mapping

from needlework.clinical.consent_content.shown import Content, Section, Statement
from needlework.evidence.sources import Source

Placed = Mapping[str, tuple[Section, Statement]]


def difference(before: Content, after: Content) -> tuple[str, ...]:
    """Return what was added, removed, reworded, moved or sourced anew; nothing where the version is the same."""
    return (
        *_rules(before, after),
        *_headings(before, after),
        *_statements(_placed(before), _placed(after)),
        *_order(before, after),
        *_questions(before, after),
        *_reflection(before, after),
    )


def _rules(before: Content, after: Content) -> Iterator[str]:
    if before.rule_set != after.rule_set:
        yield f"The rule set was {before.rule_set} and is {after.rule_set}."


def _headings(before: Content, after: Content) -> Iterator[str]:
    old, new = ([section.title for section in content.sections] for content in (before, after))
    if old != new:
        yield f"The headings were {_list(old)} and are {_list(new)}."


def _placed(content: Content) -> Placed:
    return {one.id: (section, one) for section in content.sections for one in section.statements}


def _statements(old: Placed, new: Placed) -> Iterator[str]:
    for key, (section, one) in old.items():
        if key not in new:
            yield f"Removed from “{section.title}”: “{one.whole}”"
    for key, (section, one) in new.items():
        if key not in old:
            yield f"Added to “{section.title}”: “{one.whole}”"
        else:
            yield from _changed(*old[key], section, one)


def _changed(place: Section, old: Statement, section: Section, new: Statement) -> Iterator[str]:
    title = section.title
    if place.id != section.id and place.title != title:
        yield f"Moved from “{place.title}” to “{title}”: “{new.whole}”"
    if _words(old) != _words(new):
        yield f"Reworded in “{title}”: “{old.whole}” is now “{new.whole}”"
    if _cited(old) != _cited(new):
        yield f"Other sources in “{title}” for “{new.whole}”: {_titles(old)} before, {_titles(new)} now"


def _words(one: Statement) -> tuple[object, ...]:
    return one.text, one.frequency, tuple(rate.text for rate in one.rates)


def _cited(one: Statement) -> tuple[object, ...]:
    every = (one.sources, *(rate.sources for rate in one.rates))
    return tuple(tuple(_told(source) for source in each) for each in every)


def _told(source: Source) -> tuple[str | None, ...]:
    return source.title, source.url, source.strength


def _titles(one: Statement) -> str:
    every = [*one.sources, *(source for rate in one.rates for source in rate.sources)]
    return _list([f"{source.title} ({source.strength}, {source.url or 'no address'})" for source in every])


def _order(before: Content, after: Content) -> Iterator[str]:
    old, new = [one.id for one in before.statements], [one.id for one in after.statements]
    both = set(old) & set(new)
    if [key for key in old if key in both] != [key for key in new if key in both]:
        yield "The statements stand in another order."


def _questions(before: Content, after: Content) -> Iterator[str]:
    old, new = ([one.text for one in content.questions] for content in (before, after))
    if old != new:
        yield f"The questions were {_list(old)} and are {_list(new)}."


def _reflection(before: Content, after: Content) -> Iterator[str]:
    if before.reflection_hours != after.reflection_hours:
        yield f"The time to think was {before.reflection_hours} hours and is {after.reflection_hours}."


def _list(texts: list[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts) or "none"
