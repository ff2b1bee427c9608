// Every sentence of the page, in both languages. {name} is filled in.
"use strict";

/** @type {Record<string, {id: string, en: string}>} */
const WORDS = {
  "proven": { id: "Terbukti", en: "Proven" },
  "not-proven": { id: "Tidak terbukti", en: "Not proven" },
  "undecided": { id: "Belum dapat diperiksa", en: "Cannot be checked yet" },
  "proven-what": {
    id: "Catatan nomor {index} ada di tempatnya di dalam log {origin} yang berisi {size} catatan, dan tidak berubah sejak titik periksa itu ditandatangani.",
    en: "Entry number {index} stands in its place in the log {origin} of {size} entries, and has not changed since that checkpoint was signed.",
  },
  "need-proof": {
    id: "Masukkan berkas bukti (bukti-….tlog-proof). Berkas itu diunduh dari halaman catatan di Catatan publik.",
    en: "Add the proof file (bukti-….tlog-proof). It is downloaded from the page of the entry in the public log.",
  },
  "need-entry": {
    id: "Bukti ini tidak memuat catatannya. Masukkan juga berkas catatan (catatan-….json).",
    en: "This proof does not carry its entry. Add the entry file (catatan-….json) too.",
  },
  "need-key": {
    id: "Isi kunci log: satu baris, nama+tanda+kunci, yang Anda simpan dari halaman Catatan publik.",
    en: "Fill in the key of the log: one line, name+id+key, which you kept from the page of the public log.",
  },
  "unknown-file": {
    id: "“{file}” bukan bukti, catatan, titik periksa, atau tanda terima. Berkas itu tidak dipakai.",
    en: "“{file}” is no proof, entry, checkpoint or receipt. It is not used.",
  },
  "damaged": { id: "Berkas ini rusak atau terpotong. Unduh sekali lagi.", en: "This file is damaged or cut. Download it once more." },
  "not-a-proof": { id: "Berkas ini bukan bukti dari catatan publik.", en: "This file is not a proof from a public log." },
  "key-copied-wrongly": {
    id: "Kunci {name} salah salin: ada huruf yang hilang atau tertukar.",
    en: "The key {name} was copied wrongly: a character is missing or changed.",
  },
  "not-a-log-key": { id: "Ini bukan kunci log.", en: "This is not the key of a log." },
  "not-a-witness-key": { id: "Kunci {name} bukan kunci saksi.", en: "The key {name} is not the key of a witness." },
  "another-log": {
    id: "Bukti ini berasal dari log {origin}, bukan {name}. Periksa dengan kunci log itu.",
    en: "This proof comes from the log {origin}, not {name}. Check it with the key of that log.",
  },
  "not-signed": {
    id: "Titik periksa di dalam bukti ini tidak ditandatangani dengan kunci {name}.",
    en: "The checkpoint in this proof is not signed with the key {name}.",
  },
  "signature-does-not-fit": {
    id: "Tanda tangan {name} tidak cocok dengan isinya: isinya atau tanda tangannya telah diubah.",
    en: "The signature of {name} does not fit the text: one of them was changed.",
  },
  "not-in-the-tree": {
    id: "Nomor {index} tidak mungkin ada di dalam log yang berisi {size} catatan.",
    en: "Number {index} cannot stand in a log of {size} entries.",
  },
  "another-root": {
    id: "Catatan ini tidak ada di tempat itu di dalam log yang ditandatangani: isi atau nomornya telah diubah.",
    en: "This entry does not stand in that place of the signed log: its text or its number was changed.",
  },
  "two-histories": {
    id: "Log menandatangani dua riwayat yang berbeda. Simpan kedua berkas dan serahkan kepada saksi.",
    en: "The log signed two different histories. Keep both files and hand them to a witness.",
  },
  "cannot-compare": { id: "Kedua titik periksa tidak dapat dibandingkan.", en: "These two checkpoints cannot be compared." },
  "receipt-fits": {
    id: "Sidik pada tanda terima Anda adalah sidik catatan ini.",
    en: "The fingerprint on your receipt is the fingerprint of this entry.",
  },
  "receipt-differs": {
    id: "Sidik pada tanda terima Anda bukan sidik catatan ini: catatannya lain, atau isinya diubah.",
    en: "The fingerprint on your receipt is not that of this entry: it is another entry, or it was changed.",
  },
  "held-same": {
    id: "Titik periksa yang Anda simpan sama dengan titik periksa di dalam bukti.",
    en: "The checkpoint you kept equals the one in the proof.",
  },
  "held-other-size": {
    id: "Titik periksa yang Anda simpan berukuran {held}, bukti ini {size}. Halaman ini tidak dapat membandingkannya tanpa mengunduh log; pakai lumbung_verify.py.",
    en: "The checkpoint you kept has size {held}, this proof {size}. This page cannot compare them without downloading the log; use lumbung_verify.py.",
  },
  "witnessed": { id: "{name} ikut menandatangani pada {at}.", en: "{name} cosigned it at {at}." },
  "not-witnessed": { id: "{name} tidak ikut menandatangani titik periksa ini.", en: "{name} has not cosigned this checkpoint." },
  "no-witness": {
    id: "Tidak ada saksi luar di bawah titik periksa ini. Bila pemerintah menunjukkan log yang lain kepada orang lain, bukti ini tidak dapat memperlihatkannya.",
    en: "No outside witness stands under this checkpoint. If the government showed other people another log, this proof cannot show it.",
  },
  "key-from-page": {
    id: "Kunci di bawah ditulis ke halaman ini ketika diunduh pada {on}. Bandingkan dengan kunci pada tanda terima atau simpanan lama Anda.",
    en: "The key below was written into this page when it was downloaded on {on}. Compare it with one you kept earlier.",
  },
  "entry-kind": { id: "Peristiwa", en: "Event" },
  "entry-day": { id: "Hari", en: "Day" },
  "entry-week": { id: "Minggu mulai", en: "Week of" },
  "entry-who": { id: "Pelaku", en: "Who acted" },
  "entry-about": { id: "Tentang", en: "About" },
  "entry-hash": { id: "Sidik", en: "Fingerprint" },
  "given": { id: "Yang dimasukkan: {what}", en: "Added: {what}" },
  "kind-proof": { id: "bukti", en: "proof" },
  "kind-entry": { id: "catatan", en: "entry" },
  "kind-receipt": { id: "tanda terima", en: "receipt" },
  "kind-checkpoint": { id: "titik periksa", en: "checkpoint" },
};
