"""What the demonstration says of its datasets meets what the rules ask of data made that way."""

from lumbung.modules.open_data import shape
from lumbung.modules.open_data.demo import columns, descriptions, subjects


def test_data_of_surveys_and_indicators_are_described_as_bps_asks():
    made = set()
    for story in subjects.every_subject():
        told = descriptions.of(story.key)
        said = {
            "activity": told.activity,
            "indicators": told.indicators,
            "variables": {"data": columns.variables_of(story)},
        }
        missing = shape.missing({"dataset": {"made_by": told.made_by}, **said})
        assert [(field.key, place) for field, place in missing if place != "dataset"] == [], story.key
        made.add(told.made_by)
    assert made == {"administration", "statistics", "indicator"}
