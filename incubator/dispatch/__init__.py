"""What other machines are told: written down with what happened, sent afterwards, tried again, each once."""
