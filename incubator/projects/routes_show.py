"""The page that says where a project stands, what happens next, and who must act."""

from flask.typing import ResponseReturnValue

from incubator.access import guard
from incubator.foundation.forms import me, page
from incubator.journal.queries import of_project
from incubator.policy import Act
from incubator.projects import next_steps, queries, rules, rules_history
from incubator.projects.lifecycle import Status, Who, steps_from
from incubator.projects.models import Project
from incubator.projects.queries_check import points
from incubator.projects.routes_frame import bp, missing
from incubator.projects.rules_carrier import may_still_change
from incubator.projects.rules_check import other_words
from incubator.projects.rules_translation import is_awaited

LONGEST_HISTORY = 200
RECENT = 6


@bp.route("/desk/projects/<int:project_id>")
@guard(Act.SEE_PROJECT, project=queries.project)
def show(project: Project) -> ResponseReturnValue:
    roles, signatures = next_steps.roles_in(project, me()), queries.open_signatures(project.id)
    has_signed = project.status is Status.REPORT_SUBMITTED and any(
        each.proposed_by_id == me().id for each in signatures)
    main = None if has_signed else next_steps.main_page(project.status, roles) or _paper(project, roles)
    sentence = next_steps.SIGNED if has_signed else next_steps.sentence(project.status, roles)
    if main is next_steps.TRANSLATE:
        sentence = next_steps.TRANSLATE_NOW
    return page(
        "projects/show.html", project=project, sentence=sentence,
        last_day=project.translation_due_on if main is next_steps.TRANSLATE else next_steps.last_day(project),
        must_act=_who_must_act(project), main=main,
        others=_other_pages(project, main), signatures=signatures,
        missing=missing(project) if project.status in rules.EDITABLE else [], history=history(project), recent=RECENT,
        latest_reason=_latest_reason(project),
    )


def _paper(project: Project, roles: tuple[Who, ...]) -> next_steps.Page | None:
    """Return the page for the one paper that holds a project up, to whoever can bring it while it is missing."""
    if project.status is Status.SUBMITTED and is_awaited(project) and Who.LEAD in roles:
        return next_steps.TRANSLATE
    waits = project.status is Status.MENTORING and project.carrier_id and project.carrier_agreed_on is None
    return next_steps.CARRIER_AGREEMENT if waits and Who.COORDINATOR in roles else None


def _who_must_act(project: Project) -> list[tuple[Who, list[str]]]:
    people = {Who.LEAD: project.leads, Who.MENTOR: project.mentors}
    return [
        (who, [person.name for person in people.get(who, ())])
        for who in next_steps.MUST_ACT.get(project.status, ())
    ]


def _other_pages(project: Project, main: next_steps.Page | None) -> list[next_steps.Page]:
    """Return the pages of all other steps that the table allows from here, each once."""
    found = [next_steps.PAGES[step.action] for step in steps_from(project.status) if step.action in next_steps.PAGES]
    if project.carrier_id and project.carrier_agreed_on is None and project.status not in rules.FINISHED:
        found.append(next_steps.CARRIER_AGREEMENT)
    if project.carrier_agreed_on is None and may_still_change(project):
        found.append(next_steps.CARRIER)
    return [each for each in dict.fromkeys(found) if main is None or each.endpoint != main.endpoint]


def history(project: Project) -> list[rules_history.Line]:
    """Return what happened, the newest first."""
    entries = of_project(project.id, rules_history.TOLD, limit=LONGEST_HISTORY)
    names = queries.names_of(rules_history.people_in(entries))
    return rules_history.lines(entries, names, queries.reasons(project.id))


def _latest_reason(project: Project) -> str:
    if project.status in rules.FINISHED:
        return project.end_reason
    if project.status not in rules.EDITABLE:
        return ""
    return other_words(project.return_reason, points(project))
