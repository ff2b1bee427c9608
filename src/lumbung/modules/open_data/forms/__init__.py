"""What people type about open data, by noun."""
