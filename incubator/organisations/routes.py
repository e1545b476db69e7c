"""Pages about organisations, for the coordination."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from incubator.access import guard
from incubator.foundation import clock
from incubator.foundation.addresses import asked_number, asked_text
from incubator.foundation.forms import me, page
from incubator.organisations import operations, queries, rules
from incubator.organisations.forms import AffiliationForm, EditOrganisationForm, EndForm, OrganisationForm
from incubator.organisations.models import Affiliation, AffiliationRole, Organisation
from incubator.policy import Act

bp = Blueprint("organisations", __name__)
blueprints = (bp,)


@bp.route("/desk/organisations")
@guard(Act.MANAGE_ORGANISATIONS)
def index() -> ResponseReturnValue:
    words = asked_text("q", 100)
    found = queries.search(words, after=asked_number("after"))
    return page("organisations/index.html", found=found, words=words)


@bp.route("/desk/organisations/add", methods=["GET", "POST"])
@guard(Act.MANAGE_ORGANISATIONS)
def add() -> ResponseReturnValue:
    form = OrganisationForm()
    if form.submitted() and form.carry_out(operations.add, me(), **form.values()):
        flash(_("The organisation was added."))
        return redirect(url_for("organisations.show", organisation_id=form.outcome.id), 303)
    return page("organisations/add.html", form)


@bp.route("/desk/organisations/<int:organisation_id>")
@guard(Act.MANAGE_ORGANISATIONS, organisation=queries.organisation)
def show(organisation: Organisation) -> ResponseReturnValue:
    today = clock.today()
    everybody = queries.affiliations_in(organisation.id)
    current = [each for each in everybody if each.until is None or each.until >= today]
    past = [each for each in everybody if each not in current]
    has_contact = any(each.role is AffiliationRole.CONTACT and rules.is_current(each, today) for each in current)
    return page(
        "organisations/show.html", organisation=organisation, current=current, past=past, has_contact=has_contact
    )


@bp.route("/desk/organisations/<int:organisation_id>/edit", methods=["GET", "POST"])
@guard(Act.MANAGE_ORGANISATIONS, organisation=queries.organisation)
def edit(organisation: Organisation) -> ResponseReturnValue:
    form = EditOrganisationForm(obj=organisation)
    if form.submitted() and form.carry_out(
        operations.change, organisation, me(), version=form.version.data, **form.values()
    ):
        flash(_("The changes were saved."))
        return redirect(url_for("organisations.show", organisation_id=organisation.id), 303)
    return page("organisations/edit.html", form, organisation=organisation)


@bp.route("/desk/organisations/<int:organisation_id>/people/add", methods=["GET", "POST"])
@guard(Act.MANAGE_ORGANISATIONS, organisation=queries.organisation)
def affiliate(organisation: Organisation) -> ResponseReturnValue:
    form = AffiliationForm(data={"since": clock.today()})
    people = {person.id: person for person in queries.people()}
    form.person_id.choices = [("", _("Please choose"))] + [
        (person.id, f"{person.name} ({person.mail})") for person in people.values()
    ]
    if form.submitted():
        values = form.values()
        person = people[values.pop("person_id")]
        if form.carry_out(operations.affiliate, person, organisation, by=me(), **values):
            flash(_("%(name)s was added.", name=person.name))
            return redirect(url_for("organisations.show", organisation_id=organisation.id), 303)
    return page("organisations/affiliate.html", form, organisation=organisation)


@bp.route("/desk/affiliations/<int:affiliation_id>/end", methods=["GET", "POST"])
@guard(Act.MANAGE_ORGANISATIONS, affiliation=queries.affiliation)
def end_affiliation(affiliation: Affiliation) -> ResponseReturnValue:
    form = EndForm(data={"until": clock.today()})
    if form.submitted() and form.carry_out(operations.end_affiliation, affiliation, me(), **form.values()):
        flash(_("The end was written down."))
        return redirect(url_for("organisations.show", organisation_id=affiliation.organisation_id), 303)
    return page("organisations/end.html", form, affiliation=affiliation)
