"""A project's history in plain sentences, for those who work on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.clock import CITY
from incubator.projects.lifecycle import Action

A = Action


@dataclass(frozen=True)
class Line:
    """One thing that happened; `who` is a name, None for the calendar or somebody who is gone."""

    at: datetime
    sentence: Any
    who: str | None
    reason: str = ""
    language: str = ""
    times: int = 1


MOVED: Mapping[Action, Any] = {
    A.SUBMIT: _l("The proposal was handed in."),
    A.RETURN_FOR_CHANGES: _l("The proposal was returned for changes."),
    A.LAPSE: _l("The changes did not come in time; the proposal ended."),
    A.DECLARE_INELIGIBLE: _l("The proposal was found not eligible."),
    A.ADMIT: _l("The project was admitted to mentoring."),
    A.SUBMIT_BUDGET: _l("The budget was handed in."),
    A.RETURN_BUDGET: _l("The budget was returned to the team."),
    A.APPROVE_BUDGET: _l("The budget was approved."),
    A.WAITLIST: _l("The project was put on the waiting list."),
    A.REJECT: _l("The project was rejected."),
    A.AWARD: _l("The award was recorded."),
    A.START: _l("The project started."),
    A.SUSPEND: _l("The project was suspended."),
    A.RESUME: _l("The project goes on."),
    A.OPEN_REPORTING: _l("The time of the final report began."),
    A.SUBMIT_REPORT: _l("The final report was handed in."),
    A.RETURN_REPORT: _l("The final report was returned."),
    A.ACCEPT_REPORT: _l("The final report was accepted."),
    A.ACCEPT_WITH_RECOVERY: _l("The final report was accepted; part of the money goes back."),
    A.SETTLE_RECOVERY: _l("The money to be returned was settled."),
    A.WITHDRAW: _l("The project was withdrawn."),
    A.REVOKE: _l("The award was revoked."),
}
HAPPENED: Mapping[str, Any] = {
    "project.drafted": _l("The proposal was begun."),
    "project.carrier_agreed": _l("The carrier’s agreement was noted."),
    "carrier.asked": _l("An organisation was asked to carry the project."),
    "carrier.declined": _l("The organisation that was asked declined."),
    "carrier.taken_back": _l("The question to an organisation was taken back."),
    "carrier.ended": _l("The carrier withdrew."),
    "attachment.added": _l("A file was added."),
    "attachment.removed": _l("A file was taken away."),
    "translation.asked": _l("The city asked for a translation."),
    "translation.received": _l("The translation arrived."),
    "translation.taken_back": _l("The translation is not needed any more."),
    "project.step_proposed": _l("A step that needs a second person was proposed."),
    "project.step_dropped": _l("A proposed step was dropped."),
    "mentoring.proposed": _l("A mentor was asked."),
    "mentoring.declined": _l("A mentor declined."),
    "mentoring.ended": _l("A mentor’s part ended."),
    "session.logged": _l("A talk was written down."),
    "session.step_finished": _l("An agreed step was done."),
    "partnership.begun": _l("A partner joined."),
    "partnership.ended": _l("A partner left."),
    "pledge.offered": _l("A partner offered help."),
    "pledge.confirmed": _l("A partner confirmed its help."),
    "pledge.fulfilled": _l("A partner kept its promise."),
    "pledge.withdrawn": _l("A partner withdrew its offer."),
    "message.passed": _l("A question or an offer was passed on to the team."),
    "message.answered": _l("A question was answered."),
    "message.withdrawn": _l("An answer was taken off the project’s page."),
    "offer.accepted": _l("An offer of help was accepted."),
    "budget.approval_given": _l("A mentor signed the budget."),
    "milestone.planned": _l("A milestone was planned."),
    "milestone.reported": _l("A milestone was reported."),
    "milestone.accepted": _l("A milestone was accepted."),
    "milestone.returned": _l("A milestone was returned."),
    "milestone.cancelled": _l("A milestone was cancelled."),
    "milestone.forecast": _l("A milestone was expected for another day."),
    "update.proposed": _l("News was proposed, to be read first."),
    "update.returned": _l("News was returned to the team."),
    "update.published": _l("News was published."),
    "update.corrected": _l("News was corrected."),
    "update.withdrawn": _l("News was withdrawn."),
    "funds_request.asked": _l("Money was asked for."),
    "funds_request.confirmed": _l("A request for money was checked."),
    "funds_request.refused": _l("A request for money was refused."),
    "funds_request.withdrawn": _l("A request for money was taken back."),
    "payment.paid": _l("Money was paid."),
    "payment.corrected": _l("A payment that was written down wrongly was taken back."),
    "payment.returned": _l("Money came back to the city."),
    "receipt.entered": _l("A receipt was entered."),
    "receipt.accepted": _l("A receipt was accepted."),
    "receipt.cut": _l("A receipt was accepted in part."),
    "receipt.asked_back": _l("A question was asked about a receipt."),
    "receipt.answered": _l("A question about a receipt was answered."),
    "receipt.reopened": _l("A receipt is checked once more."),
    "receipt.withdrawn": _l("A receipt was taken back."),
    "change.asked": _l("A change was asked for."),
    "change.noted": _l("Money was moved between lines of the budget."),
    "change.approval_given": _l("A mentor agreed to a change."),
    "change.approved": _l("A change was agreed to."),
    "change.refused": _l("A change was not agreed to."),
    "change.withdrawn": _l("A change that was asked for was taken back."),
    "report.signed": _l("The final report was signed."),
    "recovery.asked": _l("Money was asked back."),
    "recovery.settled": _l("The money that was asked back has arrived."),
    "recovery.waived": _l("The city does not ask for the rest of the money."),
}
JOINED = {
    "lead": _l("%(name)s leads the project."), "member": _l("%(name)s joined the team."),
    "mentor": _l("%(name)s mentors the project."),
}
LEFT = {
    "lead": _l("%(name)s no longer leads the project."), "member": _l("%(name)s left the team."),
    "mentor": _l("%(name)s no longer mentors the project."),
}
NAMED: Mapping[str, Any] = {
    "deputy.named": _l("%(name)s was named as a deputy."),
    "deputy.ended": _l("%(name)s is no longer a deputy."),
}
TOLD = ("project.moved", "project.joined", "project.left", *HAPPENED, *NAMED)


def people_in(entries: Iterable[Any]) -> set[str]:
    """Return the seals of everybody whose name the history needs."""
    found = {entry.actor for entry in entries} | {entry.data.get("person") for entry in entries}
    return {each for each in found if each}


def lines(entries: Iterable[Any], names: Mapping[str, str], reasons: Mapping[int, Any]) -> list[Line]:
    """Tell entries in their order; what has no sentence is left out, what somebody did again at once is told once."""
    told: list[Line] = []
    for entry in entries:
        said = _sentence(entry, names)
        if said is None:
            continue
        reason = reasons.get(entry.id)
        line = Line(
            entry.at, said, names.get(entry.actor or ""), reason.text if reason else "",
            reason.language if reason else "",
        )
        if told and _is_again(told[-1], line):
            told[-1] = replace(told[-1], times=told[-1].times + 1)
        else:
            told.append(line)
    return told


def _is_again(before: Line, line: Line) -> bool:
    days = {each.at.astimezone(CITY).date() for each in (before, line)}
    return len(days) == 1 and (before.sentence, before.who, before.reason) == (line.sentence, line.who, line.reason)


def _sentence(entry: Any, names: Mapping[str, str]) -> Any | None:
    if entry.action == "project.moved":
        return MOVED.get(entry.data.get("action"))
    if entry.action in ("project.joined", "project.left"):
        sentences = JOINED if entry.action == "project.joined" else LEFT
        return _named(sentences.get(entry.data.get("kind", "")), entry, names)
    if entry.action in NAMED:
        return _named(NAMED[entry.action], entry, names)
    return HAPPENED.get(entry.action)


def _named(sentence: Any | None, entry: Any, names: Mapping[str, str]) -> Any | None:
    return sentence and sentence % {"name": names.get(entry.data.get("person", ""), "–")}
