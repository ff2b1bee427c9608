"""What is told to whom about open data."""
