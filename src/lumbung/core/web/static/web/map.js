// Fills map containers from GeoJSON. Without it the list beside the map is all there is, and it is complete.
// Leaflet is loaded before this module as the global L.
// @ts-check

/** @type {any} */
const L = /** @type {any} */ (window).L;

/** South-west and north-east corner, where there is nothing to show yet. */
const NUSA_TENGGARA_BARAT = [[-9.2, 115.8], [-8.0, 119.4]];

/** @param {HTMLElement} box */
async function draw(box) {
  const words = box.dataset;
  const status = box.parentElement?.querySelector("[data-map-status]");
  try {
    const [base, shapes] = await Promise.all([read(words.base), read(words.geojson)]);
    box.hidden = false;
    const map = L.map(box, { zoomControl: false, attributionControl: true, scrollWheelZoom: false, minZoom: 5, zoomSnap: 0.25, maxZoom: 17 });
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution(words.attribution ?? "");
    L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
    const ground = base && L.geoJSON(base, { style: { className: "region", weight: 1, fillOpacity: 1, color: null, fillColor: null } }).addTo(map);
    const things = shapes && L.geoJSON(shapes, { pointToLayer: point, style, onEachFeature: describe }).addTo(map);
    fit(map, words.bounds, ground, things);
    if (words.pickLat && words.pickLon) pick(map, words.pickLat, words.pickLon);
  } catch {
    box.hidden = true;
    if (status) status.textContent = words.failed ?? "";
  }
}

/** @param {string | undefined} address */
async function read(address) {
  if (!address) return null;
  const answer = await fetch(address, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** @param {any} _feature @param {any} place */
const point = (_feature, place) => L.circleMarker(place, { radius: 8, weight: 2, fillOpacity: 0.9, className: "place", color: null, fillColor: null });

/** @param {any} feature */
const style = (feature) => ({ className: feature.geometry.type === "Point" ? "place" : `region ${feature.properties?.class ?? ""}`, weight: 1, fillOpacity: 0.9, color: null, fillColor: null });

/** @param {any} feature @param {any} layer */
function describe(feature, layer) {
  const { name, url, note } = feature.properties ?? {};
  if (!name) return;
  const words = document.createElement("p");
  const title = document.createElement(url ? "a" : "strong");
  title.textContent = name;
  if (url && title instanceof HTMLAnchorElement) title.href = url;
  words.append(title);
  if (note) words.append(document.createElement("br"), note);
  layer.bindPopup(words);
}

/** @param {any} map @param {string | undefined} bounds west,south,east,north @param {any[]} layers */
function fit(map, bounds, ...layers) {
  if (bounds) {
    const [west, south, east, north] = bounds.split(",").map(Number);
    map.fitBounds([[south, west], [north, east]]);
    return;
  }
  const all = layers.filter(Boolean).map((layer) => layer.getBounds()).filter((box) => box.isValid());
  map.fitBounds(all.at(-1) ?? NUSA_TENGGARA_BARAT, { padding: [12, 12] });
}

/** The reader sets a pin; two inputs of the form follow it. @param {any} map @param {string} latId @param {string} lonId */
function pick(map, latId, lonId) {
  const lat = /** @type {HTMLInputElement | null} */ (document.getElementById(latId));
  const lon = /** @type {HTMLInputElement | null} */ (document.getElementById(lonId));
  if (!lat || !lon) return;
  /** @type {any} */
  let pin = null;
  /** @param {any} place */
  const put = (place) => {
    pin = pin ? pin.setLatLng(place) : L.circleMarker(place, { radius: 11, weight: 3, fillOpacity: 1, className: "place", color: null, fillColor: null }).addTo(map);
  };
  if (lat.value && lon.value) put([Number(lat.value), Number(lon.value)]);
  map.on("click", (/** @type {any} */ event) => {
    put(event.latlng);
    lat.value = event.latlng.lat.toFixed(5);
    lon.value = event.latlng.lng.toFixed(5);
    lat.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

for (const box of document.querySelectorAll("[data-map]")) void draw(/** @type {HTMLElement} */ (box));
