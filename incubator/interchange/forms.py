"""What is asked when a round moves."""

import re

import wtforms
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms.validators import Regexp

from incubator.foundation.fields import ChoiceField, Required
from incubator.foundation.forms import Form
from incubator.interchange.round_plan import People

PEOPLE = [
    (People.MARKS.value, _l("Without names: instead of each person there is only a mark")),
    (People.NAMES.value, _l("With names and mail, because the other city is to be told them")),
]
HASH = re.compile("[0-9a-f]{64}")


class LetGoForm(Form):
    round_id = ChoiceField(_l("Which round?"), [Required()], choices=[], coerce=int)
    people = ChoiceField(
        _l("How do people go along?"), [Required()], choices=PEOPLE, radio=True, default=People.MARKS.value,
        description=_l("Names only go where the law or the people themselves allow it. Nobody can sign in with it."))


class BringForm(Form):
    file = FileField(_l("The archive"), description=_l("A zip file, signed by the installation it comes from."),
                     render_kw={"accept": ".zip,application/zip"})


class TakeForm(Form):
    """Say yes to what was shown; the archive waits here for a day."""

    archive = wtforms.HiddenField(validators=[Regexp(
        HASH, message=_l("The archive does not wait here any more. Please choose it once more."))])
