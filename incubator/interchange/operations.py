"""Let a round go to another installation, and take one in."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from incubator.documents import store as documents
from incubator.foundation import clock
from incubator.foundation.database import db, is_sqlite
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.interchange import round_check, round_pack
from incubator.interchange import round_plan as plan
from incubator.interchange.models import Arrival
from incubator.interchange.round_open import Opened, changed
from incubator.interchange.round_plan import People
from incubator.interchange.round_take import REFUSED, Report, Taking
from incubator.interchange.site_seal import sum_of
from incubator.journal import record
from incubator.media import store
from incubator.payments.models_requests import FundsRequest, RequestState
from incubator.programme.models import Round, RoundState
from incubator.progress import operations_search as search
from incubator.progress.models import Kind
from incubator.projects.models import Project

PDF, JPEG = b"%PDF-", b"\xff\xd8\xff"


class _OnlyTried(Exception):
    """Everything fits; nothing is kept."""


def export(round_: Round, target: Path, people: People, *, secret: str | None, site: str, by: Any) -> dict[str, Any]:
    """Write a round, as it is at one moment, into a signed file, and remember that it was let go."""
    if not secret:
        raise RuleBroken(_l("Set a record key first (RECORD_KEY): without a signature nobody could trust the archive."))
    if round_.state is RoundState.DRAFT:
        raise RuleBroken(_l("This round is still in preparation. Only a round that has begun can move."))
    if db.session.scalar(sa.select(FundsRequest.id).join(Project).where(
        Project.round_id == round_.id, FundsRequest.state == RequestState.ORDERED).limit(1)
    ):
        raise RuleBroken(_l("Money of this round is on its way to the bank. Note first that it was paid."))
    number = round_.id
    db.session.rollback()
    if not is_sqlite():
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    manifest = round_pack.pack(target, db.session.get_one(Round, number), people, secret=secret, site=site)
    with transaction():
        record("round.let_go", by, db.session.get_one(Round, number), people=people, archive=sum_of(target))
    return manifest


def take(opened: Opened, *, by: Any, dry: bool = False) -> Report:
    """Take a round in, all of it or nothing; with `dry` nothing either, but whatever does not fit is said."""
    taking, placed = Taking(opened), list[Path]()
    try:
        with transaction():
            _demand_new(opened)
            taking.all()
            db.session.expire_all()
            round_ = _round_of(taking)
            round_check.demand_sound(round_.id, _back(taking))
            _place_files(taking, placed)
            _remember(opened, taking, round_, by)
            if dry:
                raise _OnlyTried
    except _OnlyTried:
        _take_away(placed)
    except sa.exc.DBAPIError as fault:
        _take_away(placed)
        raise RuleBroken(REFUSED) from fault
    except BaseException:
        _take_away(placed)
        raise
    return taking.report


def _demand_new(opened: Opened) -> None:
    known = sa.select(Arrival.id).where(Arrival.archive_hash == opened.hash)
    if db.session.scalar(known) is not None:
        raise RuleBroken(_l("This archive was taken in before."))
    (number,) = [row.get("id") for row in opened.rows("round")] or [None]
    for arrival in db.session.scalars(sa.select(Arrival).where(
        Arrival.site == opened.manifest["site"], Arrival.public_key == opened.manifest["public_key"])
    ):
        if str(number) in arrival.numbers.get("round", {}):
            raise RuleBroken(_l("This round was taken in before, with another archive of the same installation."))


def _round_of(taking: Taking) -> Round:
    numbers = list(taking.numbers["round"].values())
    if len(numbers) != 1:
        raise RuleBroken(changed("rows/round.jsonl"))
    return db.session.get_one(Round, numbers[0])


def _back(taking: Taking) -> dict[str, dict[int, int]]:
    return {name: {here: there for there, here in known.items()} for name, known in taking.numbers.items()}


def _place_files(taking: Taking, placed: list[Path]) -> None:
    """Put files beside their rows, each checked for what it says it is; a file without a row is refused."""
    wanted = {name for name in taking.opened.manifest["members"] if name.startswith("files/")}
    for (kind, there), here in taking.keys.items():
        for end, place in _places(kind, here):
            name = f"files/{kind}-{there}{end}"
            if name not in wanted:
                continue
            wanted.discard(name)
            data = taking.opened.file(name) or b""
            if not data.startswith(PDF if end.endswith("pdf") else JPEG):
                raise RuleBroken(changed(name))
            store.write_file(place, data)
            placed.append(place)
    if wanted:
        raise RuleBroken(changed(min(wanted)))


def _places(kind: str, key: str) -> list[tuple[str, Path]]:
    if kind == plan.DOCUMENT:
        return [(".pdf", documents.place(key))]
    pictures = [("-small.jpg", store.place(key, small=True)), (".jpg", store.place(key))]
    return [*pictures, (".pdf", store.place(key, kind=store.PDF))] if kind == plan.PAPER else pictures


def _take_away(placed: list[Path]) -> None:
    for each in placed:
        each.unlink(missing_ok=True)


def _remember(opened: Opened, taking: Taking, round_: Round, by: Any) -> None:
    manifest, head = opened.manifest, opened.manifest["journal"]
    db.session.add(Arrival(
        archive_hash=opened.hash, site=manifest["site"], public_key=manifest["public_key"], round_id=round_.id,
        numbers={name: {str(there): here for there, here in known.items()} for name, known in taking.numbers.items()},
        taken_by_id=getattr(by, "id", None), taken_at=clock.now()))
    record("round.arrived", by, round_, archive=opened.hash, key=manifest["public_key"], number=head["number"],
           hash=head["hash"])
    if search.is_begun():
        search.index_projects(list(taking.numbers["project"].values()))
        for kind, table in ((Kind.WORKSHOP, "workshop"), (Kind.IDEA, "idea"), (Kind.EVIDENCE, "need_evidence")):
            search.index(kind, taking.numbers[table].values())
    db.session.flush()
