"""Who hears of what: news by mail for everybody who left an address, without an account."""
