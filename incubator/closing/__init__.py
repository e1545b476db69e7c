"""The account closed: final report, its check, money that goes back."""
