"""The question for files: several at once, and those that were sent already need not be chosen again."""

import re
from dataclasses import dataclass
from typing import Any

import flask
import wtforms
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms.utils import unset_value
from wtforms.validators import StopValidation
from wtforms.widgets import html_params

from incubator.foundation.validators import with_own

MAX_FILES = 10
KEY = re.compile(r"[0-9a-f]{32}")
KINDS = "image/*,application/pdf"


@dataclass(frozen=True)
class Sent:
    """A file as it was sent, under the name it had there."""

    data: bytes
    name: str


class FilesInput:
    """The files that are kept, each with a box to leave it out, and the button that chooses more."""

    input_type = "file"
    multiple = True

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        own = {"type": self.input_type, "id": field.id, "name": field.name, "multiple": True, "accept": KINDS}
        attributes = html_params(**own | kwargs)
        drawn = flask.render_template("components/papers.html", field=field, attributes=attributes)
        return Markup(drawn)  # noqa: S704 - a template escapes what it is given


class PapersField(wtforms.Field):
    """Photos and PDFs, at most `max_files`, those that wait already counted among them.

    A browser forgets chosen files when a form is shown again, so whoever handles the form puts what could be read
    where it waits (`incubator.media.waiting.receive`). `sent` is what came with this form, `kept_keys` and
    `dropped_keys` what came with an earlier one and is still wanted or no longer; `receive` then sets `kept`, the
    waiting rows that are shown, and `data`, the rows the operation is given.
    """

    widget = FilesInput()
    data: Any

    def __init__(self, label: Any = None, validators: Any = None, *, max_files: int = MAX_FILES, **kwargs: Any) -> None:
        self.max_files = max_files
        self.sent: list[Sent] = []
        self.kept: list[Any] = []
        self.kept_keys: list[str] = []
        self.dropped_keys: list[str] = []
        super().__init__(label, with_own(validators), **kwargs)

    @property
    def papers(self) -> list[Any]:
        return list(self.data)

    @property
    def has_too_many(self) -> bool:
        return len(self.sent) + len(self.kept_keys) > self.max_files

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        if formdata:
            dropped = set(formdata.getlist(f"{self.name}-drop"))
            named = dict.fromkeys(KEY.findall(formdata.get(f"{self.name}-kept", "")))
            self.kept_keys = [key for key in named if key not in dropped]
            self.dropped_keys = [key for key in named if key in dropped]
        super().process(formdata, data, extra_filters)
        self.data = self.data or []

    def process_formdata(self, valuelist: list[Any]) -> None:
        files = [each for each in valuelist if isinstance(each, FileStorage) and each.filename]
        self.sent = [Sent(each.read(), each.filename or "") for each in files]
        self.data = [*self.sent, *self.kept_keys]

    def pre_validate(self, form: Any) -> None:
        if self.has_too_many:
            raise StopValidation(_l("At most %(number)s files fit here.", number=self.max_files))
