"""Cancer care."""

from tests.spec.screening.asking import everywhere, excludes, locally, refers, waits


def test_cancer_treatment_now_excludes_and_an_unsure_answer_refers():
    everywhere("chemo_current", finds=excludes())


def test_hormone_tablets_after_cancer_refer():
    everywhere("cancer_hormone_treatment", finds=refers())


def test_cancer_treatment_that_ended_lately_refers():
    everywhere("cancer_recent", finds=refers())


def test_cancer_treatment_refers_for_twelve_months():
    waits("cancer_recent", since="2025-11-22", until="2026-11-22", finds=refers)


def test_cancer_follow_up_refers():
    everywhere("cancer_follow_up", finds=refers())


def test_radiotherapy_to_the_area_refers():
    locally("radiotherapy_area", finds=refers)
