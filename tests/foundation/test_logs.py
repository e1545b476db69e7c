"""Nothing that leads to a person or opens something stands in a log."""

import logging
import smtplib

import pytest

from incubator.foundation import clock, logs
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters.models import Letter
from incubator.letters.sending import post

MAIL, IBAN, TOKEN = "canary@example.org", "DE93999999990000000001", "7-canarycanarycanary"


@pytest.mark.parametrize("text", [
    MAIL, f"<{MAIL}>", f"to={MAIL},", f"'{MAIL}'", f"mailto:{MAIL}", "canary@münchen.example",
    "a+b.canary@sub.example.org",
    IBAN, "DE93 9999 9999 0000 0000 01", "GB82WEST12345698765432",
    f"/de/follow/manage/{TOKEN}", f"GET /ar/sign-in/link/{TOKEN}?x=1", f"/de-simple/partners/mine/{TOKEN}/pledges/3",
    f"/de/sign-in/outside/back?code={TOKEN}&state={TOKEN}", f"https://fcm.googleapis.com/fcm/send/{TOKEN}",
    f"https://updates.push.services.mozilla.com/wpush/v2/{TOKEN}",
])
def test_what_tells_or_opens_is_masked(app, text):
    masked = logs.mask(f"before {text} after")
    assert "canary" not in masked and "9999" not in masked and "WEST" not in masked
    assert masked.startswith("before ") and "after" in masked


@pytest.mark.parametrize("text", [
    "project 12 moved on by itself", "/de/projects/kueche", "copy 3: OSError", "2026-03-01 12:00", "[GET] 404",
    "/de/desk/projects/1/documents", "0123456789abcdef0123456789abcdef", "File \"/srv/app/incubator/x.py\", line 3",
])
def test_everything_else_stays_as_it_is(app, text):
    assert logs.mask(text) == text


def test_what_any_program_logs_is_masked_whoever_formats_it(app, caplog):
    logging.getLogger("somebody").warning("sent to %s", MAIL)
    logging.getLogger("granian.access").warning('"%(method)s %(path)s"', {
        "method": "GET", "path": f"/de/follow/manage/{TOKEN}"})
    assert "canary" not in caplog.text
    assert "sent to (mail)" in caplog.text and "/de/follow/manage/(…)" in caplog.text


def test_an_error_and_what_it_says_is_masked_too(app, caplog):
    try:
        raise ValueError(MAIL)
    except ValueError:
        logging.getLogger("somebody").exception("for %s", IBAN)
    assert "ValueError: (mail)" in caplog.text and "canary" not in caplog.text and IBAN not in caplog.text


def test_a_page_that_breaks_logs_no_secret_of_its_address(app, visit, caplog, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def break_down(**values):
        raise RuntimeError(f"{MAIL} {values}")

    monkeypatch.setitem(app.view_functions, "follow.manage", break_down)
    assert visit().get(f"/de/follow/manage/{TOKEN}").status == 500
    assert "RuntimeError" in caplog.text and MAIL not in caplog.text
    assert f"/manage/{TOKEN}" not in caplog.text


def test_a_wrong_password_logs_nothing_about_who_it_was(app, visit, caplog):
    caplog.set_level(logging.DEBUG)
    visit().fill("/de/sign-in", mail=MAIL, password="canary canary canary")
    assert "canary" not in caplog.text


def test_a_refused_letter_logs_no_address(app, caplog, monkeypatch, mailbox):
    caplog.set_level(logging.DEBUG)
    _letter()

    def refuse(*args, **kwargs):
        raise smtplib.SMTPRecipientsRefused({MAIL: (550, f"no mailbox {MAIL}".encode())})

    monkeypatch.setattr(smtplib.SMTP, "send_message", refuse)
    monkeypatch.setattr(smtplib.SMTP, "sendmail", refuse)
    post()
    assert "SMTPRecipientsRefused" in caplog.text and "canary" not in caplog.text


def _letter():
    with transaction():
        db.session.add(Letter(key="k", address=MAIL, language="de", subject="Betreff", text="Text", due_at=clock.now(),
                              message_id="<1@example.org>", written_at=clock.now()))
