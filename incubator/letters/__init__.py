"""Mail: written down in the transaction of what it tells of, sent afterwards; only here is SMTP spoken."""

from incubator.letters.operations import tell, write

__all__ = ["tell", "write"]
