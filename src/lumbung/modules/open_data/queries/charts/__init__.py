"""Charts of published tables: a view is a question, its figures the answer; nothing is added up that may not be."""
