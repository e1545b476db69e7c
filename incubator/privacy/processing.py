"""The record of processing activities (Art. 30 GDPR): content for the document, and as text or for programs."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from incubator.documents.frame import letter_words, long_day
from incubator.documents.writable import said
from incubator.foundation import clock, language
from incubator.privacy import pages, queries_register
from incubator.privacy.register import PURPOSES, REGISTER

MEASURES = (
    _l("Passwords, links and cookies are stored only as hashes; bank accounts and secrets of devices are encrypted."),
    _l("Who may see and do what stands in one table; what weighs much needs two people."),
    _l("Every step is written into a book that nobody can change unnoticed, without names and without free text."),
    _l("Photos and papers are made anew when they arrive: places and other traces in files are removed."),
    _l("Connections are encrypted; pages load nothing from others and count nobody."),
    _l("Backups can be encrypted; who was deleted stays deleted when one is brought back."),
    _l("What our program logs holds no mail addresses, no secret links and no bank accounts."),
)


def content() -> dict[str, Any]:
    """Return what the record says, in the language spoken now."""
    config, spoken = current_app.config, language.current()
    operator, city = config["OPERATOR"], config["CITY_NAME"]
    named = f"Stadt {city}" if spoken.code == "de" else _("City of %(name)s", name=city)
    people = {purpose.key: str(purpose.people) for purpose in PURPOSES}
    return {
        "language": spoken.code, "direction": spoken.dir, "demo": bool(config["DEMO"]), "city": named, "number": "",
        "date": long_day(clock.today()),
        "controller": [said(each) for each in (operator["name"] or named, operator["address"],
                                               operator["represented_by"], config["MAIL_FROM"]) if each],
        "officer": said(operator["data_protection_mail"]),
        "parts": [
            {"title": part.title, "why": part.why, "people": people[part.key], "grounds": part.grounds,
             "lines": [[line.what, line.words, f"{line.erased}. {line.reason}".strip(". ")] for line in part.lines]}
            for part in pages.sections(queries_register.years())
        ],
        "recipients": pages.recipients(config), "measures": [str(each) for each in MEASURES],
    }


def words() -> dict[str, str]:
    """Return the sentences around it, in the language spoken now; the German ones stand with the template."""
    return letter_words() | {
        "title": _("Record of processing activities"), "law": _("Article 30 (1) of the General Data Protection "
                                                                "Regulation (GDPR)"),
        "controller": _("Who is responsible"), "officer": _("Data protection officer"),
        "purposes": _("What is kept, and why"), "people": _("About whom"), "ground": _("On what ground"),
        "what": _("What is kept"), "how_long": _("How long"), "erased": _("When somebody is deleted, it …"),
        "recipients": _("Who else gets something"), "nobody": _("Nobody else."),
        "abroad": _("Nothing is sent to countries outside the European Union, except messages that somebody asked for "
                    "on their own device: encrypted, by the push service of its maker."),
        "measures": _("How it is protected"),
    }


def markdown(said: Mapping[str, Any], own: Mapping[str, str]) -> str:
    """Write the record as text that people read and programs set."""
    return "\n".join(_written(said, own)) + "\n"


def _written(said: Mapping[str, Any], own: Mapping[str, str]) -> Iterator[str]:
    yield from (f"# {own['title']}", "", f"{own['law']} · {said['date']}", "")
    yield from (f"## {own['controller']}", "", ", ".join(said["controller"]), "")
    if said["officer"]:
        yield from (f"{own['officer']}: {said['officer']}", "")
    yield from (f"## {own['purposes']}", "")
    for part in said["parts"]:
        yield from (f"### {part['title']}", "", part["why"], "", f"{own['people']}: {part['people']}  ",
                    f"{own['ground']}: {'; '.join(part['grounds'])}", "")
        yield f"| {own['what']} | {own['how_long']} | {own['erased']} |"
        yield "| --- | --- | --- |"
        yield from (f"| {' | '.join(line)} |" for line in part["lines"])
        yield ""
    yield from (f"## {own['recipients']}", "", *(f"- {each}" for each in (*said["recipients"], own["abroad"])), "")
    yield from (f"## {own['measures']}", "", *(f"- {each}" for each in said["measures"]))


def machine(said: Mapping[str, Any]) -> str:
    """Write the record for programs, with the tables and columns each part stands in."""
    rows = [{
        "table": entry.table, "columns": entry.columns, "what": str(entry.what), "purpose": entry.purpose.key,
        "basis": f"Art. 6 (1) ({entry.basis.value}) GDPR", "keeps": entry.keeps.key, "leads_by": entry.whose,
        "erased": entry.erased.how.value,
    } for entry in REGISTER]
    return json.dumps({**said, "columns": rows}, ensure_ascii=False, indent=2)
