"""E-mail by SMTP.

SMTP knows no idempotency key, and once the last line of a message is on its way, a lost answer leaves its fate open.
So all that can fail is done before: the session asks for the recipient and for leave to send (DATA, answered 354).
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import formatdate, parseaddr

from needlework.messages.channels.base import NotSentError, Parcel, Reply, readable
from needlework.messages.letters import Attachment
from needlework.messages.models import Outcome

CONNECT_SECONDS = 20
ANSWER_SECONDS = 60
"""How long a server may think about a message; it may be scanning it."""
ADDRESS = re.compile(r"[^\s,;:<>()\[\]\\\"@]+@[^\s,;:<>()\[\]\\\"@]+", re.ASCII)


@dataclass(frozen=True)
class Server:
    """Where e-mail is handed in, and as whom."""

    security: str
    host: str
    port: int
    user: str = ""
    password: str = ""


@dataclass(frozen=True)
class Email:
    """The e-mail channel."""

    server: Server
    sender: str
    name: str = "email"
    honours_keys: bool = False

    @property
    def provider(self) -> str:
        """The mail server's host."""
        return self.server.host

    @contextmanager
    def session(self, parcel: Parcel) -> Iterator[Callable[[], Reply]]:
        """Connect, sign in, name sender and recipient and ask for leave to send; then yield the handing over."""
        if not is_address(parcel.to):
            raise NotSentError(Reply(Outcome.REFUSED, "no address"))
        data = composed(parcel, self.sender)
        try:
            smtp = connected(self.server)
        except smtplib.SMTPResponseException as error:
            raise NotSentError(_reply(error.smtp_code, error.smtp_error, blame_address=False)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotSentError(Reply(Outcome.LATER, type(error).__name__)) from error
        with _closing(smtp):
            _ask(lambda: smtp.mail(parseaddr(self.sender)[1]), blame_address=False)
            _ask(lambda: smtp.rcpt(parcel.to), blame_address=True)
            _ask(lambda: smtp.docmd("DATA"), blame_address=False)
            yield lambda: _hand_over(smtp, data)


def is_address(text: str) -> bool:
    """Say whether a text is one plain e-mail address, without a name and without a second one."""
    return text.isascii() and text.isprintable() and ADDRESS.fullmatch(text) is not None


def composed(parcel: Parcel, sender: str) -> bytes:
    """Return the message as it goes over the wire. Its Message-ID is the key, so that a repeat can be recognised."""
    message = EmailMessage(policy=SMTP_POLICY.clone(cte_type="7bit"))
    message["From"] = sender
    message["To"] = parcel.to
    message["Subject"] = parcel.subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = f"<{parcel.key}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(parcel.text)
    for attachment in parcel.attachments:
        _attach(message, attachment)
    return message.as_bytes()


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    """Add a file, with every parameter of its media type: a calendar program looks for `method`."""
    part = EmailMessage()
    part["Content-Type"] = attachment.media_type
    kind = part["Content-Type"]
    message.add_attachment(
        attachment.content, kind.maintype, kind.subtype, filename=attachment.name, params=dict(kind.params)
    )


def connected(server: Server) -> smtplib.SMTP:
    """Return a session with the server, encrypted and signed in as its settings say."""
    with ExitStack() as stack:
        smtp = _opened(server)
        stack.callback(smtp.close)
        if server.security == "smtp+starttls":
            smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
        stack.pop_all()
        return smtp


def _opened(server: Server) -> smtplib.SMTP:
    if server.security != "smtps":
        return smtplib.SMTP(server.host, server.port, timeout=CONNECT_SECONDS)
    context = ssl.create_default_context()
    return smtplib.SMTP_SSL(server.host, server.port, timeout=CONNECT_SECONDS, context=context)


@contextmanager
def _closing(smtp: smtplib.SMTP) -> Iterator[None]:
    try:
        yield
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
    finally:
        smtp.close()


def _ask(command: Callable[[], tuple[int, bytes]], *, blame_address: bool) -> None:
    """Run one command of the envelope, and stop unless the server agrees."""
    try:
        code, said = command()
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(Reply(Outcome.LATER, type(error).__name__)) from error
    if code not in (250, 251, 354):
        raise NotSentError(_reply(code, said, blame_address=blame_address))


def _hand_over(smtp: smtplib.SMTP, data: bytes) -> Reply:
    """Send the message itself. Without its last line it counts for nothing; after it, silence is ambiguous."""
    try:
        smtp.send(dotted(data))
    except (OSError, smtplib.SMTPException) as error:
        return Reply(Outcome.LATER, type(error).__name__)
    try:
        if smtp.sock is not None:
            smtp.sock.settimeout(ANSWER_SECONDS)
        code, said = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Reply(Outcome.UNKNOWN, type(error).__name__)
    return _reply(code, said, blame_address=True)


def dotted(data: bytes) -> bytes:
    """Return a message with its lines' leading dots doubled, and the line that ends it."""
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"


def _reply(code: int, said: bytes | str, *, blame_address: bool) -> Reply:
    if 200 <= code < 300:
        outcome = Outcome.ACCEPTED
    elif code >= 500 and blame_address:
        outcome = Outcome.REFUSED
    else:
        outcome = Outcome.LATER
    return Reply(outcome, str(code), readable(said))
