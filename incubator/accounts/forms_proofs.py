"""What is asked about second proofs and about a new mail address."""

import wtforms
from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import PRIVATE, MailField, PasswordField, Required, TextField
from incubator.foundation.forms import Form

ONE_TIME = {"autocomplete": "one-time-code", "dir": "ltr", **PRIVATE}
TYPE_CODE = _l("Please type the code.")


class Answer(wtforms.HiddenField):
    """What a device answered, put here by the page's script; never written into a page again."""

    def _value(self) -> str:
        return ""


class ProveForm(Form):
    """Its names begin alike, so that they meet none of the form that is carried on."""

    proof_code = TextField(_l("Code"), max_length=40, render_kw=ONE_TIME,
                           description=_l("Six digits from your app, or one of your codes on paper."))
    proof_password = PasswordField(_l("Password"), render_kw={"autocomplete": "current-password"})
    proof_answer = Answer()


class PasskeyForm(Form):
    answer = Answer()


class NewPasskeyForm(PasskeyForm):
    name = TextField(_l("What do you call this device?"), max_length=60,
                     description=_l("So that you know it again later, for example “my phone”."))


class AppForm(Form):
    code = TextField(_l("Six digits from the app"), [Required(TYPE_CODE)], max_length=20,
                     render_kw={**ONE_TIME, "inputmode": "numeric"})


class MailForm(Form):
    mail = MailField(_l("New mail address"), [Required(_l("Please write your new mail address."))])
    password = PasswordField(_l("Your password of today"), [Required()], render_kw={"autocomplete": "current-password"})
