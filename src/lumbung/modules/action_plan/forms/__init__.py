"""Forms of those who draw a plan up, by noun."""
