// Maps of regions: indicative areas, a pin to set, places to read, values by area.
// The list, table or fields beside the map hold the same content; without this file nothing is lost.
// Leaflet is loaded before this module as the global L. Words come from data-attributes.
// @ts-check

/** @type {any} */
const L = /** @type {any} */ (window).L;
const CELL_PX = 64; // places nearer to each other than this are drawn as one with their number
const STEP_PX = 12; // how far one press of an arrow key moves the pin
const CLASSES = 5;
const SVG = "http://www.w3.org/2000/svg";

/** Shapes of a place, in a box of 24: a state is never told by colour alone. @type {Record<string, string>} */
const SHAPES = {
  dot: "M12 4a8 8 0 1 0 .01 0z",
  ring: "M12 4a8 8 0 1 0 .01 0zm0 5a3 3 0 1 1-.01 0z",
  half: "M12 4a8 8 0 1 0 .01 0zm0 3v10a5 5 0 0 0 0-10z",
  triangle: "M12 3l10 18H2z",
  diamond: "M12 2l9 10-9 10-9-10z",
  pause: "M5 4h5v16H5zm9 0h5v16h-5z",
  check: "M4 4h16v16H4zm3 8l4 4 6-7-2-1-4 5-2-2z",
  pin: "M12 1a8 8 0 0 0-8 8c0 6 8 14 8 14s8-8 8-14a8 8 0 0 0-8-8zm0 5a3 3 0 1 1-.01 0z",
};

/** @param {HTMLElement} box */
async function draw(box) {
  const status = document.getElementById(box.dataset.status ?? "");
  try {
    const areas = await read(box.dataset.areas);
    box.hidden = false;
    const map = ground(box);
    const layer = L.geoJSON(areas, { style: { className: "region", weight: 1, fillOpacity: 1 } }).addTo(map);
    map.fitBounds(layer.getBounds(), { padding: [12, 12] });
    map.setMaxBounds(layer.getBounds().pad(0.5));
    if (box.dataset.values) colour(box, layer, document.getElementById(box.dataset.values));
    else if (!box.dataset.lat) layer.eachLayer((/** @type {any} */ area) => area.bindTooltip(area.feature.properties.name, { sticky: true }));
    if (box.dataset.points) places(map, box, (await read(box.dataset.points)).points);
    if (box.dataset.lat && box.dataset.lon) pin(map, box, status, areas);
  } catch {
    box.hidden = true;
    if (status) status.textContent = box.dataset.failed ?? "";
  }
}

/** @param {string | undefined} address @returns {Promise<any>} */
async function read(address) {
  const answer = await fetch(address ?? "", { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** An empty map with its controls named in the reader's language. @param {HTMLElement} box */
function ground(box) {
  const words = box.dataset;
  const map = L.map(box, { zoomControl: false, scrollWheelZoom: false, zoomSnap: 0.25, minZoom: 6, maxZoom: 18, maxBoundsViscosity: 0.6 });
  map.attributionControl.setPrefix(false).addAttribution(words.credit ?? "");
  L.control.zoom({ position: "bottomleft", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  if (words.tiles) L.tileLayer(words.tiles, { attribution: words.tilesCredit ?? "" }).addTo(map);
  box.classList.toggle("with-tiles", Boolean(words.tiles));
  return map;
}

/** An icon as SVG, built node by node: no markup in strings. @param {string} shape @param {string} tone @param {number} size */
function icon(shape, tone, size) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[shape] ?? SHAPES.dot);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  const anchor = shape === "pin" ? [size / 2, size] : [size / 2, size / 2];
  return L.divIcon({ html: svg, className: `region-mark tone-${tone}`, iconSize: [size, size], iconAnchor: anchor });
}

// --- a pin the reader sets ---------------------------------------------------------------------------------------

/** Tap, drag, arrow keys, "use my location" or typed numbers: pin and fields follow each other.
 * Each move is told as the event region-map:pinned with the code of the area below it.
 * @param {any} map @param {HTMLElement} box @param {HTMLElement | null} status @param {any} areas */
function pin(map, box, status, areas) {
  const lat = field(box.dataset.lat);
  const lon = field(box.dataset.lon);
  if (!lat || !lon) return;
  /** @type {any} */
  let mark = null;
  /** @param {any} place */
  const write = (place) => {
    lat.value = place.lat.toFixed(5);
    lon.value = place.lng.toFixed(5);
    for (const input of [lat, lon]) input.dispatchEvent(new Event("change", { bubbles: true }));
    if (status) status.textContent = (box.dataset.placed ?? "").replace("{lat}", local(place.lat)).replace("{lon}", local(place.lng));
    const code = areaAt(areas, place);
    if (code) box.dispatchEvent(new CustomEvent("region-map:pinned", { bubbles: true, detail: { code } }));
  };
  /** @param {any} place */
  const show = (place) => {
    if (mark) return mark.setLatLng(place);
    mark = L.marker(place, { draggable: true, keyboard: true, title: box.dataset.pin, alt: box.dataset.pin, icon: icon("pin", "accent", 40) }).addTo(map);
    mark.on("dragend", () => write(mark.getLatLng()));
    mark.getElement().addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => nudge(map, mark, event, write));
    return mark;
  };
  /** @param {any} place */
  const put = (place) => (show(place), write(place));
  map.on("click", (/** @type {any} */ event) => put(event.latlng));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === box) (event.preventDefault(), put(map.getCenter()), mark.getElement().focus());
  });
  const typed = () => {
    const [y, x] = [lat, lon].map((input) => Number(input.value.trim().replace(",", ".") || "x"));
    if (Number.isFinite(y) && Number.isFinite(x) && Math.abs(y) <= 90 && Math.abs(x) <= 180) map.panTo(show([y, x]).getLatLng());
  };
  for (const input of [lat, lon]) input.addEventListener("input", typed);
  typed();
  locate(map, box, status, put);
}

/** The code of the drawn area a place lies in: even-odd over all its rings. @param {any} areas @param {any} place @returns {string} */
function areaAt(areas, place) {
  /** @param {number[][]} ring */
  const crossings = (ring) =>
    ring.filter(([x, y], index) => {
      const [px, py] = ring[(index || ring.length) - 1];
      return y > place.lat !== py > place.lat && place.lng < ((px - x) * (place.lat - y)) / (py - y) + x;
    }).length;
  /** @param {any} shape @returns {number[][][]} */
  const rings = (shape) => (shape.type === "Polygon" ? shape.coordinates : shape.coordinates.flat());
  const found = areas.features.find((/** @type {any} */ area) => rings(area.geometry).reduce((sum, ring) => sum + crossings(ring), 0) % 2 === 1);
  return found?.id ?? "";
}

/** @param {string | undefined} id */
const field = (id) => /** @type {HTMLInputElement | null} */ (document.getElementById(id ?? ""));

/** @param {any} map @param {any} mark @param {KeyboardEvent} event @param {(place: any) => void} write */
function nudge(map, mark, event, write) {
  const way = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
  if (!way) return;
  event.preventDefault();
  event.stopPropagation();
  const spot = map.latLngToContainerPoint(mark.getLatLng()).add(L.point(way).multiplyBy(STEP_PX));
  mark.setLatLng(map.containerPointToLatLng(spot));
  map.panInside(mark.getLatLng(), { padding: [40, 40] });
  write(mark.getLatLng());
}

/** The position leaves the device only when the form is sent. @param {any} map @param {HTMLElement} box @param {HTMLElement | null} status @param {(place: any) => void} put */
function locate(map, box, status, put) {
  const button = document.getElementById(box.dataset.locate ?? "");
  if (!(button instanceof HTMLButtonElement) || !navigator.geolocation || !isSecureContext) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (status) status.textContent = box.dataset.locating ?? "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => (map.setView([coords.latitude, coords.longitude], 15), put(L.latLng(coords.latitude, coords.longitude))),
      () => status && (status.textContent = box.dataset.locateFailed ?? ""),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
}

// --- places to read ----------------------------------------------------------------------------------------------

/** Places by state, joined on a grid of the screen. @typedef {{lat: number, lon: number, title: string, url?: string, status?: string, shape?: string, tone?: string}} Place
 * @param {any} map @param {HTMLElement} box @param {Place[]} all */
function places(map, box, all) {
  const layer = L.layerGroup().addTo(map);
  const arrange = () => {
    layer.clearLayers();
    /** @type {Map<string, Place[]>} */
    const cells = new Map();
    for (const place of all) {
      const spot = map.project([place.lat, place.lon]).divideBy(CELL_PX).floor();
      const key = `${spot.x}:${spot.y}`;
      cells.set(key, [...(cells.get(key) ?? []), place]);
    }
    for (const group of cells.values()) layer.addLayer(group.length === 1 ? single(group[0]) : several(map, box, group));
  };
  map.on("zoomend", arrange);
  arrange();
}

/** @param {Place} place */
function single(place) {
  const label = [place.title, place.status].filter(Boolean).join(" · ");
  return L.marker([place.lat, place.lon], { icon: icon(place.shape ?? "dot", place.tone ?? "plain", 24), title: label, alt: label }).bindPopup(card([place]));
}

/** @param {any} map @param {HTMLElement} box @param {Place[]} group */
function several(map, box, group) {
  const around = L.latLngBounds(group.map((place) => [place.lat, place.lon]));
  const count = document.createElement("span");
  count.textContent = local(group.length);
  const label = (box.dataset.several ?? "{count}").replace("{count}", local(group.length));
  const mark = L.marker(around.getCenter(), { icon: L.divIcon({ html: count, className: "region-cluster", iconSize: [40, 40] }), title: label, alt: label });
  const closer = map.getZoom() < map.getMaxZoom() && !around.getNorthEast().equals(around.getSouthWest());
  return closer ? mark.on("click", () => map.fitBounds(around, { padding: [40, 40] })) : mark.bindPopup(card(group));
}

/** @param {Place[]} group */
function card(group) {
  const list = document.createElement("ul");
  list.className = "region-card";
  for (const place of group) {
    const line = document.createElement("li");
    const title = document.createElement(place.url ? "a" : "strong");
    title.textContent = place.title;
    if (title instanceof HTMLAnchorElement && place.url) title.href = new URL(place.url, location.href).href;
    line.append(title, place.status ? ` · ${place.status}` : "");
    list.append(line);
  }
  return list;
}

// --- values by area ----------------------------------------------------------------------------------------------

/** Colours areas by the rows `data-code`, `data-value` of the table beside the map; equal numbers of areas a colour.
 * @param {HTMLElement} box @param {any} layer @param {HTMLElement | null} table */
function colour(box, layer, table) {
  /** @type {Map<string, {value: number, text: string}>} */
  const rows = new Map();
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (table?.querySelectorAll("[data-code][data-value]") ?? [])) {
    const value = row.dataset.value === "" ? NaN : Number(row.dataset.value);
    if (Number.isFinite(value)) rows.set(row.dataset.code ?? "", { value, text: row.dataset.text ?? local(value) });
  }
  const sorted = [...rows.values()].map((row) => row.value).sort((one, other) => one - other);
  const limits = [...new Set(Array.from({ length: CLASSES - 1 }, (_, step) => sorted[Math.floor(((step + 1) * sorted.length) / CLASSES)]))].filter((limit) => limit > sorted[0]);
  layer.eachLayer((/** @type {any} */ area) => {
    const row = rows.get(area.feature.id);
    const place = row ? 1 + limits.filter((limit) => row.value >= limit).length : 0;
    area.getElement()?.classList.add(row ? `value-${place + CLASSES - 1 - limits.length}` : "value-none");
    area.bindTooltip(`${area.feature.properties.name}: ${row?.text ?? box.dataset.none ?? ""}`, { sticky: true });
  });
  legend(document.getElementById(box.dataset.legend ?? ""), sorted, limits);
}

/** @param {HTMLElement | null} list @param {number[]} sorted @param {number[]} limits */
function legend(list, sorted, limits) {
  if (!list || sorted.length === 0) return;
  const lows = [sorted[0], ...limits];
  list.replaceChildren(
    ...lows.map((low, place) => {
      const inside = sorted.filter((value) => value >= low && (place + 1 >= lows.length || value < lows[place + 1]));
      const line = document.createElement("li");
      line.className = `value-${place + CLASSES - limits.length}`;
      line.textContent = inside[0] === inside.at(-1) ? local(low) : `${local(low)}–${local(inside.at(-1) ?? low)}`;
      return line;
    }),
  );
}

/** @param {number} value */
const local = (value) => new Intl.NumberFormat(document.documentElement.lang || "id", { maximumFractionDigits: 5 }).format(value);

for (const box of document.querySelectorAll("[data-region-map]")) void draw(/** @type {HTMLElement} */ (box));

export {};
