"""SQL of strangers on a copy that holds public rows only, each question in a limited process of its own."""
