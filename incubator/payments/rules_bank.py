"""What an account number looks like (ISO 13616, ISO 9362), and the signs a bank takes (SEPA); nothing here is kept."""

import re
import unicodedata

# Lengths of IBANs in the countries of the SEPA area, from the registry of ISO 13616.
LENGTHS = {
    "AD": 24, "AL": 28, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15,
    "PL": 28, "PT": 25, "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
}
BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
NOT_ALLOWED = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]+")
GERMAN = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae",
    "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "&": "+", "–": "-",
    "—": "-", "’": "'", "‘": "'", "“": "'", "”": "'", "„": "'", "«": "'", "»": "'", "\"": "'", ";": ",", "_": "-",
})


def without_spaces(text: str) -> str:
    """Return an IBAN or BIC in capitals without spaces, as people group their signs differently."""
    return "".join(text.split()).upper()


def is_iban(iban: str) -> bool:
    """Check country, length and the sum modulo 97; the argument has no spaces."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", iban) or LENGTHS.get(iban[:2]) != len(iban):
        return False
    if not "02" <= iban[2:4] <= "98":
        return False
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1


def is_bic(bic: str) -> bool:
    return BIC.fullmatch(bic) is not None


def masked(iban: str) -> str:
    """Write an IBAN so that its owner knows it again and nobody can use it."""
    return mask(iban[:2], iban[-4:])


def mask(country: str, end: str) -> str:
    return f"{country}••\u00a0••••\u00a0{end}"


def sepa_text(text: str, longest: int) -> str:
    """Return text in the signs that every bank of the SEPA area takes: umlauts spelled out, the rest left out."""
    spelled = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).translate(GERMAN))
    plain = "".join(sign for sign in spelled if not unicodedata.combining(sign))
    kept = " ".join(NOT_ALLOWED.sub(" ", plain).split())
    return kept[:longest].strip()
