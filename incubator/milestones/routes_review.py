"""One piece of news for those who work on it: read before everybody does, changed, corrected, its earlier words."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.forms import me, page
from incubator.milestones import operations, queries, rules_updates, tongues
from incubator.milestones.forms import ChangeNewsForm, CorrectionForm, ReadForm
from incubator.milestones.models import Update, UpdateState
from incubator.milestones.routes_plan import to_show, warn_of_photos
from incubator.milestones.routes_updates import bp
from incubator.milestones.sights import sight_of, sight_of_form
from incubator.policy import Act

NEWS = ("title", "text", "language")


@bp.get("/desk/updates/<int:update_id>")
@guard(Act.SEE_PROJECT, update=queries.update)
def update(update: Update) -> ResponseReturnValue:
    return page(
        "milestones/update.html", project=update.project, update=update, sight=sight_of(update, clock.today()),
        versions=queries.versions(update.id), waiting=rules_updates.WAITING,
    )


@bp.route("/desk/updates/<int:update_id>/review", methods=["GET", "POST"])
@guard(Act.REVIEW_NEWS, update=queries.update)
def review_update(update: Update) -> ResponseReturnValue:
    form = ReadForm(data={"version": update.version})
    if form.submitted() and _answered(form, update):
        return redirect(url_for("desk.home"), 303)
    return page(
        "milestones/review_update.html", form, project=update.project, update=update,
        sight=sight_of(update, clock.today()), waits=update.state is UpdateState.PROPOSED,
    )


def _answered(form: ReadForm, update: Update) -> bool:
    version = form.version.data
    if form.answer.data == "publish" and form.carry_out(operations.publish_update, update, me(), version=version):
        flash(_("Published. Everybody can read it now."))
        return True
    if form.answer.data == "return" and form.carry_out(
        operations.return_update, update, me(), note=form.note.data or "", version=version
    ):
        flash(_("It went back to the team, with your note."))
        return True
    return False


@bp.route("/desk/updates/<int:update_id>/change", methods=["GET", "POST"])
@guard(Act.WRITE_UPDATE, update=queries.update)
def change_update(update: Update) -> ResponseReturnValue:
    form = ChangeNewsForm(data=_drawn(update))
    form.language.choices = tongues.choices(update.language)
    sight = None
    if form.submitted():
        if form.preview.data:
            sight = sight_of_form(form, clock.now(), update)
        elif form.carry_out(operations.change_update, update, me(), version=form.version.data, **form.values()):
            flash(_("Thank you! The coordination reads it, then everybody can."))
            warn_of_photos(form)
            return to_show(update.project_id)
    return page(
        "milestones/change_update.html", form, project=update.project, update=update, sight=sight,
        waits=update.state in rules_updates.WAITING, photos=_photos(update),
    )


@bp.route("/desk/updates/<int:update_id>/correct", methods=["GET", "POST"])
@guard(Act.CORRECT_NEWS, update=queries.update)
def correct_update(update: Update) -> ResponseReturnValue:
    form = CorrectionForm(data=_drawn(update))
    form.language.choices = tongues.choices(update.language)
    if form.submitted() and form.carry_out(
        operations.correct_update, update, me(), version=form.version.data, **form.values()
    ):
        flash(_("Corrected. Everybody reads the new words now, and that they were corrected."))
        return redirect(url_for("milestones.update", update_id=update.id), 303)
    return page(
        "milestones/correct_update.html", form, project=update.project, update=update,
        is_public=update.state is UpdateState.PUBLISHED, photos=_photos(update),
    )


def _drawn(update: Update) -> dict[str, Any]:
    words = [{"key": photo.key, "alt": photo.alt} for photo in update.photos if photo.withdrawn_at is None]
    return {name: getattr(update, name) for name in NEWS} | {"version": update.version, "words": words}


def _photos(update: Update) -> dict[str, Any]:
    return {photo.key: photo for photo in update.photos if photo.withdrawn_at is None}
