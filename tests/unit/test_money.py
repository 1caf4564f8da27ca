"""Money: held in pence, written and typed in pounds."""

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template

from needlework.web import fields
from needlework.web.money import pence, pounds

PRICE = fields.Money("Price", missing="Enter the price")


@pytest.mark.parametrize(
    ("amount", "written"), [(0, "£0.00"), (5, "£0.05"), (104500, "£1,045.00"), (-500, "−£5.00"), (123, "£1.23")]
)
def test_an_amount_is_written_in_full(amount, written):
    assert pounds(amount) == written


@pytest.mark.parametrize(
    ("typed", "amount"), [("45", 4500), ("45.50", 4550), (" £1,045.00 ", 104500), ("0.05", 5), ("£ 7", 700)]
)
def test_an_amount_is_understood_as_people_type_it(typed, amount):
    assert pence(typed) == PRICE.clean(typed) == amount
    assert pence(pounds(amount)) == amount


@pytest.mark.parametrize("typed", ["4.5", "45,00", "4.5.0", "1,04", "-5", "£", "10 pounds", "٤٥"])
def test_an_amount_that_could_be_misread_is_shown_how_one_looks(typed):
    with pytest.raises(ValidationError, match=r"Price: enter an amount like 45 or 45\.50"):
        PRICE.clean(typed)


@pytest.mark.parametrize("typed", ["0", "100000.01"])
def test_an_amount_nobody_means_says_what_can_be_entered(typed):
    with pytest.raises(ValidationError, match=r"Price: enter £0\.01 to £100,000\.00"):
        PRICE.clean(typed)


def test_an_amount_may_be_left_out_where_it_may():
    assert fields.Money("Deposit", required=False).clean(" ") is None
    with pytest.raises(ValidationError, match="Enter the price"):
        PRICE.clean("")


def test_an_amount_is_shown_as_it_is_typed():
    assert PRICE.prepare_value(104550) == "1,045.50"
    assert PRICE.prepare_value("4.5") == "4.5"
    assert Template("{% load money %}{{ 4500|pounds }} {{ none|pounds }}").render(Context()) == "£45.00 "
