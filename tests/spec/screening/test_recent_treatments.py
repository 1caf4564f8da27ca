"""Recent treatments."""

from tests.spec.screening.asking import defers, locally, refers, waits


def test_botulinum_toxin_in_the_area_defers():
    locally("botulinum_recent", finds=defers)


def test_botulinum_toxin_defers_for_fourteen_days():
    waits("botulinum_recent", since="2026-11-07", until="2026-11-21")


def test_filler_in_the_area_defers():
    locally("filler_recent", finds=defers)


def test_filler_defers_for_four_weeks():
    waits("filler_recent", since="2026-11-01", until="2026-11-29")


def test_permanent_filler_in_the_area_refers():
    locally("filler_permanent", finds=refers)


def test_laser_or_light_on_the_area_defers():
    locally("laser_ipl_recent", finds=defers)


def test_laser_or_light_defers_for_fourteen_days():
    waits("laser_ipl_recent", since="2026-11-22", until="2026-12-06")


def test_a_resurfacing_laser_on_the_area_defers():
    locally("laser_ablative_recent", finds=defers)


def test_a_resurfacing_laser_defers_for_three_months():
    waits("laser_ablative_recent", since="2026-11-30", until="2027-02-28")


def test_a_light_peel_on_the_area_defers():
    locally("peel_superficial_recent", finds=defers)


def test_a_light_peel_defers_for_fourteen_days():
    waits("peel_superficial_recent", since="2026-11-22", until="2026-12-06")


def test_a_deep_peel_on_the_area_defers():
    locally("peel_deep_recent", finds=defers)


def test_a_deep_peel_defers_for_three_months():
    waits("peel_deep_recent", since="2026-10-15", until="2027-01-15")


def test_waxing_the_area_defers():
    locally("waxing_recent", finds=defers)


def test_waxing_defers_for_seven_days():
    waits("waxing_recent", since="2026-11-14", until="2026-11-21")


def test_surgery_on_the_area_refers():
    locally("facial_surgery_recent", finds=refers)


def test_surgery_on_the_area_refers_for_twelve_months():
    waits("facial_surgery_recent", since="2025-12-01", until="2026-12-01", finds=refers)


def test_microneedling_on_the_area_defers():
    locally("microneedling_recent", finds=defers)


def test_microneedling_defers_for_four_weeks():
    waits("microneedling_recent", since="2026-10-25", until="2026-11-22")
