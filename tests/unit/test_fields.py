"""Each field: what it keeps, and the sentence for every wrong answer."""

from datetime import date, time, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils import timezone

from needlework.web import fields

NAME = fields.Text("Full name", missing="Enter the full name", max_length=20)
NOTES = fields.LongText("Notes", required=False, max_length=50)
EMAIL = fields.Email("E-mail", missing="Enter the e-mail address")
PHONE = fields.Phone("Telephone", missing="Enter the telephone number")
DAY = fields.Date("Date of the visit", missing="Enter the date of the visit")
BORN = fields.DateOfBirth()
STARTS = fields.Time("Starts at", missing="Enter the time it starts")
CODE = fields.OneTimeCode()
MINUTES = fields.Whole("Minutes", least=5, most=480, missing="Enter the minutes")


def sentence(field, value):
    """Return the one sentence that a value is refused with."""
    with pytest.raises(ValidationError) as refusal:
        field.clean(value)
    (only,) = refusal.value.messages
    return only


def test_a_required_field_must_know_what_it_says_when_empty():
    with pytest.raises(ImproperlyConfigured, match="Full name"):
        fields.Text("Full name")


def test_an_empty_answer_gets_the_fields_own_sentence():
    assert sentence(NAME, "") == "Enter the full name"
    assert sentence(NAME, " \t\u00a0") == "Enter the full name"


def test_text_is_tidied():
    assert NAME.clean("  Zoe\u0308 \t  Fox\n") == "Zoë Fox"


def test_a_long_text_keeps_its_lines():
    assert NOTES.clean(" one\r\ntwo\rthree ") == "one\ntwo\nthree"


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\u202e", "\u2066", "\ufeff", "\ud800"])
def test_a_hidden_character_is_refused_and_not_shown_again(hidden):
    said = "“Full name” held a hidden character, now taken out. Check the text and send it again"
    assert sentence(NAME, f"Jo{hidden}Ellison") == said
    assert NAME.prepare_value(f"Jo{hidden}Ellison") == "JoEllison"


@pytest.mark.parametrize("name", ["Łucja Żółtowska", "مريم", "李小龍", "O’Neill-Nuñez", "می‌خواهم"])
def test_names_of_every_script_are_kept(name):
    assert NAME.clean(name) == name


def test_text_that_is_too_long_says_by_how_much():
    assert sentence(NAME, "x" * 23) == "“Full name” may have 20 characters. Shorten it by 3"


def test_text_far_too_long_is_refused_before_it_is_looked_at():
    assert sentence(NAME, "\x00" * 10_000_000) == "“Full name” may have 20 characters. Shorten it by 9,999,980"


def test_only_text_is_prepared_to_be_shown():
    assert NAME.prepare_value(None) is None


@pytest.mark.parametrize("address", ["lucja", "lucja@", "a b@example.org"])
def test_an_address_that_is_none_is_shown_how_one_looks(address):
    assert sentence(EMAIL, address) == "Enter an e-mail address like name@example.org"


def test_an_address_is_kept():
    assert EMAIL.clean(" lucja@example.org ") == "lucja@example.org"
    assert sentence(EMAIL, "") == "Enter the e-mail address"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("01642 960 123", "+441642960123"),
        ("(07700) 900-123", "+447700900123"),
        ("+353 1 234 5678", "+35312345678"),
        ("0044 1642 960123", "+441642960123"),
    ],
)
def test_a_telephone_number_is_kept_international(written, kept):
    assert PHONE.clean(written) == kept


@pytest.mark.parametrize("written", ["12", "none", "960 123", "+44 1", "07700 900 123 456 789"])
def test_a_number_that_cannot_be_called_is_refused(written):
    assert sentence(PHONE, written).startswith("Enter a full telephone number, like 01642 123 456")


def test_a_telephone_number_may_be_left_out_where_it_may():
    assert fields.Phone("Telephone", required=False).clean("") == ""


@pytest.mark.parametrize("month", ["3", "03", "mar", "March"])
def test_a_day_is_kept(month):
    assert DAY.clean(("27", month, "1985")) == date(1985, 3, 27)
    assert DAY.clean(date(1985, 3, 27)) == date(1985, 3, 27)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("", " ", ""), "Enter the date of the visit"),
        (("27", "", "1985"), "Date of the visit: enter the month too"),
        (("", "", "1985"), "Date of the visit: enter the day and the month too"),
        (("x", "3", "1985"), "Date of the visit: enter it in numbers, like 27 3 1985"),
        (("٢٧", "3", "1985"), "Date of the visit: enter it in numbers, like 27 3 1985"),
        (("27", "3", "85"), "Date of the visit: enter all four figures of the year, like 1985"),
        (("31", "2", "1985"), "Date of the visit: there is no such day. Check the day and the month"),
        (("1", "1", "0000"), "Date of the visit: there is no such day. Check the day and the month"),
    ],
)
def test_a_day_that_is_none_says_which_part_to_look_at(parts, said):
    assert sentence(DAY, parts) == said


def test_a_day_may_be_left_out_where_it_may():
    field = fields.Date("Until", required=False)
    assert field.clean(("", "", "")) is None
    assert field.clean(None) is None


def test_nobody_is_born_tomorrow_or_in_another_century():
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert sentence(BORN, tomorrow) == "Date of birth: check the year. It must lie between 1900 and today"
    assert sentence(BORN, ("31", "12", "1899")) == "Date of birth: check the year. It must lie between 1900 and today"
    assert BORN.clean(("1", "1", "1900")) == date(1900, 1, 1)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("14:05", time(14, 5)),
        ("14.05", time(14, 5)),
        ("1405", time(14, 5)),
        ("9", time(9)),
        ("2pm", time(14)),
        ("12 am", time(0)),
        ("12:30pm", time(12, 30)),
        ("7:15 AM", time(7, 15)),
    ],
)
def test_a_time_is_understood_as_people_say_it(written, kept):
    assert STARTS.clean(written) == kept


@pytest.mark.parametrize("written", ["25:00", "14:60", "13pm", "0am", "noon", "1:2:3"])
def test_a_time_that_is_none_is_shown_how_one_looks(written):
    assert sentence(STARTS, written) == "Starts at: enter the time like 14:05"


def test_a_time_is_shown_as_it_is_written():
    assert STARTS.prepare_value(time(9, 5)) == "09:05"
    assert STARTS.prepare_value("9ish") == "9ish"
    assert STARTS.clean(time(9, 5)) == time(9, 5)
    assert sentence(STARTS, " ") == "Enter the time it starts"


def test_a_choice_that_is_not_offered_is_refused():
    said = "That choice is no longer offered. Choose again"
    sides = (("left", "Left"), ("right", "Right"))
    assert sentence(fields.Choice("Side", choices=sides, missing="Choose a side"), "up") == said
    assert sentence(fields.Select("Side", choices=sides, missing="Choose a side"), "up") == said
    assert sentence(fields.Choices("Sides", choices=sides, missing="Choose a side"), ["up"]) == said
    assert sentence(fields.Choices("Sides", choices=sides, missing="Choose a side"), "up") == said


def test_a_list_that_opens_starts_empty():
    field = fields.Select("Clinic", choices=[("m", "Marton")], missing="Choose the clinic")
    assert sentence(field, "") == "Choose the clinic"
    assert field.clean("m") == "m"


def test_a_box_may_stay_empty_unless_it_must_be_ticked():
    assert fields.Tick("Send reminders").clean("") is False
    assert sentence(fields.Tick("I agree", required=True, missing="Tick to agree"), "") == "Tick to agree"


def test_a_password_is_kept_as_typed():
    assert fields.Password().clean("  two  spaces  ") == "  two  spaces  "


def test_a_code_is_read_with_spaces_in_it():
    assert CODE.clean(" 123 456 ") == "123456"
    assert CODE.clean("123-456") == "123456"


@pytest.mark.parametrize("written", ["12345", "1234567", "12345x", "١٢٣٤٥٦"])
def test_a_code_of_other_figures_is_refused(written):
    assert sentence(CODE, written) == "The code has 6 figures. Check it and enter it again"


def test_an_empty_code_says_what_to_enter():
    assert sentence(CODE, "") == "Enter the 6 figures of the code"


def test_a_file_is_kept_within_its_limit():
    field = fields.File("Scan", max_bytes=2048, missing="Choose the scan")
    small = SimpleNamespace(name="a.pdf", size=2048)
    assert field.clean(small) is small
    assert sentence(field, None) == "Choose the scan"
    assert sentence(field, SimpleNamespace(name="a.pdf", size=0)) == "The file is empty. Choose another"
    large = sentence(field, SimpleNamespace(name="a.pdf", size=4096))
    assert large.replace("\xa0", " ") == "The file has 4.0 KB, more than the 2.0 KB allowed. Choose a smaller one"


def test_a_file_may_be_left_out_where_it_may():
    assert fields.File("Scan", max_bytes=1, required=False).clean(None) is None


def test_a_new_record_gets_another_id_each_time():
    field = fields.NewId()
    assert field.initial() != field.initial()
    assert isinstance(field.clean(str(UUID(int=5))), UUID)


@pytest.mark.parametrize("value", ["", "x", "-1", str(2**40)])
def test_a_version_nobody_can_have_means_an_old_page(value):
    assert sentence(fields.Version(), value) == "This page is out of date. Reload it and enter your change again"


def test_an_id_nobody_can_have_means_an_old_page():
    assert sentence(fields.NewId(), "x") == "This page is out of date. Reload it and enter your change again"


def test_a_whole_number_is_kept_as_a_number():
    assert [MINUTES.clean(typed) for typed in ("45", " 5 ", 480)] == [45, 5, 480]
    assert fields.Whole("Minutes", least=5, most=480, required=False).clean("") is None


@pytest.mark.parametrize("typed", ["4", "481", "4.5", "-30", "half an hour", "٣٠", "99999"])
def test_any_other_number_says_between_which_it_lies(typed):
    assert sentence(MINUTES, typed) == "Minutes: enter a whole number from 5 to 480"
