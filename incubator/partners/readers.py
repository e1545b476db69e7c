"""Who reads letters on a partner's side: its contact persons, and those who come by a link."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import flask

from incubator import letters
from incubator.accounts.models import Person
from incubator.foundation import clock, links
from incubator.organisations import queries as organisations
from incubator.partners import queries_invitations, rules_links
from incubator.partners.models import Pledge
from incubator.partners.models_invitation import PartnerLink
from incubator.partners.queries_invitations import PREFIX as PREFIX
from incubator.projects.models import Project


@dataclass(frozen=True)
class Reader:
    """One who reads for a partner; `where` leads to the partner's page, or to one promise on it."""

    to: Person | str
    number: int
    name: str
    language: str
    where: str

    def key(self, about: str) -> str:
        """Return the key of a letter; one with a secret link is forgotten once it was sent."""
        return f"{about}:{self.number}" if isinstance(self.to, Person) else f"{PREFIX}{about}:{self.number}"


def secret() -> str:
    return str(flask.current_app.config["SECRET_KEY"])


def own_page(link: PartnerLink) -> str:
    return links.token(secret(), rules_links.MINE, link.id, link.salt)


def readers(project_id: int, organisation_id: int, pledge: Pledge | None = None) -> Iterator[Reader]:
    """Give everybody who reads for an organisation about a project once: an account gets no second letter for a link.
    """
    contacts = organisations.contacts(organisation_id, clock.today())
    for person in contacts:
        page = f"desk/pledges/{pledge.id}" if pledge is not None else f"desk/partner/{organisation_id}"
        yield Reader(person, person.id, person.given_name, person.language, page)
    known = {person.mail for person in contacts}
    for link in queries_invitations.links_about(project_id, organisation_id):
        if link.mail not in known:
            page = f"/pledges/{pledge.id}" if pledge is not None else ""
            yield Reader(link.mail, link.id, "", link.language, f"partners/mine/{own_page(link)}{page}")


def tell(
    project: Project, organisation_id: int, template: str, about: str, *, pledge: Pledge | None = None,
    but: str | None = None, **facts: Any,
) -> None:
    """Write to everybody on a partner's side, but not to the one whose seal is `but`: they did it."""
    for reader in readers(project.id, organisation_id, pledge):
        if but is None or getattr(reader.to, "seal", None) != but:
            letters.write(reader.to, template, key=reader.key(f"{about}:{template}"), language=reader.language,
                          name=reader.name, where=reader.where, pledge=pledge, project=project, **facts)
