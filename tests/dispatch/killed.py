"""A worker that is killed with -9 once its first message has left and is not noted yet.

    python -m tests.dispatch.killed ADDRESS INSTANCE CA
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from incubator import create_app
from incubator.dispatch import Voice, sending, settling, speak
from incubator.dispatch.models import PostKind


def _die(*given: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(address: str, instance: str, ca: str) -> None:
    app = create_app({"SECRET_KEY": "for tests only", "SQLALCHEMY_DATABASE_URI": address, "INSTANCE": Path(instance),
                      "REDIS_URL": "", "SMTP_URL": "", "DEMO": False, "TESTING": True, "TRUSTED_HOSTS": None,
                      "BASE_URL": "http://localhost", "TEST_PEERS_CA": ca})
    speak(PostKind.HOOK, Voice(sign=lambda message, is_new: {}))
    settling.note = _die
    with app.app_context():
        sending.post()


if __name__ == "__main__":
    main(*sys.argv[1:])
