"""Papers and files made from values a query returned: record of the Forum, templates, calendar, CSV."""
