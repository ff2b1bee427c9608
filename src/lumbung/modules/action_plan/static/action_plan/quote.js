// Words selected in the text of a draft become the quotation of a comment. Without this file they are pasted by hand.
// @ts-check

const CONTEXT = 60;
const form = document.querySelector("[data-quote-form]");
const button = document.querySelector("[data-quote-button]");

/** @param {Range} range the text of a range, without the small numbers that lead to comments */
function wordsOf(range) {
  const part = range.cloneContents();
  for (const number of part.querySelectorAll(".ref")) number.remove();
  return part.textContent ?? "";
}

/** What is selected inside one field of the draft, with what stands around it; null for anything else. */
function selected() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = range.startContainer.parentElement?.closest("[data-quote-field]");
  const end = range.endContainer.parentElement?.closest("[data-quote-field]");
  if (!(start instanceof HTMLElement) || start !== end) return null;
  const quote = wordsOf(range).trim();
  if (!quote) return null;
  const [front, back] = [document.createRange(), document.createRange()];
  front.setStart(start, 0);
  front.setEnd(range.startContainer, range.startOffset);
  back.setStart(range.endContainer, range.endOffset);
  back.setEnd(start, start.childNodes.length);
  return {
    field: start.dataset.quoteField ?? "",
    quote,
    before: wordsOf(front).slice(-CONTEXT),
    after: wordsOf(back).slice(0, CONTEXT),
  };
}

if (form instanceof HTMLFormElement && button instanceof HTMLButtonElement) {
  /** @type {ReturnType<typeof selected>} */
  let last = null;
  document.addEventListener("selectionchange", () => {
    last = selected() ?? last;
    button.hidden = selected() === null;
  });
  // A press on the button would take the selection away before it is read.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    for (const [name, value] of Object.entries(last ?? {})) {
      const input = form.elements.namedItem(name);
      if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement || input instanceof HTMLSelectElement) input.value = value;
    }
    const text = form.elements.namedItem("text");
    if (text instanceof HTMLTextAreaElement) text.focus();
    button.hidden = true;
  });
}

export {};
