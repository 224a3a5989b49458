/** Ten thousand notes as people write them: org and Markdown, tags, links, headlines with ids, a third of them public. The same for the same seed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const NOTES = 10_000;
const FOLDERS = 20;
/** Every so many notes are public. */
const PUBLIC_EVERY = 3;

/** Numbers from 0 to 1 by a linear congruential generator (Numerical Recipes, section 7.1). */
export function random(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
}

export interface Generated {
  /** Where the n-th note is. */
  readonly pathOf: (n: number) => string;
  /** A word of the notes, by a law as in natural text: few are in nearly every note, most are rare. */
  readonly wordBy: (next: () => number) => string;
}

/** Writes the notes `note-0` to `note-9999`; every one links to `note-0`. */
export function generateNotes(folder: string): Generated {
  const next = random(42);
  const vocabulary = Array.from({ length: 20_000 }, () => Array.from({ length: 3 + Math.floor(next() * 7) }, () => String.fromCharCode(97 + Math.floor(next() * 26))).join(''));
  const wordBy = (by: () => number) => vocabulary[Math.floor(vocabulary.length * by() ** 3)] ?? '';
  const word = () => wordBy(next);
  const lines = (count: number) => Array.from({ length: count }, () => `${Array.from({ length: 12 }, word).join(' ')}.`).join('\n');
  const pathOf = (n: number) => join(folder, `area-${n % FOLDERS}`, `note-${n}.${n % 2 === 0 ? 'org' : 'md'}`);
  for (let n = 0; n < FOLDERS; n++) mkdirSync(join(folder, `area-${n}`), { recursive: true });
  for (let n = 0; n < NOTES; n++) {
    const tags = [...(n % PUBLIC_EVERY === 0 ? ['PUBLIC'] : []), `tag${n % 50}`];
    const links = [...Array.from({ length: 4 }, () => Math.floor(next() * NOTES)), 0];
    const title = `${word()} ${word()} ${n}`;
    writeFileSync(pathOf(n), n % 2 === 0 ? orgNote(n, title, tags, links) : markdownNote(title, tags, links));
  }
  return { pathOf, wordBy };

  function orgNote(n: number, title: string, tags: readonly string[], links: readonly number[]): string {
    // Every fifth has a headline that is a note of its own.
    const part = n % 5 === 0 ? `:PROPERTIES:\n:ID:       part-${n}\n:END:\n` : '';
    return `:PROPERTIES:\n:ID:       note-${n}\n:END:\n#+title: ${title}\n#+filetags: :${tags.join(':')}:\n\n${lines(6)}\n* ${word()} ${word()}\n${part}${lines(2)}\n* Links\n${links.map((to) => `- [[id:note-${to}][see]]`).join('\n')}\n`;
  }

  function markdownNote(title: string, tags: readonly string[], links: readonly number[]): string {
    return `---\ntitle: ${title}\ntags: [${tags.join(', ')}]\n---\n\n${lines(6)}\n\n## ${word()} ${word()}\n\n${lines(2)}\n\n${links.map((to) => `[[note-${to}]]`).join(' ')}\n`;
  }
}
