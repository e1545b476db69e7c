"""The open data in the words of schema.org, for search engines of data sets."""

from typing import Any

from incubator.opendata.about import About
from incubator.opendata.models import Edition

WANTED = ("all.zip", "tables.xlsx", "tables.ods", "datapackage.json")
KEYWORDS = ("Bürgerbeteiligung", "Stadtentwicklung", "Zuwendungen")


def dataset(about: About, edition: Edition, language: str) -> dict[str, Any]:
    """Return JSON-LD: a data set with its licence, whose it is and the files most people want."""
    sizes = {file.name: file for file in edition.files if file.name in WANTED}
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{about.base}/opendata/{about.subject}",
        "name": about.title(language),
        "description": about.description(language),
        "url": about.page,
        "license": about.licence.url,
        "isAccessibleForFree": True,
        "version": str(edition.number),
        "dateModified": edition.made_at.date().isoformat(),
        "keywords": list(KEYWORDS),
        "spatialCoverage": {"@type": "City", "name": about.city},
        "creator": {"@type": "GovernmentOrganization", "name": about.operator or about.city},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{about.url}/{name}", "contentSize": f"{sizes[name].size} B",
             "encodingFormat": sizes[name].media_type.partition(";")[0], "sha256": sizes[name].sha256}
            for name in WANTED if name in sizes
        ],
    }
