"""One thing beside its original: write, hand in, read as the second, publish."""

from collections.abc import Callable
from typing import Any

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard, may
from incubator.foundation.forms import me, page
from incubator.policy import Act
from incubator.translating import operations, queries, queries_earlier
from incubator.translating import queries_thing as things
from incubator.translating.forms import ThingForm, WithdrawForm, thing_form, words_form
from incubator.translating.glossary import found
from incubator.translating.queries_thing import Piece, Thing
from incubator.translating.routes_frame import bp, flash_problems, language_or_404
from incubator.translating.rules import Standing
from incubator.wording.rules import may_review


@bp.route("/desk/translations/<string:code>/texts/<string:thing_key>", methods=["GET", "POST"])
@guard(Act.TRANSLATE_THING, thing=things.thing)
def edit(code: str, thing: Thing) -> ResponseReturnValue:
    target = language_or_404(code)
    pieces = things.pieces(thing, code)
    form = words_form(pieces, code)
    if pieces and form.submitted():
        operation, sentence = _chosen(thing)
        texts = {each.name: form[each.name].data or "" for each in pieces}
        if form.carry_out(operation, thing, code, me(), form.version.data, texts):
            flask.flash(sentence)
            stays = operation is operations.save
            return _to(code, thing) if stays else _on(code, thing)
    return page(
        "translating/edit.html", form, thing=thing, target=target, pieces=pieces, button=thing_form(pieces, ThingForm),
        withdraw_form=_withdraw_form(pieces), earlier=queries_earlier.compared(thing, pieces),
        waiting=_waiting(pieces), reviewed=_stand(pieces, Standing.REVIEWED), may_read=_may_read(pieces),
        terms={each.name: found(each.original, each.written_in, code) for each in pieces},
    )


def _chosen(thing: Thing) -> tuple[Callable[..., Thing], str]:
    """Read off the button what is to be done; publishing alone is not everybody's."""
    sent = flask.request.form
    if "publish" in sent and may(Act.PUBLISH_TRANSLATION, thing):
        return operations.publish_own, _("Published. Everybody can read it now.")
    if "hand_in" in sent:
        return operations.hand_in, _("Thank you! A second person reads it now.")
    return operations.save, _("Saved. You can go on whenever you like.")


def _stand(pieces: list[Piece], standing: Standing) -> list[Piece]:
    return [each for each in pieces if each.standing is standing]


def _waiting(pieces: list[Piece]) -> list[Piece]:
    return _stand(pieces, Standing.WAITING)


def _may_read(pieces: list[Piece]) -> bool:
    """Say whether whoever looks is the second reader of all that waits."""
    return all(each.draft is not None and may_review(each.draft.author, me().public_id) for each in _waiting(pieces))


@bp.post("/desk/translations/<string:code>/texts/<string:thing_key>/review")
@guard(Act.TRANSLATE, thing=things.thing)
def review(code: str, thing: Thing) -> ResponseReturnValue:
    return _press(code, thing, operations.review, _("Thank you! The coordination can publish it now."))


@bp.post("/desk/translations/<string:code>/texts/<string:thing_key>/send-back")
@guard(Act.TRANSLATE, thing=things.thing)
def send_back(code: str, thing: Thing) -> ResponseReturnValue:
    return _press(code, thing, operations.send_back, _("It waits to be written on."))


@bp.post("/desk/translations/<string:code>/texts/<string:thing_key>/publish")
@guard(Act.PUBLISH_TRANSLATION, thing=things.thing)
def publish(code: str, thing: Thing) -> ResponseReturnValue:
    return _press(code, thing, operations.publish, _("Published. Everybody can read it now."))


@bp.post("/desk/translations/<string:code>/texts/<string:thing_key>/withdraw")
@guard(Act.PUBLISH_TRANSLATION, thing=things.thing)
def withdraw(code: str, thing: Thing) -> ResponseReturnValue:
    language_or_404(code)
    form = thing_form(things.pieces(thing, code), WithdrawForm)
    if form.submitted() and form.carry_out(
            operations.withdraw, thing, code, me(), form.version.data, why=form.why.data):
        flask.flash(_("Withdrawn. Everybody reads the original again; the words are kept here."))
    flash_problems(form)
    return _to(code, thing)


def _withdraw_form(pieces: list[Piece]) -> WithdrawForm | None:
    """Return the form where there is something that everybody reads."""
    return thing_form(pieces, WithdrawForm) if any(each.published for each in pieces) else None


def _press(code: str, thing: Thing, operation: Callable[..., Any], sentence: str) -> ResponseReturnValue:
    """Do what a button says with the thing as it was shown."""
    language_or_404(code)
    form = thing_form(things.pieces(thing, code), ThingForm)
    if form.submitted() and form.carry_out(operation, thing, code, me(), form.version.data):
        flask.flash(sentence)
        return _on(code, thing)
    flash_problems(form)
    return _to(code, thing)


def _to(code: str, thing: Thing) -> ResponseReturnValue:
    return flask.redirect(flask.url_for("translating.edit", code=code, thing_key=thing.key), 303)


def _on(code: str, thing: Thing) -> ResponseReturnValue:
    """Go on with the next thing that has no words in this language; with the list where nothing is left."""
    own = None if may(Act.TRANSLATE) else thing.project.id
    keys = [line.key for line in queries.queue(code, project_id=own, size=2).lines if line.key != thing.key]
    if keys:
        to = flask.url_for("translating.edit", code=code, thing_key=keys[0])
    elif own is not None:
        to = flask.url_for("translating.of_project", project_id=own, to=code)
    else:
        to = flask.url_for("translating.queue", code=code)
    return flask.redirect(to, 303)
