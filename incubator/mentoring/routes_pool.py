"""Pages about the pool of mentors: what one brings, and a round's talks as counts."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import language
from incubator.foundation.forms import me, page
from incubator.mentoring import operations_profile
from incubator.mentoring.forms_agreement import ProfileForm
from incubator.mentoring.queries_numbers import numbers
from incubator.mentoring.queries_profiles import profile as written
from incubator.mentoring.routes_frame import bp
from incubator.policy import Act
from incubator.programme import queries as programme
from incubator.programme.models import Round


@bp.route("/desk/me/mentoring", methods=["GET", "POST"])
@guard(Act.KEEP_MENTOR_PROFILE)
def profile() -> ResponseReturnValue:
    mine, themes, code = written(me().id), programme.themes(), language.current().code
    form = ProfileForm(data={
        "theme_ids": [theme.id for theme in mine.themes], "languages": mine.languages, "words": mine.words,
    } if mine else {"languages": sorted({"de", me().language})})
    form.theme_ids.choices = [(theme.id, theme.name(code)) for theme in themes]
    if form.submitted():
        chosen = [theme for theme in themes if theme.id in (form.theme_ids.data or ())]
        if form.carry_out(operations_profile.write_profile, me(), me(), themes=chosen, language=code,
                          languages=form.languages.data or [], words=form.words.data or ""):
            flash(_("Saved. The coordination sees it when it looks for a mentor."))
            return redirect(url_for("accounts.me"), 303)
    return page("mentoring/profile.html", form)


@bp.get("/desk/board/<int:round_id>/mentoring", endpoint="numbers")
@guard(Act.SEE_ROUND_BOARD, round=programme.round_)
def show_numbers(round: Round) -> ResponseReturnValue:
    return page("mentoring/numbers.html", round=round, numbers=numbers(round.id))
