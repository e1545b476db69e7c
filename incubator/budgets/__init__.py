"""Plans of costs and financing, their approval, and the award."""
