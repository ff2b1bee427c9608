"""Satu Data: what each government publishes as open data, who produced and checked it, and ways to use it."""
