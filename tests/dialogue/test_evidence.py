"""Findings are written down once, corrected openly, and cited."""

import pytest
import sqlalchemy as sa

from incubator.dialogue import operations, queries
from incubator.dialogue.models import EvidenceKind
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry


def record(make, **fields):
    facts = {"kind": EvidenceKind.SURVEY, "statement": "  Treffpunkte   fehlen ", "count": 37, "base": 90,
             "year": 2025, "source": "Befragung", "theme_id": make.theme().id}
    with transaction():
        return operations.record_evidence(make.person("coordinator"), **(facts | fields))


def test_a_finding_is_in_the_book_without_its_words(any_database, make):
    finding = record(make)
    entry = db.session.scalars(sa.select(Entry)).one()
    assert (entry.action, entry.subject_id) == ("evidence.recorded", finding.id)
    assert entry.data == {"kind": "survey", "theme": finding.theme_id}
    assert finding.statement == "Treffpunkte fehlen"


@pytest.mark.parametrize(("fields", "field"), [
    ({"count": 4}, "count"), ({"statement": " "}, "statement"), ({"source": ""}, "source"), ({"year": 2027}, "year"),
    ({"statement": "x" * 201}, "statement"),
])
def test_what_is_refused_is_not_stored(app, make, fields, field):
    with pytest.raises(RuleBroken) as broken:
        record(make, **fields)
    assert broken.value.field == field
    assert queries.findings() == []


def test_a_correction_leaves_the_rest(app, make):
    finding = record(make)
    with transaction():
        operations.change_evidence(finding, make.person("coordinator"), count=None, pct=41)
    assert (finding.count, finding.pct, finding.base, finding.source) == (None, 41, 90, "Befragung")
    assert db.session.scalars(sa.select(Entry.action).order_by(Entry.id)).all()[-1] == "evidence.changed"


def test_the_coordinator_writes_one_down_on_a_page(app, make, visit):
    theme = make.theme()
    visitor = visit(make.person("coordinator"))
    answer = visitor.fill("/de/desk/evidence/add", statement="Treffpunkte fehlen", count="37", base="90", year="2025",
                          source="Befragung", theme_id=str(theme.id))
    assert "Treffpunkte fehlen" in visitor.follow(answer).text
    (finding,) = queries.findings()
    assert (finding.count, finding.base, finding.pct, finding.kind) == (37, 90, None, EvidenceKind.SURVEY)


def test_a_small_number_is_refused_beside_its_field(app, make, visit):
    answer = visit(make.person("coordinator")).fill(
        "/en/desk/evidence/add", statement="Nobody", count="3", base="90", year="2025", source="Survey",
        theme_id=str(make.theme().id))
    assert answer.status == 422
    assert "Fewer than five" in answer.soup.select_one("#count-error").get_text()


def test_a_moderator_reads_findings_and_changes_none(app, make, visit):
    finding, visitor = make.evidence(), visit(make.person("moderator"))
    assert finding.statement in visitor.get("/de/desk/dialogue").text
    assert visitor.get(f"/de/desk/evidence/{finding.id}").status == 403
    assert not visitor.get("/de/desk/dialogue").soup.select("a[href*='/desk/evidence/']")


def test_findings_on_the_theme_and_of_the_district_are_found_both_first(app, make):
    theme, other, here, there = make.theme(), make.theme(), make.district(), make.district()
    of_theme = make.evidence(theme_id=theme.id)
    of_both = make.evidence(theme_id=theme.id, district_id=here.id)
    of_district = make.evidence(theme_id=other.id, district_id=here.id)
    make.evidence(theme_id=other.id, district_id=there.id)
    make.evidence(theme_id=other.id)
    found = queries.findings_about(theme.id, here.id)
    assert list(found) == [of_both, of_district, of_theme]
    assert list(queries.findings_about(None, None)) == []
