"""A worker that is killed with -9 once its first letter has left and is not noted yet.

    python -m tests.letters.killed_sending ADDRESS INSTANCE SMTP_URL
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from incubator import create_app
from incubator.letters import sending


def _die(letter: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(address: str, instance: str, mail: str) -> None:
    app = create_app({"SECRET_KEY": "for tests only", "SQLALCHEMY_DATABASE_URI": address, "INSTANCE": Path(instance),
                      "REDIS_URL": "", "SMTP_URL": mail, "DEMO": False, "TESTING": True, "TRUSTED_HOSTS": None,
                      "BASE_URL": "http://localhost"})
    sending._note_sent = _die
    with app.app_context():
        sending.post()


if __name__ == "__main__":
    main(*sys.argv[1:])
