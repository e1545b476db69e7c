"""The file that people take home: what programs read, what people read, and the photos and papers they sent."""

import json
import zipfile
from pathlib import Path

from flask import current_app, render_template

import config
from incubator.accounts.models import Person
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.language import in_language
from incubator.privacy import gathering, words_copy

STYLE = Path(config.ROOT) / "static" / "css" / "copy.css"


def fill(path: Path, person: Person, language: str) -> None:
    """Pack everything about somebody into a file, in words of a language."""
    parts, made_at = gathering.parts(person), clock.now()
    sent = [(name, file) for name, file in gathering.files(person) if file.is_file()]
    with in_language(language):
        page = render_template("privacy/copy.html", person=person, chapters=words_copy.chapters(parts),
                               made_at=made_at, files=[name for name, _file in sent])
    data = {"made_at": made_at.isoformat(), "site": current_app.config["BASE_URL"],
            "tables": gathering.by_table(parts)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("index.html", page)
        pack.writestr("copy.css", STYLE.read_text())
        pack.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
        for name, file in sent:
            pack.write(file, name, zipfile.ZIP_STORED)  # pictures are as small as they get
    db.session.rollback()
