"""The real programme of 2017–2019 as an archived round: public facts with their sources, nothing invented."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from incubator.programme import operations as programme
from incubator.programme.models import Round

PROJECT_PAGES = "Nationale Stadtentwicklungspolitik: Pilotprojekt „Gestalte Deine Stadt. Osnabrücks Zukunft kennt keine Herkunft“"
CITY_PAGES = "Stadt Osnabrück: Veröffentlichungen zum Projekt „Gestalte Deine Stadt“"
CALL = "Stadt Osnabrück: Aufruf zur Förderung von Projekten 2019"
COUNCIL = "Stadt Osnabrück: öffentliches Ratsinformationssystem, Vorlagen vom März 2019"


@dataclass(frozen=True)
class Fact:
    """One public fact; the text is German, as its source is."""

    kind: str
    text: str
    source: str
    on: date | None = None
    until: date | None = None


FACTS = (
    Fact("aim", "Pilotprojekt der Nationalen Stadtentwicklungspolitik: ein Stadtentwicklungskonzept „Migration und "
         "Teilhabe“ in drei Schritten – wissen, reden, machen.", PROJECT_PAGES, date(2017, 1, 1), date(2019, 12, 31)),
    Fact("survey", "Mehrsprachige Befragung: 4.000 Haushalte wurden angeschrieben, in Deutsch, Englisch, Polnisch, "
         "Russisch, Türkisch, Arabisch und Französisch.", CITY_PAGES),
    Fact("studies", "Kleinräumige Sozialraumanalysen, Milieustudien und eine „Datenbank Migration“.", CITY_PAGES),
    Fact("workshops", "Moderierte Werkstätten zu sechs Themenfeldern; Fokusgruppen.", CITY_PAGES),
    Fact("workshops", "Zukunftswerkstatt mit etwa 60 Menschen.", CITY_PAGES, date(2018, 11, 17)),
    Fact("workshops", "Projektkonferenz.", CITY_PAGES),
    Fact("fund", "Für Projekte standen 40.000 Euro bereit; bewerben konnten sich eingetragene Vereine und "
         "Kirchengemeinden.", CALL),
    Fact("decision", "Beratung im Fachausschuss.", COUNCIL, date(2019, 3, 6)),
    Fact("decision", "Beschluss des Rates.", COUNCIL, date(2019, 3, 12)),
    Fact("period", "Zeitraum der Maßnahmen. Acht Organisationen erhielten am Ende Projekte.", CALL,
         date(2019, 3, 15), date(2019, 9, 30)),
)


def tell(by: Any) -> Round:
    """Enter the archived round; run inside a transaction."""
    round_ = programme.add_round(
        by, name="Gestalte Deine Stadt 2017–2019", fund_cents=40_000_00,
        summary="Wie alles begann: das Pilotprojekt „Gestalte Deine Stadt. Osnabrücks Zukunft kennt keine Herkunft“. "
                "Hier stehen nur öffentlich belegte Tatsachen; Beträge einzelner Projekte und Namen sind nicht "
                "öffentlich und werden nicht erfunden.",
        period_from=date(2019, 3, 15), period_until=date(2019, 9, 30), committee_on=date(2019, 3, 6),
        council_on=date(2019, 3, 12), rule_source=CALL,
    )
    for position, fact in enumerate(FACTS):
        programme.add_fact(round_, by, kind=fact.kind, text=fact.text, source=fact.source, on=fact.on,
                           until=fact.until, position=position)
    programme.archive_round(round_, by)
    return round_
