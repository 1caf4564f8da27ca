"""The reading grade: syllables counted by hand, words, sentences and the formula."""

import pytest

from needlework.clinical import reading

BY_HAND = {
    "skin": 1, "blood": 1, "healed": 1, "raised": 1, "sores": 1, "bruise": 1, "cheeks": 1, "eye": 1, "due": 1,
    "burns": 1, "whole": 1, "tied": 1, "called": 1, "the": 1,
    "needles": 2, "little": 2, "treated": 2, "faded": 2, "changed": 1, "patches": 2, "places": 2, "uses": 2,
    "people": 2, "session": 2, "question": 2, "special": 2, "quiet": 2, "trying": 2, "going": 2, "seeing": 2,
    "science": 2, "cautious": 2, "hormones": 2, "sunbed": 2, "agreed": 2, "studies": 2, "tables": 2, "fluid": 2,
    "area": 3, "medicine": 3, "allergies": 3, "previous": 3, "serious": 3, "usual": 3, "radio": 3, "infection": 3,
    "reaction": 3, "anything": 3, "aspirin": 3, "warfarin": 3, "antibiotics": 5,
    "Roaccutane": 3, "isotretinoin": 6, "apixaban": 4, "clopidogrel": 4, "doxycycline": 4, "microneedling": 5,
    "lidocaine": 3, "sarcoidosis": 5, "rosacea": 4, "eczema": 3, "pacemakers": 3, "Samaritans": 4,
}  # fmt: skip


@pytest.mark.parametrize("word", BY_HAND)
def test_syllables(word):
    assert reading.syllables(word) == BY_HAND[word]


def test_a_digit_is_a_syllable():
    assert [reading.syllables(number) for number in ("9", "12", "116")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("word", "count"),
    [("doctor's", 2), ("doctor’s", 2), ("don't", 1), ("area's", 3), ("area’s", 3), ("hmm", 1), ("S's", 1)],
)
def test_syllables_of_a_word_with_an_apostrophe_and_of_one_without_a_vowel(word, count):
    assert reading.syllables(word) == count


def test_words_are_runs_of_letters_or_of_digits():
    text = "I don’t chest-feed; I'm 34 (or so), naïve_one."
    assert reading.words(text) == ["I", "don’t", "chest", "feed", "I'm", "34", "or", "so", "naïve", "one"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("No end", 1),
        ("One. Two", 2),
        ("One? Two! Three.", 3),
        ("Wait... Then go.", 2),
        ("A dose of 1.5 mm is one.", 1),
        ("(Really?) Yes.", 2),
        ('"Stop!" she said.', 2),
        ("Yes. . .", 1),
    ],
)
def test_sentences(text, count):
    assert reading.sentences(text) == count


def test_the_grade_is_the_formula_of_kincaid():
    assert reading.grade("The cat sat.") == pytest.approx(0.39 * 3 + 11.8 * 1 - 15.59)
    assert reading.grade("Do you smoke? Do you have diabetes?") == pytest.approx(0.39 * 7 / 2 + 11.8 * 10 / 7 - 15.59)


def test_longer_sentences_and_longer_words_are_harder():
    assert reading.grade("I am ill. I am hot.") < reading.grade("I am ill and I am hot.")
    assert reading.grade("I take a pill.") < reading.grade("I take isotretinoin.")


@pytest.mark.parametrize("text", ["", "   ", "?!"])
def test_nothing_cannot_be_graded(text):
    with pytest.raises(ValueError, match=r"^There is no word to grade\.$"):
        reading.grade(text)


def test_every_exception_is_a_plain_word_that_the_rule_of_thumb_gets_wrong_or_could():
    assert all(word == word.lower() and word.isalpha() and count > 0 for word, count in reading.exceptions().items())
