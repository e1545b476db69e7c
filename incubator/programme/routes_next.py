"""Pages that help with a round before it opens: a rehearsal of its days, and where its rules are written."""

from types import SimpleNamespace
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation.fields import TextField
from incubator.foundation.forms import VersionedForm, me, page
from incubator.policy import Act
from incubator.programme import forms, operations, queries, rules, rules_next
from incubator.programme.models import Round
from incubator.programme.routes_facts import bp


@bp.route("/desk/rounds/<int:round_id>/calendar")
@guard(Act.MANAGE_ROUNDS, round=queries.round_)
def rehearse(round: Round) -> ResponseReturnValue:
    """Show every day that will come of the round, month by month."""
    months: dict[tuple[int, int], list[rules_next.Day]] = {}
    for day in rules_next.rehearsal(round):
        months.setdefault((day.on.year, day.on.month), []).append(day)
    return page("programme/rehearsal.html", round=round, months=months, doubts=list(rules_next.doubts(round)))


@bp.route("/desk/rounds/<int:round_id>/sources", methods=["GET", "POST"])
@guard(Act.MANAGE_ROUNDS, round=queries.round_)
def sources(round: Round) -> ResponseReturnValue:
    """Ask where each rule is written."""
    asked = forms.RoundForm(formdata=None)
    labels = {forms.kept_in(name): asked[name].label.text for name in reversed(forms.RULED)
              if name not in forms.UNSOURCED}
    drawn = SimpleNamespace(**dict.fromkeys(labels, "") | round.rule_sources, version=round.version)
    form = _form_of(labels)(obj=drawn)
    if form.submitted() and form.carry_out(
        operations.note_sources, round, me(), version=form.version.data, **form.values()
    ):
        flash(_("The changes were saved."))
        return redirect(url_for("programme.round", round_id=round.id), 303)
    return page("programme/sources.html", form, round=round, names=list(reversed(labels)))


def _form_of(labels: dict[str, Any]) -> type[VersionedForm]:
    """Return a form with one line for each setting."""
    lines = {name: TextField(label, max_length=rules.LONGEST_SOURCE) for name, label in labels.items()}
    return type("SourcesForm", (VersionedForm,), lines)
