// Copies a field of the sheet. Without it the text is selected by hand; the button is only shown when this runs.
// @ts-check

const form = document.querySelector("form[data-copied]");

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!(button instanceof HTMLButtonElement) || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy ?? "")?.textContent ?? "";
    await navigator.clipboard.writeText(text);
    const before = button.innerHTML;
    button.textContent = form instanceof HTMLFormElement ? (form.dataset.copied ?? "") : "";
    setTimeout(() => (button.innerHTML = before), 1500);
  });
}

export {};
