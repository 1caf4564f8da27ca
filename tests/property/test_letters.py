"""Whatever a letter says, its headers stay what they are."""

import email
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from needlework.messages.channels.base import Parcel
from needlework.messages.channels.email import composed, dotted, is_address
from needlework.messages.letters import Attachment, Letter

HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
}
LINES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]))
CONTROLS = st.characters(categories=["Cc", "Zl", "Zp", "Cs"])


@given(before=LINES, control=CONTROLS, after=LINES, field=st.sampled_from(["subject", "email", "phone", "short_text"]))
def test_a_control_character_in_one_line_is_refused(before, control, after, field):
    with pytest.raises(ValueError, match="one line without control characters"):
        Letter(**{"subject": "Hello", "text": "", field: before + control + after})


@given(before=LINES, control=CONTROLS, after=LINES, which=st.integers(0, 1))
def test_a_control_character_in_the_name_or_type_of_a_file_is_refused(before, control, after, which):
    name, media_type = ("a.ics", before + control + after)[:: -1 if which else 1]
    with pytest.raises(ValueError, match="one line without control characters"):
        Attachment(name, media_type, b"")


@given(text=st.text(), control=st.characters(categories=["Cc"], exclude_characters="\r\n\t"))
def test_a_control_character_in_the_text_is_refused(text, control):
    with pytest.raises(ValueError, match="no control characters"):
        Letter("Hello", text + control)


@given(subject=LINES, lines=st.lists(LINES))
def test_a_letter_becomes_a_message_with_its_own_headers_only(subject, lines):
    letter = Letter(subject, "\n".join(lines), email="robin@example.test")
    data = composed(Parcel(letter.email or "", letter.subject, letter.text, "k-1"), "Clinic <hello@clinic.test>")
    message = email.message_from_bytes(data, policy=default)
    assert set(message.keys()) == HEADERS
    assert len(message.keys()) == len(HEADERS)
    assert message["To"].addresses[0].addr_spec == "robin@example.test"
    assert message["Subject"].split() == subject.split()
    assert message.get_content().replace("\r\n", "\n").removesuffix("\n") == letter.text.removesuffix("\n")


@given(lines=st.lists(st.binary().filter(lambda line: b"\r" not in line and b"\n" not in line)))
def test_what_goes_over_the_wire_ends_once_and_comes_out_as_it_went_in(lines):
    wire = dotted(b"\r\n".join(lines))
    assert wire.endswith(b"\r\n.\r\n")
    inside = wire.removesuffix(b".\r\n").split(b"\r\n")
    assert b"." not in inside
    undone = [line[1:] if line.startswith(b".") else line for line in inside]
    assert b"\r\n".join(undone).removesuffix(b"\r\n") == b"\r\n".join(lines).removesuffix(b"\r\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "robin",
        "robin@",
        "@example.test",
        "robin@example.test, other@example.test",
        "Robin <robin@example.test>",
        "robin@exa mple.test",
        "robin@example.test\r\nBcc: other@example.test",
        "zoë@example.test",
        "a@b@c",
    ],
)
def test_what_is_not_one_plain_address_is_none(text):
    assert not is_address(text)


def test_plain_addresses_are_taken():
    assert is_address("robin.o'neill+care@mail.example.test")
