"""A second plan for the demonstration: an illustration of how a plan is drawn up, labelled so on every page."""
