"""Who lives in the demo city. Nobody here exists; all mail goes to example.org."""

from dataclasses import dataclass
from datetime import date

from incubator.accounts import operations as accounts
from incubator.accounts.models import Person, PublicName, Role
from incubator.foundation.database import db
from incubator.organisations import operations as organisations
from incubator.organisations.models import AffiliationRole, LegalForm, Organisation

FULL, FIRST, GROUP = PublicName.FULL, PublicName.FIRST, PublicName.GROUP


@dataclass(frozen=True)
class Citizen:
    """One person of the demo city."""

    key: str
    given_name: str
    family_name: str
    roles: tuple[Role, ...] = ()
    language: str = "de"
    public_name: PublicName = FULL


CITIZENS = (
    Citizen("ines", "Ines", "Muster", (Role.ADMINISTRATOR,)),
    Citizen("petra", "Petra", "Demo", (Role.COORDINATOR,)),
    Citizen("bernd", "Bernd", "Beispiel", (Role.COORDINATOR,)),
    Citizen("karin", "Karin", "Muster", (Role.MENTOR,)),
    Citizen("jonas", "Jonas", "Demo", (Role.MENTOR,)),
    Citizen("samira", "Samira", "Beispiel", (Role.MENTOR,)),
    Citizen("ralf", "Ralf", "Muster", (Role.AUDITOR,)),
    Citizen("tariq", "Tariq", "Demo", (Role.PARTNER,)),
    Citizen("leyla", "Leyla", "Muster", (Role.TRANSLATOR,)),
    Citizen("goran", "Goran", "Beispiel", (Role.MODERATOR,)),
    Citizen("amira", "Amira", "Beispiel", (Role.LEAD,), "ar", FIRST),
    Citizen("samir", "Samir", "Demo", (), "ar", GROUP),
    Citizen("elif", "Elif", "Demo", (Role.LEAD,)),
    Citizen("piotr", "Piotr", "Muster", (Role.LEAD,)),
    Citizen("oksana", "Oksana", "Demo", (Role.LEAD,), "en"),
    Citizen("mykola", "Mykola", "Beispiel", (), "en", GROUP),
    Citizen("yusuf", "Yusuf", "Beispiel", (Role.LEAD,), "ar", FIRST),
    Citizen("amina", "Amina", "Demo", (Role.LEAD,)),
    Citizen("diego", "Diego", "Muster", (Role.LEAD,)),
    Citizen("leila", "Leila", "Beispiel", (Role.LEAD,)),
    Citizen("nora", "Nora", "Demo", (Role.LEAD,)),
    Citizen("beate", "Beate", "Muster"),
    Citizen("dilan", "Dilan", "Demo"),
    Citizen("henrik", "Henrik", "Beispiel"),
    Citizen("mai", "Mai", "Demo"),
    Citizen("rosa", "Rosa", "Muster"),
)
CARRIERS = (
    "Nachbarn am Bahndamm e.V.", "Rad & Mut e.V.", "Lernbrücke Hase e.V.", "Gartenfreunde Vielfalt e.V.",
    "Kulturwerk Polyphon e.V.",
)
OTHERS = (
    ("Kirchengemeinde St. Beispiel", LegalForm.PARISH, True),
    ("Stadtteiltreff Muster", LegalForm.ASSOCIATION, False),
    ("Sprachpool Demo", LegalForm.ASSOCIATION, False),
    ("Werkstatt Beispiel gGmbH", LegalForm.COMPANY, False),
    ("Stiftung Muster", LegalForm.FOUNDATION, False),
)


class City:
    """The people and organisations of the demo city by the short names its story uses."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.organisations: dict[str, Organisation] = {}

    def settle(self) -> None:
        """Let everyone move in; run inside a transaction."""
        for citizen in CITIZENS:
            self.people[citizen.key] = accounts.add_person(
                None, given_name=citizen.given_name, family_name=citizen.family_name,
                mail=f"{citizen.key}@example.org", roles=citizen.roles, language=citizen.language,
                public_name=citizen.public_name,
            )
        for name in CARRIERS:
            self._found(name, LegalForm.ASSOCIATION, carries=True)
        for name, form, carries in OTHERS:
            self._found(name, form, carries)
        db.session.flush()
        self._belong()

    def _found(self, name: str, form: LegalForm, carries: bool) -> None:
        full = f"{name} (fiktiv)"
        self.organisations[full] = organisations.add(
            self.people["petra"], name=full, legal_form=form, will_carry=carries, is_fictional=True
        )

    def _belong(self) -> None:
        """Give some people a tie: Samira may not mentor what her own board's association carries (rule C1)."""
        ties = (
            ("samira", "Kulturwerk Polyphon e.V. (fiktiv)", AffiliationRole.BOARD),
            ("karin", "Kirchengemeinde St. Beispiel (fiktiv)", AffiliationRole.MEMBER),
            ("tariq", "Stadtteiltreff Muster (fiktiv)", AffiliationRole.CONTACT),
        )
        for person, organisation, role in ties:
            belongs_to, petra = self.organisations[organisation], self.people["petra"]
            organisations.affiliate(self.people[person], belongs_to, role, petra, since=date(2024, 1, 1))
