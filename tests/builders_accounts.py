"""Rows of accounts for tests, beyond people themselves."""

import secrets
from datetime import timedelta
from typing import Any

from incubator.accounts.models_proofs import Passkey
from incubator.api.models import ApiKey
from incubator.foundation import clock


class AccountBuilders:
    """`make.passkey(person)` is a passkey whose device is not there: it can be seen and removed."""

    def _keep(self, row: Any) -> Any:
        raise NotImplementedError

    def passkey(self, person: Any, **fields: Any) -> Passkey:
        defaults = {"credential": secrets.token_bytes(16), "public_key": b"1", "name": "Handy", "made_at": clock.now()}
        passkey: Passkey = self._keep(Passkey(person_id=person.id, **(defaults | fields)))
        return passkey

    def key(self, person: Any, **fields: Any) -> ApiKey:
        """Make a key for programs that nobody knows."""
        defaults = {"name": "Kalender", "start": "inc_abcdefgh", "token_hash": secrets.token_hex(32),
                    "scopes": ["updates:write"], "made_at": clock.now(), "expires_at": clock.now() + timedelta(days=90)}
        key: ApiKey = self._keep(ApiKey(person_id=person.id, **(defaults | fields)))
        return key
