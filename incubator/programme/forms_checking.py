"""What a round asks about the check of proposals and the official language."""

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import CheckField, ChoiceField, NumberField, Required
from incubator.foundation.language import LANGUAGES
from incubator.programme.forms_fields import LinesField


class CheckingFields:
    """Without points and translations proposals are checked the simple way; both are off at first."""

    check_points = LinesField(
        _l("What the office looks at in each proposal"), max_length=4000,
        description=_l("One point in each line. Begin with the name of a step and a colon, and the team is led there, "
                       "for example “What and when: costs are plausible”. Left empty, proposals are checked the "
                       "simple way."))
    asks_translation = CheckField(
        _l("Proposals are needed in the official language"),
        description=_l("On: the office can ask for a translation. If it comes in time, the day of the first receipt "
                       "counts (§ 23 VwVfG). Off: every language is enough."))
    official_language = ChoiceField(
        _l("Official language"), [Required()], choices=[(each.code, each.name) for each in LANGUAGES])
    translation_due_days = NumberField(_l("Days for a translation"), [Required()])
