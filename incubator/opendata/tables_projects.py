"""The tables of projects, who carries and helps them, and of their money."""

from incubator.opendata.fields import (
    FICTIONAL,
    LANGUAGE,
    URI,
    Field,
    Kind,
    Table,
    _,
    amount,
    code,
    codes,
    day,
    known_by,
    moment,
    number,
    of,
    text,
    yes_no,
)

PROJECT = of("projects", "project", "Projekt", _("Project"))

ORGANISATIONS = Table("organisations", "Träger und Partner", _("Carriers and partners"), (
    known_by("Kurzname", _("Short name")),
    text("name", "Name", _("Name")),
    Field("website", Kind.TEXT, "Eigene Seite im Netz, wie angegeben", _("Own website, as it was given")),
    FICTIONAL,
), ("id",))

PROJECTS = Table("projects", "Projekte mit Bewilligung", _("Awarded projects"), (
    known_by("Kurzname", _("Short name")),
    URI,
    of("rounds", "round", "Förderrunde", _("Round")),
    text("title", "Titel", _("Title")),
    LANGUAGE,
    text("summary", "Worum es geht", _("What it is about")),
    code("status", "Stand: awarded, active, suspended, reporting, report_submitted, report_checked, completed, revoked",
         _("Status: awarded, active, suspended, reporting, report_submitted, report_checked, completed, revoked")),
    code("theme", "Themenfeld", _("Theme"), refers="themes"),
    code("district", "Stadtteil", _("District"), refers="districts"),
    yes_no("is_citywide", "In der ganzen Stadt", _("In the whole city")),
    text("group_name", "Name der Gruppe", _("Name of the group")),
    code("carrier", "Träger", _("Carrier"), refers="organisations"),
    code("idea", "Idee, aus der es wuchs", _("Idea it grew from"), refers="ideas"),
    codes("evidence", "Bedarfsnachweise, auf die es sich stützt", _("Evidence of needs it stands on")),
    day("starts_on", "Beginn", _("When it begins")),
    day("ends_on", "Ende", _("When it ends")),
    number("reached", "Erreichte Meilensteine, nach Gewicht", _("Milestones reached, by weight"), "%"),
    text("resolution_body", "Beschluss: Gremium", _("Decision: body")),
    day("resolution_on", "Beschluss: Tag", _("Decision: day")),
    text("resolution_reference", "Beschluss: Vorlage", _("Decision: reference")),
    text("resolution_url", "Beschluss: Adresse", _("Decision: address")),
    FICTIONAL,
), ("id",))

MILESTONES = Table("milestones", "Meilensteine", _("Milestones"), (
    known_by("Nummer", _("Number")),
    PROJECT,
    text("title", "Titel", _("Title")),
    text("description", "Beschreibung", _("Description")),
    LANGUAGE,
    code("status", "Stand: planned, in_progress, reported, accepted (erreicht) oder cancelled",
         _("Status: planned, in_progress, reported, accepted (reached) or cancelled")),
    day("due_on", "Versprochen für", _("Promised for")),
    day("forecast_on", "Erwartet für", _("Expected for")),
    day("reached_on", "Erreicht am", _("Reached on")),
    number("weight", "Gewicht im Projekt", _("Weight within the project")),
    yes_no("is_gate", "Bedingung der nächsten Rate", _("Condition of the next instalment")),
    code("needs", "Wartet auf diesen Meilenstein", _("Waits for this milestone"), refers="milestones"),
), ("id",))

UPDATES = Table("updates", "Neuigkeiten", _("News"), (
    known_by("Nummer", _("Number")),
    URI,
    PROJECT,
    code("milestone", "Meilenstein", _("Milestone"), refers="milestones"),
    text("title", "Titel", _("Title")),
    text("text", "Text", _("Text")),
    LANGUAGE,
    moment("published_at", "Veröffentlicht", _("When it was published")),
    moment("corrected_at", "Berichtigt", _("When it was corrected")),
    text("correction_note", "Was berichtigt wurde", _("What was corrected")),
), ("id",))

PARTNERS = Table("partners", "Wer an einem Projekt mitwirkt", _("Who takes part in a project"), (
    PROJECT,
    of("organisations", "organisation", "Organisation", _("Organisation")),
    yes_no("is_carrier", "Trägt das Projekt", _("Carries the project")),
    codes("roles", "Rollen", _("Roles")),
), ("project", "organisation"))

PLEDGES = Table("pledges", "Zugesagte Hilfe von Organisationen", _("Help that organisations promised"), (
    known_by("Nummer", _("Number")),
    PROJECT,
    of("organisations", "organisation", "Organisation", _("Organisation")),
    code("kind", "Art: room, material, hours, money, interpreting oder expertise",
         _("Kind: room, material, hours, money, interpreting or expertise")),
    text("description", "Was", _("What")),
    LANGUAGE,
    number("quantity", "Menge", _("Quantity")),
    text("unit", "Einheit", _("Unit")),
    number("done", "davon schon geleistet", _("of which already given")),
    amount("value", "Wert", _("Value")),
    text("valued_how", "Wie der Wert bestimmt ist", _("How it was valued")),
    code("state", "Stand: confirmed, fulfilled oder partly_fulfilled",
         _("State: confirmed, fulfilled or partly_fulfilled")),
), ("id",))

MONEY = Table("money", "Geld je Projekt", _("Money of each project"), (
    PROJECT,
    amount("awarded", "Bewilligt", _("Awarded")),
    amount("paid", "Ausgezahlt; leer, wo die Runde nicht auszahlt",
           _("Paid out; empty where the round does not pay out")),
    amount("proved", "Mit Belegen nachgewiesen; leer, wo die Runde keine verlangt",
           _("Proved by receipts; empty where the round asks for none")),
    amount("returned", "Zurückgezahlt", _("Given back")),
), ("project",))

BUDGET_LINES = Table("budget_lines", "Kosten- und Finanzierungsplan", _("Budget"), (
    PROJECT,
    code("side", "cost (Kosten) oder financing (Finanzierung)", _("cost or financing")),
    code("kind", "Art der Kosten oder der Finanzierung", _("Kind of cost or of financing")),
    amount("planned", "Geplant bei der Bewilligung (nur Kosten)", _("Planned when it was awarded (costs only)")),
    amount("approved", "Heute gültig", _("In force today")),
    amount("proved", "Mit Belegen nachgewiesen (nur Kosten)", _("Proved by receipts (costs only)")),
), ("project", "side", "kind"))

PAYMENTS = Table("payments", "Auszahlungen und Rückzahlungen", _("Payments and money given back"), (
    known_by("Nummer", _("Number")),
    PROJECT,
    day("on", "Tag", _("Day")),
    amount("amount", "Betrag", _("Amount")),
    number("instalment", "Rate", _("Instalment")),
    yes_no("is_returned", "Rückzahlung an die Stadt", _("Given back to the city")),
), ("id",))
