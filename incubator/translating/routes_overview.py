"""How far each language is, and what is to be done in one of them."""

import flask
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from incubator.access import guard
from incubator.foundation.addresses import asked_text
from incubator.foundation.forms import me, page
from incubator.foundation.language import BY_CODE
from incubator.policy import Act
from incubator.projects import queries as projects
from incubator.projects.models import Project
from incubator.translating import operations, queries, queries_machine, rules
from incubator.translating.forms import STANDINGS, AllForm, kinds
from incubator.translating.jobs import engine
from incubator.translating.queries_sources import SOURCES
from incubator.translating.routes_frame import bp, flash_problems, language_or_404
from incubator.translating.rules import TO_WRITE, Standing


@bp.get("/desk/translations")
@guard(Act.TRANSLATE)
def index() -> ResponseReturnValue:
    return page("translating/index.html", progress=queries.progress())


@bp.get("/desk/translations/<string:code>")
@guard(Act.TRANSLATE)
def queue(code: str) -> ResponseReturnValue:
    target = language_or_404(code)
    show, kind = _chosen()
    found = queries.queue(
        code, wanted=(show,) if show else TO_WRITE, kind=kind, after=asked_text("after", 40))
    [progress] = [each for each in queries.progress() if each.language == target]
    return page(
        "translating/queue.html", AllForm(), target=target, queue=found, progress=progress, show=show, kind=kind,
        kinds=kinds(), standings=[(each.value, each.label) for each in STANDINGS],
        machine=engine() is not None and rules.machine_knows(code),
        awaited=queries_machine.number_awaited(code), most=rules.AT_ONCE,
    )


def _chosen() -> tuple[Standing | None, str]:
    """Read what the list is narrowed to; what is not known narrows nothing."""
    show, kind = asked_text("show", 20), asked_text("kind", 20)
    known = {each.value: each for each in STANDINGS}
    return known.get(show), kind if kind in SOURCES else ""


@bp.post("/desk/translations/<string:code>/publish")
@guard(Act.MANAGE_TRANSLATIONS)
def publish_all(code: str) -> ResponseReturnValue:
    """Publish everything in a language that a second person found right."""
    language_or_404(code)
    form = AllForm()
    if form.submitted() and form.carry_out(operations.publish_all, code, me()):
        number = form.outcome if isinstance(form.outcome, int) else 0
        flask.flash(ngettext("One text was published.", "%(num)s texts were published.", number))
    flash_problems(form)
    return flask.redirect(flask.url_for("translating.queue", code=code), 303)


@bp.get("/desk/projects/<int:project_id>/translations")
@guard(Act.TRANSLATE_THING, project=projects.project)
def of_project(project: Project) -> ResponseReturnValue:
    """What of a project is missing, for whoever leads it."""
    target = BY_CODE.get(asked_text("to", 20))
    found = queries.queue(
        target.code, wanted=tuple(Standing), project_id=project.id, after=asked_text("after", 40)) if target else None
    return page(
        "translating/project.html", project=project, progress=queries.progress(project.id), target=target, queue=found)
