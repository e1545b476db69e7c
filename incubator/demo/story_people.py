"""Neighbours who ask and offer help in the demo city. Nobody of them exists."""

from functools import partial
from typing import Any

from incubator.demo.story import Life
from incubator.partners import operations as partners
from incubator.questions import operations as questions
from incubator.questions import operations_answers as answers
from incubator.questions import operations_moderation as moderation
from incubator.questions.models import HelpKind, Message
from incubator.questions.rules import KeepingBack

HERE = "demo city"
ADDRESS = "nachbarin@example.org"
ASKED = (
    ("2026-07-20", "de", "Darf ich meine beiden Kinder mitbringen? Sie sind vier und sechs.",
     "Ja, sehr gern! Ab halb sechs gibt es eine Kinderküche mit eigenen kleinen Schürzen."),
    ("2026-08-27", "ar", "هل تطبخون طعامًا نباتيًا أيضًا؟",
     "نعم، في كل أمسية طبق نباتي واحد على الأقل، ونكتب المكوّنات بجانب كل طبق."),
)


class Neighbours:
    """Writes what neighbours of one project do into the calendar."""

    def __init__(self, life: Life, office: Any) -> None:
        self.life, self.office, self.on = life, office, life.calendar.on

    def live(self) -> None:
        for day, language, question, answer in ASKED:
            self.on(day, partial(self._answered, question, answer, language))
        self.on("2026-08-03", self._helps)
        self.on("2026-09-12", self._offers)
        self.on("2026-09-13", self._advertises)
        self.on("2026-09-14", partial(self._asks, "Braucht man für den Abend am 15. September eine Anmeldung?", "de"))

    def _asks(self, text: str, language: str) -> Message:
        return questions.ask(
            self.life.here.id, text=text, name="", mail=ADDRESS, language=language, network=HERE)

    def _answered(self, question: str, answer: str, language: str) -> None:
        asked = self._asks(question, language)
        moderation.pass_on(asked, self.office, public_text=question)
        answers.answer(asked, self.life.who("lead"), text=answer, publicly=True, language=language)

    def _helps(self) -> None:
        given = self._offered(
            HelpKind.HOURS, "zwei Stunden vor jedem Abend", "Ich koche gern und habe dienstags Zeit zum Schnippeln.")
        pledge = answers.accept(
            given, self.life.who("lead"), organisation=self.life.city.organisations[self.life.data["carrier"]],
            description="Hilfe beim Vorbereiten der Kochabende", quantity=10, unit="Stunden",
            text="Wunderbar, danke! Komm am Samstag um drei in die Küche.", language="de",
        )
        partners.confirm(pledge, self.office)

    def _offers(self) -> None:
        self._offered(HelpKind.MATERIAL, "drei große Töpfe", "Unsere Kantine gibt drei Töpfe ab, je 20 Liter.")

    def _offered(self, kind: HelpKind, quantity: str, text: str) -> Message:
        given = questions.offer(
            self.life.here.id, help_kind=kind, quantity=quantity, text=text, name="Erna Erfunden", mail=ADDRESS,
            language="de", network=HERE)
        moderation.pass_on(given, self.office, public_text=text)
        return given

    def _advertises(self) -> None:
        moderation.keep_back(
            self._asks("Kauft billige Kochtöpfe auf topf.example!", "de"), self.office, reason=KeepingBack.ADVERTISING)


def neighbours(life: Life, office: Any, number: int) -> None:
    """Let neighbours write to the first project."""
    if number == 1:
        Neighbours(life, office).live()
