"""Who goes along with a project in the demo city: its mentor, its carrier, a partner, and the office that checks."""

import json
from datetime import date, datetime, time
from typing import Any

from incubator.demo.calendar import Calendar
from incubator.demo.city import City
from incubator.demo.story import Life
from incubator.demo.talk import DATA
from incubator.documents import operations as documents
from incubator.documents import queries_cooperation as cooperation
from incubator.documents.models import DocumentKind
from incubator.foundation import clock
from incubator.foundation.language import in_language
from incubator.mentoring import operations_agreement, operations_profile, operations_talks, rules_agreement
from incubator.mentoring.models import SessionKind, SessionMode
from incubator.mentoring.models_agreement import Agreement
from incubator.partners import operations as partners
from incubator.partners import operations_answers, operations_invitations, operations_proofs, queries
from incubator.partners.models import Pledge, PledgeKind
from incubator.partners.models_invitation import PartnerInvitation
from incubator.programme import queries as programme
from incubator.projects import operations_carrier, operations_check
from incubator.projects.models_proposal import CarrierRequest, CheckResult

Data = dict[str, Any]
SAID = {"aim": rules_agreement.AIM, "rhythm": rules_agreement.RHYTHM, "limits": rules_agreement.LIMITS,
        "confidentiality": rules_agreement.CONFIDENTIALITY, "how_it_ends": rules_agreement.HOW_IT_ENDS}


def _read() -> Data:
    data: Data = json.loads((DATA / "company.json").read_text())
    return data


def introduce(city: City, calendar: Calendar, day: str) -> None:
    """Let the mentors say what they know about and speak, before anybody is matched."""
    def write() -> None:
        for key, said in _read()["profiles"].items():
            themes = [theme for each in said["themes"] if (theme := programme.theme_by_key(each)) is not None]
            operations_profile.write_profile(
                city.people[key], city.people[key], themes=themes, languages=said["languages"], words=said["words"],
                language="de")

    calendar.on(day, write)


class Company:
    """Writes into the calendar who helps one project and how."""

    def __init__(self, life: Life, data: Data) -> None:
        self.life, self.data, self.on = life, data, life.calendar.on
        self.petra = life.city.people["petra"]

    def find_carrier(self) -> None:
        """A group that is no association asks one; the office writes its yes down."""
        said, made = self.data["carrier"], dict[str, CarrierRequest]()

        def ask() -> None:
            carrier = self.life.city.organisations[self.life.data["carrier"]]
            made["asked"] = operations_carrier.ask_carrier(
                self.life.here, self.life.who("lead"), carrier, words=said["words"], language="de")

        self.on(said["asked"], ask)
        self.on(said["answered"], lambda: operations_carrier.accept_carrying(made["asked"], self.petra))

    def be_checked(self) -> None:
        self.on(self.data["check"]["on"], self._check)

    def _check(self) -> None:
        notes = self.data["check"]["notes"]
        operations_check.save_check(self.life.here, self.petra, None, {
            point: (CheckResult.MET, notes.get(point, "")) for point in self.life.round().check_points})

    def agree(self) -> None:
        """Mentor and lead write down how they work together, and both sign."""
        said, made = self.data["agreement"], dict[str, Agreement]()

        def write() -> None:
            project, mentor = self.life.here, self.life.who("mentor")
            with in_language("de"):
                words: Data = {name: str(text) for name, text in SAID.items()}
            made["agreement"] = operations_agreement.write(
                project, mentor, language="de", spoken_language=said["spoken"], starts_on=clock.today(),
                ends_on=project.ends_on, **words)
            operations_agreement.sign(made["agreement"], mentor)

        self.on(said["written"], write)
        self.on(said["signed"], lambda: operations_agreement.sign(made["agreement"], self.life.who("lead")))

    def plan_talk(self) -> None:
        said = self.data["talk"]
        starts_at = datetime.combine(date.fromisoformat(said["on"]), time.fromisoformat(said["at"]), clock.CITY)
        self.on(said["planned"], lambda: operations_talks.plan(
            self.life.here, self.life.who("mentor"), starts_at=starts_at, minutes=said["minutes"],
            mode=SessionMode.ON_SITE, kind=SessionKind.ACCOMPANIMENT, place=said["place"], words=said["words"]))

    def win_partner(self) -> None:
        """An organisation comes by the link in its letter, promises something, and keeps its word."""
        said, asked, promised = self.data["invitation"], dict[str, PartnerInvitation](), dict[str, Pledge]()

        def invite() -> None:
            asked["invitation"] = operations_invitations.invite(
                self.life.here, self.life.who("lead"), organisation=self.life.city.organisations[said["organisation"]],
                mail=said["mail"], roles=said["roles"], words=said["words"])

        self.on(said["asked"], invite)
        self.on(said["answered"], lambda: self._come(said, asked["invitation"], promised))
        self.on(said["proved"], lambda: operations_proofs.prove(
            promised["pledge"], self.life.who("lead"), text=said["proof"], quantity=said["quantity"]))

    def _come(self, said: Data, invitation: PartnerInvitation, promised: dict[str, Pledge]) -> None:
        operations_invitations.accept(invitation)
        promised["pledge"] = partners.pledge(
            self.life.here, invitation.organisation, None, kind=PledgeKind.ROOM, description=said["promise"],
            quantity=said["quantity"], unit=said["unit"], starts_on=clock.today(),
            ends_on=date.fromisoformat(said["until"]), from_partner=True)
        operations_answers.accept_offer(promised["pledge"], self.life.who("lead"))
        partnership = queries.partnership_with(self.life.here.id, invitation.organisation.id)
        assert partnership is not None, "the organisation has just said yes"
        documents.ask(
            self.life.here, DocumentKind.COOPERATION_AGREEMENT, self.life.who("lead"),
            about=(cooperation.ABOUT, partnership.id), languages=cooperation.readers_languages(partnership))


def accompany(life: Life, number: int) -> None:
    """Two projects show what all have: the first its carrier, check and mentoring, the second a partner by link."""
    company = Company(life, _read())
    if number == 1:
        company.find_carrier()
        company.be_checked()
        company.agree()
        company.plan_talk()
    if number == 2:
        company.win_partner()
