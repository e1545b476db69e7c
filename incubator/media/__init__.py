"""Photos: checked, re-encoded from their pixels, stored under random names, shown only where that is agreed."""
