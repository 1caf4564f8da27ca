"""Blood."""

from tests.spec.screening.asking import adjusts, everywhere, excludes, refers


def test_a_bleeding_disorder_excludes_and_an_unsure_one_refers():
    everywhere("bleeding_disorder", finds=excludes())


def test_bruising_easily_refers():
    everywhere("bruises_easily", finds=refers())


def test_a_blood_thinner_refers_and_is_never_stopped_for_this():
    everywhere("anticoagulant", finds=refers())


def test_a_single_antiplatelet_adjusts():
    everywhere("antiplatelet_single", finds=adjusts())


def test_painkillers_and_supplements_that_thin_blood_adjust():
    everywhere("nsaid_supplement", finds=adjusts())
