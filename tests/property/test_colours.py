"""Contrast of any two colours."""

from hypothesis import given
from hypothesis import strategies as st

from needlework.web import brand, contrast
from needlework.web.brand import Brand

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours, colours)
def test_contrast_lies_between_the_same_and_black_on_white(one, other):
    assert 1 <= contrast.ratio(one, other) <= 21.0001
    assert contrast.ratio(one, other) == contrast.ratio(other, one)


@given(colours)
def test_a_colour_does_not_stand_out_from_itself(colour):
    assert contrast.ratio(colour, colour) == 1


def test_black_on_white_and_the_greys_of_the_guideline_are_as_published():
    assert contrast.ratio("#000000", "#ffffff") == 21
    assert round(contrast.ratio("#777777", "#ffffff"), 2) == 4.48
    assert round(contrast.ratio("#767676", "#ffffff"), 2) == 4.54


@given(colours, colours, st.floats(0, 1))
def test_a_mixture_lies_between_its_two_colours(one, other, share):
    for own, strange, mixed in zip(*map(contrast.parts, (one, other, contrast.mixed(one, other, share))), strict=True):
        assert min(own, strange) <= mixed <= max(own, strange)


@given(colours, colours)
def test_a_colour_is_accepted_exactly_when_it_can_be_read(colour, deep):
    readable = all(
        contrast.ratio(one, ground) >= contrast.READABLE
        for one in (colour, deep)
        for ground in (brand.WHITE, brand.PAPER)
    )
    assert readable == (brand.faults(Brand("", colour, deep, brand.WHITE)) == ())


@given(colours, colours, colours)
def test_three_colours_are_mended_by_what_the_sentences_propose(colour, deep, wash):
    chosen = {"main": colour, "deep": deep, "wash": wash}
    for _ in range(2):
        for sentence in brand.faults(Brand("", chosen["main"], chosen["deep"], chosen["wash"])):
            which = next(word for word in chosen if f" {word}" in sentence.split(",")[0])
            chosen[which] = sentence.split("for example ")[1][:7]
    assert brand.faults(Brand("", chosen["main"], chosen["deep"], chosen["wash"])) == ()
