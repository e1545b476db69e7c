"""A round moves to another installation, on either database: the public reads the same, every cent is there."""

import json
import zipfile

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.interchange import operations
from incubator.interchange import round_plan as plan
from incubator.interchange.models import Arrival
from incubator.interchange.round_pack import files_of
from incubator.interchange.round_plan import People
from incubator.journal import operations as journal
from incubator.journal import verifier
from incubator.media.models import Photo
from incubator.progress import jobs as search
from incubator.progress.models import Kind, SearchText
from incubator.projects.models import Project
from tests.interchange.moving import everything, let_go, read, sums, take, town
from tests.visitors import Visitor


def test_every_table_goes_along_or_stays_for_a_reason(app):
    stays = [each for group in plan.STAYS.values() for each in group]
    assert sorted([*plan.CARRIED, *stays]) == sorted(db.metadata.tables)
    for table, column in [*plan.NEVER, *plan.WITH_NAMES, *plan.MARKED, *plan.HASHED, *plan.PEOPLE, *plan.LOOSE]:
        assert column in plan.table(table).columns, (table, column)


@pytest.mark.long
@pytest.mark.parametrize(("there", "here"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_the_public_reads_the_same_and_every_cent_is_there(house, tmp_path, there, here):
    with house(there, "there") as app:
        town()
        before, money = read(app), sums()
        file = let_go(tmp_path / "round.zip")
    with house(here, "here") as app:
        report = take(file, dry=True)
        assert everything()["round"] == 0
        report = take(file)
        assert report.round_slug == "runde-eins" and not report.renamed
        assert sums() == money
        closed = db.session.scalars(sa.select(Person)).all()
        assert closed and not any(each.is_active for each in closed)
        with transaction():  # people are named in public again once they were let in
            db.session.execute(sa.update(Person).values(is_active=True))
        for path, text in read(app).items():
            assert text == before[path], path
        assert journal.verify().holds
        photo = db.session.scalars(sa.select(Photo).where(Photo.is_public)).first()
        assert Visitor(app).get(f"/media/{photo.key}.jpg").data == photo_bytes(file, photo.key)
        arrival = db.session.scalars(sa.select(Arrival)).one()
        assert arrival.numbers["project"] and arrival.site == "https://there.example"


def photo_bytes(file, key):
    with zipfile.ZipFile(file) as archive:
        return archive.read(f"files/photo-{key}.jpg")


@pytest.mark.long
def test_a_round_beside_its_like_gets_other_names_and_shares_what_is_the_same(archive, visit):
    report = take(archive)
    assert report.round_slug == "runde-eins-2"
    assert ("kueche", "kueche-2") in report.renamed
    assert report.merged["theme"] and report.merged["organisation"] and not report.added
    assert visit().get("/de/projects/kueche-2").status == 200
    one, two = (db.session.scalars(sa.select(Project).where(Project.slug == each)).one()
                for each in ("kueche", "kueche-2"))
    assert one.carrier_id == two.carrier_id and one.leads[0] != two.leads[0]


def test_marks_say_no_name_and_no_mail(app, make, tmp_path):
    town(make)
    names = {name for person in db.session.scalars(sa.select(Person))
             for name in (person.family_name, person.mail) if name}
    file = let_go(tmp_path / "round.zip", People.MARKS)
    with zipfile.ZipFile(file) as archive:
        said = b"".join(archive.read(each) for each in archive.namelist() if each.startswith("rows/")).decode()
        assert not [each for each in archive.namelist() if each.startswith(("files/document", "files/paper"))]
        people = [json.loads(line) for line in archive.read("rows/person.jsonl").splitlines()]
    assert names and [each for each in names if f'"{each}"' in said] == []
    assert {each["given_name"] for each in people} == {"Person"}
    take(file)


def test_nothing_goes_along_that_opens_a_door_or_was_told_in_confidence(app, make, tmp_path):
    town(make)
    with db.engine.begin() as line:
        for table, column in (("person", "password_hash"), ("person", "outside_id"), ("idea", "salt"),
                              ("session", "confidential_notes"), ("message", "text"), ("message", "name")):
            line.execute(sa.text(f'UPDATE "{table}" SET {column} = \'goldcrest-\' || id'))
    with zipfile.ZipFile(let_go(tmp_path / "round.zip")) as archive:
        assert [each for each in archive.namelist() if b"goldcrest" in archive.read(each)] == []


def test_the_journal_in_an_archive_is_checked_by_the_program_that_lies_beside_it(archive, tmp_path):
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "open")
        number = json.loads(packed.read("manifest.json"))["journal"]["number"]
    said, holds = verifier.check(str(tmp_path / "open/journal/record.jsonl"), [])
    assert holds and f"{number} entries" in said[-1]
    told = [json.loads(line) for line in (tmp_path / "open/journal/record.jsonl").read_text().splitlines()]
    subjects = {each["open"]["entry"][4] for each in told if "open" in each}
    assert "project" in subjects and not subjects & {"person", "organisation", "letter"}


def test_the_same_is_taken_in_once(archive, tmp_path):
    take(archive)
    with pytest.raises(RuleBroken, match="before"):
        take(archive)
    with pytest.raises(RuleBroken, match="before"):
        take(let_go(tmp_path / "again.zip"))


def test_without_a_key_nothing_is_let_go(app, make, tmp_path):
    round_ = make.round()
    with pytest.raises(RuleBroken):
        operations.export(round_, tmp_path / "x.zip", People.MARKS, secret=None, site="x", by=None)
    assert list(tmp_path.glob("*.zip")) == []


def test_a_file_that_is_gone_does_not_keep_a_round_here(archive, tmp_path):
    with zipfile.ZipFile(archive) as packed:
        photos = [json.loads(line) for line in packed.read("rows/photo.jsonl").splitlines()]
    for each in photos:
        for _name, place in files_of("photo", each):
            place.unlink(missing_ok=True)
    with zipfile.ZipFile(let_go(tmp_path / "less.zip")) as packed:
        assert not [each for each in packed.namelist() if each.startswith("files/photo")]


def test_what_came_is_found_at_once(app, archive):
    search.rebuild()
    take(archive)
    came = db.session.scalars(sa.select(Arrival)).one().numbers
    for kind in (Kind.PROJECT, Kind.WORKSHOP):
        there = db.session.scalars(sa.select(SearchText.subject_id).where(SearchText.kind == kind)).all()
        assert came[kind.value] and set(came[kind.value].values()) <= set(there)
