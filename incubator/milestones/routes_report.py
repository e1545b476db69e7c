"""Reporting milestones and answering reports."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.forms import me, page
from incubator.milestones import operations, queries
from incubator.milestones.forms import ReportForm, ReviewForm
from incubator.milestones.models import Milestone, Update
from incubator.milestones.routes_plan import bp, to_show, warn_of_photos
from incubator.policy import Act


@bp.route("/desk/milestones/<int:milestone_id>/report", methods=["GET", "POST"])
@guard(Act.REPORT_MILESTONE, milestone=queries.milestone)
def report(milestone: Milestone) -> ResponseReturnValue:
    update = queries.report_of(milestone.id)
    form = ReportForm(data=_begun(milestone, update))
    if form.submitted() and form.carry_out(operations.report, milestone, me(), **form.values()):
        flash(_("Thank you! Your mentor looks at it now."))
        warn_of_photos(form)
        return to_show(milestone.project_id)
    photos = [photo for photo in update.photos if photo.withdrawn_at is None] if update else []
    return page("milestones/report.html", form, project=milestone.project, milestone=milestone, photos=photos)


def _begun(milestone: Milestone, update: Update | None) -> dict[str, Any]:
    """Return what the form begins with: today, or what was written before the mentor returned it."""
    if update is None:
        return {"actual_on": clock.today()}
    return {
        "actual_on": milestone.actual_on, "evidence": milestone.evidence, "text": update.text,
        "title": update.title if update.title != milestone.title else "", "language": update.language,
    }


@bp.route("/desk/milestones/<int:milestone_id>/review", methods=["GET", "POST"])
@guard(Act.ACCEPT_MILESTONE, milestone=queries.milestone)
def review(milestone: Milestone) -> ResponseReturnValue:
    form = ReviewForm()
    if form.submitted() and _answered(form, milestone):
        return redirect(url_for("milestones.show", project_id=milestone.project_id), 303)
    update = queries.report_of(milestone.id)
    photos = [photo for photo in update.photos if photo.withdrawn_at is None] if update else []
    return page(
        "milestones/review.html", form, project=milestone.project, milestone=milestone, update=update, photos=photos
    )


def _answered(form: ReviewForm, milestone: Milestone) -> bool:
    if form.answer.data == "accept" and form.carry_out(operations.accept, milestone, me()):
        flash(_("Accepted. The news is public now."))
        return True
    if form.answer.data == "return" and form.carry_out(
        operations.return_report, milestone, me(), reason=form.reason.data or ""
    ):
        flash(_("The report went back to the team."))
        return True
    return False
