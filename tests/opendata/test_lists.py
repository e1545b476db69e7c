"""Lists for the office hold what their reader sees on pages, and that they were taken along is written down."""

import io

import ezodf
import openpyxl
import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.journal.models import Entry
from tests.progress.purse import Purse

PATH = "/de/desk/lists"


@pytest.fixture
def office(app, make):
    make.round()
    project = make.project(status="active", title="=Küche")
    purse = Purse(make, project, 5_000_00)
    purse.pay(2_500_00)
    purse.receipt(300_00)
    make.project(status="draft", title="Entwurf")
    make.project(status="mentoring", title="Noch geheim")
    return project


def _take(visitor, kind="projects", form="csv", round_id=""):
    return visitor.post(f"{PATH}/take", {"kind": kind, "form": form, "round_id": round_id})


def _lines(answer):
    assert answer.status == 200
    return answer.data.decode("utf-8-sig").splitlines()


def test_the_coordination_sees_every_project_but_drafts(office, make, visit):
    lines = _lines(_take(visit(make.person("coordinator"))))
    assert [line.split(";")[0] for line in lines[1:]] == ["'=Küche", "Noch geheim"]
    assert lines[0].startswith("Projekt;Förderrunde;Stand;")


def test_a_mentor_sees_the_projects_they_accompany(office, make, visit):
    lines = _lines(_take(visit(office.mentors[0])))
    assert [line.split(";")[0] for line in lines[1:]] == ["'=Küche"]
    assert len(_lines(_take(visit(make.person("mentor")), "receipts"))) == 1


def test_receipts_and_payments_and_the_ledger_are_there(office, make, visit):
    auditor = visit(make.person("auditor"))
    assert len(_lines(_take(auditor, "receipts"))) == 2
    assert "2500,00" in _lines(_take(auditor, "payments"))[1]
    assert len(_lines(_take(auditor, "ledger"))) == 5


def test_every_program_can_read_them(office, make, visit, tmp_path):
    visitor = visit(make.person("coordinator"))
    book = openpyxl.load_workbook(io.BytesIO(_take(visitor, form="xlsx").data))
    assert book["projects"]["A2"].value == "=Küche" and book["projects"]["A2"].data_type == "s"
    (tmp_path / "list.ods").write_bytes(_take(visitor, form="ods").data)
    sheet = ezodf.opendoc(str(tmp_path / "list.ods")).sheets[0]
    assert sheet[1, 0].value == "=Küche"


def test_who_took_which_list_is_written_down(office, make, visit):
    person = make.person("coordinator", name="Petra Demo")
    visitor = visit(person)
    answer = _take(visitor, "ledger", round_id=str(office.round_id))
    assert "no-store" in answer.headers["Cache-Control"]
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "list.exported"))
    assert (entry.actor, entry.data) == (person.seal, {
        "list": "ledger", "form": "csv", "round": office.round_id, "rows": 4})
    assert "Petra Demo" in visitor.get(PATH).text
    assert "Petra Demo" not in visit(make.person("mentor")).get(PATH).soup.main.text


def test_what_is_no_list_is_refused_beside_its_question(office, make, visit):
    answer = _take(visit(make.person("coordinator")), "people")
    assert answer.status == 422
    assert db.session.scalar(sa.select(sa.func.count()).where(Entry.action == "list.exported")) == 0


def test_the_page_asks_few_questions(office, make, visit, queries):
    visitor = visit(make.person("coordinator"))
    with queries(at_most=20):
        assert visitor.get(PATH).status == 200
