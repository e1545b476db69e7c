"""The two ways to a partner's page, with an account or by the secret link, so that one page serves both."""

from dataclasses import dataclass
from typing import Any

import flask

from incubator.accounts.models import Person
from incubator.organisations.models import Organisation
from incubator.partners.models_invitation import PartnerLink

DESK = {"mine": "partners.mine", "pledge": "partners.answer_pledge", "change": "partners.change_pledge",
        "offer": "partners.offer", "end": "partners.end_mine", "agreement": "cooperation.show"}


@dataclass(frozen=True)
class Door:
    """Who came for which organisation; `by` is None where the link alone says so, and `projects` what it opens."""

    organisation: Organisation
    by: Person | None = None
    link: PartnerLink | None = None
    token: str = ""
    projects: frozenset[int] | None = None

    def opens(self, project_id: int) -> bool:
        """Say whether this way leads to a project: an account to all of the organisation's, a link to some."""
        return self.projects is None or project_id in self.projects

    def to(self, page: str, **values: Any) -> str:
        """Return the address of one of the partner's pages, reached the same way."""
        if self.token:
            endpoint = "cooperation.mine" if page == "agreement" else f"partner_page.{page}"
            return flask.url_for(endpoint, token=self.token, **values)
        return flask.url_for(DESK[page], **values)

    def home(self) -> str:
        return self.to("mine", **({} if self.token else {"organisation_id": self.organisation.id}))
