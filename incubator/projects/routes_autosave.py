"""What the page of a step is told when it saves by itself while somebody writes."""

from typing import Any

from babel.dates import format_time
from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import MIMEAccept

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.fields import ManyChoicesField
from incubator.foundation.forms import KEY, me, shown
from incubator.foundation.language import current
from incubator.foundation.transaction import transaction
from incubator.projects import operations, rules_autosave
from incubator.projects.forms import STEPS, StepForm
from incubator.projects.models import Project
from incubator.projects.operations_autosave import Kept
from incubator.projects.routes_frame import offer_choices, stored


def wants_data(accepted: MIMEAccept) -> bool:
    """Say whether a script asks, and not somebody who presses a button."""
    return accepted.best_match(["text/html", "application/json"], "text/html") == "application/json"


def autosaved(project: Project, step: str) -> ResponseReturnValue:
    """Save the answers named in `changed`; the others of the page come back where somebody else changed them."""
    form = STEPS[step]()
    offer_choices(form, project)
    form.validate()
    changed = [name for name in dict.fromkeys(request.form.getlist("changed")) if name in form.values()]
    mine = {name: form[name].data for name in changed if not form[name].errors}
    wrong = {name: " ".join(str(each) for each in form[name].errors) for name in changed if form[name].errors}
    drawn = {name: mark for name, mark in rules_autosave.read(form.drawn.data).items() if name in form.values()}
    try:
        kept = _kept(project, mine, drawn, wrong)
    except RuleBroken as broken:
        return {"problem": str(broken.sentence)}, 422
    except (StaleDataError, IntegrityError):
        return {"problem": _("Somebody saved something here at the same moment. Please look and send again.")}, 409
    return _told(project, step, kept, wrong | {name: str(each) for name, each in kept.refused.items()})


def _kept(project: Project, mine: dict[str, Any], drawn: dict[str, str], wrong: dict[str, str]) -> Kept:
    """Save what can be saved; an answer that a rule refuses by its name holds up no other."""
    for _turn in range(len(mine)):
        try:
            with transaction():
                return operations.autosave(project, me(), mine, drawn, _keys(list(mine)))
        except RuleBroken as broken:
            if broken.field not in mine:
                raise
            wrong[broken.field] = str(broken.sentence)
            del mine[broken.field]
    with transaction():
        return operations.autosave(project, me(), mine, drawn, {})


def _keys(names: list[str]) -> dict[str, str]:
    """Return the key of each change; one that is no key is as if it were missing."""
    sent = {name: request.form.get(f"key-{name}", "") for name in names}
    return {name: key for name, key in sent.items() if KEY.fullmatch(key)}


def _told(project: Project, step: str, kept: Kept, wrong: dict[str, str]) -> dict[str, Any]:
    values = stored(project, STEPS[step])
    form = STEPS[step](formdata=None, data=values)
    offer_choices(form, project)
    progress = rules_autosave.progress(project)
    return {
        "said": _("Saved %(time)s", time=_hour()),
        "saved": sorted(kept.saved), "version": project.version, "drawn": rules_autosave.read(values["drawn"]),
        "fresh": {name: _typed(form, name) for name in sorted(kept.fresh)},
        "theirs": {name: {"value": _typed(form, name), "shown": shown(form[name], values[name])}
                   for name in sorted(kept.asked)},
        "wrong": wrong, "answered": progress.answered,
        "missing": {name: str(sentence) for name, sentence in progress.missing.items() if name in form},
    }


def _hour() -> str:
    return format_time(clock.now().astimezone(clock.CITY), "short", tzinfo=clock.CITY, locale=current().babel)


def _typed(form: StepForm, name: str) -> str | list[str]:
    """Write an answer as its field would hold it."""
    field = form[name]
    if isinstance(field, ManyChoicesField):
        return [str(each) for each in field.data or ()]
    if hasattr(field, "_value"):
        return str(field._value())
    return "" if field.data is None else str(field.data)
