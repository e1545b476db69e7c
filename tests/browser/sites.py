"""The addresses of every page that everybody may open, and why the other addresses are no pages."""

PROJECT = "/projects/kueche"
SITES = {
    "projects": (
        PROJECT, "/projects/", "/projects/?q=Küche", "/projects/?q=xx", f"{PROJECT}/history", f"{PROJECT}/money",
        f"{PROJECT}/updates/{{news}}", f"{PROJECT}/updates/{{arabic}}", f"{PROJECT}/updates/{{gone}}",
        "/projects/awarded", "/projects/suspended", "/projects/reporting", "/projects/completed", "/projects/revoked",
        "/projects/awarded/history", "/projects/revoked/history", "/projects/completed/money",
        "/projects/recovery", "/projects/recovery/money",
    ),
    "town": (
        "/", "/themes/", "/themes/miteinander", "/evidence/", "/evidence/?theme=none", "/evidence/{need}",
        "/workshops/", "/workshops/wohnen", "/workshops/bald", "/workshops/aus", "/workshops/wohnen/minutes",
        "/b/{board}", "/ideas/", "/ideas/?state=joined", "/ideas/new", "/ideas/thanks", "/ideas/{idea}",
        "/ideas/{joined}", "/ideas/mine/{given}", "/ideas/mine/1-nobody", "/rounds/runde-eins", "/rounds/damals",
        "/search", "/search?q=Küche", "/search?q=nirgends", "/search?q=%25",
    ),
    "maps": ("/districts/", "/districts/?map=money", "/districts/?map=projects", "/districts/d-0", "/districts/d-3"),
    "ways": (
        "/share", f"{PROJECT}/share", "/poster", f"{PROJECT}/poster", f"/embed{PROJECT}", "/embed/projects/completed",
        f"{PROJECT}/ask", f"{PROJECT}/help", f"{PROJECT}/received", f"{PROJECT}/questions", "/projects/completed/ask",
        "/follow", "/follow?project=kueche", "/follow?district=d-0", "/follow?theme=miteinander", "/follow/sent",
        "/follow/stopped", "/follow/confirm/{confirm}", "/follow/manage/{own}", "/follow/manage/1-nobody",
        "/workshops/{meeting}", "/workshops/{meeting}/sign-up", "/workshops/{meeting}/sign-up/sent",
        "/workshops/{meeting}/sign-up/cancelled", "/workshops/aus/sign-up", "/sign-ups/confirm/{asked}",
        "/sign-ups/manage/{coming}", "/sign-ups/manage/{waits}", "/sign-ups/manage/1-nobody",
    ),
    "partners": (
        "/partners/invitation/{invited}", "/partners/invitation/1-nobody", "/partners/answered", "/partners/link",
        "/partners/link/sent", "/partners/mine/{mine}", "/partners/mine/{mine}/pledges/{promised}",
        "/partners/mine/{mine}/pledges/{promised}/change", "/partners/mine/{mine}/partnerships/{partnership}/offer",
        "/partners/mine/{mine}/partnerships/{partnership}/end", "/partners/mine/{mine}/agreements/{partnership}",
    ),
    "house": (
        "/sign-in", "/sign-in/link", "/sign-in/sent", "/sign-in/reset", "/sign-in/reset/{reset}",
        "/sign-in/link/{sign_in}", "/sign-in/link/nobody",
        "/sign-in/mail/{mail}", "/sign-in/mail/stop/open-objection", "/invitation/{invitation}", "/accessibility",
        "/accessibility/report", "/accessibility/received", "/imprint",
        "/privacy", "/record", "/nowhere", "/projects/nowhere", "/guides", "/guides/lead", "/glossary",
        "/offline", "/offline/write", "/api/", "/opendata/",
    ),
    "demo": ("/", "/sign-in", PROJECT, f"{PROJECT}/poster", "/demo/letters", "/demo/letters/{letter}"),
}
MAPS = ("/", *SITES["maps"])
MISSING = {"/nowhere": 404, "/projects/nowhere": 404, "/follow/manage/1-nobody": 410, "/sign-ups/manage/1-nobody": 410,
           "/partners/invitation/1-nobody": 410, "/ideas/mine/1-nobody": 410,
           "/sign-in/link/nobody": 410}

# public addresses without a page, in groups that say why
NO_PAGES = {
    "calendars that phones subscribe to": (
        "calendar.programme", "calendar.project", "calendar.workshop", "calendar.workshops"),
    "feeds": ("feeds.district", "feeds.programme", "feeds.project"),
    "read by machines": (
        "crawlers.oembed", "crawlers.robots", "crawlers.sitemap", "crawlers.sitemap_part", "worker.script",
        "phones.state", "giving.similar", "offline.manifest", "offline.token", "healthz", "readyz",
        "metrics.metrics"),
    "the open data, for machines": (
        "data_files.latest", "data_files.numbered", "data_files.editions", "data_files.catalogue_as_asked",
        "data_files.catalogue_file"),
    "read by programs": (
        "api.budget", "api.budgets", "api.district", "api.districts", "api.evidence", "api.finding", "api.idea",
        "api.ideas", "api.index", "api.milestone", "api.milestones", "api.openapi", "api.organisation",
        "api.organisations", "api.programme", "api.project", "api.projects", "api.round", "api.rounds", "api.theme",
        "api.themes", "api.update", "api.updates", "api.workshop", "api.workshops"),
    "read by servers of the fediverse, where it is on": (
        "fediverse.actor", "fediverse.followers", "fediverse.outbox", "fediverse.note", "fediverse.webfinger",
        "fediverse.nodeinfo_links", "fediverse.nodeinfo"),
    "files to take along": (
        "sharing.card", "sharing.qr", "sharing.poster_file", "guides.sheet", "record.entries", "record.checkpoints",
        "record.verify", "media.photo", "media.small_photo", "cooperation.mine_file"),
    "what pages look like": ("city.look", "city.logo", "city.sign"),
    "leads elsewhere when opened": ("follow.stop", "accounts.outside_ask", "accounts.outside_back"),
}
