"""Datasets of the demonstration: invented figures that say so, real reference tables, each published over the desks."""
