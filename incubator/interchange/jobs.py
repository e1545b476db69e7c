"""Archives that nobody said yes to go after a day."""

from pathlib import Path

import flask

from incubator.foundation.jobs import now_and_then
from incubator.interchange import waiting


@now_and_then
def forget_old() -> None:
    waiting.forget_old(Path(flask.current_app.config["INSTANCE"]))
