"""A whole round between two installations, and the public site as files that need no server."""
