// A clerk enters comments with the keyboard alone. Without this file Enter in a text area begins a new line.
// @ts-check

const form = document.querySelector("form[data-entry]");
if (form instanceof HTMLFormElement) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  const wrong = form.querySelector("[aria-invalid=true]");
  const first = wrong ?? form.querySelector("[name=number]");
  if (first instanceof HTMLElement) first.focus();
}

export {};
