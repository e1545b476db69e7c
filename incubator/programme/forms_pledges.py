"""What promises of partners are worth, for one unit of each kind; where the round says nothing the project does."""

from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import MoneyField

VALUES = {f"pledge_value_{kind}": kind for kind in ("room", "material", "hours", "interpreting", "expertise")}


class PledgeValueFields:
    """The part of a round's form about promises; stands before the form it belongs to."""

    pledge_value_room = MoneyField(
        _l("A room, for each unit"),
        description=_l("For example for one evening. Empty: the project says what it is worth."),
    )
    pledge_value_material = MoneyField(_l("Material, for each unit"))
    pledge_value_hours = MoneyField(
        _l("An hour of help"), description=_l("Empty: as much as an hour of volunteers’ time.")
    )
    pledge_value_interpreting = MoneyField(_l("An hour of interpreting"))
    pledge_value_expertise = MoneyField(_l("Expertise, for each unit"))

    def values(self) -> dict[str, Any]:
        """Return the settings; the values of all kinds are kept as one."""
        found: dict[str, Any] = super().values()  # type: ignore[misc]
        given = {kind: found.pop(name) for name, kind in VALUES.items()}
        return found | {"pledge_values": {kind: cents for kind, cents in given.items() if cents is not None}}
