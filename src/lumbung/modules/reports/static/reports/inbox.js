// Keys for those who work all day. In the inbox: j next, k previous, Enter opens, a opens at assigning, r at responding.
// On a report: j the next report of the inbox, a and r the same steps. Everything works without this file.
// @ts-check

const STORED = "lumbung-inbox-keys";
/** @type {Record<string, string>} */
const STEPS = { a: "langkah-assign", r: "langkah-respond" };

/** @param {EventTarget | null} target whether the person is typing there */
function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** @param {(key: string) => void} press what a key does when nobody types */
function listen(press) {
  document.addEventListener("keydown", (event) => {
    if (localStorage.getItem(STORED) === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) return;
    if (event.key === "j" || event.key === "k" || event.key in STEPS) {
      press(event.key);
      if (event.key in STEPS) event.preventDefault();
    }
  });
}

/** @param {HTMLElement} list the inbox */
function keysOfInbox(list) {
  /** @type {HTMLAnchorElement[]} */
  const links = [...list.querySelectorAll("a[data-inbox-link]")].filter((link) => link instanceof HTMLAnchorElement);
  listen((key) => {
    const at = links.findIndex((link) => link === document.activeElement);
    if (key in STEPS) {
      if (links[at]) location.assign(`${links[at].href}#${STEPS[key]}`);
      return;
    }
    const next = key === "j" ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0);
    // Real focus: the browser shows it, a screen reader reads it, and Enter opens it without help from here.
    links[next]?.focus();
    links[next]?.scrollIntoView({ block: "nearest" });
  });
}

/** Opens a step and stands in its first field. @param {string} id the step's place on the page */
function standIn(id) {
  const step = document.getElementById(id);
  if (!step) return;
  if (step instanceof HTMLDetailsElement) step.open = true;
  const first = step.querySelector("select, textarea, input:not([type=hidden])");
  if (first instanceof HTMLElement) first.focus();
  step.scrollIntoView({ block: "nearest" });
}

function keysOfReport() {
  const asked = location.hash.slice(1);
  // The browser itself goes to the place in the address and takes the focus away; wait until it has.
  if (Object.values(STEPS).includes(asked)) requestAnimationFrame(() => setTimeout(() => standIn(asked)));
  listen((key) => {
    const next = document.querySelector("a[data-next]");
    if (key in STEPS) standIn(STEPS[key]);
    else if (key === "j" && next instanceof HTMLAnchorElement) location.assign(next.href);
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
  keysOfInbox(list);
}
if (document.querySelector("[data-steps]")) keysOfReport();
