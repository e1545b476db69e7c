"""A file of findings is looked through, and stored after a yes: the good lines, all or nothing, once."""

import io

import pytest
import sqlalchemy as sa

from incubator.dialogue import operations_import, queries, rules_import
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry

PATH = "/en/desk/evidence/import"
FILE = """kind;statement;count;base;pct;year;source;theme;district;languages
survey;Treffpunkte fehlen;37;90;;2025;Befragung;Wohnen und Nachbarschaft;;de tr
survey;Zu wenig Licht;3;90;;2025;Befragung;Wohnen und Nachbarschaft;;
survey;=HYPERLINK("http://evil.example");;;40;2025;Befragung;Wohnen und Nachbarschaft;;
"""


@pytest.fixture
def office(make, visit):
    make.theme(names={"de": "Wohnen und Nachbarschaft"})
    return visit(make.person("coordinator"))


def upload(visitor, text=FILE):
    return visitor.post(PATH, {"file": (io.BytesIO(text.encode("utf-8-sig")), "list.csv", "text/csv")})


def said_yes(visitor, preview):
    names = ("carried", "form_key")
    return visitor.post(PATH, {name: preview.soup.select_one(f"main [name={name}]")["value"] for name in names})


def stored():
    db.session.rollback()
    return [each.statement for each in reversed(queries.findings())]


def actions():
    return list(db.session.scalars(sa.select(Entry.action)))


def test_the_preview_shows_what_is_taken_and_why_the_rest_is_not(app, office):
    preview = upload(office)
    page = preview.soup.select_one("main").get_text(" ", strip=True)
    assert preview.status == 200
    assert "2 lines can be taken" in page and "One line is left out" in page
    assert "Line 3 – Zu wenig Licht Fewer than five could point at somebody" in page
    assert '=HYPERLINK("http://evil.example")' in page
    assert stored() == [] and actions() == []


def test_a_yes_stores_the_good_lines_and_names_the_others(any_database, office):
    answer = said_yes(office, upload(office))
    assert answer.status == 303
    assert "2 findings are written down. Lines that were left out: 3" in office.follow(answer).text
    assert stored() == ["Treffpunkte fehlen", '=HYPERLINK("http://evil.example")']
    assert actions() == ["evidence.recorded"] * 2
    assert queries.findings()[1].languages == ["de", "tr"]


def test_the_same_yes_sent_twice_stores_once(app, office):
    preview = upload(office)
    said_yes(office, preview)
    again = said_yes(office, preview)
    assert "Nothing was stored twice" in office.follow(again).text
    assert len(stored()) == 2


def test_a_file_sent_again_is_already_written_down(app, office):
    said_yes(office, upload(office))
    preview = upload(office)
    assert "No line can be taken" in preview.text
    assert not preview.soup.select("main button[type=submit]")


def test_what_somebody_else_stored_meanwhile_is_not_stored_again(app, office):
    preview = upload(office)
    said_yes(office, upload(office))
    late = said_yes(office, preview)
    assert late.status == 422
    assert "Nothing was stored" in late.text
    assert len(stored()) == 2


def test_all_lines_are_stored_or_none(app, office, make, monkeypatch):
    real, seen = operations_import.record_evidence, []

    def stumble(*args, **fields):
        if seen:
            raise RuleBroken("Stumbled.")
        seen.append(real(*args, **fields))

    monkeypatch.setattr(operations_import, "record_evidence", stumble)
    with pytest.raises(RuleBroken), transaction():
        operations_import.take_findings(make.person("coordinator"), carried=rules_import.packed(FILE))
    assert stored() == [] and actions() == []


@pytest.mark.parametrize("sent", [{}, {"file": (io.BytesIO(b""), "", "text/csv")}, {"carried": "broken"}])
def test_a_missing_or_broken_file_is_refused_with_a_sentence(app, office, sent):
    answer = office.post(PATH, sent)
    assert answer.status == 422
    assert answer.soup.select("#problems-title + ul li")


def test_the_empty_table_can_be_sent_back_filled_in(app, office):
    table = office.get(f"{PATH}/template.csv")
    assert table.data.startswith(b"\xef\xbb\xbf")
    head = table.data.decode("utf-8-sig").strip()
    assert head.split(";") == list(rules_import.COLUMNS)
    preview = upload(office, head + "\nsurvey;Es fehlt;de;;;;40;2025;Befragung;;Wohnen und Nachbarschaft;;\n")
    assert "One line can be taken" in preview.text


def test_the_reason_is_in_the_readers_language(app, office):
    preview = office.post(PATH.replace("/en/", "/de/"), {"file": (io.BytesIO(FILE.encode()), "l.csv", "text/csv")})
    assert "Weniger als fünf" in preview.text


def test_a_moderator_sends_no_file(app, make, visit):
    assert visit(make.person("moderator")).get(PATH).status == 403


def test_everybody_reads_in_which_languages_people_were_asked(app, make, visit):
    finding = make.evidence(languages=["de", "tr"])
    assert "Türkisch" in visit().get(f"/de/evidence/{finding.id}").text
    page = visit(make.person("coordinator")).get(f"/de/desk/evidence/{finding.id}").soup
    assert [each["value"] for each in page.select("input[name=languages][checked]")] == ["de", "tr"]
