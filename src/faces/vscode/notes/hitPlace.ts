import { HIT_END, HIT_START } from '../../../core/notes/index.ts';

/** Where a search's snippet stands in the text that it was cut from: the offset of its first hit; 0 when it is not found. */
export function hitPlace(text: string, snippet: string): number {
  const at = snippet.indexOf(HIT_START);
  if (at < 0) return 0;
  const word = snippet.slice(at + 1, snippet.indexOf(HIT_END, at));
  const after = snippet.slice(snippet.indexOf(HIT_END, at) + 1).split(/…|[\ue000\ue001]/, 1)[0] ?? '';
  const before = snippet.slice(0, at).split('…').at(-1) ?? '';
  // The snippet has one blank where the text may have a line break, and blanks that scripts without any do not.
  const loose = (part: string) => part.split(/\s+/).map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s*');
  for (const pattern of [`(${loose(before)})(${loose(word)}${loose(after)})`, `(${loose(before)})(${loose(word)})`, `()(${loose(word)})`]) {
    const found = new RegExp(pattern, 'iu').exec(text);
    if (found) return found.index + (found[1]?.length ?? 0);
  }
  return 0;
}

/** So much stands before the first hit at most: the line is cut at its end. */
const BEFORE = 40;

/** A snippet without its marks, beginning shortly before its first hit. */
export function aroundHit(snippet: string): string {
  const at = snippet.indexOf(HIT_START);
  const start = at > BEFORE ? snippet.indexOf(' ', at - BEFORE) + 1 : 0;
  const kept = start > 0 && start <= at ? `…${snippet.slice(start)}` : snippet;
  return kept.replace(/[\ue000\ue001]/g, '');
}
