"""The page where a round is let go to another city, and where one is taken in."""

import tempfile
from pathlib import Path
from typing import BinaryIO

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from incubator.access import guard
from incubator.foundation.errors import RuleBroken
from incubator.foundation.forms import me, page
from incubator.interchange import operations, queries, waiting
from incubator.interchange.forms import BringForm, LetGoForm, TakeForm
from incubator.interchange.models import Arrival
from incubator.interchange.round_open import opened
from incubator.interchange.round_plan import People
from incubator.policy import Act
from incubator.programme import queries as programme

bp = flask.Blueprint("moving", __name__)
blueprints = (bp,)
WHERE, STORY = "/desk/move", "/desk/rounds/<int:round_id>/came"


def _instance() -> Path:
    return Path(flask.current_app.config["INSTANCE"])


@bp.get(WHERE)
@guard(Act.MOVE_ROUNDS)
def show() -> ResponseReturnValue:
    return _drawn(_offered(), BringForm(formdata=None))


def _offered() -> LetGoForm:
    form = LetGoForm()
    form.round_id.choices = [(each.id, each.name) for each in queries.movable()]
    return form


def _drawn(form: LetGoForm, bring: BringForm) -> ResponseReturnValue:
    drawn = page("interchange/show.html", form if form.errors else bring, go=form, bring=bring,
                 arrivals=queries.arrivals(), can_sign=bool(flask.current_app.config["RECORD_KEY"]))
    return drawn


@bp.post(f"{WHERE}/go")
@guard(Act.MOVE_ROUNDS)
def let_go() -> ResponseReturnValue:
    """Answer with the archive; nothing of it stays here."""
    form, config = _offered(), flask.current_app.config
    if not form.submitted():
        return _drawn(form, BringForm(formdata=None))
    round_ = programme.round_(int(form.round_id.data or 0))
    name = f"{round_.slug}.zip"
    with tempfile.TemporaryDirectory(dir=_instance()) as scratch:
        try:
            operations.export(round_, Path(scratch) / name, People(str(form.people.data)), secret=config["RECORD_KEY"],
                              site=config["BASE_URL"], by=me())
        except RuleBroken as broken:
            form.refuse(broken)
            return _drawn(form, BringForm(formdata=None))
        archive = (Path(scratch) / name).open("rb")  # it has no name any more when it is read
    return _sent(archive, name)


def _sent(archive: BinaryIO, name: str) -> flask.Response:
    answer = flask.send_file(archive, mimetype="application/zip", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.get(STORY)
@guard(Act.SEE_ROUND_BOARD, round=queries.arrival_of)
def story(round: Arrival) -> ResponseReturnValue:
    """Say where a round comes from, and where what happened there is written."""
    return page("interchange/story.html", None, arrival=round, head=queries.head_of(round),
                name=programme.round_(round.round_id).name, journal=waiting.journal_of(_instance(), round))


@bp.get(f"{STORY}/journal.zip")
@guard(Act.SEE_ROUND_BOARD, round=queries.arrival_of)
def journal(round: Arrival) -> ResponseReturnValue:
    folder = waiting.journal_of(_instance(), round) or flask.abort(404)
    with tempfile.TemporaryDirectory(dir=_instance()) as scratch:
        waiting.bundle(folder, Path(scratch) / "journal.zip")
        archive = (Path(scratch) / "journal.zip").open("rb")
    return _sent(archive, f"journal-{round.archive_hash[:12]}.zip")


@bp.post(f"{WHERE}/bring")
@guard(Act.MOVE_ROUNDS)
def bring() -> ResponseReturnValue:
    """Look through an archive: everything is tried, and nothing is kept but the file itself, for a day."""
    form = BringForm()
    sent = form.file.data
    if form.submitted() and isinstance(sent, FileStorage) and sent.filename:
        file = waiting.keep(_instance(), sent.stream)
        try:
            return _looked_through(file)
        except RuleBroken as broken:
            file.unlink(missing_ok=True)
            form.refuse(RuleBroken(broken.sentence, "file"))
    elif not form.errors:
        form.refuse(RuleBroken(_("Please choose a file."), "file"))
    go = _offered()
    return _drawn(go, form)


def _looked_through(file: Path, form: TakeForm | None = None) -> ResponseReturnValue:
    with opened(file) as archive:
        report, manifest = operations.take(archive, by=me(), dry=True), archive.manifest
    form = form or TakeForm(formdata=None, archive=file.stem)
    return page("interchange/look.html", form, report=report, manifest=manifest)


@bp.post(f"{WHERE}/take")
@guard(Act.MOVE_ROUNDS)
def take() -> ResponseReturnValue:
    form = TakeForm()
    file = waiting.place(_instance(), form.archive.data) if form.submitted() else None
    if file is None or not file.is_file():
        flask.flash(_("The archive does not wait here any more. Please choose it once more."), "warning")
        return flask.redirect(flask.url_for("moving.show"), 303)
    try:
        with opened(file) as archive:
            report = operations.take(archive, by=me())
    except RuleBroken as broken:
        flask.flash(str(broken.sentence), "danger")
        return flask.redirect(flask.url_for("moving.show"), 303)
    waiting.keep_journal(_instance(), file)
    file.unlink(missing_ok=True)
    flask.flash(_("The round is here. Invite its people, so that they can go on."))
    return flask.redirect(flask.url_for("progress.round", slug=report.round_slug), 303)
