"""What somebody can be to a thing, said by their attributes only; policy.py asks these questions for every act."""

from collections.abc import Callable
from typing import Any

Rule = Callable[[Any, Any], bool]


def _project(subject: Any) -> Any:
    return getattr(subject, "project", subject)


def _takes_part(actor: Any, subject: Any, *kinds: str) -> bool:
    return bool(actor.is_authenticated and _project(subject).part_of(actor.id) & set(kinds))


def anyone_signed_in(actor: Any, subject: Any) -> bool:
    return bool(actor.is_authenticated)


def own(actor: Any, subject: Any) -> bool:
    """One's own account as a whole, or a part of it that knows whose it is."""
    return bool(actor.is_authenticated and (subject is None or getattr(subject, "person_id", None) == actor.id))


def holding(*roles: str) -> Rule:
    """Return the rule that lets in whoever holds one of the roles for the whole programme."""

    def rule(actor: Any, subject: Any) -> bool:
        return bool(actor.is_authenticated and actor.has_role(*roles))

    rule.__name__ = " or ".join(roles)
    return rule


def lead(actor: Any, subject: Any) -> bool:
    return _takes_part(actor, subject, "lead")


def words_lead(actor: Any, subject: Any) -> bool:
    """Leads the project whose words these are; some words belong to no project."""
    project = _project(subject)
    return project is not None and lead(actor, project)


def team(actor: Any, subject: Any) -> bool:
    return _takes_part(actor, subject, "lead", "member")


def mentor(actor: Any, subject: Any) -> bool:
    return _takes_part(actor, subject, "mentor")


def deputy(actor: Any, subject: Any) -> bool:
    """Named for this project because everybody else has a conflict of interest."""
    return _takes_part(actor, subject, "deputy")


def asked_mentor(actor: Any, subject: Any) -> bool:
    return bool(actor.is_authenticated and subject.person_id == actor.id)


def partner_contact(actor: Any, subject: Any) -> bool:
    """The contact of the organisation that pledges; `contact_ids` is filled by the loader."""
    return bool(actor.is_authenticated and actor.id in getattr(subject, "contact_ids", ()))


def writer(actor: Any, subject: Any) -> bool:
    """Who wrote these words last."""
    return bool(actor.is_authenticated and getattr(subject, "written_by_id", None) == actor.id)


def news_is_reviewed(actor: Any, subject: Any) -> bool:
    """The round wants news read by the coordination before everybody reads it."""
    return bool(_project(subject).round.reviews_news)


def panelist(actor: Any, subject: Any) -> bool:
    """On the panel of this round, or of the round of this project; `panel_ids` is filled by the loader."""
    return bool(actor.is_authenticated and actor.id in getattr(subject, "panel_ids", ()))


def of_own_team(actor: Any, subject: Any) -> bool:
    """On the team of what this is about; of a round on that of a project it decides (`team_ids`, by the loader)."""
    if hasattr(_project(subject), "part_of"):
        return team(actor, subject)
    return bool(actor.is_authenticated and actor.id in getattr(subject, "team_ids", ()))


def public_thing(actor: Any, subject: Any) -> bool:
    """Something that whoever it comes from lets everybody read."""
    return bool(getattr(subject, "is_public", False))


def any_of(*rules: Rule) -> Rule:
    def rule(actor: Any, subject: Any) -> bool:
        return any(each(actor, subject) for each in rules)

    rule.__name__ = " or ".join(each.__name__ for each in rules)
    return rule


def both(*rules: Rule) -> Rule:
    def rule(actor: Any, subject: Any) -> bool:
        return all(each(actor, subject) for each in rules)

    rule.__name__ = " and ".join(each.__name__ for each in rules)
    return rule


def never(forbidden: Rule) -> Rule:
    def rule(actor: Any, subject: Any) -> bool:
        return not forbidden(actor, subject)

    rule.__name__ = f"not {forbidden.__name__}"
    return rule
