"""The blueprint, and what several of its pages need."""

from typing import Any

from flask import Blueprint
from flask_babel import gettext as _

from incubator.dialogue import queries as dialogue
from incubator.dialogue.routes_frame import offer_findings
from incubator.foundation.forms import VersionedForm
from incubator.foundation.language import current
from incubator.organisations import queries as organisations
from incubator.programme import queries as programme
from incubator.projects import rules, rules_autosave
from incubator.projects.forms import WHOLE_CITY, StepForm, asks, step_of
from incubator.projects.models import Project

bp = Blueprint("projects", __name__)


def offer_choices(form: VersionedForm, project: Project | None = None) -> None:
    """Fill the lists from which the steps let people choose."""
    please = ("", _("Please choose"))
    if "theme_id" in form:
        form["theme_id"].choices = [please, *((each.id, each.name(current().code)) for each in programme.themes())]
    if "district_id" in form:
        districts = [(each.id, each.name) for each in programme.districts()]
        form["district_id"].choices = [please, (WHOLE_CITY, _("The whole city")), *districts]
    if "evidence_ids" in form and project is not None:
        known = [*dialogue.findings_about(project.theme_id, project.district_id), *project.evidence]
        offer_findings(form, dict.fromkeys(known))
    if "carrier_id" in form and project is not None:
        carriers = [(each.id, each.name) for each in organisations.eligible_carriers(project.round)]
        if project.carrier is not None and project.carrier_id not in dict(carriers):
            carriers.append((project.carrier.id, project.carrier.name))
        form["carrier_id"].choices = [please, *carriers]


def stored(project: Project, form: type[StepForm]) -> dict[str, Any]:
    """Return a proposal under the names of a step's fields, with what the page must know to be merged later."""
    values = rules_autosave.answers_of(project)
    asked = [name for name in values if asks(form, name)]
    drawn = rules_autosave.written(rules_autosave.marks_of(values, asked))
    return values | {"version": project.version, "drawn": drawn}


def missing(project: Project) -> list[dict[str, Any]]:
    """Return what the proposal still lacks, each with the step that asks for it."""
    return [
        {"field": field, "sentence": sentence, "step": step_of(field)}
        for field, sentence in rules.missing_for_submission(project)
    ]
