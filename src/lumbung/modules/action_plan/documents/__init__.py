"""Files people take away, made from what queries returned."""
