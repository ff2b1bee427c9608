"""Printed papers, files and spreadsheets of the action plan, made from values a query returned."""
