"""What stands on every document: who writes, to whom, about which project, in which language."""

from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from incubator.documents.writable import said
from incubator.foundation import clock, language, money, rendering
from incubator.foundation.rendering import percent
from incubator.programme.models import Round
from incubator.projects.models import Project

__all__ = ["amount", "frame", "letter_words", "long_day", "percent", "period", "round_frame"]


def frame(project: Project) -> dict[str, Any]:
    """Return the shared part of a document's content, written in the language spoken now."""
    code = language.current().code
    city, operator = current_app.config["CITY_NAME"], current_app.config["OPERATOR"]
    named = f"Stadt {city}" if code == "de" else _("City of %(name)s", name=city)
    carrier = project.carrier.name if project.carrier is not None else project.group_name
    leads = [said(person.name) for person in project.leads]
    return {
        "language": code, "direction": language.current().dir, "demo": bool(current_app.config["DEMO"]),
        "city": named, "sender": " · ".join(part for part in (operator["name"] or named, operator["address"]) if part),
        "to": [said(carrier)] if carrier else leads, "carrier": said(carrier), "leads": leads,
        "project": said(project.title), "project_language": language.named(project.language).html,
        "round": said(project.round.name), "number": "", "date": "",
    }


def round_frame(round_: Round) -> dict[str, Any]:
    """Return the same for a document about a whole round, which goes to nobody outside."""
    spoken, city, operator = language.current(), current_app.config["CITY_NAME"], current_app.config["OPERATOR"]
    named = f"Stadt {city}" if spoken.code == "de" else _("City of %(name)s", name=city)
    return {
        "language": spoken.code, "direction": spoken.dir, "demo": bool(current_app.config["DEMO"]), "city": named,
        "sender": " · ".join(part for part in (operator["name"] or named, operator["address"]) if part),
        "to": [named], "number": "", "round": said(round_.name), "date": long_day(clock.today()),
        "round_language": language.named(round_.language).html,
    }


def letter_words() -> dict[str, str]:
    """Return the words of the layout for a courtesy translation; the German ones stand in the templates."""
    return {
        "courtesy": _("This translation is a courtesy. Only the German version is legally binding."),
        "page": _("Page %(page)s of %(pages)s", page="{page}", pages="{pages}"),
        "demo": _("DEMO – fictional"), "number": _("Number"), "date": _("Date"), "round": _("Round"),
        "project": _("Project"), "carrier": _("Carrier organisation"), "lead": _("Project lead"),
        "mentor": _("City mentor"), "coordination": _("Coordination"), "greeting": _("Hello,"), "sum": _("Sum"),
        "cost": _("Costs"), "source": _("Financing"), "for_what": _("What for"), "amount": _("Amount"),
        "from_city": _("For the city"), "not_signed": _("Only the German version is signed."),
    }


def long_day(value: date | datetime | None) -> str:
    return rendering.day(value, "long")


def amount(cents: int) -> str:
    return money.format(cents, language.current().code)


def period(project: Project) -> tuple[date | None, date | None]:
    """Return the days within which the project takes place; the round's where it names none of its own."""
    return project.starts_on or project.round.period_from, project.ends_on or project.round.period_until
