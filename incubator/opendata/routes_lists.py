"""The lists that the office takes along, and the button that makes the open data anew."""

import tempfile
from pathlib import Path

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.accounts.routes_frame import flash_problems
from incubator.foundation import clock, language
from incubator.foundation.forms import Form, me, page
from incubator.opendata import lists, operations_lists, queries_lists
from incubator.opendata.forms import ListForm
from incubator.opendata.rules_lists import LIST_LABELS, List
from incubator.opendata.rules_lists import Form as FileForm
from incubator.policy import Act
from incubator.programme import queries as programme

bp = flask.Blueprint("lists", __name__)


def _form() -> ListForm:
    form = ListForm()
    form.round_id.choices = [("", _("All rounds")), *((each.id, each.name) for each in programme.rounds())]
    return form


@bp.get("/desk/lists")
@guard(Act.EXPORT_LISTS)
def show() -> ResponseReturnValue:
    return _page(_form())


def _page(form: ListForm) -> tuple[str, int]:
    return page("opendata/lists.html", form, taken=queries_lists.taken_along(me()), labels=LIST_LABELS)


@bp.post("/desk/lists/take")
@guard(Act.EXPORT_LISTS)
def take() -> ResponseReturnValue:
    """Write the list, note that it was taken, and hand it over; where the note fails there is no list."""
    form = _form()
    if not form.submitted():
        return _page(form)
    kind, ending = List(str(form.kind.data)), FileForm(str(form.form.data))
    person, round_id = me(), form.round_id.data
    with tempfile.TemporaryDirectory(prefix="list") as scratch:
        path = Path(scratch) / f"list.{ending}"
        number = lists.write(path, kind, ending, person, round_id, language.current().code)
        file = path.open("rb")  # read on after the folder is gone
    if not form.carry_out(operations_lists.note, person, kind, ending, round_id, number):
        file.close()
        return _page(form)
    answer = flask.send_file(file, mimetype=lists.TYPES[ending], as_attachment=True,
                             download_name=f"{kind}-{clock.today().isoformat()}.{ending}")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.post("/desk/open-data/make")
@guard(Act.PUBLISH_DATA)
def make() -> ResponseReturnValue:
    form = Form()
    if form.submitted() and form.carry_out(operations_lists.ask_anew, me()):
        flask.flash(_("The files are made anew within minutes, where there is anything new."))
    flash_problems(form)
    return flask.redirect(flask.url_for("opendata.show"), 303)
