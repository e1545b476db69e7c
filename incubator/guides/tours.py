"""A first look around for each role: a few short cards, one thought each."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.accounts.models import ROLE_LABELS, Role
from incubator.guides.pages import Card

DESK, MONEY, PEOPLE, TALK, STEPS, EYE = "desk", "money", "people", "talk", "steps", "eye"


@dataclass(frozen=True)
class Tour:
    role: str
    name: Any
    cards: tuple[Card, ...]


YOUR_DESK = _l("My desk")
LEAD = (
    Card(_l("Your desk says what comes next"),
         _l("You need not remember anything. What is to be done stands on your desk, the most urgent on top."),
         DESK, "desk.home", YOUR_DESK),
    Card(_l("A proposal is four short steps"),
         _l("Write in your own language. Everything is saved as you go, and nobody reads it before you hand it in."),
         STEPS, "projects.propose", _l("Propose a project")),
    Card(_l("Somebody is at your side"),
         _l("After the check you get a city mentor. Ask early, also small things: that is what mentors are for."),
         PEOPLE),
    Card(_l("What everybody can read"),
         _l("After the award your project has a public page. Addresses and account numbers never stand there."),
         EYE, "progress.projects", _l("See the projects")),
)
MENTOR = (
    Card(_l("You are asked before you are named"),
         _l("The coordination asks whether you accompany a project. Read the proposal, then say yes or no."),
         DESK, "desk.home", YOUR_DESK),
    Card(_l("Say what you know"),
         _l("Your languages and themes help to find projects that fit you."),
         TALK, "mentoring.profile", _l("What I bring as a mentor")),
    Card(_l("You advise, and you decide"),
         _l("You approve budgets and milestones and check receipts, never those of a project in which you take part."),
         MONEY),
)
COORDINATOR = (
    Card(_l("The round is your frame"),
         _l("Its dates and rules decide what everybody sees. What a round does not use stays hidden."),
         STEPS, "programme.rounds", _l("Rounds and their rules")),
    Card(_l("Invite people"),
         _l("Accounts are made by invitation. The letter holds a link that works once, for 14 days."),
         PEOPLE, "accounts.invite", _l("Invite somebody")),
    Card(_l("Your desk sorts the work"),
         _l("Proposals to check, mentors to ask, decisions and payments: the most urgent stands on top."),
         DESK, "desk.home", YOUR_DESK),
    Card(_l("Money needs two people"),
         _l("Whoever confirms a payment does not also pay it out. The program sees to that."),
         MONEY, "payments.office", _l("Payments")),
)
PARTNER = (
    Card(_l("A promise counts when you confirm it"),
         _l("A project writes down what you want to give. You read it, change what is not right, and say yes."),
         TALK, "desk.home", YOUR_DESK),
    Card(_l("Projects plan with you"),
         _l("Once confirmed, your rooms, hours, material or money stand on the project’s public page."),
         EYE, "progress.projects", _l("See the projects")),
    Card(_l("You can step back"),
         _l("If you cannot keep a promise, say so early. The project hears of it at once and can look for others."),
         PEOPLE),
)
MODERATOR = (
    Card(_l("Workshops and ideas are yours"),
         _l("Here you announce workshops, see who comes, and read the ideas that people give."),
         TALK, "dialogue.home", _l("Needs, workshops, ideas")),
    Card(_l("The board lives in the room"),
         _l("People scan a code and write cards on their phones. You group them, and the best become ideas."),
         STEPS),
    Card(_l("Nobody is left without an answer"),
         _l("Write down what came out of a workshop: who was there, and who could not come, reads it."),
         PEOPLE, "voices.workshops", _l("Workshops")),
)
TRANSLATOR = (
    Card(_l("People write in their own language"),
         _l("You read what a translation makes of it, and correct what would be misunderstood."),
         TALK, "translating.index", _l("Translations")),
    Card(_l("The original stays"),
         _l("Both stand side by side. If the original changes, the translation is marked as old until you look again."),
         EYE),
    Card(_l("Plain words first"),
         _l("Use the words of the glossary, so that one thing has one name on all pages."),
         STEPS, "guides.words", _l("What the words mean")),
)
AUDITOR = (
    Card(_l("You see everything and change nothing"),
         _l("Projects, money and papers are open to you. Private messages and bank data are not."),
         EYE, "desk.home", YOUR_DESK),
    Card(_l("Every step is on record"),
         _l("The record shows who decided what and when. Nobody can change it afterwards, and you can check that."),
         STEPS, "record.show", _l("Check the record")),
    Card(_l("From the award to the receipt"),
         _l("In each project, “Money” leads from the award through payments to every single receipt."),
         MONEY, "progress.projects", _l("See the projects")),
)
ADMINISTRATOR = (
    Card(_l("You open the door"),
         _l("You invite people and give them roles. What a role may do stands with it."),
         PEOPLE, "accounts.people", _l("People and their roles")),
    Card(_l("Give as little as is needed"),
         _l("Projects and money are not for administrators. Close accounts that nobody uses any more."),
         EYE),
    Card(_l("Organisations stand here too"),
         _l("Associations, parishes and others that carry a project or take part in one."),
         DESK, "organisations.index", _l("Organisations")),
)
CARDS = {
    Role.LEAD: LEAD, Role.MENTOR: MENTOR, Role.COORDINATOR: COORDINATOR, Role.PARTNER: PARTNER,
    Role.MODERATOR: MODERATOR, Role.TRANSLATOR: TRANSLATOR, Role.AUDITOR: AUDITOR, Role.ADMINISTRATOR: ADMINISTRATOR,
}
TOURS = {role.value: Tour(role.value, ROLE_LABELS[role], cards) for role, cards in CARDS.items()}
