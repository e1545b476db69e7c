"""What is asked about accounts."""

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import PublicName, Role
from incubator.accounts.rules import ROLE_TASKS, SHORTEST_PASSWORD
from incubator.foundation.fields import (
    CheckField,
    ChoiceField,
    MailField,
    ManyChoicesField,
    PasswordField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm, Form, VersionedForm
from incubator.foundation.language import LANGUAGES

OWN_NAMES = [(each.code, each.name) for each in LANGUAGES]
GOOD_PASSWORD = _l(
    "At least %(number)s characters. A sentence of four words is easy to keep in mind.", number=SHORTEST_PASSWORD
)
END_KEYS = _l("Also end my keys for programs")
WHY_END_KEYS = _l("If somebody else may have known your password. Your programs then need new keys.")
WRITE_MAIL = _l("Please write your mail address.")
NEW, NOW = {"autocomplete": "new-password"}, {"autocomplete": "current-password"}


class SignInForm(Form):
    mail = MailField(_l("Mail address"), [Required(WRITE_MAIL)], render_kw={"autocomplete": "username"})
    password = PasswordField(_l("Password"), [Required(_l("Please write your password."))], render_kw=NOW)


class AskForm(Form):
    mail = MailField(_l("Mail address"), [Required(WRITE_MAIL)])


class ResetForm(Form):
    password = PasswordField(_l("New password"), [Required()], description=GOOD_PASSWORD, render_kw=NEW)
    ends_keys = CheckField(END_KEYS, description=WHY_END_KEYS, default=True)


class _NameFields(Form):
    given_name = TextField(
        _l("First name"), [Required(_l("Please write how we may call you."))], max_length=80,
        render_kw={"autocomplete": "given-name"},
    )
    family_name = TextField(_l("Family name"), max_length=80, render_kw={"autocomplete": "family-name"})
    language = ChoiceField(_l("Language of our letters to you"), [Required()], choices=OWN_NAMES)


class InvitationForm(_NameFields):
    public_name = ChoiceField(
        _l("What may everyone read on the public pages?"), [Required()], choices=PublicName, radio=True,
        default=PublicName.GROUP, description=_l("You can change this at any time."),
    )
    password = PasswordField(
        _l("Password"), description=_l(
            "At least %(number)s characters. Four words that do not belong together are easy to keep in mind and hard "
            "to guess. Without a password we send you a link by mail each time you sign in.", number=SHORTEST_PASSWORD),
        render_kw=NEW,
    )


class AccountForm(VersionedForm, _NameFields):
    public_name_choice = ChoiceField(
        _l("What may everyone read on the public pages?"), [Required()], choices=PublicName, radio=True
    )
    also_reads = ManyChoicesField(
        _l("I also read"), choices=OWN_NAMES,
        description=_l("Where there are no words in your first language, you read them in one of these."),
    )


class PasswordForm(Form):
    old = PasswordField(_l("Your password of today"), [Required()], render_kw=NOW)
    new = PasswordField(_l("New password"), [Required()], description=GOOD_PASSWORD, render_kw=NEW)
    ends_keys = CheckField(END_KEYS, description=WHY_END_KEYS)


class InviteForm(ActForm):
    mail = MailField(_l("Mail address"), [Required(_l("Please write a mail address."))])
    roles = ManyChoicesField(
        _l("What will this person do?"), choices=[], coerce=Role,
        description=_l("Nothing needs to be ticked for people who only join the team of a project."),
    )
    language = ChoiceField(_l("Language of the invitation"), [Required()], choices=OWN_NAMES)


class RoleForm(Form):
    role = ChoiceField(_l("One more role"), [Required(_l("Please choose a role."))], choices=Role, radio=True)


def with_tasks(roles: list[Role]) -> list[tuple[str, object]]:
    """Return roles as choices that say what each is for."""
    return [
        (role.value, _l("%(role)s: %(task)s", role=role.label, task=ROLE_TASKS[role])) for role in roles
    ]
