"""A visitor without JavaScript: asks for pages and sends forms as a browser does."""

import secrets
from datetime import timedelta
from typing import Any
from uuid import uuid4

import flask
from bs4 import BeautifulSoup
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from incubator.accounts.models import SignIn
from incubator.accounts.queries import token_hash
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction


def sign_in_token(person: Any) -> str:
    """Sign a person in without a password and return what their cookie holds."""
    token = secrets.token_urlsafe(32)
    with transaction():
        db.session.add(SignIn(
            token_hash=token_hash(token), person_id=person.id, device="Test", created_at=clock.now(),
            seen_at=clock.now(), expires_at=clock.now() + timedelta(days=30),
        ))
    return token


class Answer:
    """What the server said."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.location = response.headers.get("Location")
        self.data = response.data

    @property
    def text(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.data, "html.parser")

    @property
    def problems(self) -> list[str]:
        """The sentences that stand in the list of problems and beside fields."""
        chosen = self.soup.select("[id$='-error'], .problems li, [role=alert] li, [role=alert] p")
        return list(dict.fromkeys(each.get_text(" ", strip=True) for each in chosen))

    def __repr__(self) -> str:
        return f"<{self.status} {self.location or ''}>"


class Visitor:
    """One browser, signed in as a person or as nobody; every request has a context of its own."""

    def __init__(self, app: flask.Flask, person: Any = None) -> None:
        self.app = app
        self.client = app.test_client()
        self._csrf = secrets.token_hex(20)
        content = {"csrf_token": self._csrf} if person is None else {
            "_user_id": sign_in_token(person), "_fresh": True, "csrf_token": self._csrf,
        }
        if person is not None:
            with self.app.app_context(), self.client.session_transaction() as session:
                session.update(content)

    def get(self, path: str, **options: Any) -> Answer:
        return self.open(path, method="GET", **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Answer:
        """Send a form: the hidden token and a fresh key are added, unless `data` brings its own key."""
        with self.app.app_context(), self.client.session_transaction() as session:
            raw = session.setdefault("csrf_token", self._csrf)
        token = URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token").dumps(raw)
        sent = {"csrf_token": token, "form_key": uuid4().hex} | _written(data or {})
        return self.open(path, method="POST", data=sent, **options)

    def fill(self, path: str, *, form: str = "main form[method=post]", **values: Any) -> Answer:
        """Open a page, write into its form what is given, leave the rest as drawn, and send it."""
        return self.fill_drawn(self.get(path), path, form=form, **values)

    def fill_drawn(
        self, drawn: Answer, path: str = "", *, form: str = "main form[method=post]", **values: Any
    ) -> Answer:
        """Do the same on a page that was opened already."""
        found = drawn.soup.select_one(form)
        assert found is not None, f"{path} ({drawn.status}) has no form {form}"
        return self.post(str(found.get("action") or path), _drawn(found) | values)

    def follow(self, answer: Answer) -> Answer:
        assert answer.location, answer
        return self.get(answer.location)

    def open(self, path: str, **options: Any) -> Answer:
        db.session.rollback()
        with self.app.app_context():
            response = self.client.open(path, **options)
            response.get_data()
        db.session.expire_all()
        return Answer(response)


def _written(data: dict[str, Any]) -> dict[str, Any]:
    """Write values as a browser sends them: an unticked box is not sent, a ticked one says y."""
    kept = {name: value for name, value in data.items() if value is not None and value is not False}
    return {name: "y" if value is True else _plain(value) for name, value in kept.items()}


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(int(value))
    return value


def _drawn(form: Any) -> dict[str, Any]:
    """Return what a browser would send if the form were sent as it was drawn."""
    values: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = field["name"], field.get("type", "text")
        if field.name == "textarea":
            values[name] = field.get_text()
        elif field.name == "select":
            chosen = [option.get("value", "") for option in field.select("option[selected]")]
            first = [option.get("value", "") for option in field.select("option")][:1]
            values[name] = chosen if field.has_attr("multiple") else (chosen or first or [""])[0]
        elif kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                values.setdefault(name, []).append(field.get("value", "y"))
        elif kind not in ("submit", "button", "file", "image"):
            values[name] = field.get("value", "")
    return values
