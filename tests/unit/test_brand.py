"""A clinic's three colours: what pages get of them, and which cannot be read."""

import pytest

from needlework.web import brand
from needlework.web.brand import Brand


def test_the_houses_own_colours_can_be_read():
    assert brand.faults(Brand()) == ()


def test_a_pale_main_colour_is_refused_with_one_to_choose():
    (sentence,) = brand.faults(Brand(colour="#8fbdb2"))
    assert sentence == (
        "Choose a darker main colour, for example #5c7972: writing in #8fbdb2, or white writing on it, "
        "has a contrast of 1.9 and needs 4.5"
    )


def test_a_pale_deep_colour_is_refused():
    (sentence,) = brand.faults(Brand(colour_deep="#999999"))
    assert sentence.startswith("Choose a darker deep colour, for example #")


def test_a_wash_that_hides_the_writing_on_it_is_refused():
    (sentence,) = brand.faults(Brand(colour_wash="#7a9992"))
    assert sentence.startswith("Choose a lighter wash, for example #")


def test_a_contrast_just_too_small_never_reads_as_enough():
    assert brand.shown(4.499) == "4.4"


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#1234567", "#12345g", "#123456;}body{}", "#123456\n"])
def test_what_is_no_colour_never_reaches_a_stylesheet(colour):
    with pytest.raises(ValueError, match="six figures"):
        Brand(colour=colour)


def test_the_stylesheet_sets_three_values():
    assert brand.stylesheet(Brand(colour="#234567")) == (
        ":root{--brand:#234567;--brand-deep:#123f39;--brand-wash:#e6f0ed}\n"
    )


def test_only_colours_of_its_own_need_a_stylesheet():
    assert not Brand(name="Linthorpe Skin", logo_url="/logo").coloured
    assert Brand(colour="#234567").coloured


def test_other_colours_have_another_address():
    assert Brand(colour="#234567").version != Brand().version
    assert Brand(name="Linthorpe Skin").version == Brand().version
