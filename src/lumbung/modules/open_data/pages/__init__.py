"""Pages of open data, by noun."""
