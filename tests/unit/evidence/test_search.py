"""Search: ranked, forgiving of spelling and of what people call things."""

import pytest

from needlework.evidence.errors import InputError
from needlework.evidence.facts import facts
from needlework.evidence.search import index, likeness, merged, search, words

SHELF = index(
    [
        ("A-1", "Isotretinoin wait of 6 months"),
        ("A-2", "Lidocaine cream on the face"),
        ("A-3", "Striae on the abdomen, needling every 4 weeks"),
        ("A-4", "Striae, striae and striae again"),
        ("A-5", "PIH in darker skin"),
        ("A-6", "Depth above 1.5 mm was not evaluated"),
        ("A-7", "Chlorhexidine near the eyes"),
    ]
)


def ids(query, **limits):
    return [hit.id for hit in search(SHELF, query, **limits)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("isotretinoin", "A-1"),
        ("isotretinon", "A-1"),
        ("Isotretinoïn", "A-1"),
        ("roaccutane", "A-1"),
        ("roacutane", "A-1"),
        ("isotr", "A-1"),
        ("lignocaine", "A-2"),
        ("lidocane", "A-2"),
        ("dark marks", "A-5"),
        ("chlorhexadine", "A-7"),
        ("1.5 mm", "A-6"),
    ],
)
def test_a_query_finds_what_is_meant(query, first):
    assert ids(query)[0] == first


@pytest.mark.parametrize("query", ["stretch marks", "stretch mark", "strech marks", "striae", "striea"])
def test_stretch_marks_are_striae(query):
    assert set(ids(query)) == {"A-3", "A-4"}


def test_a_word_more_often_in_a_text_ranks_it_higher():
    assert ids("striae") == ["A-4", "A-3"]


def test_a_rare_word_weighs_more_than_a_common_one():
    assert ids("striae abdomen")[0] == "A-3"


def test_a_word_that_is_nowhere_lowers_the_score():
    (alone,) = search(SHELF, "chlorhexidine")
    (beside,) = search(SHELF, "chlorhexidine qqqqqq")
    assert 0 < beside.score < alone.score < 1


def test_an_exact_id_comes_first_whatever_its_case():
    found = search(SHELF, " a-4 ")
    assert (found[0].id, found[0].score) == ("A-4", 1.0)
    assert all(hit.score < 1 for hit in found[1:])


def test_scores_are_between_nought_and_one_and_fall():
    scores = [hit.score for hit in search(SHELF, "striae lidocaine depth skin")]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)


def test_entries_that_answer_alike_come_in_the_order_of_their_ids():
    twins = index([("B", "one word"), ("A", "one word"), ("C", "another")])
    assert [hit.id for hit in search(twins, "word")] == ["A", "B"]


def test_common_words_of_a_question_are_left_out():
    assert search(SHELF, "what is the isotretinoin wait") == search(SHELF, "isotretinoin wait")
    assert ids("wat does lidocaine do") == ["A-2"]


def test_common_words_alone_are_looked_for():
    assert ids("of the") == ["A-1", "A-7", "A-2", "A-3"]


def test_at_most_as_many_as_asked_for():
    assert ids("striae", limit=1) == ["A-4"]
    many = index((f"N-{number}", "needle") for number in range(20))
    assert len(search(many, "needle")) == 10


def test_the_beginning_of_a_word_counts_less_than_the_word():
    shelf = index([("A", "scar"), ("B", "scarring")])
    first, second = search(shelf, "scar")
    assert (first.id, second.id) == ("A", "B")
    assert second.score == pytest.approx(first.score * 0.7, abs=1e-3)


@pytest.mark.parametrize("query", ["is", "li", "2.5", "150"], ids=["is", "li", "2.5", "150"])
def test_two_letters_are_no_beginning_and_a_number_is_only_itself(query):
    assert ids(query) == []


def test_what_is_nothing_like_any_word_finds_nothing():
    assert ids("zzzzqq") == []


@pytest.mark.parametrize("query", ["", "   ", "!?", "—"], ids=["nothing", "blanks", "marks", "a dash"])
def test_an_empty_query_is_refused(query):
    with pytest.raises(InputError) as wrong:
        search(SHELF, query)
    assert str(wrong.value) == "query: There is nothing to look for. Give one word or more."


def test_nothing_is_found_among_nothing():
    assert search(index([]), "anything") == ()


@pytest.mark.parametrize(
    "query",
    ["x" * 10_000, " ".join(f"wo{number}rd" for number in range(1_500)), "isotretinoin " * 800],
    ids=["one word", "many words", "one word many times"],
)
def test_a_query_of_ten_kilobytes_is_answered(query):
    assert all(0 < hit.score <= 1 for hit in search(SHELF, query))


def test_the_first_forty_words_count():
    rest = " ".join(f"{number}" for number in range(100, 139))
    assert ids(f"{rest} isotretinoin") == ["A-1"]
    assert ids(f"{rest} 139 isotretinoin") == []


def test_words_are_plain():
    assert words("Café-scars: 1.5 mm, 2.5.") == ["cafe", "scar", "1.5", "mm", "2.5"]
    assert words("loss gas " + "y" * 50) == ["loss", "gas", "y" * 40]


def test_synonyms_of_several_words_become_one_term():
    assert merged(words("Solar lentigines and stretch marks after needling")) == [
        "age spots",
        "and",
        "stretch marks",
        "after",
        "microneedling",
    ]
    assert merged([]) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("striae", "striae", 1),
        ("striea", "striae", 5 / 6),
        ("strie", "striae", 5 / 6),
        ("striaes", "striae", 6 / 7),
        ("strixe", "striae", 5 / 6),
        ("ab", "ba", 1 / 2),
        ("abc", "xyz", 0),
        ("", "abc", 0),
    ],
)
def test_likeness_counts_edits(one, other, alike):
    assert likeness(one, other) == pytest.approx(alike)
    assert likeness(other, one) == pytest.approx(alike)


FACTS = index((one.id, f"{one.statement} {one.applies_to}") for one in facts().values())


@pytest.mark.parametrize(
    ("query", "among"),
    [
        ("isotretinon", "CON-001"),
        ("lignocaine warning", "NUM-017"),
        ("label depth not evaluated", "DEV-007"),
        ("emla maximum adult", "NUM-001"),
        ("stretch marks laser", "STR-006"),
        ("numbing before NHS scar", "PLN-004"),
    ],
)
def test_the_facts_are_found_by_what_people_would_type(query, among):
    assert among in [hit.id for hit in search(FACTS, query, limit=5)]
