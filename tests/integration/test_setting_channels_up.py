"""Setting channels up: from addresses in the environment, refused where they cannot be used."""

import pytest

from needlework.messages.channels import configured, problems
from needlework.messages.channels.setup import smtp_server
from needlework.messages.checks import channels_can_be_used

SENDER = "Linthorpe Road <hello@clinic.test>"


class TestSettingUp:
    @pytest.fixture(autouse=True)
    def nothing_set_up(self, settings):
        settings.DEMO = False
        settings.SMTP_URL = settings.MAIL_FROM = settings.SMS_URL = settings.SMS_TOKEN = ""

    def test_nothing_set_up_keeps_everything(self):
        assert {name: way.provider for name, way in configured().items()} == {"email": "outbox", "sms": "outbox"}
        assert problems() == []

    def test_the_demo_keeps_everything(self, settings):
        settings.SMTP_URL, settings.MAIL_FROM, settings.DEMO = "smtps://mail.example.org", SENDER, True
        assert {way.provider for way in configured().values()} == {"outbox"}

    def test_what_is_set_up_is_used_and_nothing_else(self, settings):
        settings.SMTP_URL, settings.MAIL_FROM = "smtps://mail.example.org", SENDER
        assert {name: way.provider for name, way in configured().items()} == {"email": "mail.example.org"}
        settings.SMS_URL, settings.SMS_TOKEN = "https://sms.example.org/messages", "t"
        assert {name: way.provider for name, way in configured().items()} == {
            "email": "mail.example.org",
            "sms": "sms.example.org",
        }
        assert problems() == []

    def test_names_pass_words_and_usual_ports(self):
        server = smtp_server("smtp+starttls://hello%40clinic.test:p%3Aw%2F@mail.example.org")
        assert (server.user, server.password, server.port) == ("hello@clinic.test", "p:w/", 587)
        assert (smtp_server("smtps://m.test").port, smtp_server("smtp://m.test:2525").port) == (465, 2525)

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"SMTP_URL": "mail.example.org"}, "Write NEEDLEWORK_SMTP_URL like"),
            ({"SMTP_URL": "smtps://"}, "Write NEEDLEWORK_SMTP_URL like"),
            ({"SMTP_URL": "smtps://mail.example.org:port"}, "Write NEEDLEWORK_SMTP_URL like"),
            ({"SMTP_URL": "smtp://mail.example.org"}, "sends in the clear"),
            ({"SMTP_URL": "smtp://10.0.0.1"}, "sends in the clear"),
            ({"SMTP_URL": "smtp://localhost", "MAIL_FROM": ""}, "Set NEEDLEWORK_FROM"),
            ({"SMTP_URL": "smtp://127.0.0.1", "MAIL_FROM": "Clinic"}, "Set NEEDLEWORK_FROM"),
            ({"SMTP_URL": "smtp://[::1]", "MAIL_FROM": "A <a@b.test>\r\nBcc: c@d.test"}, "Set NEEDLEWORK_FROM"),
            ({"SMS_URL": "sms.example.org"}, "Write NEEDLEWORK_SMS_URL like"),
            ({"SMS_URL": "http://sms.example.org"}, "sends in the clear"),
            ({"SMS_URL": "https://sms.example.org", "SMS_TOKEN": ""}, "Set NEEDLEWORK_SMS_TOKEN"),
            ({"SMS_URL": "https://sms.example.org", "SMS_TOKEN": "a\nb"}, "Set NEEDLEWORK_SMS_TOKEN"),
        ],
    )
    def test_what_is_wrong_is_said_before_anything_starts(self, settings, changed, sentence):
        settings.MAIL_FROM, settings.SMS_TOKEN = SENDER, "t"
        for name, value in changed.items():
            setattr(settings, name, value)
        [found] = channels_can_be_used()
        assert sentence in found.msg
