"""The real programme of 2017–2019 as an archived round: public facts with their sources, nothing invented."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from incubator.programme import operations as programme
from incubator.programme.models import Round

PILOT = "Veröffentlichtes Material des Pilotprojekts in der Nationalen Stadtentwicklungspolitik (2017–2019)"
CITY = "Veröffentlichtes Material der Stadt Osnabrück zum Projekt; genaue Fundstelle nicht festgehalten"
CALL = "Veröffentlichter Aufruf der Stadt Osnabrück zur Projektförderung 2019; genaue Fundstelle nicht festgehalten"
COUNCIL = "Öffentliche Sitzungsunterlagen der Stadt Osnabrück, März 2019; genaue Fundstelle nicht festgehalten"


@dataclass(frozen=True)
class Fact:
    """One public fact; the text is German, as its source is."""

    kind: str
    text: str
    source: str
    on: date | None = None
    until: date | None = None


FACTS = (
    Fact("aim", "2017 bis 2019 entstand ein Stadtentwicklungskonzept „Migration und Teilhabe“ in drei Schritten: "
         "wissen, reden, machen.", PILOT),
    Fact("themes", "Sechs Themenfelder: Wohnen und Nachbarschaft · Verkehr und Mobilität · Arbeit und Bildung · Kultur "
         "und Ehrenamt · Stadt und Stadtbild · Ankommen in Deutschland.", CITY),
    Fact("survey", "Mehrsprachige Befragung: 4.000 Haushalte wurden angeschrieben, in Deutsch, Englisch, Polnisch, "
         "Russisch, Türkisch, Arabisch und Französisch.", CITY),
    Fact("studies", "Kleinräumige Sozialraumanalysen, Milieustudien und eine „Datenbank Migration“.", CITY),
    Fact("workshops", "Moderierte Werkstätten nach Themen; Fokusgruppen.", CITY),
    Fact("workshops", "Zukunftswerkstatt mit etwa 60 Menschen.", CITY, date(2018, 11, 17)),
    Fact("workshops", "Projektkonferenz.", CITY),
    Fact("fund", "Für Projekte standen 40.000 Euro bereit; bewerben konnten sich eingetragene Vereine und "
         "Kirchengemeinden.", CALL),
    Fact("decision", "Ein Ausschuss berät.", COUNCIL, date(2019, 3, 6)),
    Fact("decision", "Der Rat beschließt.", COUNCIL, date(2019, 3, 12)),
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
