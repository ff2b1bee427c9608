"""Read-only SQLite copies of published Parquet: an index for selective pages, and what public SQL is asked of."""
