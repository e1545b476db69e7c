"""News, and the photos only insiders see."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.addresses import asked_number
from incubator.foundation.forms import me, page
from incubator.media.routes import file_of
from incubator.milestones import operations, queries, rules_updates
from incubator.milestones.forms import NewsForm
from incubator.milestones.models import Update, UpdateState
from incubator.milestones.queries import ProjectPhoto
from incubator.milestones.routes_plan import at_once, to_show, warn_of_photos
from incubator.milestones.routes_report import bp
from incubator.milestones.sights import sight_of_form
from incubator.policy import Act
from incubator.projects import queries as projects
from incubator.projects.models import Project


@bp.route("/desk/projects/<int:project_id>/updates/write", methods=["GET", "POST"])
@guard(Act.WRITE_UPDATE, project=projects.project)
def write_update(project: Project) -> ResponseReturnValue:
    form = NewsForm(data=_begun(project))
    sight = None
    if form.submitted():
        if form.preview.data:
            sight = sight_of_form(form, clock.now())
        elif form.carry_out(operations.write_update, project, me(), **form.values()):
            flash(said_of_sending(project))
            warn_of_photos(form)
            return to_show(project.id)
    return page("milestones/write_update.html", form, project=project, sight=sight)


def _begun(project: Project) -> dict[str, Any]:
    """Return the words of news that was taken back, where it is to be written anew."""
    number = asked_number("again")
    old = queries.update_of(project.id, number) if number else None
    if old is None or old.state is not UpdateState.WITHDRAWN:
        return {}
    return {"title": old.title, "text": old.text, "language": old.language}


def said_of_sending(project: Project) -> str:
    if project.round.reviews_news:
        return _("Thank you! The coordination reads it, then everybody can.")
    return _("Published. Everybody can read it now.")


@bp.route("/desk/updates/<int:update_id>/withdraw", methods=["POST"])
@guard(Act.WITHDRAW_NEWS, update=queries.update)
def withdraw_update(update: Update) -> ResponseReturnValue:
    waits = update.state in rules_updates.WAITING
    done = _("It was taken back.") if waits else _("It is no longer public.")
    at_once(done, operations.withdraw_update, update, me())
    return to_show(update.project_id)


@bp.route("/desk/photos/<string(length=32):photo_key>.jpg")
@guard(Act.SEE_PHOTO, hidden=True, photo=queries.project_photo)
def photo(photo: ProjectPhoto) -> ResponseReturnValue:
    return file_of(photo.photo.key, small=False)


@bp.route("/desk/photos/<string(length=32):photo_key>-small.jpg")
@guard(Act.SEE_PHOTO, hidden=True, photo=queries.project_photo)
def small_photo(photo: ProjectPhoto) -> ResponseReturnValue:
    return file_of(photo.photo.key, small=True)


@bp.route("/desk/photos/<string(length=32):photo_key>/withdraw", methods=["POST"])
@guard(Act.WITHDRAW_NEWS, hidden=True, photo=queries.project_photo)
def withdraw_photo(photo: ProjectPhoto) -> ResponseReturnValue:
    project_id = photo.project.id
    at_once(_("Nobody sees this photo any more."), operations.withdraw_photo, photo.photo, me())
    return to_show(project_id)
