"""What a phone needs to be of use without a network: a name and a look, two pages that hold nobody's data, and for
those who work on projects what they can write about and the mark of a form that was begun without a network."""

from typing import Any

import flask
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from incubator.access import guard, may_open, public
from incubator.desk import queries_offline
from incubator.foundation import headers, language, rendering
from incubator.foundation.forms import me
from incubator.milestones.forms import NewsForm, ReportForm
from incubator.milestones.models import Milestone
from incubator.payments import queries_receipts
from incubator.payments.forms_receipts import ReceiptForm, name_of
from incubator.payments.rules_receipts import ENTERING
from incubator.policy import Act
from incubator.projects.lifecycle import Status
from incubator.projects.models import Project

bp = flask.Blueprint("offline", __name__)
COLOUR, PAPER = "#0b4a52", "#fbf7f0"
DAY = 86_400
ICONS = (("icon-192", 192, "any"), ("icon-512", 512, "any"), ("maskable-192", 192, "maskable"),
         ("maskable-512", 512, "maskable"))


@bp.get("/app.webmanifest")
@public
def manifest() -> ResponseReturnValue:
    """Say how the programme stands among the apps of a phone, in one language and in the city's colour."""
    config, here = flask.current_app.config, language.current()
    answer = flask.jsonify({
        "id": "/", "scope": "/", "start_url": flask.url_for("progress.home"), "display": "minimal-ui",
        "name": config["SITE_NAME"], "short_name": config["CITY_NAME"], "lang": here.html, "dir": here.dir,
        "theme_color": config["CITY_COLOUR"] or COLOUR, "background_color": PAPER,
        "icons": [{"src": rendering.asset(f"icons/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png",
                   "purpose": purpose} for name, size, purpose in ICONS],
    })
    answer.mimetype = "application/manifest+json"
    answer.cache_control.public, answer.cache_control.max_age = True, DAY
    return answer


@bp.get("/offline")
@public
def show() -> ResponseReturnValue:
    """The page that stands in for what was never read; the device keeps it."""
    headers.kept_always()
    return flask.render_template("desk/offline.html")


@bp.get("/offline/write")
@public
def write() -> ResponseReturnValue:
    """Empty forms. Whom they are about stands only on the device of whoever fills them in."""
    headers.kept_always()
    forms = {"report": ReportForm, "news": NewsForm, "receipt": ReceiptForm}
    drawn = {name: form(formdata=None, meta={"csrf": False}) for name, form in forms.items()}
    return flask.render_template("desk/write.html", forms=drawn)


@bp.get("/offline/mine")
@guard(Act.SEE_DESK)
def mine() -> ResponseReturnValue:
    """Name what this person can write about; their device keeps it until they sign out."""
    projects = [_named(*each) for each in queries_offline.writable(me())]
    return {"person": me().public_id, "projects": projects}


def _named(project: Project, milestones: list[Milestone]) -> dict[str, Any]:
    news = project.status is not Status.REVOKED and may_open("milestones.write_update", project)
    takes_receipts = project.round.asks_receipts and project.status in ENTERING
    lines = queries_receipts.line_uses(project) if takes_receipts else []
    return {
        "title": project.title, "language": project.language,
        "news": flask.url_for("milestones.write_update", project_id=project.id) if news else None,
        "receipt": flask.url_for("payments.enter_receipt", project_id=project.id) if lines else None,
        "lines": [[str(use.root_id), name_of(use)] for use in lines],
        "milestones": [{
            "title": each.title, "language": each.language,
            "report": flask.url_for("milestones.report", milestone_id=each.id),
        } for each in milestones],
    }


@bp.get("/offline/token")
@public
def token() -> ResponseReturnValue:
    """Say who is signed in, and give the mark that a form needs which was filled in long before."""
    if not current_user.is_authenticated:
        return {"person": None}
    return {"person": me().public_id, "token": generate_csrf()}
