"""The fields that forms are made of; each knows its label, its hint and the sentence for every wrong answer."""

from needlework.web.fields.choices import Choice, Choices, Select, Tick
from needlework.web.fields.contact import Email, Phone
from needlework.web.fields.dates import Date, DateOfBirth, Time
from needlework.web.fields.files import File
from needlework.web.fields.hidden import NewId, Version
from needlework.web.fields.money import Money
from needlework.web.fields.numbers import Whole
from needlework.web.fields.secrets import OneTimeCode, Password
from needlework.web.fields.text import LongText, Text

__all__ = [
    "Choice",
    "Choices",
    "Date",
    "DateOfBirth",
    "Email",
    "File",
    "LongText",
    "Money",
    "NewId",
    "OneTimeCode",
    "Password",
    "Phone",
    "Select",
    "Text",
    "Tick",
    "Time",
    "Version",
    "Whole",
]
