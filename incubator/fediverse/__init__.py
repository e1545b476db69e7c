"""Projects and the programme, followed from Mastodon and the like (ActivityPub)."""
