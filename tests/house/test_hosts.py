"""Links in letters and on pages are those the city has set, whatever a request calls us."""

import re

import pytest
import sqlalchemy as sa
from werkzeug.middleware.proxy_fix import ProxyFix

from incubator.accounts.jobs import write_all_asked
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.letters.models import Letter

BASE = "https://incubator.example.org"
EVIL = "evil.example"
HEADERS = [
    {}, {"X-Forwarded-Host": EVIL}, {"X-Forwarded-Host": f"{EVIL}, localhost"},
    {"X-Forwarded-Host": f"localhost, {EVIL}"}, {"X-Forwarded-Host": f"{EVIL}:443"},
    {"X-Forwarded-Server": EVIL}, {"X-Host": EVIL}, {"X-HTTP-Host-Override": EVIL},
    {"Forwarded": f"host={EVIL}"}, {"Forwarded": f"for=1.2.3.4;host={EVIL};proto=https"}, {"X-Forwarded-Proto": "http"},
    {"X-Forwarded-Proto": "javascript"}, {"X-Forwarded-Port": "8443"}, {"X-Forwarded-Prefix": f"//{EVIL}"},
    {"X-Forwarded-Prefix": "/evil"}, {"X-Script-Name": f"//{EVIL}"}, {"X-Original-URL": f"//{EVIL}/"},
    {"X-Rewrite-URL": f"http://{EVIL}/"}, {"X-Forwarded-For": f"127.0.0.1, {EVIL}"}, {"X-Real-IP": EVIL},
    {"Referer": f"https://{EVIL}/"}, {"Via": EVIL}, {"X-Forwarded-Scheme": "evil"}, {"X-Url-Scheme": "evil"},
    {"Base-Url": f"https://{EVIL}"}, {"X-Forwarded-Host": f"{EVIL}/de/"}, {"X-Forwarded-Host": f"a@{EVIL}"},
    {"X-Forwarded-Host": "\u0435vil.example".encode().decode("latin-1")}, {"X-Forwarded-Host": " "},
    {"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "http", "X-Forwarded-Port": "80", "X-Forwarded-Prefix": "/evil"},
]
HOSTS = [EVIL, f"{EVIL}:443", f"incubator.example.org.{EVIL}", f"a@{EVIL}", f"incubator.example.org@{EVIL}", "10.0.0.1"]
LINK = re.compile(r"(.*/(?:sign-in/link|sign-in/reset|invitation))/.{20}")
ASKED = ("/de/sign-in/link", "/de/sign-in/reset", "/de/partners/link")


def _letters():
    write_all_asked()
    db.session.rollback()
    found = db.session.execute(sa.select(Letter.text, Letter.subject)).all()
    with transaction():
        db.session.execute(sa.delete(Letter))
    return found


def test_no_header_changes_a_link_in_a_letter(app, make, visit, monkeypatch):
    """Every other one as a proxy of ours would hand it on."""
    app.config["BASE_URL"] = BASE
    office, links, direct = visit(make.person("administrator")), set(), app.wsgi_app
    for number, headers in enumerate(HEADERS):
        behind = ProxyFix(direct, x_for=1, x_proto=1, x_host=1)
        monkeypatch.setattr(app, "wsgi_app", behind if number % 2 else direct)
        sent = {"headers": headers, "environ_overrides": {"REMOTE_ADDR": f"10.1.{number}.1"}}
        visit().post(ASKED[number // 2 % 2], {"mail": make.person().mail}, **sent)
        office.post("/de/desk/people/invite", {"mail": f"new{number}@example.org", "language": "de"}, **sent)
        written = _letters()
        assert len(written) == 2, headers
        assert not any("evil" in text + subject for text, subject in written), headers
        links |= {LINK.match(word)[1] for text, _subject in written for word in text.split() if LINK.match(word)}
    assert links == {f"{BASE}/de/sign-in/link", f"{BASE}/de/sign-in/reset", f"{BASE}/de/invitation"}


def test_there_are_thirty_mixes():
    assert len(HEADERS) >= 30


@pytest.mark.parametrize("host", HOSTS)
def test_a_name_we_do_not_bear_is_answered_by_nobody(app, make, visit, host):
    app.config["TRUSTED_HOSTS"] = ["localhost"]
    for path in ASKED:
        answer = visit().post(path, {"mail": make.person().mail}, headers={"Host": host})
        assert answer.status == 400
        assert "evil" not in answer.text
    assert _letters() == []


@pytest.mark.parametrize("headers", HEADERS[1::4], ids=str)
def test_no_header_gets_onto_a_public_page(app, visit, headers):
    page = visit().get("/de/", headers=headers)
    assert page.status == 200
    assert "evil" not in page.text + (page.location or "")
