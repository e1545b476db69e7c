"""Pages on which the moderation opens a board and leads through it, and the beamer's."""

from typing import Any

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from incubator.access import guard
from incubator.boards import operations, operations_table, queries, queries_view, rules
from incubator.boards.forms import IdeasForm, OpenForm, PaperForm, PhaseForm
from incubator.boards.models import Board, BoardState
from incubator.boards.pages import CardView
from incubator.boards.routes_frame import bp, press
from incubator.dialogue import queries as dialogue
from incubator.dialogue.models import Workshop
from incubator.dialogue.routes_frame import offer_places
from incubator.foundation import clock, language
from incubator.foundation.addresses import asked_number
from incubator.foundation.forms import Form, me, page
from incubator.foundation.later import later
from incubator.policy import Act

segno = later("segno")

INK = "#000"
SHORTENED = 90


@bp.route("/desk/workshops/<int:workshop_id>/boards/add", methods=["GET", "POST"])
@guard(Act.KEEP_BOARDS, workshop=dialogue.workshop_by_id)
def open_board(workshop: Workshop) -> ResponseReturnValue:
    end = rules.default_end(workshop, clock.now()).astimezone(clock.CITY)
    form = OpenForm(data={"language": language.current().code, "dots_per_device": rules.DOTS, "on": end.date(),
                          "until": end.time().replace(second=0, microsecond=0)})
    if form.submitted() and form.carry_out(operations.open_board, workshop, me(), **form.values()):
        return flask.redirect(flask.url_for("boards.show", board_id=form.outcome.id), 303)
    return page("boards/open.html", form, workshop=workshop, boards=queries.boards_of(workshop.id))


@bp.route("/desk/boards/<int:board_id>", methods=["GET", "POST"])
@guard(Act.KEEP_BOARDS, board=queries.board)
def show(board: Board) -> ResponseReturnValue:
    """The table of the moderation; sent, it takes a card from paper."""
    form = PaperForm(data={"language": language.current().code})
    if form.submitted() and form.carry_out(operations_table.type_in, board, me(), **form.values()):
        return flask.redirect(flask.url_for("boards.show", board_id=board.id, _anchor="paper"), 303)
    return page(
        "boards/show.html", form, board=board, revision=queries.revision(board.id), table=queries_view.table(board.id),
        is_over=rules.is_over(board, clock.now()), short=short_address(board), steps=rules.STEPS[board.state],
    )


@bp.get("/desk/boards/<int:board_id>/state.json")
@guard(Act.KEEP_BOARDS, board=queries.board)
def state(board: Board) -> ResponseReturnValue:
    """Say whether anything is new since a revision; the page itself then brings what it is."""
    if asked_number("since") == board.revision:
        return "", 204
    return flask.jsonify(revision=board.revision)


@bp.get("/desk/boards/<int:board_id>/screen")
@guard(Act.KEEP_BOARDS, board=queries.board)
def screen(board: Board) -> ResponseReturnValue:
    revision = queries.revision(board.id)
    return page(
        "boards/screen.html", board=board, revision=revision, short=short_address(board), code=qr(board),
        table=queries_view.on_screen(queries_view.table(board.id), board.state),
        is_over=rules.is_over(board, clock.now()),
    )


@bp.post("/desk/boards/<int:board_id>/phase")
@guard(Act.KEEP_BOARDS, board=queries.board)
def move_phase(board: Board) -> ResponseReturnValue:
    form = PhaseForm()
    to: BoardState | None = form.to.data
    said = _("The board is closed. Everybody can read its minutes.") if to is BoardState.CLOSED else ""
    return press(form, operations.move_phase, board, to, me(), back=_table(board), said=said)


@bp.post("/desk/boards/<int:board_id>/prolong")
@guard(Act.KEEP_BOARDS, board=queries.board)
def prolong(board: Board) -> ResponseReturnValue:
    return press(Form(), operations.prolong, board, me(), back=_table(board), said=_("One more hour."))


@bp.route("/desk/boards/<int:board_id>/ideas", methods=["GET", "POST"])
@guard(Act.KEEP_BOARDS, board=queries.board)
def make_ideas(board: Board) -> ResponseReturnValue:
    """Choose cards that become ideas of the workshop; a card from whose page one comes is chosen already."""
    chosen = asked_number("card")
    form = IdeasForm(data={"cards": [chosen] if chosen else []})
    offer_places(form, _("The whole city, or nobody knows"))
    free = queries_view.without_idea(queries_view.table(board.id))
    form["cards"].choices = [(card.id, _line(card)) for card in free]
    if form.submitted() and form.carry_out(operations_table.make_ideas, board, me(), **form.values()):
        flask.flash(_("The ideas are written down."))
        return flask.redirect(_table(board), 303)
    return page("boards/ideas.html", form, board=board, free=free)


def _line(card: CardView) -> str:
    """Write a card in one line with its dots."""
    return f"{card.text} · {card.dots} ●" if card.dots else card.text


def _table(board: Board) -> str:
    return flask.url_for("boards.show", board_id=board.id)


def short_address(board: Board) -> str:
    """Return what somebody types who cannot scan: without a language, so that each phone gets its own."""
    base: str = flask.current_app.config["BASE_URL"]
    return f"{base.partition('://')[2]}/b/{board.code}"


def qr(board: Board) -> Markup:
    """Draw the code with the quiet margin and the white ground that phones need; made of our own signs only."""
    url: Any = f"{flask.current_app.config['BASE_URL']}/b/{board.code}"
    drawn = segno.make(url, error="m", micro=False).svg_inline(border=2, dark=INK, light="#fff", omitsize=True)
    return Markup(drawn)  # noqa: S704 - a drawing of squares
