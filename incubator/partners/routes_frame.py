"""The blueprint of a project's partners, for those who are signed in."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from incubator.partners.models import PartnerRole

bp = Blueprint("partners", __name__)


def to_partners(project_id: int) -> ResponseReturnValue:
    return redirect(url_for("partners.show", project_id=project_id), 303)


def role_labels() -> dict[str, Any]:
    return {role.value: role.label for role in PartnerRole}
