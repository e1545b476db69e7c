"""Where this room keeps what must not lie in the database."""

from pathlib import Path

from flask import current_app


def instance() -> Path:
    return Path(current_app.config["INSTANCE"])
