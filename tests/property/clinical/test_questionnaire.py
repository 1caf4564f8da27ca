"""The questionnaire: whatever is answered, it ends, and what is not called for counts for nothing."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.clinical import questionnaire, screening
from needlework.evidence.zones import zones

ON = date(2026, 11, 22)
quick = settings(deadline=None, max_examples=30)
PLANS = st.lists(st.sampled_from(zones().treatable), max_size=12, unique=True).map(tuple)
PAGES = questionnaire.pages()


def form(draw, page):
    """Draw something that may be sent for a page."""
    ids = [line.id for line in page.lines]
    if page.kind == "zones":
        return {"ticked": draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))}
    if page.kind == "checklist":
        ticked = draw(st.lists(st.sampled_from(ids), unique=True, max_size=4))
        left = [line.id for line in page.lines if line.unsure and line.id not in ticked]
        unsure = draw(st.lists(st.sampled_from(left), unique=True, max_size=2)) if left else []
        return {"ticked": ticked, "unsure": unsure} if ticked or unsure else {"ticked": ["none"]}
    if page.kind == "yes_no":
        return {"answer": draw(st.sampled_from(["yes", "no", *(["unsure"] * page.unsure)]))}
    if page.kind == "choice":
        return {"answer": draw(st.sampled_from(ids))}
    day = (ON + timedelta(days=draw(st.integers(-3000, 60 if page.ahead else 0)))).isoformat()
    return {"answer": {"date": day, "ended": draw(st.sampled_from([day, "still"])), "text": draw(st.text())}[page.kind]}


@st.composite
def answered(draw, start=None, plan=None):
    """Draw a plan and a questionnaire answered to its end; it must end within the pages there are."""
    planned = draw(PLANS) if plan is None else plan
    found = dict(start or {})
    for _ in PAGES:
        if (page := questionnaire.next_page(found, zones=planned)) is None:
            break
        values, wrong = questionnaire.check(page, form(draw, page), on=ON)
        assert wrong == ()
        found[page.id] = values
    return planned, found


@quick
@given(answered())
def test_any_sequence_of_answers_ends(case):
    planned, found = case
    assert questionnaire.missing(found, zones=planned) == ()


@quick
@given(answered(), st.data())
def test_the_short_form_ends_too(case, data):
    planned, found = case
    _, later = data.draw(answered(start=questionnaire.short_form(found), plan=planned))
    assert questionnaire.missing(later, zones=planned) == ()


@quick
@given(answered())
def test_the_answers_are_such_as_screening_reads(case):
    planned, found = case
    treatment = {"zones": list(planned or ["chin"]), "device": "SkinPen", "jurisdiction": "Wales"}
    document = questionnaire.answers(found, zones=planned) | {"treatment": treatment | {"planned_date": ON.isoformat()}}
    document["patient"]["date_of_birth"] = "1990-05-04"
    assert screening.read(document).answered_on == ON


@quick
@given(answered(), st.data())
def test_dropping_what_called_for_a_page_drops_its_consequences(case, data):
    planned, found = case
    root = data.draw(st.sampled_from([page for page in PAGES if page.kind == "checklist" and page.id in found]))
    found[root.id] = found[root.id] | {line.id: "no" for line in root.lines}
    gone = {page.id for page in PAGES if page.when and all(one.page == root.id for one in page.when)}
    assert gone & {page.id for page in questionnaire.asked(found, zones=planned)} == set()
    kept = {key: value for key, value in found.items() if key not in gone}
    assert questionnaire.answers(found, zones=planned) == questionnaire.answers(kept, zones=planned)


@quick
@given(answered())
def test_no_list_is_longer_than_eight(case):
    planned, found = case
    assert all(len(page.lines) <= 8 for page in questionnaire.asked(found, zones=planned))


@quick
@given(answered())
def test_nothing_is_asked_twice_and_all_can_be_checked(case):
    planned, found = case
    ids = [page.id for page in questionnaire.asked(found, zones=planned)]
    assert len(set(ids)) == len(ids)
    assert [row.page for row in questionnaire.check_your_answers(found)] == ids


@quick
@given(answered())
def test_nothing_differs_from_itself(case):
    _, found = case
    assert questionnaire.difference(found, found) == questionnaire.Difference((), (), ())


@quick
@given(answered())
def test_what_is_raised_is_known_and_no_more_than_the_rules_that_are_asked(case):
    planned, found = case
    raised = questionnaire.answers(found, zones=planned)["answers"]
    assert all(screening.rules()[key].may_be_answered for key in raised)
    assert all(entry.keys() <= {"date", "zones", "unsure"} for entry in raised.values())
