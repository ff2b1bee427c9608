"""Papers and spreadsheets of the plan, made from values a query returned."""
