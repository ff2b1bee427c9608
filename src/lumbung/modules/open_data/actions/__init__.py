"""Every write of open data, by noun."""
