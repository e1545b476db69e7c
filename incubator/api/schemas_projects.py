"""How projects and what belongs to them look to programs."""

from marshmallow import Schema, fields

from incubator.api.words import Named, State, cents, said, told

PAGE = "The page for people."


class NextMilestone(Schema):
    title = said()
    due = told(fields.Date, required=True)
    is_overdue = told(fields.Boolean, required=True)


class ProjectItem(Schema):
    """A project that the public knows: from the award on."""

    slug = told(fields.String, required=True)
    title = said()
    summary = said()
    theme = told(fields.String, "The name of its theme.")
    district = told(fields.String, "The name of its district; empty where it is for all.")
    is_citywide = told(fields.Boolean)
    status = fields.Nested(State)
    stage = told(fields.String, "The stage in words.")
    percent_reached = told(fields.Integer, "How much of its milestones is reached.", may_lack=True)
    next = fields.Nested(NextMilestone, allow_none=True)
    url = told(fields.String, PAGE)


class MilestoneItem(Schema):
    """A promised result: due, forecast and actual day are three facts."""

    id = told(fields.Integer, required=True)
    project = told(fields.String, "The short name of its project.")
    title = said()
    description = said()
    status = fields.Nested(State)
    due = told(fields.Date, "The day that was promised.")
    forecast = told(fields.Date, "The day that is expected.")
    actual = told(fields.Date, "The day it was reached, once the mentor accepted it.", may_lack=True)
    is_overdue = told(fields.Boolean, "It is late, as far as the round says so in public.")
    is_gate = told(fields.Boolean, "It releases the second instalment.")
    weight = told(fields.Integer)
    needs = told(fields.Integer, "The milestone it waits for.", may_lack=True)
    url = told(fields.String, PAGE)


class Partner(Schema):
    name = told(fields.String, required=True)
    website = told(fields.String, required=True)
    is_fictional = told(fields.Boolean, required=True)
    roles = fields.List(fields.String(), required=True)


class Decision(Schema):
    """The award as a public fact."""

    body = told(fields.String, required=True)
    on = told(fields.Date, may_lack=True, required=True)
    reference = told(fields.String, required=True)
    url = told(fields.String, required=True)


class WholeProject(Schema):
    """A project with its people as they want to be named, its partners and milestones."""

    slug = told(fields.String, required=True)
    title = said()
    summary = said()
    theme = told(fields.String, "The name of its theme.")
    district = fields.Nested(Named, allow_none=True)
    is_citywide = told(fields.Boolean)
    status = fields.Nested(State)
    round = fields.Nested(Named)
    starts_on = told(fields.Date, may_lack=True)
    ends_on = told(fields.Date, may_lack=True)
    group_name = told(fields.String)
    leads = fields.List(fields.String())
    mentors = fields.List(fields.String())
    carrier = fields.Nested(Partner, allow_none=True)
    partners = fields.List(fields.Nested(Partner))
    percent_reached = told(fields.Integer, may_lack=True)
    awarded_cents = cents("What the city awarded.", may_lack=True)
    decision = fields.Nested(Decision)
    milestones = fields.List(fields.Nested(MilestoneItem))
    number_of_talks = told(fields.Integer, "Talks with the city mentor.")
    url = told(fields.String, PAGE)


class Picture(Schema):
    url = told(fields.String, required=True)
    small_url = told(fields.String, required=True)
    alt = told(fields.String, "What it shows, in words.", required=True)
    credit = told(fields.String, "Who took it.", required=True)


class UpdateItem(Schema):
    """News of a project."""

    id = told(fields.Integer, required=True)
    project = told(fields.String, "The short name of its project.")
    project_title = said()
    title = said()
    text = said()
    milestone = said("The milestone it tells of.", may_lack=True)
    published_at = told(fields.DateTime)
    corrected_at = told(fields.DateTime, may_lack=True)
    correction = said("What was corrected, and why.", may_lack=True)
    pictures = fields.List(fields.Nested(Picture))
    url = told(fields.String, PAGE)


class BudgetItem(Schema):
    """A project's money in public sums."""

    project = told(fields.String, required=True)
    title = said()
    status = fields.Nested(State)
    awarded_cents = cents("What the city awarded.")
    paid_cents = cents("What was paid of it.")
    proved_cents = cents("What receipts have proved.")
    checking_cents = cents("What was entered and nobody has checked.")
    returned_cents = cents("What came back.")
    url = told(fields.String, PAGE)


class Category(Schema):
    label = told(fields.String, required=True)
    planned_cents = cents("When the city decided.")
    approved_cents = cents("In the plan that counts now.")
    proved_cents = cents("By receipts; null where none are asked for.", may_lack=True)


class Source(Schema):
    label = told(fields.String, required=True)
    cents = cents("What comes from there.")
    counts = told(fields.Boolean, "It counts in the sum.", required=True)


class Payment(Schema):
    on = told(fields.Date, required=True)
    cents = cents("What moved.")
    instalment = told(fields.Integer, may_lack=True, required=True)
    is_back = told(fields.Boolean, "It came back to the city.", required=True)


class WholeBudget(BudgetItem):
    pays_out = told(fields.Boolean)
    asks_receipts = told(fields.Boolean)
    is_changed = told(fields.Boolean, "The plan that counts is not the first one.")
    categories = fields.List(fields.Nested(Category))
    sources = fields.List(fields.Nested(Source))
    payments = fields.List(fields.Nested(Payment))


class OrganisationItem(Schema):
    """An organisation that carries a public project or helps one."""

    slug = told(fields.String, required=True)
    name = told(fields.String)
    website = told(fields.String)
    is_fictional = told(fields.Boolean)


class WholeOrganisation(OrganisationItem):
    carries = fields.List(fields.String(), metadata={"description": "Projects it carries."})
    helps = fields.List(fields.String(), metadata={"description": "Projects it takes part in or promised something."})
