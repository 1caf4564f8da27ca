"""Mind and expectations."""

from tests.spec.screening.asking import adjusts, everywhere, refers


def test_a_positive_screen_for_body_dysmorphic_disorder_refers():
    everywhere("bdd_screen_positive", finds=refers())


def test_worry_about_looks_alone_adjusts():
    everywhere("bdd_worry", finds=adjusts())


def test_acute_distress_refers():
    everywhere("mental_health_crisis", finds=refers())


def test_expectations_that_cannot_be_met_adjust():
    everywhere("unrealistic_expectations", finds=adjusts())
