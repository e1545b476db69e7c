"""What an edition says of itself: title, licence, whose it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from incubator.opendata.rules import ALL, LATEST, LICENCES, Licence


@dataclass(frozen=True)
class About:
    """One subject, as every format names it; `begins` and `ends` are the days a round's projects work in."""

    subject: str
    base: str
    city: str
    operator: str
    site: str
    mail: str
    licence: Licence
    giving_prefix: str
    round: str = ""
    begins: date | None = None
    ends: date | None = None
    is_fictional: bool = False

    @property
    def url(self) -> str:
        return f"{self.base}/opendata/{self.subject}/{LATEST}"

    @property
    def page(self) -> str:
        return f"{self.base}/opendata/"

    def title(self, language: str) -> str:
        if language == "de":
            return f"{self.site}: {self.round or 'alle Förderrunden'} ({self.city})"
        return f"{self.site}: {self.round or 'all rounds'} ({self.city})"

    def description(self, language: str) -> str:
        if language == "de":
            whole = "aller Förderrunden" if self.subject == ALL else f"der Förderrunde „{self.round}“"
            return (f"Bewilligte Projekte {whole} mit Meilensteinen, Neuigkeiten, Trägern und Partnern, mit dem "
                    "bewilligten, ausgezahlten und nachgewiesenen Geld, dazu Themenfelder, Stadtteile, "
                    "Bedarfsnachweise, Werkstätten und Ideen, die mit Einwilligung öffentlich sind. "
                    "Keine Personen, keine Belege."
                    + (" Alles darin ist erfunden, zum Ausprobieren." if self.is_fictional else ""))
        whole = "all rounds" if self.subject == ALL else f"the round “{self.round}”"
        return (f"Awarded projects of {whole} with milestones, news, carriers and partners, with the money awarded, "
                "paid and proved; also themes, districts, evidence of needs, workshops, and ideas that are public with "
                "consent. No persons, no receipts."
                + (" Everything in it is made up, for trying the program." if self.is_fictional else ""))

    @property
    def attribution(self) -> str:
        return f"{self.operator or self.city}, {self.site}"


def about(config: Any, subject: str, round_: Any = None) -> About:
    host = urlsplit(config["BASE_URL"]).hostname or "localhost"
    return About(
        subject=subject, base=config["BASE_URL"], city=config["CITY_NAME"], operator=config["OPERATOR"]["name"],
        site=config["SITE_NAME"], mail=config["MAIL_FROM"], licence=LICENCES[config["OPENDATA_LICENCE"]],
        giving_prefix=config["GIVING_PREFIX"] or f"360G-{host}", round=round_.name if round_ else "",
        begins=round_.period_from if round_ else None, ends=round_.period_until if round_ else None,
        is_fictional=bool(round_ and round_.is_fictional),
    )
