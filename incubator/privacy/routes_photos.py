"""People in a photo are asked again."""

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation.forms import me, page
from incubator.milestones import queries as milestones
from incubator.milestones.queries import ProjectPhoto
from incubator.policy import Act
from incubator.privacy import operations_photos
from incubator.privacy.forms_erasure import RenewForm

bp = flask.Blueprint("consents", __name__)


@bp.route("/desk/photos/<string(length=32):photo_key>/renew", methods=["GET", "POST"])
@guard(Act.WRITE_UPDATE, hidden=True, photo=milestones.project_photo)
def renew(photo: ProjectPhoto) -> ResponseReturnValue:
    form, project = RenewForm(), photo.project
    if form.submitted() and form.carry_out(operations_photos.renew_consent, photo.photo, me(), **form.values()):
        flask.flash(_("Thank you! The photo stays until that day."))
        return flask.redirect(flask.url_for("milestones.show", project_id=project.id), 303)
    return page("privacy/renew.html", form, photo=photo.photo, project=project)
