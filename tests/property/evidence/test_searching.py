"""Whatever is typed, a search answers or refuses, and never differently the second time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.evidence.errors import InputError
from needlework.evidence.facts import facts
from needlework.evidence.search import index, likeness, search, words

FACTS = index((one.id, one.statement) for one in facts().values())
WORDS = st.text("abcdefgh", max_size=12)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80) | st.sampled_from(sorted(FACTS.words)))
def test_any_text_is_answered_or_refused(query):
    try:
        found = search(FACTS, query)
    except InputError:
        assert words(query) == []
        return
    assert all(0 < hit.score <= 1 for hit in found)
    assert [(-hit.score, hit.id) for hit in found] == sorted((-hit.score, hit.id) for hit in found)
    assert search(FACTS, query) == found


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(sorted(facts())))
def test_an_id_finds_itself_first(one):
    assert search(FACTS, one.lower(), limit=1)[0].id == one


@settings(deadline=None, max_examples=100)
@given(WORDS, WORDS.filter(bool))
def test_likeness_is_whole_for_the_same_word_alone_and_the_same_both_ways(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert (likeness(one, other) == 1) == (one == other)
    assert 0 <= likeness(one, other) <= 1


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(["isotretinoin", "chlorhexidine", "lidocaine", "granuloma"]), st.data())
def test_one_wrong_letter_still_finds_a_long_word(word, data):
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("bcdfghjkmpqrvwxz"))
    wrong = word[:place] + letter + word[place + 1 :]
    right = {hit.id for hit in search(FACTS, word, limit=400)}
    assert right & {hit.id for hit in search(FACTS, wrong, limit=400)}
