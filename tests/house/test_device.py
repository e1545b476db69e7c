"""What no device may keep is marked in the form that asks it; what lies on devices is asked without any of it."""

import re

import wtforms
from cryptography.fernet import Fernet

from incubator.foundation.fields import MailField, PasswordField
from incubator.projects.forms import StepForm
from tests.house.sources import SCRIPTS, TEMPLATES

# secrets and codes · accounts · addresses · what somebody needs because of health or family · what stays between two
SENSITIVE = re.compile(
    r"mail|password|old|new|code|proof_(code|password)|iban|bic|holder|children|interpreter|confidential_notes")
KEEPS = {"draft.js", "outbox-store.js", "board-phone.js", "proposal-draft.js"}
COPIES = {"worker-copies.js"}  # public pages, as strangers get them: tests/browser/test_offline.py
USES_OUTBOX = {"outbox.js", "outbox-send.js", "write.js"}
MARKS = {"check.js": "a switch", "leave.js": "that somebody signs out", "menu.js": "the chosen language"}

# answers of these classes under names that mean nothing elsewhere
NAMED = {("TalkForm", "place"), ("EndForm", "note"), ("BarrierForm", "text")}


def forms(kind=wtforms.Form):
    for each in kind.__subclasses__():
        yield each
        yield from forms(each)


def asked(form):
    """The fields of a form as its class names them."""
    names = {name for kind in form.__mro__ for name in vars(kind)}
    found = ((name, getattr(form, name)) for name in names if not name.startswith("_"))
    return [(name, field) for name, field in found if hasattr(field, "field_class")]


def is_marked(field):
    own = issubclass(field.field_class, MailField | PasswordField)
    return own or "data-private" in (field.kwargs.get("render_kw") or {})


def test_every_question_of_a_sensitive_class_is_marked(app):
    questions = [(form, name, field) for form in forms() for name, field in asked(form)
                 if SENSITIVE.fullmatch(name) and not issubclass(field.field_class, wtforms.HiddenField)]
    assert len(questions) > 20
    assert [f"{form.__name__}.{name}" for form, name, field in questions if not is_marked(field)] == []


def test_so_is_what_is_sensitive_in_one_form_only(app):
    found = {(form.__name__, name): field for form in forms() for name, field in asked(form)}
    assert [each for each in NAMED if not is_marked(found[each])] == []


def test_the_mark_is_drawn_into_the_page_by_fields_of_every_kind(make, visit):
    office, lead = visit(make.person("administrator")), visit(make.person("lead"))
    assert "data-private" in office.get("/de/desk/people/invite").soup.select_one("[name=mail]").attrs
    assert "data-private" in lead.get("/de/desk/me/password").soup.select_one("[name=new]").attrs
    assert "data-private" in visit().get("/de/accessibility/report").soup.select_one("textarea[name=text]").attrs


def test_an_account_is_asked_without_leaving_a_trace(app, make, visit):
    app.config["BANK_KEY"] = Fernet.generate_key().decode()
    organisation = make.organisation()
    page = visit(make.person("coordinator")).get(f"/de/desk/organisations/{organisation.id}/account")
    form = page.soup.select_one("form:has([name=iban])")
    assert "data-draft" not in form.attrs and "data-outbox-kind" not in form.attrs
    assert all("data-private" in form.select_one(f"[name={name}]").attrs for name in ("iban", "bic", "holder"))


def test_a_proposal_is_asked_step_by_step_without_any_of_it(app):
    steps = list(forms(StepForm))
    assert len(steps) >= 4
    assert [name for step in steps for name, field in asked(step) if is_marked(field)] == []


def test_forms_that_wait_for_a_network_are_known_by_name():
    kinds = {kind for path in TEMPLATES
             for kind in re.findall(r'data-outbox-kind"?[:=] ?"(\w+)"', path.read_text())}
    assert kinds == {"report", "news", "receipt"}


def test_nothing_else_writes_to_a_device():
    stores = re.compile(r"(?:local|session)Storage\.setItem|indexedDB\.open|document\.cookie *=|await put\(|\.put\(")
    writes = {path.name for path in SCRIPTS if re.search(stores, path.read_text())}
    assert writes == KEEPS | COPIES | USES_OUTBOX | set(MARKS)
