"""Pages for rounds: list, add, look, change, decide about a change, open, close, archive."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.addresses import asked_number
from incubator.foundation.forms import ActForm, me, page, shown
from incubator.policy import Act
from incubator.programme import forms, operations, queries, rules, rules_next
from incubator.programme.models import Round, RoundChange, RoundState

bp = Blueprint("programme", __name__)
GROUPS: dict[str, Any] = {
    "basics": forms.BASICS, "more_dates": forms.MORE_DATES, "rules": forms.RULES, "depends_on": forms.DEPENDS_ON,
}


@bp.route("/desk/rounds")
@guard(Act.MANAGE_ROUNDS)
def rounds() -> ResponseReturnValue:
    return page("programme/rounds.html", rounds=queries.rounds(), changes=queries.waiting_changes())


@bp.route("/desk/rounds/add", methods=["GET", "POST"])
@guard(Act.MANAGE_ROUNDS)
def add_round() -> ResponseReturnValue:
    last = _copied()
    usual = Round(**(rules.defaults() | (rules_next.copied(last, clock.today()) if last else {})))
    form = forms.RoundForm(obj=usual, **forms.reminders_of(usual))
    if form.submitted() and form.carry_out(operations.add_round, me(), copy_of=last, **form.values()):
        flash(_("The round was added. Nobody but the office sees it until you open it."))
        return redirect(url_for("programme.round", round_id=form.outcome.id), 303)
    return page("programme/add_round.html", form, last=last, rounds=[] if last else queries.rounds(), **GROUPS)


def _copied() -> Round | None:
    """Return the round whose settings the new one begins with."""
    number = asked_number("copy")
    return None if number is None else queries.round_(number)


@bp.route("/desk/rounds/<int:round_id>")
@guard(Act.MANAGE_ROUNDS, round=queries.round_)
def round(round: Round) -> ResponseReturnValue:
    form = forms.RoundForm(formdata=None)
    written = [
        (title, [(form[name].label.text, _written(form, name, forms.value_of(round, name)))
                 for name in forms.are_seen(names, round)])
        for title, names in forms.RULES
    ]
    is_draft = round.state is RoundState.DRAFT
    last = queries.round_(round.copied_from_id) if is_draft and round.copied_from_id else None
    missing = rules.missing_for_opening(round, clock.today()) if is_draft else []
    return page(
        "programme/round.html", round=round, written=written, missing=missing, dates=rules.DATES,
        facts=queries.facts(round.id), change=queries.waiting_change(round.id),
        doubts=list(rules_next.doubts(round)) if is_draft else [],
        last=last, differing=_differing(form, round, last), sources=forms.sources_of(round),
    )


def _differing(form: forms.RoundForm, round: Round, last: Round | None) -> list[tuple[Any, str, str]]:
    """Return (what, before, now) of each setting that is not as in the round this one was copied from."""
    if last is None:
        return []
    other = set(rules_next.differing(last, rules.settings_of(round)))
    shown_now = [(form[name].label.text, *(_written(form, name, forms.value_of(each, name)) for each in (last, round)))
                 for name in forms.RULED if forms.kept_in(name) in other]
    return [(label, before, now) for label, before, now in shown_now if before != now]


def _written(form: forms.RoundForm, name: str, value: Any) -> str:
    if name == "instalments_pct":
        return " / ".join(str(part) for part in value)
    if name in forms.REMINDED:
        return ", ".join(str(day) for day in value) or "–"
    if name == "report_questions":
        return " · ".join(value) or _("The usual four questions")
    if name == "check_points":
        return " · ".join(value) or "–"
    if name == "lateness_public_after_days" and value is None:
        return _("never")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return shown(form[name], value) or "–"


@bp.route("/desk/rounds/<int:round_id>/edit", methods=["GET", "POST"])
@guard(Act.MANAGE_ROUNDS, round=queries.round_)
def edit_round(round: Round) -> ResponseReturnValue:
    form = forms.EditRoundForm(obj=round, **forms.reminders_of(round))
    if form.submitted() and form.carry_out(
        operations.change_round, round, me(), version=form.version.data, **form.values()
    ):
        if queries.waiting_change(round.id) is not None:
            flash(_("The change of settings on money and selection now waits for a second person."), "warning")
        else:
            flash(_("The changes were saved."))
        return redirect(url_for("programme.round", round_id=round.id), 303)
    return page(
        "programme/edit_round.html", form, round=round, needs_two=rules.needs_second_person(round), **GROUPS
    )


@bp.route("/desk/round-changes/<int:change_id>", methods=["GET", "POST"])
@guard(Act.MANAGE_ROUNDS, change=queries.change)
def decide_change(change: RoundChange) -> ResponseReturnValue:
    form = forms.ChangeForm()
    if form.submitted():
        agreed = form.decision.data == "agree"
        if form.carry_out(operations.agree if agreed else operations.drop, change, me()):
            flash(_("The change was carried out.") if agreed else _("The change was dropped."))
            return redirect(url_for("programme.round", round_id=change.round_id), 303)
    return page("programme/decide_change.html", form, change=change, round=change.round, rows=list(_changed(change)))


def _changed(change: RoundChange) -> Iterator[tuple[Any, str, str]]:
    """Yield (what, now, proposed) as a round's form names it: what promises are worth is asked for kind by kind."""
    drawn, after = forms.RoundForm(formdata=None), SimpleNamespace(**change.changes)
    for setting in change.changes:
        names = forms.VALUES if setting == "pledge_values" else (setting,)
        for name in names:
            now, proposed = (_written(drawn, name, forms.value_of(each, name)) for each in (change.round, after))
            if name == setting or now != proposed:
                yield drawn[name].label.text, now, proposed


def _step(round: Round, operation: Callable[..., None], to: str, done: str) -> ResponseReturnValue:
    form = ActForm()
    if form.submitted() and form.carry_out(operation, round, me()):
        flash(done)
        return redirect(url_for("programme.round", round_id=round.id), 303)
    return page("programme/step.html", form, round=round, to=to)


@bp.route("/desk/rounds/<int:round_id>/open", methods=["GET", "POST"])
@guard(Act.MANAGE_ROUNDS, round=queries.round_)
def open_round(round: Round) -> ResponseReturnValue:
    return _step(round, operations.open_round, "open", _("The round is open. Everybody can propose a project now."))


@bp.route("/desk/rounds/<int:round_id>/close", methods=["GET", "POST"])
@guard(Act.MANAGE_ROUNDS, round=queries.round_)
def close_round(round: Round) -> ResponseReturnValue:
    return _step(round, operations.close_round, "close", _("The round is closed. Its projects go on."))

