// Keeps what is typed when the page is left or the phone is put away. Without it: each button of the form keeps it.
// @ts-check

const form = document.querySelector("form[data-keep]");
let changed = false;

function keep() {
  if (!changed || !(form instanceof HTMLFormElement)) return;
  changed = false;
  const typed = new FormData(form);
  typed.delete("photos"); // too large for a farewell; they are sent with the button
  typed.set("ke", "tetap");
  navigator.sendBeacon(location.href, typed);
}

for (const typing of ["input", "change"]) form?.addEventListener(typing, () => (changed = true));
form?.addEventListener("submit", () => (changed = false));
addEventListener("pagehide", keep);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keep();
});

export {};
