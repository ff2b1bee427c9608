// What the page uses of the two parts that stand above ours in it (npm: tweetnacl, fast-sha256).
declare const nacl: {
  sign: { detached: { verify(message: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean } };
};
declare const sha256: { hash(bytes: Uint8Array): Uint8Array };
