"""What is asked about mentors and talks."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import (
    PRIVATE,
    CheckField,
    ChoiceField,
    DayField,
    LongTextField,
    NumberField,
    Required,
    TextField,
)
from incubator.foundation.forms import ActForm
from incubator.mentoring.models import SessionKind, SessionMode
from incubator.mentoring.rules import LONGEST_MINUTES, MOST_STEPS

NO_CONFLICT = _l(
    "Yes. I am not on the board of the carrier or a partner, not employed there, and not related to anybody on "
    "their boards, and nothing else keeps me from being fair."
)


class ProposeForm(ActForm):
    person_id = ChoiceField(_l("Whom do you ask?"), [Required()], choices=[], coerce=int, radio=True)


class AnswerForm(ActForm):
    answer = ChoiceField(
        _l("Will you accompany this project?"), [Required(_l("Please choose an answer."))], radio=True,
        choices=[("yes", NO_CONFLICT), ("conflict", _l("No, I have a conflict of interest.")),
                 ("no", _l("No, for another reason."))],
    )
    reason = TextField(
        _l("The other reason"), max_length=300, description=_l("In one sentence; only the coordination reads it.")
    )


class EndForm(ActForm):
    reason = TextField(
        _l("Why does it end?"), [Required()], max_length=300, description=_l("In one sentence; the team reads it.")
    )
    successor_id = ChoiceField(
        _l("Who takes over?"), choices=[], coerce=int,
        description=_l("They are asked, and get what the mentor still had to do as soon as they say yes."),
    )
    note = LongTextField(
        _l("What should the next mentor know?"), max_length=4000, render_kw=PRIVATE,
        description=_l("Only mentors of the project and the coordination read this; the team never does."),
    )


class SessionForm(ActForm):
    """A talk; up to five steps are asked as what_1, owner_1, who_1, due_1 and so on."""

    held_on = DayField(_l("Day"), [Required()])
    minutes = NumberField(_l("How many minutes?"), [Required()], min=1, max=LONGEST_MINUTES)
    kind = ChoiceField(_l("What kind of talk?"), [Required()], choices=SessionKind, blank=True)
    mode = ChoiceField(_l("How did you meet?"), [Required()], choices=SessionMode, blank=True)
    present = TextField(
        _l("Who took part?"), max_length=200, description=_l("By their part, such as: lead, mentor, interpreter.")
    )
    spoken_language = TextField(_l("In which language?"), max_length=60)
    had_interpreter = CheckField(_l("Somebody interpreted"))
    shared_notes = LongTextField(
        _l("What was it about?"), [Required()], max_length=4000, description=_l("Team and mentor read this.")
    )
    confidential_notes = LongTextField(
        _l("Confidential"), max_length=4000, render_kw=PRIVATE,
        description=_l("Only mentors of the project and the coordination read this; the team never does."),
    )
    next_on = DayField(_l("Next talk"))

    def offer(self, people: Sequence[Any]) -> None:
        """Let steps be given to people of the project."""
        for number in range(1, MOST_STEPS + 1):
            self[f"owner_{number}"].choices = [("", _l("Somebody else")), *((each.id, each.name) for each in people)]

    def talk(self, people: Sequence[Any]) -> dict[str, Any]:
        """Return the answers as the operation takes them: rows of steps that say what become tuples."""
        values, known = self.values(), {each.id: each for each in people}
        steps = []
        for number in range(1, MOST_STEPS + 1):
            what, owner, who, due = (values.pop(f"{part}_{number}") for part in ("what", "owner", "who", "due"))
            if what or owner or who or due:
                steps.append((what, known.get(owner, who), due))
        return values | {"steps": steps}


for _number in range(1, MOST_STEPS + 1):
    setattr(SessionForm, f"what_{_number}", TextField(_l("What?"), max_length=300))
    setattr(SessionForm, f"owner_{_number}", ChoiceField(_l("Who?"), choices=[], coerce=int))
    setattr(SessionForm, f"who_{_number}", TextField(_l("If somebody else: who?"), max_length=120))
    setattr(SessionForm, f"due_{_number}", DayField(_l("By when?")))
