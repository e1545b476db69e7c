"""Papers that go with a proposal: added and taken away by the team, read by everybody inside."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation.forms import ActForm, me, page
from incubator.media import waiting
from incubator.media.routes import answer_with
from incubator.policy import Act
from incubator.projects import operations_attachments as operations
from incubator.projects import queries
from incubator.projects import queries_attachments as papers
from incubator.projects import rules_attachments as rules
from incubator.projects.forms_attachments import AttachmentForm
from incubator.projects.models import Project
from incubator.projects.models_proposal import Attachment
from incubator.projects.routes_frame import bp


@bp.app_context_processor
def _proposal_papers() -> dict[str, object]:
    return {"attachments_of": papers.attachments, "attachments_open": rules.is_open}


@bp.route("/desk/projects/<int:project_id>/attachments", methods=["GET", "POST"])
@guard(Act.EDIT_PROPOSAL, project=queries.project)
def attachments(project: Project) -> ResponseReturnValue:
    form = AttachmentForm()
    if waiting.receive(form, me(), project_id=project.id) and form.carry_out(
        operations.add_attachments, project, me(), **form.values()
    ):
        flash(_("The file goes with your proposal now."))
        return redirect(url_for("projects.attachments", project_id=project.id), 303)
    found = papers.attachments(project)
    return page("projects/attachments.html", form, project=project, attachments=found, is_open=rules.is_open(project),
                is_full=len(found) >= rules.MOST, most=rules.MOST)


@bp.route("/desk/attachments/<int:attachment_id>")
@guard(Act.SEE_PROJECT, hidden=True, attachment=papers.attachment)
def attachment(attachment: Attachment) -> ResponseReturnValue:
    return answer_with(attachment.paper, small=request.args.get("size") == "small")


@bp.route("/desk/attachments/<int:attachment_id>/remove", methods=["GET", "POST"])
@guard(Act.EDIT_PROPOSAL, hidden=True, attachment=papers.attachment)
def remove_attachment(attachment: Attachment) -> ResponseReturnValue:
    form, project = ActForm(), attachment.project
    if form.submitted() and form.carry_out(operations.remove_attachment, attachment, me()):
        flash(_("The file was taken away."))
        return redirect(url_for("projects.attachments", project_id=project.id), 303)
    return page("projects/attachments_remove.html", form, project=project, attachment=attachment,
                is_open=rules.is_open(project))
