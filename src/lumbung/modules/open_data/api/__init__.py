"""Interfaces of open data for programs, by noun."""
