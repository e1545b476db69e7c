"""The conversation with the mail server: one for many letters. Only here is SMTP spoken."""

import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from urllib.parse import urlsplit

TIMEOUT = 20
TOO_MANY = 421
REFUSALS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError,
            smtplib.SMTPNotSupportedError)
FAULTS = (OSError, smtplib.SMTPException)
HERE = ("127.0.0.1", "::1", "localhost")


class Unreachable(Exception):
    """No conversation could be begun; `fault` says why. It is not any letter's fault."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(str(fault))
        self.fault = fault


class Line:
    """One conversation, begun with the first letter and begun anew after it broke."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        try:
            server.quit()
        except FAULTS:  # every letter was answered for already: a bad goodbye takes nothing back
            server.close()

    def send(self, mail: EmailMessage) -> None:
        """Send a letter; whatever becomes of it, the line is ready for the next one."""
        is_used = self._server is not None
        try:
            self._send(mail)
        except smtplib.SMTPSenderRefused as refused:
            if not is_used or refused.smtp_code != TOO_MANY:
                raise
            self._send(mail)  # the server wants no more over this line, and has read nothing of the letter

    def _send(self, mail: EmailMessage) -> None:
        server = self._server = self._server or self._begin()
        try:
            server.send_message(mail)
        except REFUSALS:  # smtplib has said RSET, or closed the line if the server is going
            self._server = server if server.sock is not None else None
            raise
        except BaseException:  # nobody knows where the conversation stands
            self._server = None
            server.close()
            raise

    def _begin(self) -> smtplib.SMTP:
        try:
            return connect(self.address)
        except FAULTS as fault:
            raise Unreachable(fault) from fault


def connect(address: str) -> smtplib.SMTP:
    """Begin over smtps://, or over smtp:// with STARTTLS where the server offers it.

    Both look at the server's certificate. A password is never sent over an open line, except within this machine.
    """
    url = urlsplit(address)
    host, known = url.hostname or "127.0.0.1", ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT, context=known)
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT)
    try:
        server.ehlo()
        if url.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=known)
        elif url.scheme == "smtp" and url.username and host not in HERE:
            raise smtplib.SMTPNotSupportedError("no STARTTLS: the password would be sent in the open")
        if url.username:
            server.login(url.username, url.password or "")
    except BaseException:
        server.close()
        raise
    return server


def is_for_good(fault: Exception) -> bool:
    """Say whether the mail server does not want the one recipient, today or tomorrow (5xx)."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in fault.recipients.values())
    return isinstance(fault, smtplib.SMTPDataError) and fault.smtp_code >= 500
