import type { CardFormat } from './model.ts';

const byName: readonly [RegExp, CardFormat][] = [
  [/\.(?:apkg|colpkg)$/i, 'anki'],
  [/\.(?:csv|tsv)$/i, 'csv'],
  [/\.org$/i, 'org'],
  [/\.(?:md|markdown)$/i, 'markdown'],
  [/\.jsonl?$/i, 'json'],
];

/**
 * What a file of cards is: by its first bytes when they say it, by its name, else by what it looks
 * like; plain text is taken for JSON with prose around it when it has a brace, else for a table.
 *
 * @param name Of the file; may be empty (standard input).
 * @param bytes Its beginning is enough.
 */
export function detectFormat(name: string, bytes: Uint8Array): CardFormat {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) <= 8) return 'anki';
  const named = byName.find(([pattern]) => pattern.test(name));
  if (named !== undefined) return named[1];
  let head = '';
  for (const byte of bytes.subarray(0, 64 * 1024)) head += String.fromCharCode(byte);
  if (/^\s*[[{]/.test(head)) return 'json';
  if (/^#(?:separator|html|columns|deck|tags|notetype|guid)[a-z ]*:|^sep=/im.test(head)) return 'csv';
  if (/^#\+title:|^\*+ .*:(?:flashcards?|drill|fc):|^[ \t]*:PROPERTIES:[ \t]*\r?$/im.test(head)) return 'org';
  if (/^(?:.*\s)?#flashcards?\b/m.test(head)) return 'markdown';
  if (/[[{]\s*["'{]/.test(head)) return 'json';
  if (/^.+\n\?\??\r?\n/m.test(head) || /^[^,;\t]+ ?:{2,3} ?\S/m.test(head)) return 'markdown';
  return 'csv';
}
