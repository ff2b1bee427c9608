// What is computed, without a page: the tree (RFC 9162), signatures (RFC 8032), notes and proofs (C2SP).
// Shares no line with the server or the Python verifier. `nacl` and `sha256` stand above it in the same file.
"use strict";

class Rejected extends Error {
  /** @param {string} code @param {Record<string, string | number>} [facts] */
  constructor(code, facts = {}) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

/** @typedef {{name: string, id: string, kind: number, bytes: Uint8Array}} LogKey */
/** @typedef {{name: string, id: string, value: Uint8Array}} SignatureLine */
/** @typedef {{text: string, origin: string, size: number, root: Uint8Array, lines: SignatureLine[]}} Checkpoint */
/** @typedef {{index: number, steps: Uint8Array[], entry: Uint8Array | null, checkpoint: Checkpoint}} Proof */

const LOG_KEY = 1, WITNESS_KEY = 4, HASH_BYTES = 32;
// The order of the group, little-endian: a response beyond it is a second way to write the same signature.
const ORDER = [0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10];

/** @param {...Uint8Array} parts */
function joined(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}

/** @param {Uint8Array} a @param {Uint8Array} b */
const same = (a, b) => a.length === b.length && a.every((byte, place) => byte === b[place]);
/** @param {Uint8Array} bytes */
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
/** @param {string} text */
const utf8 = (text) => new TextEncoder().encode(text);
/** @param {Uint8Array} bytes */
const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/** @param {string} text */
function unbase64(text) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch (error) {
    throw new Rejected("damaged");
  }
  if (base64(bytes) !== text) throw new Rejected("damaged");
  return bytes;
}

/** @param {Uint8Array} entry */
const leafHash = (entry) => sha256.hash(joined(Uint8Array.of(0), entry));
/** @param {Uint8Array} left @param {Uint8Array} right */
const nodeHash = (left, right) => sha256.hash(joined(Uint8Array.of(1), left, right));

/** @param {number} place */
const half = (place) => Math.floor(place / 2);

/**
 * RFC 9162, 2.1.3.2.
 * @param {Uint8Array} leaf @param {number} index @param {number} size @param {Uint8Array[]} proof @param {Uint8Array} root
 */
function checkInclusion(leaf, index, size, proof, root) {
  if (!(index >= 0 && index < size)) throw new Rejected("not-in-the-tree", { index, size });
  if ([leaf, ...proof].some((step) => step.length !== HASH_BYTES)) throw new Rejected("damaged");
  let place = index, last = size - 1, reached = leaf;
  for (const step of proof) {
    if (last === 0) throw new Rejected("another-root");
    if (place % 2 || place === last) {
      reached = nodeHash(step, reached);
      while (place && place % 2 === 0) [place, last] = [half(place), half(last)];
    } else {
      reached = nodeHash(reached, step);
    }
    [place, last] = [half(place), half(last)];
  }
  if (last || !same(reached, root)) throw new Rejected("another-root");
}

/**
 * RFC 9162, 2.1.4.2.
 * @param {number} size1 @param {Uint8Array} root1 @param {number} size2 @param {Uint8Array} root2 @param {Uint8Array[]} proof
 */
function checkConsistency(size1, root1, size2, root2, proof) {
  if (!(size1 > 0 && size1 <= size2)) throw new Rejected("cannot-compare");
  if (size1 === size2) {
    if (proof.length || !same(root1, root2)) throw new Rejected("two-histories");
    return;
  }
  // A tree that is whole is its own first hash.
  const path = size1 === 2 ** Math.round(Math.log2(size1)) ? [root1, ...proof] : [...proof];
  if (!path.length || path.some((step) => step.length !== HASH_BYTES)) throw new Rejected("damaged");
  let place = size1 - 1, last = size2 - 1;
  while (place % 2) [place, last] = [half(place), half(last)];
  let before = path[0], after = path[0];
  for (const step of path.slice(1)) {
    if (last === 0) throw new Rejected("another-root");
    if (place % 2 || place === last) {
      before = nodeHash(step, before);
      after = nodeHash(step, after);
      while (place && place % 2 === 0) [place, last] = [half(place), half(last)];
    } else {
      after = nodeHash(after, step);
    }
    [place, last] = [half(place), half(last)];
  }
  if (last || !same(before, root1) || !same(after, root2)) throw new Rejected("two-histories");
}

/** @param {Uint8Array} key @param {Uint8Array} message @param {Uint8Array} signature */
function isSignedBy(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const response = signature.slice(32);
  let place = 31;
  while (place && response[place] === ORDER[place]) place -= 1;
  return response[place] < ORDER[place] && nacl.sign.detached.verify(message, signature, key);
}

/** @param {string} text @returns {LogKey} */
function readKey(text) {
  const [name, id, ...rest] = text.trim().split("+");
  try {
    const data = unbase64(rest.join("+"));
    const named = sha256.hash(joined(utf8(`${name}\n`), data));
    if (data.length === 33 && hex(named.slice(0, 4)) === id) return { name, id, kind: data[0], bytes: data.slice(1) };
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
  }
  throw new Rejected("key-copied-wrongly", { name });
}

/** @param {string} note @returns {Checkpoint} */
function readCheckpoint(note) {
  const cut = note.lastIndexOf("\n\n");
  const text = note.slice(0, cut + 1), facts = text.split("\n"), size = Number(facts[1]);
  if (cut < 0 || facts.length !== 4 || !/^(0|[1-9][0-9]{0,14})$/.test(facts[1])) throw new Rejected("damaged");
  const root = unbase64(facts[2]);
  if (root.length !== HASH_BYTES) throw new Rejected("damaged");
  const lines = note.slice(cut + 2).replace(/\n+$/, "").split("\n").map(readSignature);
  return { text, origin: facts[0], size, root, lines };
}

/** @param {string} line @returns {SignatureLine} */
function readSignature(line) {
  const [dash, name, encoded, ...more] = line.split(" ");
  const data = unbase64(encoded || "");
  if (dash !== "—" || more.length || data.length < 5) throw new Rejected("damaged");
  return { name, id: hex(data.slice(0, 4)), value: data.slice(4) };
}

/** @param {Checkpoint} checkpoint @param {LogKey} key */
const linesOf = (checkpoint, key) => checkpoint.lines.filter((line) => line.name === key.name && line.id === key.id);

/** @param {Checkpoint} checkpoint @param {LogKey} key */
function checkLogSignature(checkpoint, key) {
  if (key.kind !== LOG_KEY) throw new Rejected("not-a-log-key");
  if (checkpoint.origin !== key.name) throw new Rejected("another-log", { origin: checkpoint.origin, name: key.name });
  const lines = linesOf(checkpoint, key);
  if (!lines.length) throw new Rejected("not-signed", { name: key.name });
  if (!lines.every((line) => isSignedBy(key.bytes, utf8(checkpoint.text), line.value))) {
    throw new Rejected("signature-does-not-fit", { name: key.name });
  }
}

/**
 * When a witness signed, or null when it did not.
 * @param {Checkpoint} checkpoint @param {LogKey} key
 */
function cosignedAt(checkpoint, key) {
  if (key.kind !== WITNESS_KEY) throw new Rejected("not-a-witness-key", { name: key.name });
  const lines = linesOf(checkpoint, key);
  const times = lines.map((line) => line.value.slice(0, 8).reduce((time, byte) => time * 256 + byte, 0));
  lines.forEach((line, place) => {
    const message = utf8(`cosignature/v1\ntime ${times[place]}\n${checkpoint.text}`);
    if (!isSignedBy(key.bytes, message, line.value.slice(8))) throw new Rejected("signature-does-not-fit", { name: key.name });
  });
  return lines.length ? new Date(Math.max(...times) * 1000) : null;
}

/** @param {string} text @returns {Proof} */
function readProof(text) {
  const cut = text.indexOf("\n\n"), lines = text.slice(0, cut).split("\n");
  if (cut < 0 || lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Rejected("not-a-proof");
  const extra = lines[0].startsWith("extra ") ? unbase64((lines.shift() || "").slice(6)) : null;
  const index = /^index (0|[1-9][0-9]{0,14})$/.exec(lines.shift() || "");
  if (!index) throw new Rejected("not-a-proof");
  return { index: Number(index[1]), entry: extra, steps: lines.map(unbase64), checkpoint: readCheckpoint(text.slice(cut + 2)) };
}
