"""The office lets a round go and takes one in: looked through first, kept after a yes; operators have commands."""

import io
import json
import os
import shutil
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.interchange import jobs, waiting
from incubator.interchange.models import Arrival
from incubator.journal.models import Entry
from incubator.programme.models import Round
from tests.axe import complaints
from tests.interchange import rows as interchange
from tests.interchange.moving import KEY, town
from tests.visitors import Visitor

WHERE = "/de/desk/move"


@pytest.fixture
def office(app, make) -> Visitor:
    app.config["RECORD_KEY"] = KEY
    town(make)
    return Visitor(app, make.person("coordinator"))


def downloaded(office, people="names") -> bytes:
    number = db.session.scalars(sa.select(Round.id).where(Round.slug == "runde-eins")).one()
    answer = office.post(f"{WHERE}/go", {"round_id": number, "people": people})
    assert answer.status == 200, answer.problems
    assert answer.headers["Content-Type"] == "application/zip" and "no-store" in answer.headers["Cache-Control"]
    answer.response.close()
    return answer.data


def sent(office, data):
    return office.post(f"{WHERE}/bring", {"file": (io.BytesIO(data), "round.zip")}, content_type="multipart/form-data")


def test_only_a_round_from_elsewhere_has_a_story_there(app, make, visit):
    round_ = make.round()
    assert visit(make.person("auditor")).get(f"/de/desk/rounds/{round_.id}/came").status == 404
    assert "/came" not in visit(make.person("auditor")).get(f"/de/desk/board/{round_.id}").text
    interchange.add_to(SimpleNamespace(round=round_, people={"coordinator": make.person("coordinator")}))
    place = f"/de/desk/rounds/{round_.id}/came"
    for role in ("coordinator", "auditor"):
        page = visit(make.person(role)).get(place)
        assert page.status == 200 and "c" * 64 in page.text and f"{place}/journal.zip" in page.text
    assert visit(make.person("mentor")).get(place).status == 403


def test_it_is_said_what_stays_behind_without_names(app, office):
    assert "names stand in them" in office.get("/en/desk/move").text


@pytest.mark.long
def test_a_round_goes_and_comes_by_the_page_of_the_office(app, make, office, tmp_path):
    data = downloaded(office)
    assert zipfile.is_zipfile(io.BytesIO(data))
    assert [each for each in tmp_path.rglob("*.zip")] == []
    looked = sent(office, data)
    assert looked.status == 200 and "runde-eins-2" in looked.text
    assert db.session.scalars(sa.select(Arrival)).all() == []
    hash_ = looked.soup.select_one("[name=archive]")["value"]
    assert waiting.place(tmp_path, hash_).is_file()
    done = office.post(f"{WHERE}/take", {"archive": hash_})
    assert done.status == 303 and done.location == "/de/rounds/runde-eins-2"
    assert office.get(done.location).status == 200
    actions = db.session.scalars(sa.select(Entry.action).where(Entry.action.like("round.%"))).all()
    assert {"round.let_go", "round.arrived"} <= set(actions)
    assert "http://localhost" in office.get(WHERE).text
    assert not waiting.place(tmp_path, hash_).exists() and (tmp_path / "arrivals" / hash_ / "record.jsonl").is_file()
    assert office.post(f"{WHERE}/take", {"archive": hash_}).location == WHERE
    _the_audit_reads_what_happened_there(app, make, hash_)


def _the_audit_reads_what_happened_there(app, make, hash_):
    came = db.session.scalars(sa.select(Arrival)).one()
    audit, place = Visitor(app, make.person("auditor")), f"/de/desk/rounds/{came.round_id}/came"
    assert place in audit.get(f"/de/desk/board/{came.round_id}").text
    page = audit.get(place)
    head = db.session.scalars(sa.select(Entry.data).where(Entry.action == "round.arrived")).one()
    assert head["hash"] in page.text and f"arrivals/{hash_}/" in page.text and came.public_key in page.text
    answer = audit.get(f"{place}/journal.zip")
    assert "no-store" in answer.headers["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        assert set(file.namelist()) == {"manifest.json", *waiting.JOURNAL}
        last = json.loads(file.read("record.jsonl").splitlines()[-1])
    assert last["hash"] == head["hash"]
    shutil.rmtree(waiting.place(Path(app.config["INSTANCE"]), hash_).with_suffix(""))
    assert "journal.zip" not in audit.get(place).text and audit.get(f"{place}/journal.zip").status == 404
    assert len(db.session.scalars(sa.select(Arrival)).all()) == 1


def test_what_is_no_archive_is_said_beside_the_field_and_does_not_stay(office, tmp_path):
    for data in (b"x" * 100, b""):
        assert sent(office, data).status == 422
    assert office.post(f"{WHERE}/bring", {}).status == 422
    assert list((tmp_path / "arrivals").iterdir()) == []
    for name in ("0" * 64, "../../etc/passwd", ""):
        assert office.post(f"{WHERE}/take", {"archive": name}).location == WHERE


def test_without_a_key_the_page_says_so(app, make, visit):
    make.round()
    page = visit(make.person("administrator")).get(WHERE)
    assert page.status == 200 and "RECORD_KEY" in page.text


def test_others_do_not_see_the_page(app, make, visit):
    for role in ("lead", "mentor", "auditor", "partner"):
        assert visit(make.person(role)).get(WHERE).status == 403


def test_what_waited_for_a_day_goes(app, tmp_path):
    old, new = (waiting.keep(tmp_path, io.BytesIO(data)) for data in (b"old", b"new"))
    os.utime(old, (time.time() - 2 * waiting.A_DAY,) * 2)
    jobs.forget_old.begin_anew()
    jobs.forget_old()
    assert [each.name for each in (tmp_path / "arrivals").iterdir()] == [new.name]


def test_operators_do_the_same_by_commands(app, office, tmp_path):
    def run(*words):
        done = app.test_cli_runner().invoke(args=["round", *words])
        return done.exit_code, done.output

    file = str(tmp_path / "round.zip")
    assert run("export", "nowhere", file)[0] == 1
    code, said = run("export", "runde-eins", file)
    assert code == 0 and "marks" in said
    assert "is whole" in run("check", file)[1]
    assert run("import", file, "--key", "0" * 64)[0] == 1
    code, said = run("import", file, "--dry-run")
    assert code == 0 and "nothing was kept" in said and "renamed: runde-eins" in said
    code, said = run("import", file)
    assert code == 0 and "runde-eins-2 is here" in said
    assert run("verify") == (0, "The journals of 1 rounds hold\n")
    kept = next((tmp_path / "arrivals").glob("*/record.jsonl"))
    assert sorted(each.name for each in kept.parent.iterdir()) == [
        "checkpoints.json", "manifest.json", "record.jsonl", "verify.py"]
    kept.write_bytes(kept.read_bytes()[:-2])
    assert run("verify")[0] == 1
    code, said = run("import", file)
    assert code == 1 and "before" in said


def test_the_pages_hurt_nobody(app, office, make, page, come_in, tmp_path):
    come_in(page, make.person("coordinator"))
    (tmp_path / "round.zip").write_bytes(downloaded(office))
    page.goto(WHERE)
    assert complaints(page) == []
    page.set_input_files("input[type=file]", tmp_path / "round.zip")
    page.click(f"form[action$='{WHERE}/bring'] button[type=submit]")
    page.wait_for_selector("[name=archive]", state="attached")
    assert complaints(page) == []
