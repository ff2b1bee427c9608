"""Heavy aggregates, said once: DuckDB answers them on this machine, a Spark cluster on many."""
