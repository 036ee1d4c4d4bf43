import { isUtf8 } from 'node:buffer';
import type { SourceDocument } from './documents.js';
import { RefusedEditionError } from './errors.js';

/**
 * The text of a document, without byte order mark.
 *
 * UTF-8; bytes that are not are read as windows-1252 if the file holds no valid UTF-8 sequence at all (older exports),
 * and become U+FFFD otherwise. Every known edition is valid UTF-8.
 * @throws RefusedEditionError for an empty file and for NUL bytes (a binary file, UTF-16)
 */
export function plainTextOf(source: string, document: SourceDocument): string {
  const { bytes, name } = document;
  if (bytes.length === 0) throw new RefusedEditionError(source, name, null, 'The file is empty (0 bytes).');
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    throw new RefusedEditionError(source, name, `byte ${nul}`, 'A NUL byte: this is a binary file or UTF-16, not a text in UTF-8.');
  }
  const text = isUtf8(bytes) ? bytes.toString('utf8') : decodeLeniently(bytes);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function decodeLeniently(bytes: Buffer): string {
  const lenient = bytes.toString('utf8');
  const holdsUtf8 = /[^\p{ASCII}\ufffd]/u.test(lenient);
  return holdsUtf8 ? lenient : new TextDecoder('windows-1252').decode(bytes);
}

/** What a text seems to be, by how it begins, where it is something else than rows of values; otherwise null. */
export function otherKindOf(text: string): string | null {
  const start = text.slice(0, 2_000).trimStart().toLowerCase();
  if (/^<(!doctype html|html|head|body|!--.*?-->\s*<html)/s.test(start)) return 'an HTML page';
  if (start.startsWith('<')) return 'an XML document';
  if (/^(\{|\[\s*[{["\]])/.test(start)) return 'a JSON document';
  if (['%pdf', 'pk\u0003', '\u001f', '\ufffdpng'].some((magic) => start.startsWith(magic))) return 'a binary file';
  return null;
}
