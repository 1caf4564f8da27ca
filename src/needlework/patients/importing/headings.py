"""What other systems call the columns."""

from dataclasses import dataclass

from needlework.patients.folding import words
from needlework.patients.problems import NotDoneError

COLUMNS = {
    "family_name": "Family name",
    "given_names": "Given names",
    "known_as": "Known as",
    "title": "Title",
    "date_of_birth": "Date of birth",
    "sex": "Sex",
    "gender": "Gender",
    "pronouns": "Pronouns",
    "phone": "Phone",
    "email": "E-mail",
    "address": "Address",
    "external_number": "Number",
    "notes": "Notes",
}
"""Our columns, and the headings that our own export writes."""

ALSO = {
    "family_name": "surname lastname familyname secondname",
    "given_names": "givenname givennames firstname firstnames forename forenames christianname",
    "known_as": "knownas preferredname nickname calledby",
    "title": "title prefix salutation",
    "date_of_birth": "dateofbirth dob birthdate birthday born",
    "sex": "sex legalsex sexatbirth",
    "gender": "gender genderidentity",
    "pronouns": "pronouns pronoun",
    "phone": "phone phonenumber mobile mobilephone mobilenumber telephone tel cell cellphone contactnumber",
    "email": "email emailaddress mail",
    "address": "address fulladdress homeaddress",
    "external_number": "number clientid clientnumber patientid patientnumber customerid id reference ref clientref",
    "notes": "notes note comments comment",
    "name": "name fullname patientname clientname patient client",
}
LINES = "address1 addressline1 line1 street address2 addressline2 line2 address3 town city county state postcode zip"
KNOWN = {alias: column for column, aliases in ALSO.items() for alias in aliases.split()}


@dataclass(frozen=True)
class Headings:
    """Which cell of a row holds what; cells of no known column are left out."""

    of: dict[str, int]
    address_lines: list[int]
    left_out: list[str]


def understood(headings: list[str]) -> Headings:
    """Return which column is what, or raise the sentence that names what is missing."""
    found: dict[str, int] = {}
    lines: list[int] = []
    left_out: list[str] = []
    for index, heading in enumerate(headings):
        key = "".join(words(heading))
        column = KNOWN.get(key)
        if column is not None and column not in found:
            found[column] = index
        elif key in LINES.split():
            lines.append(index)
        elif key:
            left_out.append(heading)
    _refuse_gaps(found)
    return Headings(found, lines, left_out)


def _refuse_gaps(found: dict[str, int]) -> None:
    missing = [] if "date_of_birth" in found else ["“Date of birth”"]
    if not {"name", "family_name", "given_names"} & set(found):
        missing.insert(0, "“Family name” and “Given names”")
    if missing:
        raise NotDoneError(
            f"The first line has no heading {' and none '.join(missing)}. Add it and choose the file again."
        )
