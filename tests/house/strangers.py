"""Readers nobody knows, and what they are told."""




OTHER_WAYS = ("Content-Length", "Cache-Control", "ETag", "Vary", "X-Request-Id", "Date")



