"""Published Parquet as an XLSX that Excel opens without changing a value."""
