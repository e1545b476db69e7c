"""Who hears of what: news by mail, as feeds and in calendars, for everybody and without an account."""
