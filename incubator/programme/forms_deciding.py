"""What is asked about how a round decides."""

from flask_babel import lazy_gettext as _l

from incubator.foundation.fields import CheckField, NumberField, Required


class DecidingFields:
    """A panel that scores, and decisions that are told together; both are off at first."""

    has_panel = CheckField(
        _l("A panel scores the projects"),
        description=_l("People you name give points by your criteria; a ranking comes of it."),
    )
    panel_points_max = NumberField(_l("Most points for one criterion"), [Required()], min=2, max=20)
    publishes_together = CheckField(
        _l("All projects are told together"),
        description=_l("Decisions are prepared first and published at once. Off: each is told when it is recorded."),
    )
