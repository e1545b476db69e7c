"""Leyla translates in the demo city: one text is published, one waits for a second reader, one she has only begun.

Many are missing, and one has changed since it was translated: so it is in every city.
"""

import sqlalchemy as sa

from incubator.demo.talk import Talk
from incubator.dialogue import operations as dialogue
from incubator.foundation.database import db
from incubator.milestones.models import Update
from incubator.projects.models import Project
from incubator.translating import operations as translating
from incubator.translating.queries_thing import Thing

NEWS = "Der vierte Abend: Borschtsch und Maqluba"
IN_ARABIC = {
    "title": "الأمسية الرابعة: بورشت ومقلوبة",
    "text": "يوم السبت طبخ اثنا عشر شخصًا وأكل ثلاثة وأربعون.\n\n"
            "الأمسية القادمة يوم 15 سبتمبر في الساعة السادسة مساءً. تعالوا ببساطة!",
}
IN_TURKISH = {
    "title": "Dördüncü akşam: borş ve maklube",
    "text": "Cumartesi günü on iki kişi pişirdik, kırk üç kişi yedik.\n\n"
            "Bir sonraki akşam 15 Eylül, saat 18.00’de. Buyurun, gelin!",
}
CHANGED = {"E6": "Das Mietrecht wird oft nicht verstanden"}


class Translator:
    """Writes what Leyla and the office do with words into the calendar."""

    def __init__(self, talk: Talk) -> None:
        self.talk, self.on = talk, talk.calendar.on
        self.leyla, self.petra = talk.city.people["leyla"], talk.city.people["petra"]

    def live(self) -> None:
        self.on("2026-09-09", self._correct_findings)
        self.on("2026-09-10", self._publish)
        self.on("2026-09-12", self._hand_in)
        self.on("2026-09-14", self._begin)

    def _correct_findings(self) -> None:
        for key, statement in CHANGED.items():
            dialogue.change_evidence(self.talk.evidence[key], self.petra, statement=statement)

    def _publish(self) -> None:
        thing = self._news()
        translating.hand_in(thing, "ar", self.leyla, None, IN_ARABIC)
        translating.review(thing, "ar", self.petra, None)
        translating.publish(thing, "ar", self.petra, None)

    def _hand_in(self) -> None:
        translating.hand_in(self._news(), "tr", self.leyla, None, IN_TURKISH)

    def _begin(self) -> None:
        project = db.session.scalar(sa.select(Project).where(Project.id == self._news().row.project_id))
        translating.save(Thing("project", project), "tr", self.leyla, None, {"title": "Schinkel komşuluk mutfağı"})

    def _news(self) -> Thing:
        return Thing("update", db.session.scalars(sa.select(Update).where(Update.title == NEWS)).one())
