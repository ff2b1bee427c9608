"""The colours of the house, for a drawing that leaves our pages. The same as in lumbung.css; a test compares them."""

INK, MUTED, PAPER, LINE, EDGE, NONE = "#16211d", "#515c56", "#fbfaf7", "#dcd8cc", "#757b75", "#e6e3da"
# One hue from light to dark: told apart by lightness alone, so by everybody.
SHADES = {
    "teal": ("#dcebe8", "#a9d0cb", "#6bada6", "#2f807b", "#0b5a57"),
    "terracotta": ("#f5e3d9", "#e3b79f", "#cd8a68", "#b3603a", "#8a3817"),
}
ACCENTS = {"teal": "#0b5a57", "terracotta": "#94401f"}


def style_of(accent: str) -> str:
    """Rules for the classes a drawing is made of."""
    shades = SHADES.get(accent, SHADES["teal"])
    main = ACCENTS.get(accent, ACCENTS["teal"])
    steps = "".join(f".k{number}{{fill:{shade}}}" for number, shade in enumerate(shades, 1))
    return (
        f"text{{font:12px system-ui,sans-serif;fill:{INK}}}"
        f".quiet{{fill:{MUTED};font-size:10px}}.strong{{font-weight:700}}"
        f".head{{font-size:14px}}.paper{{fill:{PAPER}}}.rule{{stroke:{LINE};fill:none}}"
        f".zero{{stroke:{EDGE};stroke-width:1.5}}"
        f".bar{{fill:{EDGE}}}.bar.main,.dot{{fill:{main}}}.dot.other{{fill:{EDGE}}}"
        f".panel .line:not(.main){{stroke-width:1}}"
        f".line{{fill:none;stroke:{EDGE};stroke-width:2.5}}"
        f".line.main{{stroke:{main}}}.ring{{fill:{PAPER};stroke:{INK};stroke-width:2}}"
        f".spot{{fill:{main};stroke:{PAPER}}}.spot-number{{fill:{PAPER};font-size:11px;font-weight:700}}"
        f".place{{font-weight:600;paint-order:stroke;stroke:{PAPER};stroke-width:3px;stroke-linejoin:round}}"
        f".hatch{{stroke:{EDGE};fill:none}}.ruler{{stroke:{MUTED};stroke-width:1.5;fill:none}}"
        f".area{{stroke:{PAPER};stroke-width:1}}.k0{{fill:{NONE}}}{steps}"
    )
