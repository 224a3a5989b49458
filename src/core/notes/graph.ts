/** Notes and the links between them, as data for a picture. */
import type { NoteEntry } from './model.ts';
import type { NoteIndex } from './noteIndex.ts';

export interface LinkedNotes {
  /** In the order of ids. */
  readonly notes: readonly NoteEntry[];
  /** Two places in `notes` for each link: from and to. Each pair occurs once; links to nowhere and to the note itself are left out. */
  readonly links: readonly number[];
}

/** Links are read for so many notes at a time. */
const SLICE = 400;

/**
 * All notes with all links. Where several notes have the name that a link has, it leads to the first
 * in the order of ids, as when it is followed.
 *
 * @param pause Waited for every few milliseconds of work, so that others come to their turn. What
 *   changes in the index meanwhile may be missing.
 */
export async function linkedNotes(index: NoteIndex, pause: () => Promise<void>): Promise<LinkedNotes> {
  const notes = index.list();
  await pause();
  const places = new Map(notes.map(({ key }, place) => [key, place]));
  const links: number[] = [];
  let last = 0;
  for (const { key } of notes) last = Math.max(last, key);
  for (let from = 1; from <= last; from += SLICE) {
    // Of each link, by what is written, the note that is first.
    const first = new Map<string, number>();
    const rows = index.tables.all('SELECT DISTINCT links.note AS note, links.target AS target, names.note AS led FROM links JOIN names ON names.name = links.target WHERE links.note BETWEEN ? AND ?', [from, from + SLICE - 1]);
    for (const { note, target, led } of rows) {
      const place = places.get(Number(led));
      if (place === undefined) continue;
      const written = `${Number(note)} ${String(target)}`;
      first.set(written, Math.min(first.get(written) ?? Infinity, place));
    }
    const seen = new Set<string>();
    for (const [written, to] of first) {
      const source = places.get(Number(written.slice(0, written.indexOf(' '))));
      const pair = `${source ?? ''} ${to}`;
      if (source === undefined || source === to || seen.has(pair)) continue;
      seen.add(pair);
      links.push(source, to);
    }
    await pause();
  }
  return { notes, links };
}
