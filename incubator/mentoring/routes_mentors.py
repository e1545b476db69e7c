"""Pages on which mentors are asked and answer, and a project is admitted."""

from babel import Locale
from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.accounts import queries as people
from incubator.foundation import clock, language
from incubator.foundation.forms import ActForm, me, page
from incubator.mentoring import operations, queries, rules
from incubator.mentoring.forms import AnswerForm, EndForm, ProposeForm
from incubator.mentoring.models import Assignment, AssignmentState
from incubator.mentoring.routes_frame import bp
from incubator.policy import Act
from incubator.projects.lifecycle import BY_ACTION, Action
from incubator.projects.models import Project
from incubator.projects.queries import project as load


@bp.route("/desk/projects/<int:project_id>/mentoring/propose", methods=["GET", "POST"])
@guard(Act.PROPOSE_MENTOR, project=load)
def propose(project: Project) -> ResponseReturnValue:
    pool = queries.candidates(project, clock.today())
    free = {each.person.id: each for each in pool if each.obstacle is None}
    form = ProposeForm()
    form.person_id.choices = [
        (number, _("%(name)s – %(why)s", name=each.person.name, why=_why(each, project)))
        for number, each in free.items()
    ]
    if form.submitted():
        person = free[int(form.person_id.data or 0)].person
        if form.carry_out(operations.propose, project, person, me()):
            flash(_("%(name)s was asked and gets a letter.", name=person.name))
            return redirect(url_for("mentoring.show", project_id=project.id), 303)
    return page(
        "mentoring/propose.html", form, project=project, free=free, is_time=project.status in rules.FINDING,
        hindered=[each for each in pool if each.obstacle is not None],
    )


def _why(each: queries.Candidate, project: Project) -> str:
    """Say in a line why somebody stands where they stand."""
    said, spoken = [], language.current()
    if each.fit.speaks:
        names = (Locale.parse(code).get_display_name(spoken.babel) or code for code in each.fit.speaks)
        said.append(_("speaks %(languages)s", languages=spoken.comma.join(names)))
    if each.fit.knows_theme and project.theme is not None:
        said.append(_("knows %(theme)s", theme=project.theme.name(spoken.code)))
    most = project.round.mentor_max_projects
    said.append(_("%(load)s of %(most)s projects", load=each.load, most=most))
    return " · ".join(said)


@bp.route("/desk/assignments/<int:assignment_id>", methods=["GET", "POST"])
@guard(Act.ANSWER_ASSIGNMENT, assignment=queries.assignment)
def answer(assignment: Assignment) -> ResponseReturnValue:
    form, project = AnswerForm(), assignment.project
    if form.submitted() and form.carry_out(operations.answer, assignment, me(), **form.values()):
        if assignment.state is AssignmentState.ACCEPTED:
            flash(_("Thank you! Please arrange a first talk with the team."))
            return redirect(url_for("mentoring.show", project_id=project.id), 303)
        flash(_("Thank you for your answer. The coordination asks somebody else."))
        return redirect(url_for("desk.home"), 303)
    return page(
        "mentoring/answer.html", form, assignment=assignment, project=project,
        waits=assignment.state is AssignmentState.PROPOSED,
        concerned=sorted(queries.concerned(project, clock.today()).values()),
    )


@bp.route("/desk/assignments/<int:assignment_id>/end", methods=["GET", "POST"])
@guard(Act.PROPOSE_MENTOR, assignment=queries.assignment)
def end(assignment: Assignment) -> ResponseReturnValue:
    form, project = EndForm(), assignment.project
    free = [each for each in queries.candidates(project, clock.today()) if each.obstacle is None]
    form.successor_id.choices = [("", _("Nobody yet")), *((each.person.id, each.person.name) for each in free)]
    if form.submitted():
        successor = people.person(form.successor_id.data) if form.successor_id.data else None
        if form.carry_out(operations.end, assignment, me(), form.reason.data, successor=successor,
                          note=form.note.data or ""):
            flash(_("The mentor’s part has ended."))
            return redirect(url_for("mentoring.show", project_id=project.id), 303)
    return page(
        "mentoring/end.html", form, assignment=assignment, project=project, waits=assignment.state in rules.OPEN
    )


@bp.route("/desk/projects/<int:project_id>/admit", methods=["GET", "POST"])
@guard(Act.CHECK_PROPOSAL, project=load)
def admit(project: Project) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operations.admit, project, me()):
        flash(_("The project is admitted to mentoring. The team gets a letter."))
        return redirect(url_for("projects.show", project_id=project.id), 303)
    return page(
        "mentoring/admit.html", form, project=project, has_mentor=queries.has_accepted_mentor(project.id),
        waits=project.status in BY_ACTION[Action.ADMIT].sources,
    )
