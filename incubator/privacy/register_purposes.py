"""What personal data are kept for, in the order in which the privacy page tells it."""

from flask_babel import lazy_gettext as _l

from incubator.privacy.register_terms import Basis, Purpose

MEMBERS = _l("People with an account")
STAFF = _l("Teams, mentors, the office and members of panels")
READERS = _l("Readers without an account")
PARTNER = _l("Contacts of organisations")

ACCOUNT = Purpose(
    "account", _l("If you have an account"),
    _l("So that you can sign in, be written to in your language and do what your role is for."), Basis.TASK, MEMBERS)
SAFETY = Purpose(
    "safety", _l("So that nobody else signs in as you"),
    _l("So that only you get in, and you can see where you are signed in."), Basis.TASK, MEMBERS)
LETTERS = Purpose(
    "letters", _l("Letters to you"), _l("So that you hear what happens, once, and as you chose."), Basis.TASK, MEMBERS)
PROJECT = Purpose(
    "projects", _l("If you take part in a project"),
    _l("So that a project can be proposed, accompanied and carried out, and everybody in it knows who does what."),
    Basis.TASK, STAFF)
MENTORING = Purpose(
    "mentoring", _l("If you are a mentor or have one"),
    _l("So that teams and mentors find each other and keep to what they agreed."), Basis.TASK, STAFF)
DECISIONS = Purpose(
    "decisions", _l("Decisions, and who took part in them"),
    _l("So that anybody can check later that decisions were fair and nobody decided for themselves."),
    Basis.TASK, STAFF)
MONEY = Purpose(
    "money", _l("Money: who asked, confirmed, paid and checked"),
    _l("So that public money is paid out, proved and checked as the law on public budgets demands."), Basis.DUTY, STAFF)
PHOTOS = Purpose(
    "photos", _l("Photos and papers"),
    _l("So that everybody can see what a project did, and costs can be proved."), Basis.TASK, STAFF)
WORDING = Purpose(
    "translations", _l("If you translate"), _l("So that a second person reads every translation."), Basis.TASK, MEMBERS)
JOURNAL = Purpose(
    "journal", _l("The book of steps"),
    _l("So that every step can be followed later. It holds no names: a mark that only your account explains."),
    Basis.TASK, MEMBERS)
RIGHTS = Purpose(
    "rights", _l("If you ask for your data, or to be forgotten"),
    _l("So that we answer in time and can show that we did."), Basis.DUTY, MEMBERS)
FOLLOW = Purpose(
    "follow", _l("If you ask for news by mail or on a device"),
    _l("So that you hear of what you chose to follow, and can end it at any time."), Basis.CONSENT, READERS)
QUESTIONS = Purpose(
    "questions", _l("If you ask a project something, or offer help"), _l("So that you can be answered."),
    Basis.CONSENT, READERS)
BARRIERS = Purpose(
    "barriers", _l("If you report a barrier"), _l("So that it is mended, and you can be answered (§ 9b NBGG)."),
    Basis.DUTY, READERS)
WORKSHOPS = Purpose(
    "workshops", _l("If you sign up for a workshop"), _l("So that the workshop can be prepared."),
    Basis.CONSENT, READERS)
IDEAS = Purpose("ideas", _l("If you give an idea"), _l("So that your idea is read and you can be answered."),
                Basis.CONSENT, READERS)
PARTNERS = Purpose(
    "partners", _l("If your organisation is a partner"),
    _l("So that organisations can be asked, answer, and say what they give."), Basis.TASK, PARTNER)

PURPOSES = (
    ACCOUNT, SAFETY, LETTERS, PROJECT, MENTORING, DECISIONS, MONEY, PHOTOS, PARTNERS, WORDING, JOURNAL, RIGHTS,
    FOLLOW, QUESTIONS, BARRIERS, WORKSHOPS, IDEAS,
)
