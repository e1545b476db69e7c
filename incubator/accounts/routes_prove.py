"""The question whether it is really you: before a page, or in the middle of a form, of which nothing is lost."""

import flask
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from incubator.access import guard, on_doubt
from incubator.accounts import operations_prove, passkeys, queries_proofs, rules_proofs
from incubator.accounts.forms_proofs import ProveForm
from incubator.accounts.models import Person
from incubator.accounts.routes_frame import bp, network
from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.forms import me, page
from incubator.policy import Act
from incubator.policy_fresh import FRESH, ONE_PROOF

PROVE = "accounts.prove"
SETTING_UP = {PROVE, "accounts.proofs", "accounts.app", "accounts.begin_app", "accounts.ask_new_passkey",
              "accounts.add_passkey", "accounts.codes"}
OURS = ("csrf_token", "proof_code", "proof_password", "proof_answer")
LONGEST_PATH = 2000


def _signer() -> URLSafeSerializer:
    app = flask.current_app
    return URLSafeSerializer([*(app.config["SECRET_KEY_FALLBACKS"] or ()), app.config["SECRET_KEY"]], salt="go on")


def _going_on() -> str:
    """Return where the page leads that only we can have written into the address, else the desk."""
    try:
        path = str(_signer().loads(flask.request.args.get("go", "")))
    except BadSignature:
        return flask.url_for("desk.home")
    return path


def _here() -> str:
    return flask.request.full_path.rstrip("?")


def ask_first(act: Act) -> flask.typing.ResponseReturnValue | None:
    """Return the question that stands before this page, None where nothing is in doubt."""
    mode = flask.current_app.config["SECOND_FACTOR"]
    if mode == "off" or flask.request.endpoint == PROVE:
        return None
    person, now, weighs = me(), clock.now(), act in FRESH
    if act in ONE_PROOF:
        return None if rules_proofs.is_fresh(person, False, now) else _ask(person, one_is_enough=True)
    is_proved = rules_proofs.is_proved(person)
    if is_proved and (not weighs or rules_proofs.is_within(person.proved, now)):
        return None
    has_any = queries_proofs.has_any(person.id)
    if not is_proved and has_any:
        return _ask(person)
    needs_one = rules_proofs.must_have_second(mode, person.roles) and not is_proved
    if needs_one and flask.request.endpoint not in SETTING_UP:
        return flask.redirect(flask.url_for("accounts.proofs"), 303)
    return _ask(person) if weighs and not rules_proofs.is_fresh(person, has_any or is_proved, now) else None


def _ask(person: Person, *, one_is_enough: bool = False) -> flask.typing.ResponseReturnValue | None:
    """Lead to the question, or put it in the middle of a form: what was typed goes on with the answer."""
    if flask.request.method == "POST":
        form = ProveForm()
        if _has_proved(form, person, one_is_enough):
            return None
        return _drawn(form, person, _here(), one_is_enough), 422 if form.errors else 403
    path = _here()
    signed = _signer().dumps(path) if len(path) <= LONGEST_PATH else None
    return flask.redirect(flask.url_for(PROVE, go=signed), 303)


def _has_proved(form: ProveForm, person: Person, one_is_enough: bool = False) -> bool:
    """Say whether what was sent proves it; the browser then holds what the proof gave it.

    A password of somebody who has a second proof counts for this one act and marks nothing.
    """
    sent = flask.request.form
    if not any(name in sent for name in OURS[1:]) or not form.submitted():
        return False
    try:
        if one_is_enough and (password := form.proof_password.data):
            operations_prove.demand_own_password(person, password, network=network())
            return True
        token = _proved(form, person)
    except RuleBroken as broken:
        form.refuse(broken)
        return False
    carry_on(token)
    return True


def _proved(form: ProveForm, person: Person) -> str:
    if answer := form.proof_answer.data:
        asked = flask.session.pop("asked", "")
        return operations_prove.prove_by_passkey(person, answer, asked)
    if code := form.proof_code.data:
        return operations_prove.prove_by_code(person, code, network=network())
    if password := form.proof_password.data:
        return operations_prove.prove_by_password(person, password, network=network())
    raise RuleBroken(_l("Please type your code or your password."))


def carry_on(token: str) -> None:
    """Let the browser hold the token that a proof gave it; it stays signed in."""
    flask.session["_user_id"] = token
    current_user.token, current_user.proved = token, clock.now()


def _drawn(form: ProveForm, person: Person, action: str, one_is_enough: bool = False) -> str:
    proofs = queries_proofs.proofs(person.id)
    if one_is_enough:
        flask.session["next"] = flask.url_for("accounts.me")
    elif not proofs.number and flask.request.method == "GET":
        flask.session["next"] = _going_on()  # for whoever proves it by a new sign-in
    may_end = not rules_proofs.is_proved(person) and rules_proofs.is_fresh(person, False, clock.now())
    carried = [] if flask.request.endpoint == PROVE else [
        (name, value) for name in flask.request.form if name not in OURS for value in flask.request.form.getlist(name)]
    shown: str = page("accounts/prove.html", form, person=person, proofs=proofs, action=action, carried=carried,
                      has_files=any(file.filename for file in flask.request.files.values()),
                      has_passkeys=bool(proofs.passkeys) and passkeys.are_possible(), one_is_enough=one_is_enough,
                      may_end=may_end)[0]
    return shown


@bp.route("/prove", methods=["GET", "POST"])
@guard(Act.KEEP_OWN_ACCOUNT)
def prove():
    form, person = ProveForm(), me()
    if flask.request.method == "POST" and _has_proved(form, person):
        return flask.redirect(_going_on(), 303)
    return _drawn(form, person, _here()), 422 if form.errors else 200


@bp.record_once
def _register(state: flask.blueprints.BlueprintSetupState) -> None:
    on_doubt(state.app, ask_first)  # type: ignore[arg-type]
