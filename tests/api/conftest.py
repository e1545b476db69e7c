"""What the tests of programs share: keys, and asking with one."""

import json
from typing import Any

import pytest

from incubator.api import operations, rules
from incubator.api.rules import Scope
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction


class Program:
    """A program that asks without cookies, with a key or without."""

    def __init__(self, app: Any, token: str | None = None) -> None:
        self.app, self.token = app, token

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return ({"Authorization": f"Bearer {self.token}"} if self.token else {}) | more

    def get(self, path: str, **headers: str) -> Any:
        return self._open("GET", path, headers)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self._open("POST", path, headers, data=json.dumps(body), content_type="application/json")

    def _open(self, method: str, path: str, headers: dict[str, str], **more: Any) -> Any:
        db.session.rollback()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        with self.app.app_context():
            answer = self.app.test_client(use_cookies=False).open(
                f"/api/v1{path}", method=method, headers=self._headers(sent), **more)
            answer.get_data()
        db.session.expire_all()
        return answer


@pytest.fixture
def program(app):
    """Return a program: `program()` reads, `program(token)` comes with a key."""
    return lambda token=None: Program(app, token)


@pytest.fixture
def key_for(app):
    """Make a key: `key_for(person)` may everything, `key_for(person, Scope.UPDATE)` one thing."""

    def make(person, *scopes, days=90):
        token = rules.new_token()
        with transaction():
            operations.make_key(person, token, name="Programm", scopes=scopes or tuple(Scope), days=days)
        return token

    return make
