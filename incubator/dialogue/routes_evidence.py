"""Pages on which findings are written down and corrected."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.dialogue import operations, queries
from incubator.dialogue.forms import EditEvidenceForm, EvidenceForm
from incubator.dialogue.models import EvidenceKind, NeedEvidence
from incubator.dialogue.routes_frame import bp, offer_places
from incubator.foundation import clock, language
from incubator.foundation.forms import me, page
from incubator.policy import Act


@bp.route("/desk/evidence/add", methods=["GET", "POST"])
@guard(Act.KEEP_EVIDENCE)
def add_evidence() -> ResponseReturnValue:
    form = EvidenceForm(data={"kind": EvidenceKind.SURVEY, "language": language.current().code,
                              "year": clock.today().year})
    offer_places(form, _("The whole city"))
    if form.submitted() and form.carry_out(operations.record_evidence, me(), **form.values()):
        flash(_("The finding is written down. Everybody can read it."))
        return redirect(url_for("dialogue.home"), 303)
    return page("dialogue/evidence.html", form, evidence=None)


@bp.route("/desk/evidence/<int:evidence_id>", methods=["GET", "POST"])
@guard(Act.KEEP_EVIDENCE, evidence=queries.evidence)
def edit_evidence(evidence: NeedEvidence) -> ResponseReturnValue:
    form = EditEvidenceForm(obj=evidence)
    offer_places(form, _("The whole city"))
    if form.submitted() and form.carry_out(
        operations.change_evidence, evidence, me(), form.version.data, **form.values()
    ):
        flash(_("The changes were saved."))
        return redirect(url_for("dialogue.home"), 303)
    return page("dialogue/evidence.html", form, evidence=evidence)
