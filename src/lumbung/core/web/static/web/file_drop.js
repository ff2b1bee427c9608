// Previews, removal, and photos made smaller before they leave the phone. Without it: a plain file input.
// @ts-check

const QUALITY = 0.82;

/** @param {HTMLElement} box */
function enhance(box) {
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input[type=file]"));
  const list = /** @type {HTMLElement} */ (box.querySelector("[data-previews]"));
  const status = /** @type {HTMLElement} */ (box.querySelector("[data-status]"));
  const words = box.dataset;
  const maxFiles = input.multiple ? Number(words.maxFiles) : 1;
  /** @type {File[]} */
  let chosen = [];

  /** @param {File[]} files */
  async function add(files) {
    const problems = new Set();
    for (const file of files) {
      if (chosen.length >= maxFiles) {
        problems.add(words.tooMany);
        break;
      }
      status.textContent = `${words.smaller}…`;
      const small = await smaller(file, Number(words.longestSide));
      if (small.size > Number(words.maxMb) * 1e6) problems.add(`${file.name}: ${words.tooLarge}`);
      else chosen.push(small);
    }
    status.textContent = [...problems].join(" ");
    show();
  }

  function show() {
    const transfer = new DataTransfer();
    for (const file of chosen) transfer.items.add(file);
    input.files = transfer.files;
    list.hidden = chosen.length === 0;
    list.replaceChildren(...chosen.map(preview));
  }

  /** @param {File} file */
  function preview(file) {
    const item = document.createElement("li");
    const image = document.createElement("img");
    const address = URL.createObjectURL(file);
    image.alt = file.name;
    image.onload = image.onerror = () => URL.revokeObjectURL(address);
    image.src = address;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "button quiet";
    remove.textContent = words.remove ?? "";
    remove.setAttribute("aria-label", `${words.remove} ${file.name}`);
    remove.addEventListener("click", () => {
      chosen = chosen.filter((other) => other !== file);
      status.textContent = "";
      show();
      input.focus();
    });
    item.append(image, `${Math.max(1, Math.round(file.size / 1000))} kB `, remove);
    return item;
  }

  input.addEventListener("change", () => {
    const picked = [...(input.files ?? [])];
    if (!input.multiple) chosen = [];
    void add(picked);
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.toggle("over-it", name === "dragover");
      if (name === "drop" && event instanceof DragEvent) void add([...(event.dataTransfer?.files ?? [])]);
    });
  }
  input.form?.addEventListener("submit", () => {
    if (chosen.length === 0) return;
    status.textContent = `${words.sending}…`;
    box.append(document.createElement("progress"));
  });
}

/**
 * The photo as JPEG with its longest side at most `longest` px; unchanged when the browser cannot read it,
 * or when the result would be larger. The canvas also drops the place and the phone's name from the file.
 * @param {File} file
 * @param {number} longest
 * @returns {Promise<File>}
 */
async function smaller(file, longest) {
  if (!file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    /** @type {Blob | null} */
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob || (scale === 1 && blob.size >= file.size)) return file;
    return new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    return file;
  }
}

for (const box of document.querySelectorAll("[data-file-drop]")) enhance(/** @type {HTMLElement} */ (box));
