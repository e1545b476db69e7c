"""A round moves to another installation, on either database: the public reads the same, every cent is there."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.budgets import rules as budgets
from incubator.budgets.models import Approval, Plan
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.interchange import operations, round_open
from incubator.interchange import round_plan as plan
from incubator.interchange.models import Arrival
from incubator.interchange.round_open import opened
from incubator.interchange.round_pack import files_of
from incubator.interchange.round_plan import People
from incubator.interchange.site_seal import signed
from incubator.journal import operations as journal
from incubator.journal import verifier
from incubator.media.models import Photo
from incubator.payments.models import Account, LedgerEntry
from incubator.programme.models import Round
from incubator.projects.models import Project
from tests.browser.town import Town
from tests.builders import Builders
from tests.conftest import _on_postgresql, _on_sqlite
from tests.visitors import Visitor

KEY = "5" * 64
PAGES = ("projects/kueche", "projects/kueche/money", "projects/completed/money", "workshops/wohnen",
         "workshops/wohnen/minutes", "workshops/bald", "rounds/runde-eins", "projects/recovery")
SUMS = [getattr(Account, name) for name in
        ("committed_cents", "requested_cents", "paid_cents", "spent_cents", "proved_cents", "returned_cents")]


@pytest.fixture
def house(request, tmp_path):
    """Enter an empty installation: `with house("sqlite"):`."""
    kinds = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
    return lambda kind, name="house": kinds[kind](request, tmp_path / name)


def settle() -> None:
    """Let plans and agreements that were only built bear the hashes that operations would have given them."""
    with transaction():
        for row in db.session.scalars(sa.select(Plan).where(Plan.content_hash.is_not(None))):
            before, row.content_hash = row.content_hash, budgets.content_hash(row)
            db.session.execute(sa.update(Approval).where(Approval.plan_id == row.id, Approval.plan_hash == before)
                               .values(plan_hash=row.content_hash))


def town(make: Builders | None = None) -> Town:
    built = Town(make or Builders())
    settle()
    return built


def let_go(target: Path, people: People = People.NAMES) -> Path:
    round_ = db.session.scalars(sa.select(Round).where(Round.slug == "runde-eins")).one()
    operations.export(round_, target, people, secret=KEY, site="https://there.example", by=None)
    return target


def take(file: Path, **how):
    with opened(file) as archive:
        return operations.take(archive, by=None, **how)


def read(app) -> dict[str, str]:
    """Read pages without what the journal tells: that stays where it happened."""
    stranger, said = Visitor(app), {}
    for path in (f"/{code}/{each}" for code in ("de", "ar") for each in PAGES):
        main = stranger.get(path).soup.main
        for part in main.select("[aria-labelledby=history-title]"):
            part.decompose()
        said[path] = " ".join(main.get_text(" ").split())
    return said


def sums():
    return dict(db.session.execute(sa.select(Project.slug, sa.func.concat_ws("/", *SUMS)).join(Account)).all()), \
        dict(db.session.execute(sa.select(LedgerEntry.kind, sa.func.sum(LedgerEntry.amount_cents))
                                .group_by(LedgerEntry.kind)).all())


def everything() -> dict[str, int]:
    db.session.rollback()
    return {table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table))
            for table in db.metadata.sorted_tables}


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
        assert read(app) == before
        assert journal.verify().holds
        photo = db.session.scalars(sa.select(Photo).where(Photo.is_public)).first()
        assert Visitor(app).get(f"/media/{photo.key}.jpg").data == photo_bytes(file, photo.key)
        arrival = db.session.scalars(sa.select(Arrival)).one()
        assert arrival.numbers["project"] and arrival.site == "https://there.example"


def photo_bytes(file, key):
    with zipfile.ZipFile(file) as archive:
        return archive.read(f"files/photo-{key}.jpg")


@pytest.fixture
def archive(app, make, tmp_path) -> Path:
    """A round of which everything stands in this database, too; whoever takes it in takes it in beside itself."""
    town(make)
    return let_go(tmp_path / "round.zip")


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
    assert any("open" in each for each in told)


def changed(file: Path, change: Callable[[dict[str, bytes]], None], *, sign: bool = True) -> Path:
    """Write an archive anew with something else in it; `sign` by whoever did it, with sums that fit."""
    with zipfile.ZipFile(file) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    change(members)
    if sign:
        _sign(members)
    target = file.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target


def _sign(members: dict[str, bytes]) -> None:
    import hashlib

    manifest = json.loads(members["manifest.json"])
    del manifest["signature"], manifest["public_key"]
    manifest["members"] = {name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                           for name, data in members.items() if name != "manifest.json"}
    members["manifest.json"] = json.dumps(signed(manifest, "6" * 64)).encode()


def row(table: str, **values):
    """Change the last row of a table."""
    def change(members):
        lines = members[f"rows/{table}.jsonl"].splitlines()
        members[f"rows/{table}.jsonl"] = b"\n".join(
            [*lines[:-1], json.dumps(json.loads(lines[-1]) | values).encode()]) + b"\n"
    return change


def manifest(**values):
    def change(members):
        members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | values).encode()
    return change


def member(name: str, data: bytes):
    return lambda members: members.update({name: data})


def _cut_journal(members):
    members["journal/record.jsonl"] = b"".join(members["journal/record.jsonl"].splitlines(keepends=True)[:-1])


def _no_picture(members):
    name = next(each for each in members if each.startswith("files/photo-"))
    members[name] = b"<svg onload='alert(1)'/>"


NOT_SIGNED = [row("project", title="Anders"), manifest(name="Anders"), member("rows/theme.jsonl", b""),
              member("rows/more.jsonl", b""), lambda members: members.pop("rows/pledge.jsonl"),
              manifest(public_key="0" * 64), manifest(signature="")]
SIGNED = [
    member("files/../../../evil.jpg", b"x"), member("/etc/passwd", b"x"), member("rows/sign_in.jsonl", b"{}\n"),
    member("rows/theme.jsonl", b"[1]\n"), member("rows/theme.jsonl", b"[" * 5000), manifest(format=2),
    manifest(kind="cake"), manifest(format="1"), manifest(journal=None), _cut_journal, _no_picture,
    member("files/photo-" + "0" * 32 + ".jpg", b"\xff\xd8\xff"), row("project", status="marvellous"),
    row("project", title=7), row("project", id="1"), row("project", more=1), row("project", slug="../x"),
    row("project", resolution_url="javascript:alert(1)"), row("project", title="a\x00b"),
    row("project", carrier_id=4711, round_id=4711), row("project", asked_cents=2**40),
    row("project", created_at="2026-01-01T00:00:00"), row("ledger_entry", amount_cents=1), row("account", paid_cents=1),
    row("round", awarded_cents=2**30), row("photo", key="../../../../etc/passwd"), row("person", public_id=None),
    row("account", committed_cents=-1),
]


def test_whatever_is_wrong_is_refused_and_nothing_stays(app, archive, tmp_path):
    before, files = everything(), sorted(tmp_path.rglob("*.jpg"))
    wrong = [(each, False) for each in NOT_SIGNED] + [(each, True) for each in SIGNED]
    let_in = []
    for number, (change, is_signed) in enumerate(wrong):
        try:
            take(changed(archive, change, sign=is_signed))
            let_in.append(number)
        except RuleBroken as broken:
            assert str(broken.sentence).strip()
        assert everything() == before, number
    assert let_in == []
    assert sorted(tmp_path.rglob("*.jpg")) == files


def test_what_unpacks_to_more_than_it_says_is_refused(archive, monkeypatch):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("rows/theme.jsonl", b"\x00" * 50_000_000)
    archive.write_bytes(bomb.getvalue())
    with pytest.raises(RuleBroken):
        take(archive)
    monkeypatch.setattr(round_open, "MOST_BYTES", 40_000_000)
    with pytest.raises(RuleBroken, match="larger"):
        take(archive)


def test_no_archive_at_all_is_refused(tmp_path, app):
    for data in (b"", b"PK", b"x" * 1000):
        (tmp_path / "file").write_bytes(data)
        with pytest.raises(RuleBroken):
            take(tmp_path / "file")


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
