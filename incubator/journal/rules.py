"""How an entry becomes part of the chain."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any


def digest(
    previous: str,
    *,
    at: datetime,
    action: str,
    actor: str | None,
    subject_type: str,
    subject_id: int,
    project_id: int | None,
    data: dict[str, Any],
) -> str:
    """Return SHA-256 over the previous hash and the entry in canonical JSON; moments in UTC to the microsecond."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    content = json.dumps(
        [moment, action, actor, subject_type, subject_id, project_id, data],
        sort_keys=True, separators=(",", ":"), ensure_ascii=False,
    )
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()
