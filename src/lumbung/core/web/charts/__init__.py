"""Server-made SVG charts. Pure: frozen data in, a `Chart` (SVG, and the same numbers as a table) out. See README.md."""

from lumbung.core.web.charts.bars import Bar, BarChart, bar_chart
from lumbung.core.web.charts.canvas import Chart
from lumbung.core.web.charts.lines import Line, LineChart, Point, Rule, line_chart, spark_line
from lumbung.core.web.charts.panels import PanelChart, panel_chart
from lumbung.core.web.charts.places import DESK, Choropleth, Place, choropleth
from lumbung.core.web.charts.schedule import Schedule, Step, schedule_chart
from lumbung.core.web.charts.shares import Share, ShareBar, share_bar
from lumbung.core.web.charts.spots import Outline, Sheet, Spot, SpotMap, spot_map
from lumbung.core.web.charts.steps import StepChart, StepPoint, step_chart

__all__ = [
    "DESK",
    "Bar",
    "BarChart",
    "Chart",
    "Choropleth",
    "Line",
    "LineChart",
    "Outline",
    "PanelChart",
    "Place",
    "Point",
    "Rule",
    "Schedule",
    "Share",
    "ShareBar",
    "Sheet",
    "Spot",
    "SpotMap",
    "Step",
    "StepChart",
    "StepPoint",
    "bar_chart",
    "choropleth",
    "line_chart",
    "panel_chart",
    "schedule_chart",
    "share_bar",
    "spark_line",
    "spot_map",
    "step_chart",
]
