"""What is asked about servers of others."""

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import Required, TextField
from incubator.foundation.forms import ActForm


class BlockForm(ActForm):
    host = TextField(_l("Name of the server"), [Required()], max_length=253,
                     description=_l("Such as example.org. Servers below this name are blocked too."))
    reason = TextField(_l("Why?"), [Required()], max_length=300, description=_l("Only the office reads this."))
