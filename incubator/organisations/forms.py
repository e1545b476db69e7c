"""What is asked about organisations."""

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import (
    CheckField,
    ChoiceField,
    DayField,
    LongTextField,
    MailField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm, VersionedForm
from incubator.organisations.models import AffiliationRole, LegalForm


class OrganisationForm(ActForm):
    name = TextField(_l("Name"), [Required(_l("Please write the name."))], max_length=160)
    legal_form = ChoiceField(
        _l("Legal form"), [Required()], choices=LegalForm, blank=True,
        description=_l("The rules of each round say which legal forms may receive money."),
    )
    will_carry = CheckField(
        _l("Receives money for projects of others (carrier)"),
        description=_l("Groups without a legal form apply through a carrier, which is answerable for the money."),
    )
    description = LongTextField(_l("What it does"), description=_l("One or two sentences are enough."), max_length=1000)
    website = TextField(_l("Website"), max_length=300)
    mail = MailField(_l("Mail address of the organisation"))
    register_number = TextField(_l("Number in the register"), max_length=80, description=_l("For example VR 1234."))
    is_department = CheckField(_l("A department of the city"))


class EditOrganisationForm(VersionedForm, OrganisationForm):
    pass


class AffiliationForm(ActForm):
    person_id = ChoiceField(_l("Person"), [Required()], choices=[], coerce=int)
    role = ChoiceField(
        _l("How they belong to it"), [Required()], choices=AffiliationRole, radio=True,
        description=_l(
            "Whoever is on the board, employed there, or related to a board member cannot decide about its projects."
        ),
    )
    since = DayField(_l("Since"))


class EndForm(ActForm):
    until = DayField(_l("Last day"), [Required(_l("Please give the day."))])
