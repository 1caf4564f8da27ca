"""Medicines."""

from tests.spec.screening.asking import adjusts, defers, everywhere, excludes, locally, refers, spec, waits


def test_isotretinoin_now_excludes_and_an_unsure_answer_refers():
    everywhere("isotretinoin_current", finds=excludes())


def test_isotretinoin_stopped_lately_defers():
    everywhere("isotretinoin_recent", finds=defers())


def test_isotretinoin_stopped_lately_defers_for_six_calendar_months():
    waits("isotretinoin_recent", since="2026-06-01", until="2026-12-01")


def test_isotretinoin_stopped_on_31_august_defers_to_the_last_day_of_february():
    waits("isotretinoin_recent", since="2026-08-31", until="2027-02-28")
    waits("isotretinoin_recent", since="2027-08-31", until="2028-02-29")


def test_other_oral_retinoids_refer():
    everywhere("other_oral_retinoid", finds=refers())


def test_a_retinoid_or_acid_on_the_area_defers():
    locally("topical_retinoid_acid", finds=defers)


def test_a_retinoid_or_acid_on_the_area_defers_for_five_days():
    waits("topical_retinoid_acid", since="2026-11-20", until="2026-11-25")


def test_a_medicine_that_reacts_to_light_adjusts():
    everywhere("photosensitising_medicine", finds=adjusts())


def test_antibiotics_defer():
    everywhere("antibiotics_current", finds=defers())


def test_antibiotics_defer_for_fourteen_days_from_the_last_dose():
    waits("antibiotics_current", since="2026-11-08", until="2026-11-22")


def test_antibiotics_may_end_on_a_day_ahead():
    spec("antibiotics_current", given={"date": "2026-11-29"}, finds=defers("2026-12-13"))


def test_steroid_tablets_refer():
    everywhere("oral_steroid", finds=refers())
