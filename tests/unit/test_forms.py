"""One template draws all forms: the errors first, each leading to its field."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import RequestFactory

from needlework.web import fields, forms
from needlework.web.http import page


class Visit(forms.Form):
    id = fields.NewId()
    name = fields.Text("Full name", missing="Enter the full name", hint="As on the passport")
    day = fields.Date("Date of the visit", missing="Enter the date of the visit", hint="For example, 27 3 2026")
    side = fields.Choice(
        "Side", choices=(("l", "Left"), ("r", "Right")), hints={"r": "From your side"}, missing="Choose a side"
    )
    ways = fields.Choices("Ways", choices=(("e", "E-mail"),), required=False)
    agreed = fields.Tick("I agree", required=True, missing="Tick to agree", hint="You can change your mind")


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.all = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.all.append((tag, dict(attrs)))

    def having(self, name):
        return [attrs[name] for _, attrs in self.all if name in attrs]


@pytest.fixture
def sent_back():
    return Elements(str(Visit({})))


def test_every_problem_leads_to_a_control_on_the_page(sent_back):
    targets = [link[1:] for link in sent_back.having("href")]
    assert targets == ["id_name", "id_day_day", "id_side_0", "id_agreed"]
    assert set(targets) <= set(sent_back.having("id"))


def test_a_problem_with_what_nobody_sees_is_said_without_a_link():
    problems = Visit({}).problems()
    assert problems[0] == forms.Problem("This page is out of date. Reload it and enter your change again")


def test_a_sentence_about_the_whole_form_comes_first():
    form = Visit({"id": "x"})
    form.add_error(None, "Somebody changed this")
    assert form.problems()[0] == forms.Problem("Somebody changed this")


def test_the_same_sentence_is_said_once():
    form = Visit({})
    form.add_error("name", "Enter the full name")
    assert [problem.sentence for problem in form.problems()].count("Enter the full name") == 1


def test_the_summary_takes_the_focus(sent_back):
    ((tag, attrs),) = [(tag, attrs) for tag, attrs in sent_back.all if "autofocus" in attrs]
    assert (tag, attrs["role"], attrs["tabindex"]) == ("div", "alert", "-1")


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in str(Visit())


def test_every_control_is_described_by_its_hint_and_its_error(sent_back):
    described = {name for value in sent_back.having("aria-describedby") for name in value.split()}
    assert described == {
        *("id_name_helptext", "id_name_error", "id_day_helptext", "id_day_error", "id_side_error", "id_side_1_hint"),
        *("id_agreed_helptext", "id_agreed_error"),
    }
    assert described <= set(sent_back.having("id"))


def test_every_visible_control_has_a_label(sent_back):
    labelled = set(sent_back.having("for"))
    controls = {attrs["id"] for tag, attrs in sent_back.all if tag == "input" and attrs.get("type") != "hidden"}
    assert controls <= labelled


def test_no_two_elements_share_an_id(sent_back):
    ids = sent_back.having("id")
    assert len(ids) == len(set(ids))


def test_the_browser_leaves_judging_to_us(sent_back):
    assert sent_back.having("required") == []
    assert sent_back.having("maxlength") == []


def test_what_may_stay_empty_says_so():
    html = " ".join(str(Visit()).split())
    assert 'Ways <span class="field__optional">(optional)</span>' in html
    assert html.count("(optional)") == 1


def test_a_form_that_only_narrows_a_list_does_not_say_so():
    class Narrow(Visit):
        says_optional = False

    assert "(optional)" not in str(Narrow())


def boxes(form):
    """Return what the three boxes of the day show."""
    values = {attrs["id"]: attrs["value"] for _, attrs in Elements(str(form)).all if "value" in attrs and "id" in attrs}
    return [values[f"id_day_{part}"] for part in ("day", "month", "year")]


def test_a_day_is_shown_again_as_it_was_sent_or_kept():
    assert boxes(Visit({"day_day": "31", "day_month": "feb"})) == ["31", "feb", ""]
    assert boxes(Visit(initial={"day": date(2026, 3, 27)})) == ["27", "3", "2026"]
    assert boxes(Visit()) == ["", "", ""]


def test_a_form_tells_whether_a_day_was_sent_at_all():
    widget = Visit().fields["day"].widget
    assert widget.value_omitted_from_data({}, {}, "day")
    assert not widget.value_omitted_from_data({"day_year": ""}, {}, "day")


def test_a_page_with_errors_answers_422():
    request = RequestFactory().post("/")
    statuses = [
        page(request, "web/form/form.html", form=form, problems=()).status_code for form in (Visit({}), Visit())
    ]
    assert statuses == [422, 200]
