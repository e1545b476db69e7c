"""What is asked when a list of findings comes as a file."""

import wtforms
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage

from incubator.dialogue import rules_import
from incubator.foundation.errors import RuleBroken
from incubator.foundation.forms import ActForm, Form
from incubator.media import scanner


class UploadForm(Form):
    """Choose the file; `text` is what it says, once it could be read."""

    file = FileField(
        _l("The file"), description=_l("CSV, at most 500 kB and 2,000 lines. Nothing is stored before you say yes."),
        render_kw={"accept": ".csv,text/csv"},
    )
    text = ""

    def submitted(self) -> bool:
        if not super().submitted():
            return False
        try:
            self.text = self._read()
        except RuleBroken as broken:
            self.refuse(broken)
            return False
        return True

    def _read(self) -> str:
        sent = self.file.data
        if not isinstance(sent, FileStorage) or not sent.filename:
            raise RuleBroken(_l("Please choose a file."), "file")
        data = sent.stream.read(rules_import.MOST_BYTES + 1)
        scanner.demand_clean(data, "file")
        return rules_import.text_of(data)


class TakeForm(ActForm):
    """Say yes to what was shown; the file itself waits in the page."""

    carried = wtforms.HiddenField()
