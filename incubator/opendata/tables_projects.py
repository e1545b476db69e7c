"""The tables of projects, who carries and helps them, and of their money."""

from incubator.opendata.fields import (
    FICTIONAL,
    LANGUAGE,
    URI,
    Field,
    Kind,
    Table,
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

PROJECT = of("projects", "project", "Projekt", "Project")

ORGANISATIONS = Table("organisations", "Träger und Partner", "Carriers and partners", (
    known_by("Kurzname", "Short name"),
    text("name", "Name", "Name"),
    Field("website", Kind.TEXT, "Eigene Seite im Netz, wie angegeben", "Own website, as it was given"),
    FICTIONAL,
), ("id",))

PROJECTS = Table("projects", "Projekte mit Bewilligung", "Awarded projects", (
    known_by("Kurzname", "Short name"),
    URI,
    of("rounds", "round", "Förderrunde", "Round"),
    text("title", "Titel", "Title"),
    LANGUAGE,
    text("summary", "Worum es geht", "What it is about"),
    code("status", "Stand: awarded, active, suspended, reporting, report_submitted, report_checked, completed, revoked",
         "Status: awarded, active, suspended, reporting, report_submitted, report_checked, completed, revoked"),
    code("theme", "Themenfeld", "Theme", refers="themes"),
    code("district", "Stadtteil", "District", refers="districts"),
    yes_no("is_citywide", "In der ganzen Stadt", "In the whole city"),
    text("group_name", "Name der Gruppe", "Name of the group"),
    code("carrier", "Träger", "Carrier", refers="organisations"),
    code("idea", "Idee, aus der es wuchs", "Idea it grew from", refers="ideas"),
    codes("evidence", "Bedarfsnachweise, auf die es sich stützt", "Evidence of needs it stands on"),
    day("starts_on", "Beginn", "Beginning"),
    day("ends_on", "Ende", "End"),
    number("reached", "Erreichte Meilensteine, nach Gewicht", "Milestones reached, by weight", "%"),
    text("resolution_body", "Beschluss: Gremium", "Decision: body"),
    day("resolution_on", "Beschluss: Tag", "Decision: day"),
    text("resolution_reference", "Beschluss: Vorlage", "Decision: reference"),
    text("resolution_url", "Beschluss: Adresse", "Decision: address"),
    FICTIONAL,
), ("id",))

MILESTONES = Table("milestones", "Meilensteine", "Milestones", (
    known_by("Nummer", "Number"),
    PROJECT,
    text("title", "Titel", "Title"),
    text("description", "Beschreibung", "Description"),
    LANGUAGE,
    code("status", "Stand: planned, in_progress, reported, accepted (erreicht) oder cancelled",
         "Status: planned, in_progress, reported, accepted (reached) or cancelled"),
    day("due_on", "Versprochen für", "Promised for"),
    day("forecast_on", "Erwartet für", "Expected for"),
    day("reached_on", "Erreicht am", "Reached on"),
    number("weight", "Gewicht im Projekt", "Weight within the project"),
    yes_no("is_gate", "Bedingung der nächsten Rate", "Condition of the next instalment"),
    code("needs", "Wartet auf diesen Meilenstein", "Waits for this milestone", refers="milestones"),
), ("id",))

UPDATES = Table("updates", "Neuigkeiten", "News", (
    known_by("Nummer", "Number"),
    URI,
    PROJECT,
    code("milestone", "Meilenstein", "Milestone", refers="milestones"),
    text("title", "Titel", "Title"),
    text("text", "Text", "Text"),
    LANGUAGE,
    moment("published_at", "Veröffentlicht", "Published"),
    moment("corrected_at", "Berichtigt", "Corrected"),
    text("correction_note", "Was berichtigt wurde", "What was corrected"),
), ("id",))

PARTNERS = Table("partners", "Wer an einem Projekt mitwirkt", "Who takes part in a project", (
    PROJECT,
    of("organisations", "organisation", "Organisation", "Organisation"),
    yes_no("is_carrier", "Trägt das Projekt", "Carries the project"),
    codes("roles", "Rollen", "Roles"),
), ("project", "organisation"))

PLEDGES = Table("pledges", "Zugesagte Hilfe von Organisationen", "Help that organisations promised", (
    known_by("Nummer", "Number"),
    PROJECT,
    of("organisations", "organisation", "Organisation", "Organisation"),
    code("kind", "Art: room, material, hours, money, interpreting oder expertise",
         "Kind: room, material, hours, money, interpreting or expertise"),
    text("description", "Was", "What"),
    LANGUAGE,
    number("quantity", "Menge", "Quantity"),
    text("unit", "Einheit", "Unit"),
    number("done", "davon schon geleistet", "of which already given"),
    amount("value", "Wert", "Value"),
    text("valued_how", "Wie der Wert bestimmt ist", "How it was valued"),
    code("state", "Stand: confirmed, fulfilled oder partly_fulfilled",
         "State: confirmed, fulfilled or partly_fulfilled"),
), ("id",))

MONEY = Table("money", "Geld je Projekt", "Money of each project", (
    PROJECT,
    amount("awarded", "Bewilligt", "Awarded"),
    amount("paid", "Ausgezahlt; leer, wo die Runde nicht auszahlt", "Paid out; empty where the round does not pay out"),
    amount("proved", "Mit Belegen nachgewiesen; leer, wo die Runde keine verlangt",
           "Proved by receipts; empty where the round asks for none"),
    amount("returned", "Zurückgezahlt", "Given back"),
), ("project",))

BUDGET_LINES = Table("budget_lines", "Kosten- und Finanzierungsplan", "Budget", (
    PROJECT,
    code("side", "cost (Kosten) oder financing (Finanzierung)", "cost or financing"),
    code("kind", "Art der Kosten oder der Finanzierung", "Kind of cost or of financing"),
    amount("planned", "Geplant bei der Bewilligung (nur Kosten)", "Planned when it was awarded (costs only)"),
    amount("approved", "Heute gültig", "In force today"),
    amount("proved", "Mit Belegen nachgewiesen (nur Kosten)", "Proved by receipts (costs only)"),
), ("project", "side", "kind"))

PAYMENTS = Table("payments", "Auszahlungen und Rückzahlungen", "Payments and money given back", (
    known_by("Nummer", "Number"),
    PROJECT,
    day("on", "Tag", "Day"),
    amount("amount", "Betrag", "Amount"),
    number("instalment", "Rate", "Instalment"),
    yes_no("is_returned", "Rückzahlung an die Stadt", "Given back to the city"),
), ("id",))
