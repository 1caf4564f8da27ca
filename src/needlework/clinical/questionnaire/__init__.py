"""The questionnaire: the rules' questions as pages in the patient's words, and the way from answers to screening.

`given` is what was answered: page id → question id → value, plain JSON. All functions are pure.
"""

from needlework.clinical.questionnaire.answering import answers
from needlework.clinical.questionnaire.asking import asked, missing, next_page, pages
from needlework.clinical.questionnaire.changing import Difference, check_your_answers, difference, notes, short_form
from needlework.clinical.questionnaire.checking import check
from needlework.clinical.questionnaire.loading import load, questionnaire
from needlework.clinical.questionnaire.page import Condition, Line, Page, Questionnaire, Trigger
from needlework.clinical.questionnaire.telling import Row

__all__ = [
    "Condition",
    "Difference",
    "Line",
    "Page",
    "Questionnaire",
    "Row",
    "Trigger",
    "answers",
    "asked",
    "check",
    "check_your_answers",
    "difference",
    "load",
    "missing",
    "next_page",
    "notes",
    "pages",
    "questionnaire",
    "short_form",
]
