"""The files of front-end packages that we serve: (path inside node_modules, path among the static files)."""

FILES: tuple[tuple[str, str], ...] = (
    (
        "@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2",
        "vendor/plus-jakarta-sans.woff2",
    ),
    # Both are put into the page that checks a proof without a network (core/log/standalone).
    ("tweetnacl/nacl-fast.min.js", "vendor/nacl.js"),
    ("fast-sha256/sha256.min.js", "vendor/sha256.js"),
    ("htmx.org/dist/htmx.min.js", "vendor/htmx.js"),
    ("leaflet/dist/leaflet.js", "vendor/leaflet.js"),
    ("leaflet/dist/leaflet.js.map", "vendor/leaflet.js.map"),  # named inside leaflet.js: hashing follows the name
    ("leaflet/dist/leaflet.css", "vendor/leaflet.css"),
    ("leaflet/dist/images/layers.png", "vendor/images/layers.png"),
    ("leaflet/dist/images/layers-2x.png", "vendor/images/layers-2x.png"),
    ("leaflet/dist/images/marker-icon.png", "vendor/images/marker-icon.png"),
    ("leaflet/dist/images/marker-icon-2x.png", "vendor/images/marker-icon-2x.png"),
    ("leaflet/dist/images/marker-shadow.png", "vendor/images/marker-shadow.png"),
)
