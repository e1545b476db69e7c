"""The words of the programme, each with one sentence that everybody understands."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from incubator.guides.pages import Term

TERMS = (
    Term("round", _l("Round"), _l("A time with a fixed sum of money in which people can propose projects."),
         "Förderrunde"),
    Term("theme", _l("Theme"), _l("One of the fields in which the city wants to support ideas."), "Themenfeld"),
    Term("need", _l("Finding"), _l("A figure with its source that shows what people lack in the city."),
         "Bedarfsnachweis"),
    Term("workshop", _l("Workshop"), _l("A meeting at which people say what they need and find ideas together."),
         "Zukunftswerkstatt"),
    Term("idea", _l("Idea"), _l("What somebody wishes for the city; it can become a project."), "Projektidee"),
    Term("proposal", _l("Proposal"), _l("The written wish of a group to do a project with money from the city."),
         "Antrag"),
    Term("project-lead", _l("Project lead"), _l("The person who speaks for a project and answers for it."),
         "Projektleitung"),
    Term("carrier", _l("Carrier organisation"),
         _l("An association or another body that receives the money for a group and answers for it."), "Träger"),
    Term("mentor", _l("City mentor"), _l("Somebody from the city administration who advises and checks a project."),
         "Stadtmentor:in"),
    Term("coordination", _l("Coordination"), _l("The office that leads the programme. It is there for your questions."),
         "Koordination"),
    Term("panel", _l("Panel"), _l("A few people who give points to all projects of a round, with reasons."),
         "Auswahlgremium"),
    Term("partner", _l("Partner"), _l("An organisation that gives a project a room, time, material or money."),
         "Kooperationspartner"),
    Term("pledge", _l("Pledge"), _l("What a partner has promised. It counts once the partner has confirmed it."),
         "Zusage"),
    Term("budget", _l("Budget"), _l("A list of what a project costs and who pays for it. Both sides are equal."),
         "Kosten- und Finanzierungsplan"),
    Term("own-funds", _l("Own funds"), _l("Money that the group or its carrier organisation pays itself."),
         "Eigenmittel"),
    Term("budget-approval", _l("Budget approved"),
         _l("A city mentor has looked at the budget and found it right. It is no decision about money yet."),
         "Fachliche Freigabe"),
    Term("resolution", _l("Resolution"), _l("What the council or a committee has decided."), "Beschluss"),
    Term("award-notice", _l("Award notice"),
         _l("The city’s letter that says how much money a project gets and on which conditions."),
         "Bewilligungsbescheid"),
    Term("award-final", _l("Award final"),
         _l("From this day on nobody can object to the award any more, and money can be asked for."), "Bestandskraft"),
    Term("early-start", _l("Start before the award"),
         _l("A written permission to begin or to order something before the award is there."),
         "Vorzeitiger Maßnahmenbeginn"),
    Term("funds-request", _l("Request for money"), _l("With it a project asks the city to pay out the next part."),
         "Mittelabruf"),
    Term("instalment", _l("Instalment"), _l("One of the parts in which the money is paid out."), "Rate"),
    Term("milestone", _l("Milestone"), _l("Something that a project wants to have reached by a certain day."),
         "Meilenstein"),
    Term("receipt", _l("Receipt"), _l("A paper that proves what was paid, to whom and for what."), "Beleg"),
    Term("final-report", _l("Final report"),
         _l("At the end: how it went, and what the money was spent on."), "Verwendungsnachweis"),
    Term("recovery", _l("Money back"), _l("Money that was not needed, or not used as agreed, goes back to the city."),
         "Rückforderung"),
    Term("conflict", _l("Conflict of interest"),
         _l("Whoever is close to a project does not decide about it. That is no fault; one only has to say so."),
         "Befangenheit"),
    Term("four-eyes", _l("Two people decide"), _l("For important steps, two different people must agree."),
         "Vier-Augen-Prinzip"),
)
BY_KEY = {term.key: term for term in TERMS}


def terms() -> Sequence[Term]:
    """Return the words in the order of the language spoken now."""
    return sorted(TERMS, key=lambda term: str(term.name).casefold())
