"""What is asked before somebody is forgotten."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.fields import CheckField, DayField, MailField, Required
from incubator.foundation.forms import ActForm, VersionedForm
from incubator.media.rules import consent_ends


class AskForm(ActForm):
    sure = CheckField(_l("Yes, delete my account and what is stored about me"),
                      [Required(_l("Please say that you are sure."))])


class CarryOutForm(VersionedForm):
    sure = CheckField(_l("I have read what goes and what stays"), [Required(_l("Please read it first, and say so."))])


class AddressForm(ActForm):
    """Sent without `sure` it only shows what there is."""

    mail = MailField(_l("The mail address they wrote from"), [Required(_l("Please enter the address."))])
    sure = CheckField(_l("Yes, that is the address they wrote from"))


class RenewForm(ActForm):
    until = DayField(
        _l("They agree until"), [Required(_l("Please enter a day."))],
        default=lambda: consent_ends(clock.today()) - timedelta(days=1),
        description=_l("Ask the people in the photo again first. Without an answer the photo is hidden by itself."))
