"""A form says what is wrong beside the field, keeps what was typed, and acts once."""

from datetime import date

import flask
import pytest
import wtforms
from hypothesis import given
from hypothesis import strategies as some

from incubator.foundation import fields, forms
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.language import BY_CODE
from incubator.programme.models import FundingKind


class Sample(forms.VersionedForm):
    title = fields.TextField("Title", [fields.Required()], max_length=10)
    text = fields.LongTextField("Text", max_length=50)
    amount = fields.MoneyField("Amount", max=100_00)
    day = fields.DayField("Day")
    count = fields.NumberField("Count", max=9)
    kind = fields.ChoiceField("Kind", choices=FundingKind, blank=True)
    kinds = fields.ManyChoicesField("Kinds", choices=FundingKind)
    mail = fields.MailField("Mail")
    agreed = fields.CheckField("Agreed")


GOOD = {"title": "Garden", "amount": "12,50", "day": "2026-05-01", "count": "3", "kind": "gap", "kinds": ["gap"],
        "mail": "A@Example.org", "agreed": "y", "form_key": "k1", "version": "1"}


@pytest.fixture
def sent(app):
    """Return a function that sends the form, in German."""
    app.config["WTF_CSRF_ENABLED"] = False

    def send(**answers):
        context = app.test_request_context("/de/", method="POST", data=GOOD | answers)
        context.push()
        flask.g.language = BY_CODE["de"]
        opened.append(context)
        return Sample()

    opened: list[flask.ctx.AppContext] = []
    yield send
    for context in reversed(opened):
        context.pop()


def test_answers_arrive_as_what_they_mean(sent):
    form = sent()
    assert form.submitted(), form.errors
    assert form.values() == {
        "title": "Garden", "text": "", "amount": 1250, "day": date(2026, 5, 1), "count": 3, "kind": FundingKind.GAP,
        "kinds": [FundingKind.GAP], "mail": "a@example.org", "agreed": True,
    }


@pytest.mark.parametrize(("name", "typed"), [
    ("title", ""), ("title", "   "), ("title", "far too long a title"), ("title", "a\x00b"), ("amount", "1.50"),
    ("amount", "100,01"), ("amount", "-1"), ("day", "31.12.26"), ("day", "2026-02-30"), ("day", "0001-01-01"),
    ("count", "ten"), ("count", "10"), ("count", "-1"), ("count", "9" * 40), ("kind", "bribe"), ("kinds", "bribe"),
    ("mail", "nobody"), ("text", "\x1b[31m"), ("title", "\ufffd"),
])
def test_what_is_wrong_is_said_beside_its_field(sent, name, typed):
    form = sent(**{name: typed})
    assert not form.submitted()
    assert form[name].errors


@pytest.mark.parametrize("name", ["text", "amount", "day", "count", "kind", "mail"])
def test_an_answer_that_may_stay_empty_may_stay_empty(sent, name):
    assert sent(**{name: ""}).submitted()


def test_a_wrong_amount_is_shown_again_as_it_was_typed(sent):
    form = sent(amount="1.50 or so")
    form.validate()
    assert 'value="1.50 or so"' in form.amount()


def test_a_rule_is_shown_beside_the_field_it_names(sent):
    form = sent()

    def refuse():
        raise RuleBroken("Too much.", field="amount")

    assert not form.carry_out(refuse)
    assert form.amount.errors == ["Too much."]


def test_a_form_sent_twice_acts_once(sent):
    done = []

    class Made:
        id = 7

    def act():
        done.append(1)
        return Made()

    first, second = sent(), sent()
    assert first.carry_out(act) and second.carry_out(act)
    assert (len(done), second.outcome.id) == (1, 7)


def test_a_key_written_into_another_form_stops_nothing(sent):
    done = []

    def plant():
        done.append("planted")

    def water():
        done.append("watered")

    assert sent().carry_out(plant) and sent().carry_out(water) and sent().carry_out(plant)
    assert done == ["planted", "watered"]


def test_a_refused_form_may_be_sent_again(sent):
    def refuse():
        raise RuleBroken("No.")

    assert not sent().carry_out(refuse)
    assert sent().carry_out(lambda: None)


def test_a_form_without_its_key_does_nothing(sent):
    assert not sent(form_key="").carry_out(lambda: pytest.fail("acted"))


@pytest.mark.parametrize("key", ["a\x00b", "k" * 65, "<script>", "٣"])
def test_a_key_no_form_was_drawn_with_does_nothing_and_a_fresh_one_is_given(sent, key):
    form = sent(form_key=key)
    assert not form.carry_out(lambda: pytest.fail("acted"))
    assert forms.KEY.fullmatch(form.form_key._value())


@pytest.mark.parametrize("version", [None, "", "abc", "-1", "9" * 5000, "\x00"])
def test_a_form_that_does_not_say_what_it_was_drawn_from_changes_nothing(sent, version):
    form = sent(version=version)
    assert form.submitted()
    assert not form.carry_out(lambda: pytest.fail("acted"))
    assert form.form_errors == [forms.INCOMPLETE]


def test_a_stale_form_shows_both_versions(sent):
    form = sent()

    def stale():
        raise Stale("Changed.", 5, {"title": "Orchard", "amount": 20_00, "kind": FundingKind.FIXED_SUM})

    assert not form.carry_out(stale)
    assert form.theirs["title"] == "Orchard"
    assert form.title.data == "Garden"
    assert form.version._value() == "5"


@given(typed=some.text(max_size=60))
def test_any_text_is_kept_as_it_is_or_refused(typed):
    app = flask.Flask("bare")
    app.secret_key = "test"
    with app.test_request_context("/", method="POST"):
        class Bare(wtforms.Form):
            text = fields.LongTextField("Text", max_length=50)

        form = Bare(formdata=_Answers(text=typed))
        if form.validate():
            assert "\ufffd" not in typed
            assert form.text.data == typed.replace("\r\n", "\n").replace("\r", "\n").strip()


class _Answers(dict):
    def getlist(self, name):
        return [self[name]]
