"""The whole proposal on paper."""

from flask.typing import ResponseReturnValue

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.forms import page
from incubator.policy import Act
from incubator.projects import queries, rules_autosave
from incubator.projects.models import Project
from incubator.projects.routes_frame import bp


@bp.route("/desk/projects/<int:project_id>/proposal/print")
@guard(Act.SEE_PROJECT, project=queries.project)
def print_proposal(project: Project) -> ResponseReturnValue:
    return page("projects/print.html", project=project, today=clock.today(),
                progress=rules_autosave.progress(project))
