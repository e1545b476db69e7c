"""Pages on which the moderation works with one card or one group, also without a script."""

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.boards import operations_table, queries, queries_view
from incubator.boards.forms import GroupForm, JoinForm, MoveForm
from incubator.boards.models import Board, BoardGroup, Card
from incubator.boards.routes_frame import bp, press
from incubator.foundation import language
from incubator.foundation.forms import Form, me, page
from incubator.policy import Act

SHORTENED = 80


def _back(card: Card) -> str:
    return flask.url_for("boards.show", board_id=card.board_id, _anchor=f"card-{card.id}")


@bp.route("/desk/cards/<int:card_id>", methods=["GET", "POST"])
@guard(Act.KEEP_BOARDS, card=queries.card)
def card(card: Card) -> ResponseReturnValue:
    """Everything that can be done with one card; sent, it is joined with another one."""
    form = JoinForm()
    form["into"].choices = [("", _("Please choose")), *(
        (each.id, each.text if len(each.text) <= SHORTENED else f"{each.text[:SHORTENED]} …")
        for each in queries_view.others(card)
    )]
    if form.submitted() and form.carry_out(
        operations_table.join, card.board, card.id, me(), into=form["into"].data
    ):
        return flask.redirect(flask.url_for("boards.show", board_id=card.board_id), 303)
    return page(
        "boards/card.html", form, card=card, board=card.board, groups=queries.groups(card.board_id),
        joined=queries.joined_with(card.id), is_joinable=queries_view.is_joinable(card),
        into=queries.card(card.merged_into_id) if card.merged_into_id else None,
    )


@bp.post("/desk/cards/<int:card_id>/move")
@guard(Act.KEEP_BOARDS, card=queries.card)
def move_card(card: Card) -> ResponseReturnValue:
    form, back = MoveForm(), _back(card)
    return press(form, operations_table.move_card, card.board, card.id, me(), back=back, **form.values())


@bp.post("/desk/cards/<int:card_id>/hide")
@guard(Act.KEEP_BOARDS, card=queries.card)
def hide_card(card: Card) -> ResponseReturnValue:
    return press(Form(), operations_table.hide, card.board, card.id, me(), back=_back(card),
                 said=_("The card is off the board. Only the moderation can read it."))


@bp.post("/desk/cards/<int:card_id>/show")
@guard(Act.KEEP_BOARDS, card=queries.card)
def show_card(card: Card) -> ResponseReturnValue:
    return press(Form(), operations_table.show_again, card.board, card.id, me(), back=_back(card))


@bp.post("/desk/cards/<int:card_id>/split")
@guard(Act.KEEP_BOARDS, card=queries.card)
def split_card(card: Card) -> ResponseReturnValue:
    return press(Form(), operations_table.split, card.board, card.id, me(), back=_back(card))


@bp.route("/desk/boards/<int:board_id>/groups/add", methods=["GET", "POST"])
@guard(Act.KEEP_BOARDS, board=queries.board)
def add_group(board: Board) -> ResponseReturnValue:
    form = GroupForm(data={"language": language.current().code})
    if form.submitted() and form.carry_out(operations_table.add_group, board, me(), **form.values()):
        return flask.redirect(flask.url_for("boards.show", board_id=board.id), 303)
    return page("boards/group.html", form, board=board, group=None)


@bp.route("/desk/board-groups/<int:group_id>", methods=["GET", "POST"])
@guard(Act.KEEP_BOARDS, group=queries.group)
def group(group: BoardGroup) -> ResponseReturnValue:
    form = GroupForm(obj=group)
    if form.submitted() and form.carry_out(
        operations_table.rename_group, group.board, group.id, me(), **form.values()
    ):
        return flask.redirect(flask.url_for("boards.show", board_id=group.board_id), 303)
    return page("boards/group.html", form, board=group.board, group=group)


@bp.post("/desk/board-groups/<int:group_id>/remove")
@guard(Act.KEEP_BOARDS, group=queries.group)
def remove_group(group: BoardGroup) -> ResponseReturnValue:
    back = flask.url_for("boards.show", board_id=group.board_id)
    return press(Form(), operations_table.remove_group, group.board, group.id, me(), back=back,
                 said=_("The group is gone; its cards stay."))
