// Keys for the inbox: j next, k previous, Enter opens. The list works without this file.
// @ts-check

const STORED = "lumbung-inbox-keys";

/** @param {EventTarget | null} target whether the person is typing there */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** @param {HTMLElement} list the inbox */
function listen(list) {
  /** @type {HTMLAnchorElement[]} */
  const links = [...list.querySelectorAll("a[data-inbox-link]")].filter((link) => link instanceof HTMLAnchorElement);
  document.addEventListener("keydown", (event) => {
    if (localStorage.getItem(STORED) === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || (event.key !== "j" && event.key !== "k")) return;
    const at = links.findIndex((link) => link === document.activeElement);
    const next = event.key === "j" ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0);
    // Real focus: the browser shows it, a screen reader reads it, and Enter opens it without help from here.
    links[next]?.focus();
    links[next]?.scrollIntoView({ block: "nearest" });
  });
}

/** Says which keys there are, and lets people switch them off. @param {HTMLElement} list the inbox */
function announce(list) {
  const hint = list.querySelector("[data-inbox-hint]");
  if (!(hint instanceof HTMLElement)) return;
  const words = document.createElement("span");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  const tell = () => {
    const isOff = localStorage.getItem(STORED) === "off";
    words.textContent = isOff ? "" : `${list.dataset.hint ?? ""} `;
    button.textContent = (isOff ? list.dataset.on : list.dataset.off) ?? "";
  };
  button.addEventListener("click", () => {
    localStorage.setItem(STORED, localStorage.getItem(STORED) === "off" ? "on" : "off");
    tell();
  });
  tell();
  hint.append(words, button);
  hint.hidden = false;
}

for (const list of document.querySelectorAll("[data-inbox]")) {
  if (!(list instanceof HTMLElement)) continue;
  announce(list);
  listen(list);
}
