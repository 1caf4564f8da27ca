"""The channels, against servers that really answer: e-mail by SMTP, SMS by HTTP."""

import email
import socket
from dataclasses import replace
from datetime import timedelta
from email.policy import default

import pytest

from needlework.messages.channels import NotSentError, Parcel, Reply
from needlework.messages.channels import email as email_channel
from needlework.messages.channels import sms as sms_channel
from needlework.messages.channels.email import Email
from needlework.messages.channels.setup import smtp_server
from needlework.messages.channels.sms import Sms
from needlework.messages.letters import Attachment
from needlework.messages.models import Outcome
from tests.providers import Mailbox, SmsProvider, certificate, free_port, mail_server, sms_provider

PARCEL = Parcel(
    "robin@example.test", "Your appointment – tomorrow", "Dear Zoë,\n\n.a line that begins with a dot\n", "k-1"
)
TEXT = Parcel("+447700900123", "", "We see you tomorrow – at 10.", "k-2")
SENDER = "Linthorpe Road <hello@clinic.test>"


def sent(channel, parcel: Parcel = PARCEL) -> Reply:
    with channel.session(parcel) as hand_over:
        return hand_over()


def refused(channel, parcel: Parcel = PARCEL) -> Reply:
    with pytest.raises(NotSentError) as caught, channel.session(parcel):
        pass
    return caught.value.reply


class TestEmail:
    @pytest.fixture
    def mailbox(self) -> Mailbox:
        return Mailbox()

    @pytest.fixture
    def channel(self, mailbox):
        with mail_server(mailbox) as port:
            yield Email(smtp_server(f"smtp://127.0.0.1:{port}"), SENDER)

    def test_arrives_as_it_was_written(self, mailbox, channel):
        assert sent(channel) == Reply(Outcome.ACCEPTED, "250", "2.0.0 queued as 4XYZ")
        [envelope] = mailbox.arrived
        assert (envelope.mail_from, envelope.rcpt_tos) == ("hello@clinic.test", ["robin@example.test"])
        message = email.message_from_bytes(envelope.content, policy=default)
        assert message["From"] == SENDER
        assert message["To"] == "robin@example.test"
        assert message["Subject"] == "Your appointment – tomorrow"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message.get_content().replace("\r\n", "\n") == PARCEL.text

    def test_files_go_with_it_byte_for_byte_under_their_own_names(self, mailbox, channel):
        files = (
            Attachment("zoë’s appointment.ics", "text/calendar; method=PUBLISH; charset=utf-8", "Zoë\r\n".encode()),
            Attachment("picture.png", "image/png", bytes(range(256))),
        )
        sent(channel, replace(PARCEL, attachments=files))
        message = email.message_from_bytes(mailbox.arrived[0].content, policy=default)
        assert message.get_body().get_content().replace("\r\n", "\n") == PARCEL.text
        parts = list(message.iter_attachments())
        assert [part.get_filename() for part in parts] == ["zoë’s appointment.ics", "picture.png"]
        assert [part.get_payload(decode=True) for part in parts] == [file.content for file in files]
        assert [part.get_content_type() for part in parts] == ["text/calendar", "image/png"]
        assert dict(parts[0]["Content-Type"].params) == {"method": "PUBLISH", "charset": "utf-8"}

    def test_carries_the_key_as_its_id_so_that_a_repeat_is_recognised(self, mailbox, channel):
        sent(channel)
        sent(channel)
        ids = {email.message_from_bytes(envelope.content)["Message-ID"] for envelope in mailbox.arrived}
        assert ids == {"<k-1@clinic.test>"}

    def test_plain_lines_that_begin_with_a_dot_survive(self, mailbox, channel):
        sent(channel, Parcel("robin@example.test", "Hello", ".\n..\n.end", "k"))
        message = email.message_from_bytes(mailbox.arrived[0].content, policy=default)
        assert message.get_content().replace("\r\n", "\n") == ".\n..\n.end\n"

    @pytest.mark.parametrize(
        ("command", "answer", "outcome"),
        [
            ("RCPT", "550 5.1.1 no such person", Outcome.REFUSED),
            ("RCPT", "450 4.2.0 greylisted", Outcome.LATER),
            ("RCPT", "421 4.3.2 going down", Outcome.LATER),
            ("MAIL", "550 5.7.1 we do not relay for you", Outcome.LATER),
            ("MAIL", "451 4.3.0 out of order", Outcome.LATER),
            ("RCPT", "drop", Outcome.LATER),
        ],
    )
    def test_refused_before_it_was_handed_over_was_not_sent(self, mailbox, channel, command, answer, outcome):
        mailbox.answers[command] = answer
        reply = refused(channel)
        assert reply.outcome == outcome
        assert reply.code == ("SMTPServerDisconnected" if answer == "drop" else answer[:3])
        assert mailbox.arrived == []

    @pytest.mark.parametrize(
        ("answer", "outcome"),
        [("451 4.3.0 try again", Outcome.LATER), ("554 5.6.0 looks like spam", Outcome.REFUSED)],
    )
    def test_refused_as_a_whole_was_not_sent(self, mailbox, channel, answer, outcome):
        mailbox.answers["DATA"] = answer
        assert sent(channel) == Reply(outcome, answer[:3], answer[4:])

    def test_a_session_dropped_in_the_middle_of_the_last_answer_is_ambiguous(self, mailbox, channel):
        mailbox.drops_after_data = True
        assert sent(channel).outcome == Outcome.UNKNOWN

    def test_a_last_answer_that_takes_too_long_is_ambiguous(self, mailbox, channel, monkeypatch):
        monkeypatch.setattr(email_channel, "ANSWER_SECONDS", 0.1)
        mailbox.sleeps_after_data = 0.6
        assert sent(channel).outcome == Outcome.UNKNOWN

    def test_a_server_lost_before_the_message_was_complete_was_not_sent(self, mailbox, channel):
        class Broken:
            sock = None

            def send(self, _data):
                raise ConnectionResetError

        assert email_channel._hand_over(Broken(), b"x").outcome == Outcome.LATER

    def test_a_session_given_up_before_handing_over_sends_nothing(self, mailbox, channel):
        with pytest.raises(ZeroDivisionError), channel.session(PARCEL):
            _ = 1 / 0
        assert mailbox.arrived == []

    @pytest.mark.parametrize("to", ["robin", "zoë@example.test", "a@b.test, c@d.test"])
    def test_what_is_no_address_is_refused_without_asking(self, mailbox, channel, to):
        assert refused(channel, Parcel(to, "Hello", "…", "k")) == Reply(Outcome.REFUSED, "no address")

    def test_no_server_there_is_a_matter_of_trying_later(self):
        channel = Email(smtp_server(f"smtp://127.0.0.1:{free_port()}"), SENDER)
        assert refused(channel) == Reply(Outcome.LATER, "ConnectionRefusedError")

    def test_a_server_that_greets_nobody_is_a_matter_of_trying_later(self, monkeypatch):
        monkeypatch.setattr(email_channel, "CONNECT_SECONDS", 0.2)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            channel = Email(smtp_server(f"smtp://127.0.0.1:{silent.getsockname()[1]}"), SENDER)
            assert refused(channel).outcome == Outcome.LATER

    @pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
    def test_is_encrypted_and_signed_in(self, mailbox, tmp_path, monkeypatch, scheme):
        trusted, context = certificate(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        security = {"ssl_context": context} if scheme == "smtps" else {"tls_context": context, "require_starttls": True}
        signing = {"authenticator": mailbox.sign_in, "auth_require_tls": scheme != "smtps"}
        with mail_server(mailbox, **security, **signing) as port:
            channel = Email(smtp_server(f"{scheme}://clinic:pass%20word@localhost:{port}"), SENDER)
            assert sent(channel).outcome == Outcome.ACCEPTED
        assert mailbox.signed_in == [b"clinic"]

    def test_a_wrong_password_is_a_matter_for_the_settings_not_the_address(self, mailbox, tmp_path, monkeypatch):
        trusted, context = certificate(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        with mail_server(mailbox, tls_context=context, authenticator=mailbox.sign_in, auth_required=True) as port:
            channel = Email(smtp_server(f"smtp+starttls://clinic:wrong@localhost:{port}"), SENDER)
            reply = refused(channel)
        assert (reply.outcome, reply.code) == (Outcome.LATER, "535")

    def test_a_server_nobody_vouches_for_gets_nothing(self, mailbox, tmp_path):
        _, context = certificate(tmp_path)
        with mail_server(mailbox, tls_context=context) as port:
            channel = Email(smtp_server(f"smtp+starttls://localhost:{port}"), SENDER)
            assert refused(channel) == Reply(Outcome.LATER, "SSLCertVerificationError")
        assert mailbox.arrived == []

    def test_a_server_that_cannot_encrypt_gets_nothing(self, mailbox):
        with mail_server(mailbox) as port:
            channel = Email(smtp_server(f"smtp+starttls://127.0.0.1:{port}"), SENDER)
            assert refused(channel) == Reply(Outcome.LATER, "SMTPNotSupportedError")


class TestSms:
    @pytest.fixture
    def provider(self) -> SmsProvider:
        return SmsProvider()

    @pytest.fixture
    def channel(self, provider):
        with sms_provider(provider) as url:
            yield Sms(url, "secret-token")

    def test_is_one_small_request_with_a_key(self, provider, channel):
        assert sent(channel, TEXT) == Reply(Outcome.ACCEPTED, "HTTP 202", '{"id": "sms-1"}')
        [request] = provider.requests
        assert request["path"] == "/messages?account=7"
        assert request["body"] == {"to": "+447700900123", "text": "We see you tomorrow – at 10.", "key": "k-2"}
        assert request["headers"]["Idempotency-Key"] == "k-2"
        assert request["headers"]["Authorization"] == "Bearer secret-token"
        assert request["headers"]["Content-Type"] == "application/json"

    @pytest.mark.parametrize(
        ("status", "headers", "body", "outcome", "pause"),
        [
            (200, {}, b"{}", Outcome.ACCEPTED, None),
            (201, {}, b"{}", Outcome.ACCEPTED, None),
            (202, {}, b"{}", Outcome.ACCEPTED, None),
            (200, {}, b"<html>Welcome to the airport</html>", Outcome.UNKNOWN, None),
            (200, {}, b"", Outcome.UNKNOWN, None),
            (200, {}, b"\xff\xfe\x00", Outcome.UNKNOWN, None),
            (204, {}, b"", Outcome.LATER, None),
            (301, {"Location": "http://elsewhere.test/"}, b"", Outcome.LATER, None),
            (400, {}, b"{}", Outcome.REFUSED, None),
            (422, {}, b"{}", Outcome.REFUSED, None),
            (401, {}, b"{}", Outcome.LATER, None),
            (404, {}, b"{}", Outcome.LATER, None),
            (429, {"Retry-After": "90"}, b"{}", Outcome.LATER, 90),
            (429, {"Retry-After": "999999999999999"}, b"{}", Outcome.LATER, 3600),
            (429, {"Retry-After": "soon"}, b"{}", Outcome.LATER, None),
            (500, {}, b"oops", Outcome.UNKNOWN, None),
            (503, {"Retry-After": "5"}, b"", Outcome.UNKNOWN, 5),
        ],
    )
    def test_understands_what_is_answered(self, provider, channel, status, headers, body, outcome, pause):
        provider.answers = [(status, headers, body)]
        reply = sent(channel, TEXT)
        assert (reply.outcome, reply.code) == (outcome, f"HTTP {status}")
        assert reply.retry_after == (timedelta(seconds=pause) if pause else None)
        assert "\0" not in reply.said

    @pytest.mark.parametrize("garbage", [b"", b"\x00\x01\x02\r\n\r\n", b"220 mail server ready\r\n"])
    def test_what_is_no_answer_at_all_is_ambiguous(self, provider, channel, garbage):
        provider.answers = [(0, {}, garbage)]
        assert sent(channel, TEXT).outcome == Outcome.UNKNOWN

    def test_silence_is_ambiguous(self, provider, channel, monkeypatch):
        monkeypatch.setattr(sms_channel, "SECONDS", 0.1)
        provider.sleeps = 0.5
        assert sent(channel, TEXT) == Reply(Outcome.UNKNOWN, "TimeoutError")

    def test_no_provider_there_is_a_matter_of_trying_later(self):
        channel = Sms(f"http://127.0.0.1:{free_port()}", "t")
        assert refused(channel, TEXT) == Reply(Outcome.LATER, "ConnectionRefusedError")

    def test_an_endless_answer_is_cut_short(self, provider, channel):
        provider.answers = [(200, {}, b"{" + b" " * 1_000_000 + b"}")]
        reply = sent(channel, TEXT)
        assert (reply.outcome, len(reply.said)) == (Outcome.UNKNOWN, 500)

    def test_the_token_is_not_shown(self):
        assert "secret" not in repr(Sms("http://127.0.0.1/", "secret-token"))
