import type { Hasher } from '../ports/hash.ts';

/** So many beginnings are tried; each costs one hash of the text. */
const MOST_TRIES = 500;

/**
 * Both sides appended to the same text: then both appendices are kept, the one that was written
 * first comes first. The text that they began from is known by its hash only; it is a common
 * beginning of both that ends with a line.
 *
 * @returns undefined when one of them did something else.
 */
export function mergeAppended(hasher: Pick<Hasher, 'sha256'>, baseHash: string, current: string, content: string): string | undefined {
  let common = 0;
  const shorter = Math.min(current.length, content.length);
  while (common < shorter && current.charCodeAt(common) === content.charCodeAt(common)) common++;
  for (let end = common, tries = 0; end > 0 && tries < MOST_TRIES; tries++) {
    const base = current.slice(0, end);
    if (hasher.sha256(base) === baseHash) {
      const gap = current.endsWith('\n') ? '' : '\n';
      return current + gap + content.slice(end).replace(/^\n/, base.endsWith('\n') ? '\n' : '');
    }
    // `common` itself may lie in the middle of a line; from there on only ends of lines count, with and without the break.
    end = base.endsWith('\n') ? end - 1 : base.lastIndexOf('\n') + 1;
  }
  return undefined;
}
