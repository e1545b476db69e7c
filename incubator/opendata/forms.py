"""What is asked of somebody who takes a list along."""

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import ChoiceField, Required
from incubator.foundation.forms import Form as BaseForm
from incubator.opendata.rules_lists import Form, List


class ListForm(BaseForm):
    kind = ChoiceField(_l("Which list?"), [Required(_l("Please choose a list."))], choices=List, radio=True,
                       default=List.PROJECTS)
    round_id = ChoiceField(_l("Of which round?"), choices=[], coerce=int)
    form = ChoiceField(_l("For which program?"), [Required(_l("Please choose a program."))], choices=Form, radio=True,
                       default=Form.XLSX)
