"""Age and consent."""

from tests.spec.screening.asking import adjusts, defers, everywhere, excludes, refers, screened, spec, waits


def aged(years):
    """Return what is found for an age alone: rules and outcomes."""
    found = screened({}, patient={"age_years": years, "fitzpatrick": "II"})["findings"]
    return [(one["rule"], one["outcome"]) for one in found]


def born(day, *, on="2026-11-22", **answers):
    return screened(answers, on=on, patient={"date_of_birth": day, "fitzpatrick": "II"})


def test_under_18_excludes():
    assert aged(0) == aged(17) == [("age_under_18", "exclude")]
    assert aged(18) == [("age_18_21", "suitable_with_adjustments")]
    spec("age_under_18", finds=None)  # the age is the patient's, whatever is answered


def test_from_18_to_21_the_practitioner_says_why():
    assert aged(18) == aged(21) == [("age_18_21", "suitable_with_adjustments")]
    assert aged(22) == aged(130) == []
    spec("age_18_21", finds=None)
    spec("age_under_18", finds=None)


def test_under_18_may_come_back_on_the_birthday():
    assert born("2008-11-29")["earliest_date"] == "2026-11-29"
    assert born("2008-11-22")["outcome"] == adjusts()[0]
    assert born("2008-11-23")["outcome"] == excludes()[0]
    spec("age_under_18", finds=None)


def test_under_18_and_a_dated_deferral_may_come_back_on_the_later_day():
    assert born("2008-11-29", fever_illness={"date": "2026-11-20"})["earliest_date"] == "2026-11-29"
    assert born("2008-11-29", fever_illness={"date": "2026-11-22"})["earliest_date"] == "2026-11-29"
    assert born("2008-11-23", fever_illness={"date": "2026-11-22"})["earliest_date"] == "2026-11-29"
    assert born("2008-11-23", fever_illness={})["earliest_date"] is None
    spec("age_under_18", finds=None)


def test_under_18_and_another_exclusion_has_no_date():
    assert born("2008-11-29", breastfeeding={})["earliest_date"] is None
    spec("age_under_18", finds=None)


def test_under_18_without_a_date_of_birth_has_no_date():
    young = {"age_years": 17, "fitzpatrick": "II"}
    assert screened({}, patient=young)["earliest_date"] is None
    assert screened({"fever_illness": {"date": "2026-11-20"}}, patient=young)["earliest_date"] is None
    spec("age_under_18", finds=None)


def test_under_18_born_on_a_leap_day_comes_of_age_on_1_march():
    assert born("2008-02-29", on="2026-02-28")["outcome"] == "exclude"
    assert born("2008-02-29", on="2026-02-28")["earliest_date"] == "2026-03-01"
    assert born("2008-02-29", on="2026-03-01")["outcome"] == "suitable_with_adjustments"
    spec("age_under_18", finds=None)


def test_capacity_in_doubt_defers():
    everywhere("capacity_concern", finds=defers())


def test_alcohol_or_drugs_defer_by_a_day():
    waits("capacity_concern", since="2026-11-22", until="2026-11-23")


def test_pressure_from_somebody_else_refers():
    everywhere("not_voluntary", finds=refers())
