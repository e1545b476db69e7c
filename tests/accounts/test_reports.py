"""Browsers tell what they refused; it is counted, and says nothing about who met it."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.accounts import operations_reports, rules, rules_reports
from incubator.accounts.models_proofs import BrowserReport
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.headers import ALWAYS, REPORTS
from incubator.foundation.transaction import transaction

SECRET = "7-Zx9secretZx9secretZx9"


def _old(page="http://localhost/de/projects/", blocked="https://evil.example/x.js?a=b", directive="script-src-elem"):
    return {"csp-report": {"document-uri": page, "blocked-uri": blocked, "effective-directive": directive,
                           "original-policy": "default-src 'none'", "script-sample": "alert(7)"}}


def _new(page="http://localhost/de/projects/", blocked="https://evil.example/x.js", directive="script-src-elem"):
    return [{"type": "csp-violation", "age": 10, "url": page, "user_agent": "Mozilla/5.0",
             "body": {"documentURL": page, "blockedURL": blocked, "effectiveDirective": directive, "sample": "alert"}}]


def _tell(visitor, said, kind="application/csp-report", **options):
    return visitor.open(REPORTS, method="POST", content_type=kind,
                        data=said if isinstance(said, bytes) else json.dumps(said), **options).status


def _rows():
    return [(row.directive, row.blocked, row.page, row.number) for row in db.session.scalars(sa.select(BrowserReport))]


def test_every_page_says_where_to_tell():
    assert f"report-uri {REPORTS}" in ALWAYS["Content-Security-Policy"]
    name = ALWAYS["Content-Security-Policy"].rpartition("report-to ")[2]
    assert ALWAYS["Reporting-Endpoints"] == f'{name}="{REPORTS}"'


@pytest.mark.parametrize(("said", "kind"), [
    (_old(), "application/csp-report"), (_new(), "application/reports+json"), (_old(), "application/json"),
])
def test_both_ways_of_telling_are_counted(any_database, visit, said, kind):
    assert [_tell(visit(), said, kind) for _ in range(2)] == [204, 204]
    assert _rows() == [("script-src-elem", "https://evil.example", "/…/projects/", 2)]


def test_the_secret_part_of_an_address_is_never_kept(app, visit):
    for path in (f"/de/follow/manage/{SECRET}", f"/de/sign-in/link/{SECRET}", f"/de/partners/mine/{SECRET}",
                 f"/{SECRET}", f"/de/projects/?q={SECRET}", f"/de/#{SECRET}"):
        assert _tell(visit(), _old(f"http://localhost{path}", f"http://localhost{path}")) == 204
    kept = repr(_rows())
    assert "secret" not in kept
    assert "/…/follow/manage/…" in kept and "/…/sign-in/link/…" in kept


@pytest.mark.parametrize(("blocked", "kept"), [
    ("inline", "inline"), ("eval", "eval"), ("data:image/png;base64,AAAA", "data"), ("blob:http://localhost/1", "blob"),
    ("http://localhost/de/sign-in/link/abc", "self"), ("wss://evil.example:8443/a", "wss://evil.example:8443"),
    ("https://Evil.Example/path", "https://evil.example"),
])
def test_only_the_kind_or_the_host_of_what_was_refused_is_kept(app, visit, blocked, kept):
    _tell(visit(), _old(blocked=blocked))
    assert [row[1] for row in _rows()] == [kept]


@pytest.mark.parametrize("said", [
    _old(blocked="chrome-extension://abc/x.js"), _old(blocked="moz-extension"), _old(page="https://evil.example/de/"),
    _old(page="about"), _old(directive="<script>"), _old(directive=""), _old(blocked="https://e/<script>@"),
    _old(page="http://[::1"), {"type": "deprecation", "body": {}}, [], {}, [7, None, "a"],
])
def test_what_is_none_of_our_affair_is_heard_and_not_kept(app, visit, said):
    assert _tell(visit(), said) == 204
    assert [row for row in _rows() if row[1] != "https://e"] == []


@pytest.mark.parametrize("said", [b"", b"no json", b"\xff\xfe", b'"a"', b"7", b"null", b"[" * 9000, b"{"])
def test_what_is_no_report_is_refused(app, visit, said):
    assert _tell(visit(), said) == 400
    assert _rows() == []


def test_a_long_report_is_refused_unread(app, visit):
    assert _tell(visit(), b" " * (rules_reports.LONGEST + 1)) == 413


def test_of_many_at_once_only_the_first_are_taken(app, visit):
    assert _tell(visit(), _new() * 30) == 204
    assert _rows()[0][3] == rules_reports.MOST_AT_ONCE


def test_a_network_that_tells_too_much_waits(app, visit, monkeypatch):
    monkeypatch.setitem(rules.LIMITS, "reports from", rules.Limit(3, timedelta(hours=1)))
    assert [_tell(visit(), _old()) for _ in range(4)] == [204, 204, 204, 429]
    assert _rows()[0][3] == 3


def test_no_more_than_a_thousand_kinds_are_kept(app, visit, monkeypatch):
    monkeypatch.setattr(rules_reports, "MOST_KINDS", 3)
    for number in range(5):
        _tell(visit(), _old(blocked=f"https://{number}.example"))
    assert len(_rows()) == 3
    _tell(visit(), _old(blocked="https://0.example"))
    assert _rows()[0][3] == 2


def test_it_is_forgotten_ninety_days_after_it_was_told_last(any_database, visit):
    _tell(visit(), _old())
    for days, left in ((90, 1), (91, 0)):
        clock.set(clock.now().replace(month=3, day=1) + timedelta(days=days))
        with transaction():
            operations_reports.forget_old_reports()
        assert len(_rows()) == left


def test_administrators_read_it_at_the_desk(make, visit):
    administrator = visit(make.person("administrator"))
    assert "refused" in administrator.get("/en/desk/").text
    assert "Nothing was refused" in administrator.get("/en/desk/browser-reports").text
    _tell(visit(), _old())
    page = administrator.get("/en/desk/browser-reports")
    assert "https://evil.example" in page.text and "/…/projects/" in page.text
    assert visit(make.person("coordinator")).get("/en/desk/browser-reports").status == 403


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=30),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from(["csp-report", "body", "type", "document-uri", "blocked-uri", "documentURL"]),
                        inner, max_size=3), max_leaves=12))
def test_nothing_that_is_told_breaks_the_reader(said):
    found = rules_reports.read(json.dumps(said).encode(), ("localhost",), lambda path: path)
    assert found is None or len(found) <= rules_reports.MOST_AT_ONCE
