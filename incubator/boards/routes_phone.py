"""The page that a QR code opens: hand in cards and mark them, without an account.

Phones ask every second and a half whether anything is new, instead of holding a line open on which the server tells
them (SSE): the server has four threads, and each open line would take one for itself, so that the fifth phone would
wait for ever. A question whose answer is “no” costs one look into an index and a few bytes, it survives sleeping
phones and every proxy, and what is new needs no second way.
"""

import functools
import secrets
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import flask
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from incubator.access import public
from incubator.accounts.operations_sign_in import count_try
from incubator.accounts.rules import network_of
from incubator.boards import operations_phone, queries, queries_view, rules
from incubator.boards.forms import BareForm, HandInForm
from incubator.boards.models import Board, BoardState
from incubator.foundation import clock, language
from incubator.foundation.addresses import asked_number
from incubator.foundation.cookies import cookie
from incubator.foundation.forms import Form, page

bp = flask.Blueprint("phones", __name__)
COOKIE, COOKIE_SECONDS = "board_device", 3 * 24 * 3600


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(flask.current_app.config["SECRET_KEY"], salt="board device")


def _device() -> str | None:
    """Return the random name of this device, if we gave it one."""
    try:
        name = _signer().loads(flask.request.cookies.get(cookie(COOKIE), ""))
    except BadSignature:
        return None
    return name if isinstance(name, str) else None


def _hash(salt: str) -> str:
    """Return what this board calls the device; nothing where it has no name, or the board has forgotten."""
    name = _device()
    return rules.device_hash(name, salt) if name and salt else ""


@bp.before_request
def refuse_other_sites() -> None:
    """Take nothing that a page of another site sends: it would come without the device's name, and give it a new one.
    """
    if flask.request.method == "POST" and flask.request.headers.get("Sec-Fetch-Site") == "cross-site":
        flask.abort(400)


def _counted(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Count devices without a name by their network, in the same transaction.

    Whoever throws the name away after each card could else fill a board and set dots without end. A network may be a
    whole hall, so many are free.
    """

    @functools.wraps(operation)
    def counted(*args: Any, **facts: Any) -> Any:
        if _device() is None:
            count_try("board device from", network_of(flask.request.remote_addr))
        return operation(*args, **facts)

    return counted


def _named(response: flask.Response, name: str) -> ResponseReturnValue:
    """Give a device whose card or dot was taken its name, for three days; who only reads or is refused gets none."""
    if _device() is None:
        response.set_cookie(
            cookie(COOKIE), _signer().dumps(name), max_age=COOKIE_SECONDS, httponly=True, samesite="Lax",
            secure=flask.current_app.config["SESSION_COOKIE_SECURE"],
        )
    return response


def _board(code: str) -> Board:
    board = queries.board_of_code(code)
    if board is None:
        flask.abort(flask.make_response(flask.render_template("boards/unknown.html"), 404))
    return board


def _wants_json() -> bool:
    return bool(flask.request.accept_mimetypes.best == "application/json")


@bp.route("/b/<string:code>", methods=["GET", "POST"])
@public
def show(code: str) -> ResponseReturnValue:
    """The page of a phone; sent, it hands in a card."""
    board = _board(code)
    name = _device() or secrets.token_urlsafe(18)
    form = HandInForm()
    if form.submitted() and form.carry_out(
        _counted(operations_phone.hand_in), board, device=rules.device_hash(name, board.salt),
        language=language.current().code, **form.values(),
    ):
        return _named(_done(board, "mine", {"card": form.outcome.id}), name)
    if flask.request.method == "POST" and _wants_json():
        return _problem(form), 422
    return _drawn(board, form)


def _drawn(board: Board, form: Form) -> tuple[str, int]:
    device, row = _hash(board.salt), queries.freshness(board.code)
    state = queries_view.phone_state(row, device, clock.now())
    marked = queries.marked_by(board.id, device)
    collecting, marking = (state.phase == each.value for each in (BoardState.COLLECTING, BoardState.MARKING))
    return page(
        "boards/phone.html", form, board=board, state=state, marked=marked, left=board.dots_per_device - len(marked),
        mine=queries.cards_of(board.id, device) if collecting else (),
        table=queries_view.table(board.id) if marking else None, longest=rules.LONGEST_CARD,
    )


def _done(board: Board, part: str, told: dict[str, Any]) -> flask.Response:
    if _wants_json():
        return flask.make_response(told)
    return flask.make_response(flask.redirect(flask.url_for("phones.show", code=board.code, _anchor=part), 303))


def _problem(form: Form) -> dict[str, str]:
    found = [str(each) for field in form for each in field.errors] + [str(each) for each in form.form_errors]
    return {"problem": " ".join(found)}


@bp.get("/b/<string:code>/state.json")
@public
def state(code: str) -> ResponseReturnValue:
    """Say what is new since a revision: 204 where it is nothing, so that a phone asks often and cheaply."""
    row = queries.freshness(code)
    if row is None:
        flask.abort(404)
    now = clock.now()
    is_over = row.state is BoardState.CLOSED or row.expires_at <= now
    if asked_number("since") == row.revision and not is_over:
        return "", 204
    answer = flask.jsonify(asdict(queries_view.phone_state(row, _hash(row.salt), now)))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/b/<string:code>/cards/<int:card_id>/take-back")
@public
def take_back(code: str, card_id: int) -> ResponseReturnValue:
    return _pressed(code, card_id, operations_phone.take_back, "mine")


@bp.post("/b/<string:code>/cards/<int:card_id>/mark")
@public
def mark(code: str, card_id: int) -> ResponseReturnValue:
    return _pressed(code, card_id, operations_phone.mark, f"card-{card_id}")


@bp.post("/b/<string:code>/cards/<int:card_id>/unmark")
@public
def unmark(code: str, card_id: int) -> ResponseReturnValue:
    return _pressed(code, card_id, operations_phone.unmark, f"card-{card_id}")


def _pressed(code: str, card_id: int, operation: Any, part: str) -> ResponseReturnValue:
    """Carry out what one button does; what is refused is said on the page it leads back to."""
    board = _board(code)
    name = _device() or secrets.token_urlsafe(18)
    form = BareForm()
    if form.submitted() and form.carry_out(_counted(operation), board, card_id, rules.device_hash(name, board.salt)):
        return _named(_done(board, part, {"card": card_id}), name)
    if _wants_json():
        return _problem(form), 422
    flask.flash(" ".join(str(each) for each in form.form_errors) or _("Please try again."), "warning")
    return _done(board, part, {})


bp.record_once(lambda state: state.app.extensions["csrf"].exempt(bp))
