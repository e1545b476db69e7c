"""A list of findings comes as a file: it is looked through first, and stored only after a yes."""

import csv
import io

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from incubator.access import guard
from incubator.dialogue import operations_import, rules_import
from incubator.dialogue.forms_evidence import TakeForm, UploadForm
from incubator.dialogue.models import EvidenceKind
from incubator.dialogue.operations_import import Taken
from incubator.dialogue.routes_frame import bp
from incubator.dialogue.rules import SPOKEN
from incubator.foundation.errors import RuleBroken
from incubator.foundation.forms import me, page
from incubator.foundation.language import current
from incubator.policy import Act
from incubator.programme import queries as programme


@bp.route("/desk/evidence/import", methods=["GET", "POST"])
@guard(Act.KEEP_EVIDENCE)
def import_evidence() -> ResponseReturnValue:
    if "carried" in flask.request.form:
        return _take()
    form = UploadForm()
    if form.submitted():
        try:
            return _preview(form.text)
        except RuleBroken as broken:
            form.refuse(broken)
    return _ask(form)


def _ask(form: UploadForm) -> ResponseReturnValue:
    return page("dialogue/import_evidence.html", form, kinds=EvidenceKind, spoken=SPOKEN, themes=programme.themes())


def _preview(text: str, form: TakeForm | None = None) -> ResponseReturnValue:
    lines = operations_import.look_through(text)
    form = form or TakeForm(formdata=None, carried=rules_import.packed(text))
    names = {each.id: each.name(current().code) for each in programme.themes()}
    places = {each.id: each.name for each in programme.districts()}
    return page(
        "dialogue/import_preview.html", form, themes=names, districts=places,
        good=[line for line in lines if line.fields is not None],
        refused=[line for line in lines if line.fields is None],
    )


def _take() -> ResponseReturnValue:
    form = TakeForm()
    if form.submitted() and form.carry_out(operations_import.take_findings, me(), carried=form.carried.data):
        flask.flash(_told(form.outcome))
        return flask.redirect(flask.url_for("dialogue.home") + "#needs", 303)
    try:
        return _preview(rules_import.unpacked(form.carried.data or ""), form)
    except RuleBroken as broken:
        upload = UploadForm(formdata=None)
        upload.refuse(broken)
        return _ask(upload)


def _told(taken: Taken) -> str:
    """Say what was stored and what was left out; the same yes sent again only says that it was heard."""
    if not isinstance(taken, Taken):
        return _("These findings were written down before. Nothing was stored twice.")
    stored = ngettext("One finding is written down.", "%(num)s findings are written down.", taken.number)
    if not taken.left_out:
        return stored
    left = current().comma.join(str(number) for number in taken.left_out[:20])
    more = " …" if len(taken.left_out) > 20 else ""
    return f"{stored} {_('Lines that were left out: %(lines)s', lines=left + more)}"


@bp.get("/desk/evidence/import/template.csv")
@guard(Act.KEEP_EVIDENCE)
def import_template() -> ResponseReturnValue:
    """Return an empty table with the names of the columns; the mark at its beginning tells Excel the encoding."""
    table = io.StringIO()
    csv.writer(table, delimiter=";", lineterminator="\r\n").writerow(rules_import.COLUMNS)
    answer = flask.Response("\ufeff" + table.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="findings.csv"'
    return answer
