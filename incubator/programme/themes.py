"""The six themes of the programme: German exactly as the city names them, other languages for the reader."""

THEMES: tuple[tuple[str, dict[str, str]], ...] = (
    ("WN", {
        "de": "Wohnen und Nachbarschaft", "en": "Housing and Neighbourhood", "ar": "السكن والجيرة",
        "tr": "Konut ve Komşuluk", "ru": "Жильё и соседство", "uk": "Житло та сусідство",
        "pl": "Mieszkanie i sąsiedztwo", "fr": "Logement et voisinage", "fa": "مسکن و همسایگی",
        "de-simple": "Wohnen und Nachbarschaft",
    }),
    ("VM", {
        "de": "Verkehr und Mobilität", "en": "Transport and Mobility", "ar": "المواصلات والتنقّل",
        "tr": "Ulaşım ve Hareketlilik", "ru": "Транспорт и мобильность", "uk": "Транспорт і мобільність",
        "pl": "Transport i mobilność", "fr": "Transports et mobilité", "fa": "رفت‌وآمد و جابه‌جایی",
        "de-simple": "Bus, Rad und Straßen",
    }),
    ("AB", {
        "de": "Arbeit und Bildung", "en": "Work and Education", "ar": "العمل والتعليم",
        "tr": "İş ve Eğitim", "ru": "Работа и образование", "uk": "Робота й освіта",
        "pl": "Praca i edukacja", "fr": "Travail et éducation", "fa": "کار و آموزش",
        "de-simple": "Arbeiten und Lernen",
    }),
    ("KE", {
        "de": "Kultur und Ehrenamt", "en": "Culture and Volunteering", "ar": "الثقافة والعمل التطوعي",
        "tr": "Kültür ve Gönüllülük", "ru": "Культура и волонтёрство", "uk": "Культура та волонтерство",
        "pl": "Kultura i wolontariat", "fr": "Culture et bénévolat", "fa": "فرهنگ و کار داوطلبانه",
        "de-simple": "Kultur und freiwillige Hilfe",
    }),
    ("SS", {
        "de": "Stadt und Stadtbild", "en": "City and Cityscape", "ar": "المدينة ومظهرها",
        "tr": "Şehir ve Şehrin Görünümü", "ru": "Город и его облик", "uk": "Місто та його вигляд",
        "pl": "Miasto i jego wygląd", "fr": "Ville et paysage urbain", "fa": "شهر و سیمای شهر",
        "de-simple": "So sieht die Stadt aus",
    }),
    ("AD", {
        "de": "Ankommen in Deutschland", "en": "Arriving in Germany", "ar": "الاستقرار في ألمانيا",
        "tr": "Almanya’ya Yerleşmek", "ru": "Новая жизнь в Германии", "uk": "Нове життя в Німеччині",
        "pl": "Początki w Niemczech", "fr": "Arriver en Allemagne", "fa": "آغاز زندگی در آلمان",
        "de-simple": "Neu in Deutschland",
    }),
)
