"""Everything public, for programs: each kind of thing as a list and by itself."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import flask
from flask_babel import lazy_gettext as _l
from flask_smorest import Blueprint
from marshmallow import RAISE

from incubator.access import public
from incubator.api import reads_dialogue, reads_money, reads_programme, reads_projects
from incubator.api.answering import (
    NoSession,
    demand_json_is_read,
    demand_room,
    forget_cookies,
    open_to_others,
    readable,
)
from incubator.api.asking import Asked, part
from incubator.api.problems import ROOT, Problem, answer
from incubator.api.reads_programme import Programme, programme
from incubator.api.resources import Resource
from incubator.foundation import clock, language
from incubator.foundation.addresses import asked

RESOURCES: tuple[Resource, ...] = (
    *reads_programme.RESOURCES, *reads_dialogue.RESOURCES, *reads_projects.RESOURCES, *reads_money.RESOURCES)
THE_PROGRAMME = _l("The programme as a whole")

bp = Blueprint("api", __name__, url_prefix=ROOT)


def add(rule: str, endpoint: str, view: Callable[..., Any], summary: Any, schema: Any, asks: Any = None,
        operation: str = "") -> None:
    """Open an address for reading, and describe it."""
    view = bp.response(200, schema, description=str(summary))(view)
    if asks is not None:
        view = bp.arguments(asks, location="query", unknown=RAISE)(view)
    view = public(bp.doc(summary=summary, operationId=operation or f"get_{endpoint}")(view))
    bp.route(rule, endpoint=endpoint)(view)


def _asked(given: dict[str, Any]) -> Asked:
    """Read what was asked for; the page cache hears which parameters count."""
    known = {name: given[name] for name in ("limit", "after") if name in given}
    others = {name: value for name, value in given.items() if name not in ("limit", "after", "lang", "fields")}
    return Asked(language.current().code, clock.today(), wants=tuple(given.get("fields", ())), filters=others, **known)


def _note(names: Any) -> None:
    for name in names:
        asked(name)


def following(after: Any) -> str | None:
    """Return the address of the next page: this one, after the last that it shows."""
    if after is None:
        return None
    query = {**flask.request.args.to_dict(), "after": after}
    return f"{flask.current_app.config['BASE_URL']}{flask.request.path}?{urlencode(query)}"


def _open(resource: Resource) -> None:
    def several(given: dict[str, Any]) -> flask.Response:
        _note(resource.asks_for_list._declared_fields)
        wanted = _asked(given)
        found = resource.rows(wanted)
        next_page = following(found.after)
        items = [part(item, resource.key, wanted.wants) for item in found.items]
        return readable({"items": items, "next": next_page}, next_page=next_page)

    def single(given: dict[str, Any], **key: Any) -> flask.Response:
        _note(resource.asks_for_one._declared_fields)
        wanted = _asked(given)
        found = resource.find(next(iter(key.values())), wanted)
        if found is None:
            raise Problem(404)
        return readable(part(found, resource.key, wanted.wants))

    several.__name__, single.__name__ = resource.name, resource.one
    add(f"/{resource.name}", resource.name, several, resource.summary, resource.page, resource.asks_for_list,
        f"list_{resource.name}")
    add(f"/{resource.name}/{resource.place}", resource.one, single, resource.summary_of_one, resource.whole,
        resource.asks_for_one)


def _programme() -> flask.Response:
    return readable(programme())


add("/programme", "programme", _programme, THE_PROGRAMME, Programme)
for _each in RESOURCES:
    _open(_each)

bp.url_value_preprocessor(forget_cookies)
bp.before_request(demand_room)
bp.before_request(demand_json_is_read)
bp.after_request(open_to_others)
bp.register_error_handler(Problem, answer)  # type: ignore[arg-type]


@bp.record_once
def _keep_cookies_out(state: flask.blueprints.BlueprintSetupState) -> None:
    state.app.session_interface = NoSession()  # type: ignore[attr-defined]
