"""Needs, workshops and ideas for tests; `Builders` in builders.py has them all."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from incubator.dialogue.models import (
    EvidenceKind,
    Idea,
    IdeaState,
    NeedEvidence,
    Workshop,
    WorkshopKind,
    WorkshopState,
)
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.programme.models import Round, Theme
from tests.builders_accounts import AccountBuilders


class DialogueBuilders(AccountBuilders):
    """What is not given is made; a workshop that was held lies a month back, one announced a month ahead."""

    _round: Round | None

    def evidence(self: Any, **fields: Any) -> NeedEvidence:
        number = self._next("evidence")
        theme = db.session.scalar(sa.select(Theme).limit(1)) or self.theme()
        defaults = {"kind": EvidenceKind.SURVEY, "statement": f"Es fehlt an Treffpunkten {number}", "count": 51,
                    "base": 84, "year": 2025, "source": "Umfrage der Stadt", "licence": "dl-de/by-2-0",
                    "theme_id": theme.id, "recorded_at": clock.now()}
        return self._keep(NeedEvidence(**(defaults | fields)))

    def workshop(self: Any, *, state: str = "held", round: Round | None = None, **fields: Any) -> Workshop:
        number, month = self._next("workshop"), timedelta(days=30)
        round = round or self._round or self.round()
        starts: datetime = fields.pop("starts_at", clock.now() - month if state == "held" else clock.now() + month)
        defaults = {"slug": f"werkstatt-{number}", "round_id": round.id, "kind": WorkshopKind.FOCUS_GROUP,
                    "title": f"Werkstatt {number}", "text": "Wir reden über das Wohnen.", "starts_at": starts,
                    "ends_at": starts + timedelta(hours=3), "place": "Stadtteiltreff", "languages": ["de", "ar"],
                    "state": WorkshopState(state), "changed_at": clock.now(),
                    "summary": "Viele wünschen sich eine Küche." if state == "held" else ""}
        return self._keep(Workshop(**(defaults | fields)))

    def idea(self: Any, *, state: str = "submitted", round: Round | None = None, **fields: Any) -> Idea:
        """A public idea; `is_public=False` for one that whoever gave it does not want to show."""
        number, ended = self._next("idea"), IdeaState(state)
        round = round or self._round or self.round()
        defaults = {"round_id": round.id, "title": f"Idee {number}", "text": "Zusammen kochen.", "language": "de",
                    "state": ended, "is_public": True, "given_at": clock.now() - timedelta(days=20),
                    "reason": "Ein guter Vorschlag." if ended.is_end or state == "parked" else ""}
        defaults["may_be_public"] = fields.get("is_public", True)
        return self._keep(Idea(**(defaults | fields)))
