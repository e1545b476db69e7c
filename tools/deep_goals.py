"""The goals of `make deep`: what is wanted, how it is tried, and what that does not show."""

from dataclasses import dataclass

PYTEST = ("-m", "pytest", "-q", "-s", "-n", "0", "-p", "no:cacheprovider")
DEEP = "tests/faults/test_deep.py"


def tests(*names: str) -> tuple[str, ...]:
    return (*PYTEST, *names)


def deep(*names: str, only: str = "") -> tuple[str, ...]:
    """Tests that are left out otherwise."""
    return (*PYTEST, "-m", "endurance", *names, *(("-k", only) if only else ()))


@dataclass(frozen=True)
class Goal:
    """One row. `lines` finds figures in what the commands say; `instead` is why there is no command."""

    id: str
    goal: str
    shows_not: str
    commands: tuple[tuple[str, ...], ...] = ()
    lines: str = ""
    minutes: float = 0
    instead: str = ""


FAULTS = r"^\d+\.?\d* minutes over|× |told as saved|answers:|letters that arrived|nothing waited|WRONG|nothing lost"

GOALS = (
    Goal("R1", "killed with -9 while it writes, 1,000 times on both databases: 0 lost, 0 doubled, 0 half done",
         "a kill is no power cut: what the system had not written to the disk survives it",
         (deep(DEEP, only="kills"),)),
    Goal("R2", "two (1,000 times) and eight at once for the last money, on both databases: exactly one wins",
         "threads of one process; several processes are what R1 and R4 have",
         (deep(DEEP, "tests/payments/test_races.py", only="races or eight or thousand_times"),
          tests("tests/budgets/test_races.py"))),
    Goal("R3", "10,000 steps of money as a plain model has them; 10,000 acts by everybody, none about one's own money",
         "SQLite only: the rules are the same, the locks of PostgreSQL are R2's",
         (deep("tests/payments/test_machine.py"), deep("tests/house/test_own_money.py"))),
    Goal("R4", "everything hurts for twenty minutes on each database; jobs and letters come once whatever Redis does",
         "the order of faults is drawn by chance; one machine, no network between its parts",
         (("-m", "tests.faults", "--minutes", "{minutes}"),
          ("-m", "tests.faults", "--minutes", "{minutes}", "--postgresql"), deep(DEEP, only="redis"),
          tests("tests/faults/test_jobs.py", "tests/follow/test_many.py")), FAULTS, minutes=20),
    Goal("R5", "Redis and the mail server away: pages work, nothing is lost, it is said",
         "an hour is told to the clock, not waited for",
         (("-m", "tests.faults", "--minutes", "{minutes}", "--only", "redis killed", "--only", "redis slow",
           "--only", "mail away", "--only", "mail refuses"),
          tests("tests/letters/test_lines.py", "tests/foundation/test_queue.py", "tests/desk/test_alarms.py")),
         FAULTS, minutes=5),
    Goal("R6", "the disk is full: a clear page, reading goes on, nothing half kept, it heals by itself",
         "the database is told that it has no page left; a whole disk is not filled",
         (("-m", "tests.faults", "--minutes", "{minutes}", "--only", "disk full"),
          tests("tests/foundation/test_trouble.py")), FAULTS, minutes=3),
    Goal("R7", "the database taken for ten seconds: who waits is served or asked for patience, no text is lost",
         "one who holds it, not many",
         (("-m", "tests.faults", "--minutes", "{minutes}", "--only", "database locked"),
          tests("tests/foundation/test_trouble.py", "-k", "taken or patience")), FAULTS, minutes=3),
    Goal("R8", "of two who write at once the second sees both versions, at every form with a version",
         "21 forms, each once, over SQLite; the conditional update is the same on both",
         (tests("tests/house/test_hostile_versions.py", "tests/projects/test_draft.py"),)),
    Goal("A1", "every address × everybody has a declared answer; the policy by itself, with every tie",
         "what stands on a page is the canaries' (P1) and the pages' own tests",
         (tests("tests/house/test_matrix.py", "tests/house/test_policy.py", "tests/house/test_routes.py"),)),
    Goal("A2", "100,000 inputs nobody should send, over every form at every time: 0 faults, 0 scripts, no word lost; "
         "no column set that a form does not ask for",
         "made by chance out of what we know to hurt: it shares our idea of what hurts",
         (deep("tests/house/test_hostile_deep.py"), deep("tests/house/test_assignment.py"),
          tests("tests/house/test_hostile.py", "tests/house/test_hostile_addresses.py",
                "tests/house/test_hostile_browsers.py", "tests/house/test_injection.py",
                "tests/house/test_redirects.py", "tests/house/test_hosts.py"))),
    Goal("A3", "headers of every answer, by the rules of Mozilla's Observatory: A+",
         "the rules written down again, not Mozilla's grade",
         (tests("tests/house/test_headers.py", "tests/house/test_observatory.py",
                "tests/house/test_every_answer.py"),)),
    Goal("A4", "wapiti, sqlmap, schemathesis and a probe as everybody in the demo city; each must see planted faults",
         "they know common faults, and stand still at forms that are carried out once",
         (("-m", "tools.attack", "--seconds", "{seconds}"),), r"findings|^(stranger|\w[\w ]*): \d+ addresses| · "),
    Goal("A5", "the table of requirements (ASVS) has no open row, and what it names is there",
         "that a test is named does not say that it is enough",
         (tests("tests/supply/test_requirements.py"),)),
    Goal("A6", "nine of ten small faults planted into the policy, the rules of budgets and of the journal are noticed",
         "the rooms' operations and payments are not mutated; faults are single and small",
         (("-m", "tools.mutate", "--scale", "{scale}"),), r"noticed"),
    Goal("P1", "after erasing no byte of somebody is left in the database, files, letters or logs; the journal holds",
         "copies that were taken before, and what others wrote down",
         (tests("tests/privacy/test_canary_erased.py", "tests/privacy/test_erasure.py", "tests/privacy/test_replay.py",
                "tests/follow/test_canary.py"),)),
    Goal("P2", "the copy of one's data holds every column marked personal, and nobody else's",
         "", (tests("tests/privacy/test_copy.py", "tests/privacy/test_register.py"),)),
    Goal("P3", "what is over goes when the register says, told before; ten years in one go",
         "the years are told to the clock", (tests("tests/privacy/test_retention.py"),)),
    Goal("P4", "no mark of a photo survives, hostile files are refused quickly and small",
         "files we know of", (tests("tests/media"),)),
    Goal("D1", "every migration up and down over rows, on both databases, and the models are the head",
         "some rows of each table, not a city's",
         (tests("tests/house/test_migrations.py", "tests/journal/test_migration.py"),)),
    Goal("D2", "50 backups on each database while others write: restored, of one moment; cut, altered ones refused",
         "the five minutes for a restore of 10,000 projects are not measured here: `flask restore` says its own time",
         (deep(DEEP, only="backups"), tests("tests/house/test_backup.py", "tests/house/test_backup_whole.py"))),
    Goal("D3", "from SQLite to PostgreSQL and back by backup: the same rows",
         "a filled project, not a city", (tests("tests/house/test_backup.py"),)),
    Goal("L1", "50 people for 30 minutes: no 5xx, 95 of 100 answers within 300 ms, memory grows by less than a tenth",
         "loopback is no network; those who ask sit on the same machine and take part of it",
         (("-m", "tools.load", "--minutes", "{minutes}"),), r"answers|p95|memory|5xx", minutes=30),
    Goal("L2", "50,000 projects as open data: at most 20 MB more memory than 500",
         "one worker that does nothing else; SQLite", (deep("tests/opendata/test_memory.py"),), r"figure:"),
    Goal("T1", "ten kinds of tampering × 20 places: all found, the first bad row named; 100,000 rows in ten seconds",
         "whoever holds the database and every copy of the checkpoints",
         (tests("tests/journal"),)),
)
