// A figure as a PNG, drawn by the reader's own browser: title, chart and source, in the colours of the page.
// @ts-check

const SCALE = 2;
const MARGIN = 24;
const LINE = 20;
const DRAWN = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "font-size", "font-weight", "text-anchor"];

/** A copy of the chart that carries its own looks, since a picture knows no stylesheet. @param {SVGSVGElement} chart */
function selfContained(chart) {
  const copy = /** @type {SVGSVGElement} */ (chart.cloneNode(true));
  const originals = chart.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, index) => {
    const looks = getComputedStyle(originals[index]);
    for (const name of DRAWN) element.setAttribute(name, looks.getPropertyValue(name));
  });
  const { width, height } = chart.viewBox.baseVal;
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.setAttribute("font-family", "system-ui, sans-serif");
  return new XMLSerializer().serializeToString(copy);
}

/** @param {string} source @returns {Promise<HTMLImageElement>} */
function loaded(source) {
  return new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = failed;
    image.src = source;
  });
}

/** Words broken so that each line fits. @param {CanvasRenderingContext2D} pen @param {string} words @param {number} width */
function lines(pen, words, width) {
  /** @type {string[]} */
  const result = [""];
  for (const word of words.split(/\s+/)) {
    const longer = `${result[result.length - 1]} ${word}`.trim();
    if (pen.measureText(longer).width > width) result.push(word);
    else result[result.length - 1] = longer;
  }
  return result;
}

/** @param {HTMLElement} button @param {SVGSVGElement} chart */
async function download(button, chart) {
  const drawing = await loaded(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(selfContained(chart))}`);
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const looks = getComputedStyle(document.body);
  const width = drawing.width + 2 * MARGIN;
  pen.font = "600 16px system-ui, sans-serif";
  const title = lines(pen, button.dataset.picture ?? "", drawing.width);
  pen.font = "12px system-ui, sans-serif";
  const note = lines(pen, `${button.dataset.note ?? ""} · ${location.host}${location.pathname}`, drawing.width);
  const height = 2 * MARGIN + (title.length + 1) * LINE + drawing.height + (note.length + 1) * LINE;
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  pen.scale(SCALE, SCALE);
  pen.fillStyle = looks.backgroundColor;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = looks.color;
  pen.font = "600 16px system-ui, sans-serif";
  title.forEach((line, index) => pen.fillText(line, MARGIN, MARGIN + (index + 0.8) * LINE));
  const top = MARGIN + (title.length + 0.5) * LINE;
  pen.drawImage(drawing, MARGIN, top);
  pen.font = "12px system-ui, sans-serif";
  note.forEach((line, index) => pen.fillText(line, MARGIN, top + drawing.height + (index + 1.5) * LINE));
  canvas.toBlob((picture) => picture && save(picture, button.dataset.picture ?? ""));
}

/** @param {Blob} picture @param {string} title */
function save(picture, title) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(picture);
  link.download = `${title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-")}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-picture]"))) {
  const chart = button.closest("figure")?.querySelector("svg.chart");
  if (!(chart instanceof SVGSVGElement)) continue;
  button.removeAttribute("hidden");
  button.addEventListener("click", () => void download(button, chart));
}
