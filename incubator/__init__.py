"""The Incubator, put together; the only file that knows every room."""

import importlib
import importlib.util
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import flask
import flask_login
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from incubator import access, commands, health, policy
from incubator.accounts import queries as accounts
from incubator.api import problems
from incubator.foundation import (
    addresses,
    catalogues,
    clock,
    compression,
    headers,
    jobs,
    language,
    logs,
    measures,
    migrating,
    origin,
    pagecache_setup,
    refusals,
    rendering,
    sheets,
    tracing,
    trouble,
)
from incubator.foundation.database import db, engine_options, with_driver

SERVICES = ("journal", "letters", "dispatch", "media", "wording")
ROOMS = (
    "accounts", "organisations", "programme", "dialogue", "boards", "projects", "partners", "mentoring", "budgets",
    "selection", "milestones", "payments", "closing", "documents", "questions", "progress", "translating",
    "follow", "opendata", "api", "fediverse", "hooks", "interchange", "guides", "privacy", "desk", "demo",
)
WITHOUT_LANGUAGE = (  # what programs ask for
    "media", "crawlers", "worker", "city", "browsers", "metrics", "api", "data_files", "fediverse",
)


def create_app(overrides: dict[str, Any] | None = None) -> flask.Flask:
    """Put the house together; `overrides` replace settings from the environment."""
    app = flask.Flask(
        "incubator", root_path=str(config.ROOT),
        template_folder=config.ROOT / "templates", static_folder=config.ROOT / "static",
    )
    app.config.update(config.settings() | (overrides or {}))
    _demand_safe(app)
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(app.config["SQLALCHEMY_DATABASE_URI"]))
    app.config["SQLALCHEMY_DATABASE_URI"] = with_driver(app.config["SQLALCHEMY_DATABASE_URI"])
    Path(app.config["INSTANCE"]).mkdir(parents=True, exist_ok=True)
    catalogues.compile_newer()
    sheets.make_newer()
    _wrap(app)  # it names the build by the files that are there
    db.init_app(app)
    health.choose_database(app)
    migrating.set_up(app)
    addresses.set_up(app)
    language.set_up(app)
    compression.set_up(app)  # before the headers, so that it comes after them
    headers.set_up(app)
    rendering.set_up(app)
    refusals.set_up(app)
    origin.set_up(app)
    CSRFProtect(app)
    _set_up_sign_in(app)
    _open_rooms(app)
    rendering.bind_filters(app)
    _set_up_errors(app)
    trouble.set_up(app)
    health.set_up(app)
    app.context_processor(lambda: {"may": access.may, "may_open": access.may_open, "may_visit": access.may_visit,
                                   "Act": policy.Act})
    jobs.set_up(app)
    commands.set_up(app)
    logs.set_up(app)  # last: now every address is known
    _set_demo_clock(app)
    return app


def _wrap(app: flask.Flask) -> None:
    """Lay what sees every request around Flask, from the inside out."""
    tracing.set_up(app)
    measures.set_up(app)  # inside of the page cache: what is kept costs nothing and has no number
    pagecache_setup.set_up(app, config.ROOT)
    if hops := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _demand_safe(app: flask.Flask) -> None:
    if app.config["DEMO"]:
        app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or "demo only, no secret"  # it protects nothing
    elif not app.config["TESTING"]:
        config.demand_safe(app.config)


def _set_up_sign_in(app: flask.Flask) -> None:
    manager = flask_login.LoginManager(app)
    manager.session_protection = None  # rows in `sign_in` say who is signed in, not the network they come from
    manager.user_loader(accounts.person_of_token)


def _part(room: str, name: str) -> ModuleType | None:
    """Import a room's file if the room has it."""
    dotted = f"incubator.{room}.{name}"
    return importlib.import_module(dotted) if importlib.util.find_spec(dotted) else None


def _open_rooms(app: flask.Flask) -> None:
    importlib.import_module("incubator.foundation.submission")
    for room in SERVICES + ROOMS:
        for kind in ("models", "jobs"):
            for file in sorted((config.ROOT / "incubator" / room).glob(f"{kind}*.py")):
                _part(room, file.stem)
        if group := getattr(_part(room, "commands"), f"{room}_group", None):
            app.cli.add_command(group)
        routes = _part(room, "routes")
        for blueprint in getattr(routes, "blueprints", ()):
            prefix = None if blueprint.name in WITHOUT_LANGUAGE else "/<language:language>"
            app.register_blueprint(blueprint, url_prefix=prefix)


def _set_up_errors(app: flask.Flask) -> None:
    @app.errorhandler(CSRFError)
    def stale_form(error: CSRFError) -> tuple[str, int]:
        return flask.render_template("errors/stale_form.html"), 400

    @app.errorhandler(404)
    def not_found(error: HTTPException) -> flask.typing.ResponseReturnValue:
        return problems.answer(error) or (flask.render_template("errors/not_found.html"), 404)

    @app.errorhandler(403)
    def forbidden(error: HTTPException) -> flask.typing.ResponseReturnValue:
        return problems.answer(error) or (flask.render_template("errors/forbidden.html"), 403)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> flask.typing.ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()
        if said := problems.answer(error):
            return said
        kept = {name: value for name, value in error.get_headers() if name != "Content-Type"}  # Allow, Retry-After
        return flask.render_template("errors/error.html", code=error.code), error.code, kept

    @app.errorhandler(500)
    def gone_wrong(error: Exception) -> flask.typing.ResponseReturnValue:
        db.session.rollback()
        return problems.answer(error) or (flask.render_template("errors/gone_wrong.html"), 500)


def _set_demo_clock(app: flask.Flask) -> None:
    """Let the demo city live on its own day, counted from the real day its clock was wound."""
    wound = Path(app.config["INSTANCE"]) / "demo-clock"
    if app.config["DEMO"] and wound.exists():
        lives_on, real = (date.fromisoformat(line) for line in wound.read_text().split())
        clock.shift(timedelta(days=(lives_on - real).days))
