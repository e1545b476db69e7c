"""What is asked of somebody who wants to hear of news."""

from flask_babel import lazy_gettext as _l

from incubator.follow.models import Rhythm
from incubator.follow.rules_push import LONGEST_ENDPOINT
from incubator.foundation.fields import ChoiceField, MailField, Required, TextField
from incubator.foundation.forms import Form
from incubator.foundation.language import LANGUAGES

HOW_OFTEN = _l("How often?")


class FollowForm(Form):
    mail = MailField(_l("Your mail address"), [Required(_l("Please write your mail address."))])
    rhythm = ChoiceField(
        HOW_OFTEN, [Required(_l("Please choose how often."))], choices=Rhythm, radio=True, default=Rhythm.NOW
    )
    website = TextField(_l("Please leave this empty"))


class ManageForm(Form):
    language = ChoiceField(
        _l("Language of our letters to you"), [Required()], choices=[(each.code, each.name) for each in LANGUAGES]
    )
    rhythm = ChoiceField(HOW_OFTEN, [Required(_l("Please choose how often."))], choices=Rhythm, radio=True)


class DeviceForm(Form):
    """What a browser gives a page that may tell it something; no person writes this."""

    endpoint = TextField(_l("Address of the device"), max_length=LONGEST_ENDPOINT)
    key = TextField(_l("Key of the device"), max_length=100)
    auth = TextField(_l("Secret of the device"), max_length=40)

    class Meta:
        csrf = False  # no cookie speaks for a device


class RenewForm(DeviceForm):
    before = TextField(_l("Address of the device until now"), max_length=LONGEST_ENDPOINT)
