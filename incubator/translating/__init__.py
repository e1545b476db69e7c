"""The room of those who translate: what everybody reads and is missing in a language, or has changed since."""
