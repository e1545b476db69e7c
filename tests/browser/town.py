"""A town in which everything that everybody may read occurs, and the addresses at which it is read."""

from datetime import date, timedelta
from typing import Any

from incubator.accounts.models import OBJECTION, Ticket, TicketKind
from incubator.accounts.queries import token_hash
from incubator.closing import operations as closing
from incubator.follow import operations as following
from incubator.follow.models import Following, Topic
from incubator.follow.rules import token
from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.letters.models import Letter
from incubator.media import store
from incubator.milestones import operations as milestones
from incubator.organisations.models import Organisation
from incubator.programme.models import FactKind, RoundFact, RoundState
from incubator.progress import jobs
from tests.boards import tables
from tests.browser.sites import SITES
from tests.builders import Builders, picture
from tests.closing import ends
from tests.dialogue.attending import one_of_each
from tests.dialogue.giving import token_of
from tests.follow.readers import follow
from tests.partners import scenes
from tests.progress.purse import Purse
from tests.questions.messages import message, offer

DISTRICTS = ("Nordhang", "Südufer", "Am Tor/Alte Mühle", "Hafenvorstadtverwaltungsviertel")
LONG = "Donaudampfschifffahrtsgesellschaftserzählungen"
SECRET = "for tests only"
TOKENS = tuple(TicketKind)


class Town:
    def __init__(self, make: Builders) -> None:
        self.make = make
        self.places = [make.district(name=name, slug=f"d-{number}") for number, name in enumerate(DISTRICTS)]
        self._add_beginning()
        self.round = make.round(name="Runde Eins", slug="runde-eins", summary="Nachbarschaft, die trägt.")
        self._add_dialogue()
        self.project = self._add_project()
        self._add_money()
        self._add_partners()
        self._add_news()
        self._add_questions()
        self._add_others()
        self._add_letters()
        jobs.rebuild()

    def _add_beginning(self) -> None:
        """A round before, told by facts with their sources."""
        before = self.make.round(name="Zukunftswerkstatt", slug="damals", state=RoundState.ARCHIVED)
        self.make._round = None
        for kind in FactKind:
            self.make._keep(RoundFact(round_id=before.id, kind=kind, text=f"So war es: {kind.value}.",
                                      source="Ratsinformation, VO/2025/1", on=date(2025, 5, 1)))

    def _add_dialogue(self) -> None:
        make, place = self.make, self.places[0].id
        self.theme = make.theme(slug="miteinander")
        self.need = make.evidence(statement="Treffpunkte für den Alltag fehlen", district_id=place)
        make.evidence(statement="أماكن اللقاء قليلة", language="ar", count=None, base=None, pct=44, is_fictional=True)
        soon = clock.now() + timedelta(days=9)
        self.held = make.workshop(slug="wohnen", title="Gut wohnen", participants=23, district_id=place)
        self.held.themes.append(self.theme)
        make.workshop(slug="bald", title="ورشة للجميع", language="ar", state="planned", starts_at=soon,
                      has_interpreters=True, has_childcare=True, is_step_free=True)
        self.attendance = one_of_each(make, self.held.round)
        make.workshop(slug="aus", title="Abgesagt", state="cancelled", summary="Der Saal ist gesperrt.")
        self.boards = tables.one_of_each(make, self.held)
        self.idea = make.idea(state="promoted", title="Küche für alle", workshop_id=self.held.id, evidence=[self.need],
                              theme_id=self.theme.id, district_id=place)
        self.given = make.idea(mail="someone@example.org", answer_language="de", salt="g" * 32, theme_id=self.theme.id)
        self.joined = make.idea(state="merged", title=LONG, merged_into_id=self.idea.id, reason="Zwei Ideen, ein Ort.")
        make.idea(title="مطبخ مشترك", language="ar", theme_id=self.theme.id)

    def _add_project(self) -> Any:
        make = self.make
        project = make.project("active", round=self.round, slug="kueche", title=f"Küche der {LONG}",
                               idea_id=self.idea.id, district_id=self.places[0].id, starts_on=date(2026, 1, 1),
                               evidence=[self.need])
        first = make.milestone(project, status="accepted", title="Raum für alle im ganzen Viertel gefunden",
                               due_on=date(2026, 2, 1))
        make.milestone(project, status="in_progress", needs_id=first.id, forecast_on=date(2026, 8, 20),
                       title="افتتاح المطبخ", language="ar")
        make.milestone(project, due_on=date(2026, 2, 20), is_gate=True)
        make.milestone(project, status="cancelled")
        make.session(project, project.mentors[0])
        self.milestone = first
        return project

    def _add_money(self) -> None:
        purse = Purse(self.make, self.project, 7_600_00)
        purse.pay(3_800_00)
        purse.receipt(1_000_00)
        purse.receipt(400_00, "cut", 250_00)

    def _add_partners(self) -> None:
        helper: Organisation = self.make.organisation(will_carry=False, website="https://example.org/",
                                                      name="جمعية الجيران")
        self.make.partnership(self.project, helper)
        self.make.pledge(self.project, helper, state="confirmed")
        lead = self.project.leads[0]
        self.partner = self.make.organisation(will_carry=False)
        self.partnership = self.make.partnership(self.project, self.partner)
        self.promised = self.make.pledge(self.project, self.partner)
        self.own_page = scenes.link(self.partner)
        self.asked = scenes.invitation(self.project, self.make.organisation(will_carry=False), lead, words=LONG)
        self.make.partnership(self.project, roles=["interpreter", "city_department"])

    def _add_news(self) -> None:
        """News with a photo, in another language, corrected, and taken back."""
        make, project = self.make, self.project
        photo = make.photo(project, is_public=True)
        for small in (False, True):
            path = store.place(photo.key, small=small)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(picture(640, 480))
        self.news = make.update(project, title="Der Herd steht", photos=(photo,), milestone=self.milestone)
        self.arabic = make.update(project, title="الموقد جاهز", text="جاء الجميع.", language="ar")
        self.gone = make.update(project, state="withdrawn")
        with transaction():
            milestones.correct_update(self.news, project.leads[0], title="Der Herd steht", language="de",
                                      text="Alle kamen zum Kochen.", note="Der Name war falsch.")
            record("project.moved", None, project, **{"action": "start", "from": "awarded", "to": "active"})

    def _add_questions(self) -> None:
        for number in range(4):
            message(self.project, "answered", public=True, public_text=f"Wann wird gekocht? {number}")
        message(self.project, "answered", public=True, language="ar", public_text="متى؟", answer="الجمعة",
                answer_language="ar")
        offer(self.project, "answered", answer="Komm am Freitag!")

    def _add_others(self) -> None:
        """Projects at other points of their way, each with the state of its page as its address."""
        for place, status in enumerate(("awarded", "suspended", "reporting", "completed", "revoked")):
            project = self.make.project(status, slug=status, title=f"Projekt {status}", round=self.round,
                                        district_id=self.places[place % 4].id)
            if status != "awarded":
                self.make.award(project)
                self.make.milestone(project, status="accepted" if status == "completed" else "planned")
        back = ends.signed(self.make, receipts=(2_250_00, (2_250_00, 2_130_00)), slug="recovery", title="Zurück")
        with transaction():
            closing.sign(back, self.make.person("coordinator"), no_conflict=True)

    def _add_letters(self) -> None:
        """What letters lead to: pages of people who follow, and pages that are opened once."""
        now = clock.now()
        self.follower = follow((Topic.PROJECT, self.project.id), (Topic.THEME, self.theme.id))
        self.wish = self.make._keep(Following(follower_id=self.follower.id, kind=Topic.PROGRAMME, asked_at=now))
        self.letter = self.make._keep(Letter(
            key="k", address="someone@example.org", language="de", subject="Betreff", text=f"Text\n\n{LONG}",
            message_id="<1@example.org>", due_at=now, written_at=now))
        person = self.make.person("lead", mail="lead@demo.invalid")
        for kind in TOKENS:
            self.make._keep(Ticket(
                kind=kind, token_hash=token_hash(f"open-{kind.value}"), mail="new@example.org", roles=[], made_at=now,
                person_id=None if kind is TicketKind.INVITATION else person.id, expires_at=now + timedelta(days=7)))
        self.make._keep(Ticket(
            kind=TicketKind.MAIL, token_hash=token_hash("open-objection"), mail="old@example.org", roles=[OBJECTION],
            made_at=now, person_id=person.id, expires_at=now + timedelta(days=7)))

    def addresses(self, part: str) -> list[str]:
        """Return the addresses of one part, without the language."""
        known = {
            "board": self.boards.open.code,
            "need": self.need.id, "idea": self.idea.id, "joined": self.joined.id, "news": self.news.id,
            "arabic": self.arabic.id, "gone": self.gone.id, "letter": self.letter.id,
            "confirm": token(SECRET, "confirm", self.wish.id, self.follower.salt),
            "given": token_of(self.given), "invited": scenes.token(self.asked), "mine": scenes.token(self.own_page),
            "promised": self.promised.id, "partnership": self.partnership.id,
            "own": following.own_token(self.follower, SECRET),
        } | self.attendance.links() | {kind.name.lower(): f"open-{kind.value}" for kind in TOKENS}
        return [each.format(**known) for each in SITES[part]]
