"""Forms: the shape of what people send, and the way from a sent form to an operation and back."""

import hashlib
import logging
import re
import secrets
from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import flask
import flask_wtf
import wtforms
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from wtforms.widgets import HiddenInput

from incubator.foundation import language, money, rendering, submission
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.fields import ManyChoicesField, MoneyField
from incubator.foundation.transaction import transaction

log = logging.getLogger(__name__)
NUMBER = re.compile(r"[0-9]{1,10}")
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
INCOMPLETE = _l("This form was incomplete. Please send it again.")
OURS = ("csrf_token", "form_key", "version")


class Form(flask_wtf.FlaskForm):
    """The shape of what is sent; `theirs` holds what somebody else stored meanwhile, by field."""

    theirs: dict[str, str] | None = None
    outcome: Any = None

    def submitted(self) -> bool:
        """Say whether this was sent and every answer has the right shape."""
        return bool(self.validate_on_submit())

    def values(self) -> dict[str, Any]:
        """Return the answers by name, without what only the form itself needs."""
        return {name: data for name, data in self.data.items() if name not in OURS}

    def carry_out(self, operation: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Run an operation in a transaction; what it refuses is shown beside its field, and nothing is stored.

        True also for the same form sent again: `outcome` then knows only the `id` of what was made the first time.
        """
        try:
            with transaction():
                self._run(operation, args, kwargs)
        except Stale as stale:
            self._show_both(stale)
        except RuleBroken as broken:
            self.refuse(broken)
        except (StaleDataError, IntegrityError):
            log.warning("two people at once", exc_info=True)
            self.refuse(RuleBroken(_l("Somebody saved something here at the same moment. Please look and send again.")))
        else:
            return True
        return False

    def _run(self, operation: Callable[..., Any], args: Any, kwargs: Any) -> None:
        self.outcome = operation(*args, **kwargs)

    def refuse(self, broken: RuleBroken) -> None:
        """Show a sentence beside the field it belongs to, or above the form."""
        for field in _all_fields(self):
            if broken.field and field.name == broken.field:
                field.errors = [*field.errors, broken.sentence]
                return
        self.form_errors: list[Any] = [*self.form_errors, broken.sentence]

    def _show_both(self, stale: Stale) -> None:
        self.refuse(RuleBroken(stale.sentence))
        self.theirs = {}
        for name, value in stale.current.items():
            if name in self and value != self[name].data:
                self.theirs[name] = self[name].theirs = shown(self[name], value)
        if "version" in self:
            self["version"].data = stale.version


def _bound(key: str, operation: Callable[..., Any]) -> str:
    """Bind a form's key to what the form does: written into another form it is another key."""
    named = f"{getattr(operation, '__module__', '')}.{getattr(operation, '__qualname__', '')} {key}"
    return hashlib.sha256(named.encode()).hexdigest()


class ActForm(Form):
    """A form that changes something: sent twice, it acts once."""

    form_key = wtforms.HiddenField(default=lambda: secrets.token_urlsafe(24))

    def _run(self, operation: Callable[..., Any], args: Any, kwargs: Any) -> None:
        key = self.form_key.data or ""
        if not KEY.fullmatch(key):
            self.form_key.raw_data, self.form_key.data = None, secrets.token_urlsafe(24)
            raise RuleBroken(INCOMPLETE)
        key = _bound(key, operation)
        before = submission.claim(key)
        if before is not None:
            self.outcome = SimpleNamespace(id=before.outcome_id)
            return
        self.outcome = operation(*args, **kwargs)
        submission.remember(key, getattr(self.outcome, "id", None))


class VersionField(wtforms.IntegerField):
    """The version of the row a form was drawn from; what cannot be read is as if it were missing."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if NUMBER.fullmatch(text) else None

    def _value(self) -> str:
        drawn = self.object_data if self.data is None else self.data
        return "" if drawn is None else str(drawn)


class VersionedForm(ActForm):
    """A form that changes a row somebody else may change too; drawn with `obj=row`, it carries the row's version."""

    version = VersionField()

    def _run(self, operation: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Refuse a form that does not say what it was drawn from: it could take away what others stored."""
        if "version" in self and self["version"].data is None:
            raise RuleBroken(INCOMPLETE)
        super()._run(operation, args, kwargs)


def _all_fields(form: Any) -> Iterator[Any]:
    for field in form:
        yield field
        if isinstance(field, wtforms.FieldList | wtforms.FormField):
            yield from _all_fields(field)


def shown(field: Any, value: Any) -> str:
    """Write a stored value the way its field would."""
    if value is None:
        return "–"
    if isinstance(field, MoneyField):
        return money.format(value, language.current().code)
    if isinstance(field, wtforms.BooleanField):
        return "✓" if value else "–"
    if isinstance(value, date):
        return rendering.day(value)
    if isinstance(field, wtforms.SelectField | ManyChoicesField):
        names = {field.coerce(choice.value): str(choice.label) for choice in field.iter_choices()}
        many = value if isinstance(value, list | tuple) else [value]
        return ", ".join(names.get(each, str(each)) for each in many)
    return str(value)


def me() -> Any:
    """Return who is signed in, as a row and not as a stand-in."""
    return current_user._get_current_object()


def page(template: str, form: Form | None = None, **context: Any) -> tuple[str, int]:
    """Draw a page; one whose form was refused answers 422."""
    refused = form is not None and bool(form.errors)
    return flask.render_template(template, form=form, **context), 422 if refused else 200
