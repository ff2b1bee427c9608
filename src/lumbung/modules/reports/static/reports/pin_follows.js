// The pin chooses the district: the map says which area it lies in, and the village list follows. Without it: choose by hand.
// @ts-check

/** @typedef {{code: string}} Area */

/** @param {Event} event */
function choose(event) {
  const { code } = /** @type {CustomEvent<Area>} */ (event).detail;
  const district = document.querySelector("[data-district]");
  if (!(district instanceof HTMLSelectElement) || district.value === code) return;
  if (![...district.options].some((option) => option.value === code)) return;
  district.value = code;
  district.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("region-map:pinned", choose);

export {};
