// While a file is worked on, tells how far it has come, and opens the page anew once there is something to do.
// Without it: the link “Show how far it has come”.
// @ts-check

const EVERY_MS = 2000;

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const told = page.querySelector("[data-working]");
  const here = document.querySelector("[data-working]");
  if (!told || !here) return location.reload();
  if (here.textContent !== told.textContent) here.textContent = told.textContent;
  setTimeout(look, EVERY_MS);
}

if (document.querySelector("[data-working]")) setTimeout(look, EVERY_MS);

export {};
