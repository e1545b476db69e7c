"""The privacy page, for everybody."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from incubator.access import public
from incubator.privacy import pages, queries_register

bp = Blueprint("privacy", __name__)


@bp.get("/privacy")
@public
def notice() -> ResponseReturnValue:
    config = flask.current_app.config
    return flask.render_template(
        "privacy/notice.html", sections=pages.sections(queries_register.years()), cookies=pages.COOKIES,
        recipients=pages.recipients(config), mail_link=_mail_link(config["MAIL_FROM"]),
        officer_link=_mail_link(config["OPERATOR"]["data_protection_mail"]),
    )


def _mail_link(mail: str) -> Markup | str:
    return Markup('<a href="mailto:{mail}">{mail}</a>').format(mail=mail) if mail else ""
