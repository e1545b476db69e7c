"""What is asked when a paper goes with a proposal."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from incubator.foundation.fields import PapersField, Required, TextField
from incubator.foundation.forms import ActForm
from incubator.projects.rules_attachments import LARGEST_BYTES, LARGEST_MB, LONGEST_TITLE


def small_enough(form: Any, field: Any) -> None:
    """Refuse files that are too large before anything of them is read or kept."""
    large = [each for each in field.sent if len(each.data) > LARGEST_BYTES]
    if large:
        field.sent = [each for each in field.sent if each not in large]
        raise ValidationError(_l("%(name)s is larger than %(number)s MB. Please choose a smaller file.",
                                 name=f"\u2068{large[0].name}\u2069", number=LARGEST_MB))


class AttachmentForm(ActForm):
    papers = PapersField(
        _l("PDF or photo"), [Required(_l("Please choose a file.")), small_enough],
        description=_l("At most 10 MB each. Only the team, its mentor and the city see it."))
    title = TextField(
        _l("What is it?"), max_length=LONGEST_TITLE,
        description=_l("For example: statutes, letter of the school. Left empty, the name of the file stands there."))
