// The page: takes what a person drops or pastes, and says what it proves. Nothing is sent anywhere.
"use strict";

/** @typedef {{code: string, facts?: Record<string, string | number>, is: "good" | "bad" | "note"}} Line */
/** @typedef {{verdict: "proven" | "not-proven" | "undecided", lines: Line[], entry: Uint8Array | null}} Finding */
/** @typedef {{proof?: string, entry?: Uint8Array, receipt?: string[], checkpoint?: string}} Given */

const PROOF = "c2sp.org/tlog-proof@v1", FINGERPRINT = /\b[0-9a-f]{64}\b/gi;

/**
 * What a file or a pasted text is: judged by what stands in it, never by its name.
 * @param {Uint8Array} bytes @returns {Given}
 */
function recognised(bytes) {
  const text = new TextDecoder().decode(bytes).replace(/\r\n/g, "\n").replace(/^\s+/, "");
  if (text.startsWith(PROOF)) return { proof: text };
  if (text.startsWith("{") && text.includes('"subject"')) return { entry: withoutEdges(bytes) };
  if (text.includes("\n\n— ")) return { checkpoint: text };
  const found = text.match(FINGERPRINT);
  return found ? { receipt: found.map((one) => one.toLowerCase()) } : {};
}

/** Pasting may add a line end; an entry has none at its edges. @param {Uint8Array} bytes */
function withoutEdges(bytes) {
  let first = 0, beyond = bytes.length;
  while (first < beyond && bytes[first] !== 0x7b) first += 1;
  while (beyond > first && bytes[beyond - 1] <= 0x20) beyond -= 1;
  return bytes.slice(first, beyond);
}

/**
 * Everything that can be said about what was given.
 * @param {Given} given @param {string} logKey @param {string[]} witnessKeys @returns {Finding}
 */
function judged(given, logKey, witnessKeys) {
  const missing = !given.proof ? "need-proof" : !logKey.trim() ? "need-key" : "";
  if (missing) return { verdict: "undecided", lines: [{ code: missing, is: "note" }], entry: given.entry || null };
  let entry = given.entry || null;
  try {
    const proof = readProof(given.proof || "");
    entry = entry || proof.entry;
    if (!entry) return { verdict: "undecided", lines: [{ code: "need-entry", is: "note" }], entry };
    return { verdict: "proven", lines: holds(given, proof, entry, logKey, witnessKeys), entry };
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    const keyIsWrong = error.code === "key-copied-wrongly" || error.code === "not-a-log-key";
    return { verdict: keyIsWrong ? "undecided" : "not-proven", lines: [{ code: error.code, facts: error.facts, is: "bad" }], entry };
  }
}

/** @param {Given} given @param {Proof} proof @param {Uint8Array} entry @param {string} logKey @param {string[]} witnessKeys */
function holds(given, proof, entry, logKey, witnessKeys) {
  const { index, checkpoint } = proof, leaf = leafHash(entry);
  const held = given.checkpoint ? compared(given.checkpoint, checkpoint, readKey(logKey)) : [];
  checkLogSignature(checkpoint, readKey(logKey));
  checkInclusion(leaf, index, checkpoint.size, proof.steps, checkpoint.root);
  /** @type {Line[]} */
  const lines = [{ code: "proven-what", facts: { index, origin: checkpoint.origin, size: checkpoint.size }, is: "good" }];
  if (given.receipt) {
    if (!given.receipt.includes(hex(leaf))) throw new Rejected("receipt-differs");
    lines.push({ code: "receipt-fits", is: "good" });
  }
  return [...lines, ...held, ...watched(checkpoint, witnessKeys)];
}

/** @param {string} note @param {Checkpoint} checkpoint @param {LogKey} key @returns {Line[]} */
function compared(note, checkpoint, key) {
  const held = readCheckpoint(note);
  checkLogSignature(held, key);
  if (held.size !== checkpoint.size) {
    return [{ code: "held-other-size", facts: { held: held.size, size: checkpoint.size }, is: "note" }];
  }
  checkLogSignature(checkpoint, key);
  if (!same(held.root, checkpoint.root)) throw new Rejected("two-histories");
  return [{ code: "held-same", is: "good" }];
}

/** @param {Checkpoint} checkpoint @param {string[]} keys @returns {Line[]} */
function watched(checkpoint, keys) {
  const lines = keys.map((key) => watchedBy(checkpoint, key));
  return lines.some((line) => line.code === "witnessed") ? lines : [...lines, { code: "no-witness", is: "note" }];
}

/** @param {Checkpoint} checkpoint @param {string} text @returns {Line} */
function watchedBy(checkpoint, text) {
  try {
    const key = readKey(text), signed = cosignedAt(checkpoint, key);
    if (!signed) return { code: "not-witnessed", facts: { name: key.name }, is: "note" };
    const at = `${signed.toISOString().slice(0, 16).replace("T", " ")} UTC`;
    return { code: "witnessed", facts: { name: key.name, at }, is: "good" };
  } catch (error) {
    // A line that is signed wrongly spoils the note; a key that was copied wrongly only counts nobody.
    if (!(error instanceof Rejected) || error.code === "signature-does-not-fit") throw error;
    return { code: error.code, facts: error.facts, is: "bad" };
  }
}

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id */
const typed = (id) => /** @type {HTMLTextAreaElement} */ (at(id)).value;
const language = () => (document.documentElement.lang === "en" ? "en" : "id");

/** @param {string} code @param {Record<string, string | number>} [facts] */
function said(code, facts = {}) {
  /** @param {string | number} fact */
  const shown = (fact) => (typeof fact === "number" ? fact.toLocaleString(language() === "en" ? "en" : "id-ID") : fact);
  return WORDS[code][language()].replace(/\{(\w+)\}/g, (_all, name) => String(shown(facts[name])));
}

/** @param {string} name @param {string} text @param {string} [className] */
function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

/** @type {Given} */
let given = {};
/** @type {string[]} */
let unknown = [];

function show() {
  const pasted = typed("pasted").trim() ? recognised(new TextEncoder().encode(typed("pasted"))) : {};
  const all = { ...given, ...pasted };
  const keys = typed("witness-keys").split("\n").filter((line) => line.trim());
  const finding = judged(all, typed("log-key"), keys);
  const nothing = !Object.keys(all).length && !unknown.length;
  at("finding").hidden = nothing;
  at("finding").className = `finding ${finding.verdict}`;
  at("verdict").textContent = said(finding.verdict);
  const lines = finding.lines.map((line) => element("li", said(line.code, line.facts), line.is));
  at("lines").replaceChildren(...lines, ...unknown.map((file) => element("li", said("unknown-file", { file }), "note")));
  const kinds = Object.keys(all).map((kind) => said(`kind-${kind}`)).join(", ");
  at("given").textContent = kinds ? said("given", { what: kinds }) : "";
  at("facts").replaceChildren(...(finding.entry ? factsOf(finding.entry) : []));
}

/** What people call it, with the key the entry holds; the key alone where nobody has named it. @param {string} key @param {string} written */
function named(key, written) {
  const name = known.names[language()][key];
  return name ? `${name} (${written})` : written;
}

/** @param {Uint8Array} entry */
function factsOf(entry) {
  const text = new TextDecoder().decode(entry);
  /** @type {[string, string][]} */
  let facts = [];
  try {
    const told = JSON.parse(text);
    const day = told.precision === "week" ? "entry-week" : "entry-day";
    facts = [["entry-kind", named(told.type.split(".")[0], told.type)], [day, told.on],
      ["entry-who", [named(told.actor.role, told.actor.role), told.actor.organisation].filter(Boolean).join(", ")],
      ["entry-about", [told.data.number, `${told.subject.type} ${told.subject.id}`].filter(Boolean).join(" · ")]];
  } catch (error) {
    facts = [["entry-kind", text.slice(0, 200)]];
  }
  facts.push(["entry-hash", hex(leafHash(entry))]);
  return facts.map(([code, value]) => [element("dt", said(code)), element("dd", value)]).flat();
}

/** @param {FileList | null} files */
async function take(files) {
  unknown = [];
  for (const file of Array.from(files || [])) {
    const found = recognised(new Uint8Array(await file.arrayBuffer()));
    if (Object.keys(found).length) given = { ...given, ...found };
    else unknown.push(file.name);
  }
  show();
}

/** @param {string} chosen */
function speak(chosen) {
  document.documentElement.lang = chosen;
  document.querySelectorAll("[data-language]").forEach((one) => one.setAttribute("aria-pressed", String(one.getAttribute("data-language") === chosen)));
  at("key-note").textContent = said("key-from-page", { on: known.on });
  show();
}

/** @type {{log_key: string, witness_keys: string[], on: string, receipt: string, names: {id: Record<string, string>, en: Record<string, string>}}} */
const known = JSON.parse(at("known").textContent || "{}");
/** @type {HTMLTextAreaElement} */ (at("log-key")).value = known.log_key;
/** @type {HTMLTextAreaElement} */ (at("pasted")).value = known.receipt;
/** @type {HTMLTextAreaElement} */ (at("witness-keys")).value = known.witness_keys.join("\n");
document.querySelectorAll("[data-language]").forEach((one) => one.addEventListener("click", () => speak(one.getAttribute("data-language") || "id")));
for (const id of ["pasted", "log-key", "witness-keys"]) at(id).addEventListener("input", show);
at("files").addEventListener("change", (event) => take(/** @type {HTMLInputElement} */ (event.target).files));
at("again").addEventListener("click", () => {
  [given, unknown] = [{}, []];
  /** @type {HTMLTextAreaElement} */ (at("pasted")).value = "";
  /** @type {HTMLInputElement} */ (at("files")).value = "";
  show();
});
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
document.addEventListener("drop", (event) => take((/** @type {DragEvent} */ (event).dataTransfer || { files: null }).files));
speak(document.documentElement.lang);
