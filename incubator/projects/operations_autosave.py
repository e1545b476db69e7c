"""Save what is being written, answer by answer, so that several people can write on one proposal."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation import submission
from incubator.foundation.database import hold
from incubator.foundation.errors import RuleBroken, Stale
from incubator.projects import rules, rules_autosave
from incubator.projects.models import Project
from incubator.projects.operations_proposal import change, demand_editable

BOTH = _l("Someone changed this while you were writing. Both versions are shown; nothing is lost.")


@dataclass(frozen=True)
class Kept:
    """What became of the answers that were sent; `fresh` and `asked` name those whose stored text goes back."""

    saved: frozenset[str]
    fresh: frozenset[str]
    asked: frozenset[str]
    refused: dict[str, Any]


def autosave(
    project: Project, by, mine: Mapping[str, Any], drawn: Mapping[str, str], keys: Mapping[str, str]
) -> Kept:
    """Save the answers that nobody else changed meanwhile; each change has a key and is carried out once.

    A change that was carried out before and reads differently now was changed by somebody who had seen it.
    """
    hold(project)
    demand_editable(project)
    bound = {name: _bound(project, by, name, key) for name, key in keys.items() if name in mine}
    done = {name for name, key in sorted(bound.items()) if submission.claim(key) is not None}
    stored = rules_autosave.answers_of(project)
    merged = rules_autosave.merge({name: value for name, value in mine.items() if name not in done}, drawn, stored)
    refused = _refused(project, merged.save)
    save = {name: value for name, value in merged.save.items() if name not in refused}
    if save:
        change(project, by, rules_autosave.columns_of(save))
    for name in save:
        if name in bound:
            submission.remember(bound[name], project.id)
    again = {name for name in done if rules_autosave.mark(mine[name]) != rules_autosave.mark(stored[name])}
    same = mine.keys() - merged.asked - merged.fresh - refused.keys() - again
    return Kept(frozenset(same), merged.fresh | again, merged.asked, refused)


def edit_step(
    project: Project, by, version: int | None, drawn: Mapping[str, str], answers: Mapping[str, Any]
) -> Project:
    """Save a whole page; one drawn before others saved is merged, unless both sides changed the same answer."""
    hold(project)
    demand_editable(project)
    if version is not None and project.version != version:
        stored = rules_autosave.answers_of(project)
        merged = rules_autosave.merge(answers, drawn, stored)
        if merged.asked:
            raise Stale(BOTH, project.version, {name: stored[name] for name in answers if name in stored})
        answers = merged.save
    change(project, by, rules_autosave.columns_of(answers))
    return project


def _bound(project: Project, by, name: str, key: str) -> str:
    """Bind a change's key to its proposal, its question and its writer."""
    return hashlib.sha256(f"autosave {project.id} {by.id} {name} {key}".encode()).hexdigest()


def _refused(project: Project, save: Mapping[str, Any]) -> dict[str, Any]:
    """Find answers that break a rule together with what is stored: they wait, the others are saved."""
    try:
        rules.demand_period(*(save.get(name, getattr(project, name)) for name in ("starts_on", "ends_on")))
    except RuleBroken as broken:
        return {name: broken.sentence for name in ("starts_on", "ends_on") if name in save}
    return {}
