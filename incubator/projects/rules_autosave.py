"""Several people write on one proposal: which answers are saved, which came from others, which must be asked about.

A page carries a mark of every answer as it was drawn. An answer whose mark is still the stored one may be replaced;
one that somebody else changed meanwhile is never overwritten unseen.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from incubator.projects import rules
from incubator.projects.models import Project

WHOLE_CITY = 0
QUESTIONS = (*rules.ORDER, "evidence_ids", "language")
MARK = re.compile(r"([a-z_]{1,40}):([0-9a-f]{16})")


@dataclass(frozen=True)
class Merged:
    """What becomes of a page: answers to save, names that others changed alone, names that both sides changed."""

    save: dict[str, Any]
    fresh: frozenset[str]
    asked: frozenset[str]


@dataclass(frozen=True)
class Progress:
    """How far a proposal is: how many of its questions are answered, and the sentence for each that is not."""

    answered: int
    questions: int
    missing: dict[str, Any]


def answers_of(project: Project) -> dict[str, Any]:
    """Return a proposal by its questions; the whole city is one choice among the districts."""
    values = {name: getattr(project, name) for name in rules.ORDER}
    if project.is_citywide:
        values["district_id"] = WHOLE_CITY
    return values | {"evidence_ids": [each.id for each in project.evidence], "language": project.language}


def columns_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as a proposal stores them."""
    values = dict(answers)
    if "district_id" in values:
        values["is_citywide"] = values["district_id"] == WHOLE_CITY
        values["district_id"] = values["district_id"] or None
    return values


def mark(value: Any) -> str:
    """Return a short mark of an answer: equal for equal answers, whatever they looked like on the page."""
    if isinstance(value, list | tuple | set | frozenset):
        value = ",".join(sorted(str(each) for each in value))
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value).strip()
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def marks_of(answers: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    return {name: mark(answers[name]) for name in names if name in answers}


def written(marks: Mapping[str, str]) -> str:
    """Write marks as a page carries them."""
    return " ".join(f"{name}:{value}" for name, value in marks.items())


def read(text: str | None) -> dict[str, str]:
    """Read what a page carried; what is no mark is as if it were missing, and is then asked about."""
    return {found[1]: found[2] for part in (text or "").split() if (found := MARK.fullmatch(part))}


def merge(mine: Mapping[str, Any], drawn: Mapping[str, str], stored: Mapping[str, Any]) -> Merged:
    """Decide about each answer by what it was when drawn, what was sent, and what is stored now."""
    save, fresh, asked = {}, set(), set()
    for name in {**drawn, **mine}:
        if name not in stored:
            continue
        now, was = mark(stored[name]), drawn.get(name)
        sent = mark(mine[name]) if name in mine else was
        if sent == now:
            continue
        if sent == was:
            fresh.add(name)
        elif was == now:
            save[name] = mine[name]
        else:
            asked.add(name)
    return Merged(save, frozenset(fresh), frozenset(asked))


def progress(project: Project) -> Progress:
    missing: dict[str, Any] = {}
    for field, sentence in rules.missing_for_submission(project):
        missing.setdefault(field, sentence)
    open_ones = [field for field in missing if field in rules.ORDER]
    return Progress(len(rules.ORDER) - len(open_ones), len(rules.ORDER), missing)
