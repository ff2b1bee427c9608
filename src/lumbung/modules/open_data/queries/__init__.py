"""Every read of open data, by noun."""
