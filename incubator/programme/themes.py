"""The six themes of the programme: German exactly as the city names them, other languages for the reader."""

THEMES = (
    ("WN", "Wohnen und Nachbarschaft", "Housing and Neighbourhood", "السكن والجيرة"),
    ("VM", "Verkehr und Mobilität", "Transport and Mobility", "المواصلات والتنقّل"),
    ("AB", "Arbeit und Bildung", "Work and Education", "العمل والتعليم"),
    ("KE", "Kultur und Ehrenamt", "Culture and Volunteering", "الثقافة والعمل التطوعي"),
    ("SS", "Stadt und Stadtbild", "City and Cityscape", "المدينة ومظهرها"),
    ("AD", "Ankommen in Deutschland", "Arriving in Germany", "الاستقرار في ألمانيا"),
)
