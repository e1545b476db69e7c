"""The words of the crowd: titles and texts put together by dice, so that no two projects say the same."""

from random import Random
from typing import NamedTuple

GIVEN = ("Ada", "Bilal", "Carla", "Dana", "Emre", "Fatma", "Gregor", "Hala", "Ivo", "Jasmin", "Kofi", "Lena", "Milan",
         "Nadia", "Ole", "Paula", "Rami", "Sofia", "Taras", "Ulla", "Vera", "Wassim", "Yara", "Zoran")
FAMILY = ("Demo", "Beispiel", "Muster")
WHAT = {
    "de": ("Nachbarschaftsküche", "Lesekreis", "Fahrradwerkstatt", "Sprachcafé", "Gemüsegarten", "Chor", "Nähstube",
           "Lernbrücke", "Theaterabend", "Spaziergang", "Fußballtreff", "Erzählcafé", "Repaircafé", "Mietrechtsstunde",
           "Bewerbungshilfe", "Stadtplan", "Musikschule", "Spielplatzfest", "Malwerkstatt", "Kochbuch"),
    "en": ("Neighbourhood kitchen", "Reading circle", "Bicycle workshop", "Language café", "Vegetable garden", "Choir",
           "Sewing room", "Learning bridge", "Theatre night", "City walk", "Football meeting", "Storytelling café",
           "Repair café", "Tenancy law hour", "Help with applications", "City map", "Music school", "Playground party",
           "Painting workshop", "Cookbook"),
    "ar": ("مطبخ الحي", "حلقة قراءة", "ورشة الدراجات", "مقهى اللغات", "حديقة الخضار", "جوقة", "غرفة الخياطة",
           "جسر التعلم", "أمسية مسرحية", "جولة في المدينة", "لقاء كرة القدم", "مقهى الحكايات", "مقهى الإصلاح",
           "ساعة قانون الإيجار", "مساعدة في التقديم", "خريطة المدينة", "مدرسة الموسيقى", "حفل الملعب", "ورشة الرسم",
           "كتاب الطبخ"),
}
WHERE = ("Ahornweg", "Birkenplatz", "Drosselstraße", "Eschenufer", "Finkenhof", "Ginsterweg", "Holunderallee",
         "Irisgarten", "Kastanienhof", "Lindenplatz", "Mühlenbogen", "Nussbaumgasse", "Pappelweg", "Quellengrund",
         "Rosengarten", "Schlehenweg", "Tannenhof", "Ulmenstraße", "Veilchenplatz", "Weidenufer")
FIRST = ("Garten", "Sommer", "Winter", "Familien", "Kinder", "Jugend", "Frauen", "Sprach", "Musik", "Tanz", "Bücher",
         "Straßen", "Wasser", "Brücken", "Werk", "Koch", "Lern", "Spiel", "Stadt", "Kultur", "Natur", "Hof", "Markt",
         "Abend", "Morgen", "Schul", "Vereins", "Haus", "Wege", "Freundes", "Farben", "Licht", "Papier", "Holz",
         "Kleider", "Wander", "Rad", "Film", "Foto", "Geschichten")
SECOND = ("fest", "gruppe", "treffen", "werkstatt", "raum", "kreis", "stunde", "woche", "reihe", "bühne", "halle",
          "stube", "paten", "helfer", "karte", "heft", "kiste", "bank", "garten", "kurs", "tag", "nacht", "runde",
          "schule", "küche", "laden", "zelt", "wagen", "projekt", "netz")
RARE, RARE_IN = "Lastenkahn", 2500
STEPS = ("Team steht", "Raum ist gefunden", "Einladung ist verschickt", "Auftakt", "Halbzeit", "Großer Abend",
         "Auswertung", "Abschluss")
FICTIONAL = "Erfunden für die Demo."


class Said(NamedTuple):
    title: str
    summary: str


def person(dice: Random) -> tuple[str, str]:
    return dice.choice(GIVEN), dice.choice(FAMILY)


def text(dice: Random, size: int) -> str:
    """Return a text of words of which some are used often and most seldom, as in any language."""
    found = []
    for _ in range(size):
        first, second = (int(dice.random() ** 2 * len(each)) for each in (FIRST, SECOND))
        found.append(FIRST[first] + SECOND[second])
    return f"Es gibt {', '.join(found)}. {FICTIONAL}"


def project(dice: Random, number: int) -> dict[str, Said]:
    """Return a project's title and summary in German, English and Arabic."""
    which, where = dice.randrange(len(WHAT["de"])), dice.choice(WHERE)
    summary = text(dice, 9)
    if number % RARE_IN == RARE_IN // 2 or number == 1:
        summary = f"{summary} {RARE}."
    return {
        "de": Said(f"{WHAT['de'][which]} {where} {number}", summary),
        "en": Said(f"{WHAT['en'][which]} {where} {number}", "People of the quarter meet. Made up for the demo."),
        "ar": Said(f"{WHAT['ar'][which]} {where}", "يلتقي سكان الحي. مختلق للعرض فقط."),
    }
