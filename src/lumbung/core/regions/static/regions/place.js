// The village list follows the district without loading the page again. Without it the button does the same.
// @ts-check

/** @param {HTMLElement} box */
function follow(box) {
  const district = box.querySelector("[data-district]");
  const village = box.querySelector("[data-village]");
  const button = box.querySelector("[data-show-villages]");
  if (!(district instanceof HTMLSelectElement) || !(village instanceof HTMLSelectElement)) return;
  // Taken out, not hidden: the first button of a form is the one that Enter presses.
  const home = button?.parentElement;
  button?.remove();
  let asked = 0;
  district.addEventListener("change", async () => {
    const turn = ++asked;
    const first = village.options[0];
    first.textContent = (district.value ? village.dataset.choose : village.dataset.districtFirst) ?? "";
    village.replaceChildren(first);
    village.value = "";
    village.disabled = true;
    try {
      const offered = district.value ? await children(box, district.value) : [];
      if (turn !== asked) return;
      village.append(...offered.map(({ label, code }) => new Option(label, code)));
    } catch {
      if (button) home?.append(button);
    } finally {
      village.disabled = false;
    }
  });
}

/** @param {HTMLElement} box @param {string} code @returns {Promise<{label: string, code: string}[]>} */
async function children(box, code) {
  const answer = await fetch((box.dataset.children ?? "").replace("CODE", encodeURIComponent(code)));
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).children;
}

for (const box of document.querySelectorAll("[data-place]")) follow(/** @type {HTMLElement} */ (box));

export {};
