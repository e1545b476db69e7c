"""Forms that anybody can send without an account: hard for machines, no question more for people."""

from datetime import timedelta
from typing import Any

import flask
import wtforms
from flask_babel import lazy_gettext as _l

from incubator.foundation import clock, stamps
from incubator.foundation.errors import RuleBroken
from incubator.foundation.fields import TextField
from incubator.foundation.forms import ActForm

TOO_OLD = _l("This form was open for a long time. Please look at it once more and send it again.")


def _stamp() -> str:
    """Stamp a form; in a page that is kept for all it is as old as the page, an hour at most."""
    return stamps.stamp(flask.current_app.config["SECRET_KEY"], clock.unwatched_now())


def _quickest() -> timedelta:
    return timedelta(seconds=flask.current_app.config["FORM_SECONDS"])


class PublicForm(ActForm):
    """A form that anybody can send: a question nobody sees, and the signed moment when it was drawn."""

    website = TextField(_l("Please leave this empty"))
    drawn = wtforms.HiddenField(default=_stamp)

    def _age(self) -> timedelta | None:
        return stamps.age(self.drawn.data or "", flask.current_app.config["SECRET_KEY"], clock.now())

    def submitted(self) -> bool:
        """Refuse a form without our stamp; what was typed stays, and the next try carries a new one.

        All is typed already, so that one holds at once: whoever only presses the button again is no machine.
        """
        if not super().submitted():
            return False
        if self._age() is None:
            self.drawn.data = stamps.stamp(flask.current_app.config["SECRET_KEY"], clock.now() - _quickest())
            self.refuse(RuleBroken(TOO_OLD))
            return False
        return True

    @property
    def is_of_machine(self) -> bool:
        """Say whether the unseen question was answered, or everything faster than anybody can type."""
        passed = self._age()
        return bool(self.website.data) or passed is None or passed < _quickest()

    def values(self) -> dict[str, Any]:
        return {name: data for name, data in super().values().items() if name not in ("website", "drawn")}
