// Words marked in a frozen draft become the quotation of a comment. Without this file they are pasted by hand.
// @ts-check

const text = document.querySelector("[data-quotable]");
const bar = document.querySelector("[data-quote-bar]");

/** The nearest element around a node that carries this attribute. @param {Node | null} node @param {string} name */
function around(node, name) {
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? "";
}

function follow() {
  const chosen = document.getSelection();
  const link = bar?.querySelector("a");
  const base = text?.getAttribute("data-quotable");
  if (!(bar instanceof HTMLElement) || !link || !base || !chosen || chosen.rangeCount === 0) return;
  const words = chosen.toString().trim();
  const [first, last] = [around(chosen.anchorNode, "field"), around(chosen.focusNode, "field")];
  const draft = around(chosen.anchorNode, "draft");
  bar.hidden = !(words.length > 2 && words.length <= 1000 && first && first === last && draft === around(chosen.focusNode, "draft"));
  if (!bar.hidden) link.href = `${base}?${new URLSearchParams({ draf: draft, bagian: first, kutipan: words })}`;
}

if (text?.getAttribute("data-quotable")) document.addEventListener("selectionchange", follow);
