// Small comforts on every page. Everything works without this file.
// @ts-check

/** Panels that are closed on a phone and open where there is room. */
function openWidePanels() {
  if (!matchMedia("(min-width: 860px)").matches) return;
  for (const panel of document.querySelectorAll("details[data-open-wide]")) panel.setAttribute("open", "");
}

/** After a refused form, start at the list of what needs correcting. */
function focusErrors() {
  const summary = document.querySelector("[data-focus]");
  if (summary instanceof HTMLElement) summary.focus();
}

/** Menus close with Escape and with a click elsewhere. */
function closeMenus() {
  const open = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (event.target instanceof Node && !menu.contains(event.target)) menu.removeAttribute("open");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.removeAttribute("open");
      menu.querySelector("summary")?.focus();
    }
  });
}

/** A second press on the button does not send the form twice. */
function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 8000);
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
}

/** Turns buttons with data-print into the printer's button; shown only when it works. */
function printButtons() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.removeAttribute("hidden");
    button.addEventListener("click", () => print());
  }
}

/** Buttons with data-copy put their text, or that of the field named by data-copy-of, on the clipboard. */
function copyButtons() {
  if (!navigator.clipboard) return;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-copy],[data-copy-of]"))) {
    button.removeAttribute("hidden");
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copyOf ?? "");
      await navigator.clipboard.writeText(source instanceof HTMLTextAreaElement ? source.value : (button.dataset.copy ?? ""));
      button.setAttribute("aria-live", "polite");
      button.textContent = button.dataset.done ?? "";
    });
  }
}

/** Buttons with data-share hand an address to the phone's own list of ways to send it. */
function shareButtons() {
  if (!navigator.share) return;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-share]"))) {
    button.removeAttribute("hidden");
    button.addEventListener("click", () => void navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {}));
  }
}

openWidePanels();
copyButtons();
shareButtons();
focusErrors();
closeMenus();
sendOnce();
printButtons();
