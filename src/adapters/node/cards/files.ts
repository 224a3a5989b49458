/** Cards from the bytes of a file into the user's cards, and back, with the media that they show. */
import { basename, join } from 'node:path';
import { cardsForExport, exportText, keepImported, withMediaRenamed, type CardFilter, type CardFormat, type CardsContext, type ImportCounts, type ImportProblem, type KeepOptions } from '../../../core/cards/index.ts';
import { nodeFiles } from '../files.ts';
import type { UserData } from '../user-data.ts';
import { openCardMedia } from './anki-media.ts';
import { exportAnki, readCardFile } from './anki.ts';

export interface CardFileImport extends ImportCounts {
  /** The first card of each note that was added or updated. */
  readonly ids: readonly string[];
  readonly problems: readonly ImportProblem[];
  /** Cards of which the file has only the beginning. */
  readonly cut: number;
  /** Media files that were kept. */
  readonly media: number;
}

/** The folder of pictures and sounds that cards name. */
export function mediaFolder(user: UserData): string {
  return join(user.folder, 'cards-media');
}

/**
 * Reads a file of cards and keeps what can be read of it.
 * @param source `format`: else what its bytes and its name say; an empty name is standard input.
 * @throws WheelhouseError `invalid-input` when nothing of it can be read.
 */
export async function importCardFile(user: UserData, cards: CardsContext, source: { readonly name: string; readonly bytes: Uint8Array; readonly format?: CardFormat | undefined }, options: KeepOptions = {}): Promise<CardFileImport> {
  const read = await readCardFile(source.bytes, basename(source.name), user.databases, source.format ? { format: source.format } : {});
  const renamed = await openCardMedia(nodeFiles, mediaFolder(user)).keep(read.media);
  const counts = await keepImported(cards, read.cards.map((card) => withMediaRenamed(card, renamed)), { ...options, noteTypes: read.noteTypes });
  return { ...counts, ids: counts.notes, problems: read.problems, cut: read.cut, media: read.media.length };
}

/** The cards that fit, as the content of a file: text, or the bytes of an Anki package. */
export async function exportCardFile(user: UserData, cards: CardsContext, format: CardFormat, filter: CardFilter = {}): Promise<{ readonly content: string | Uint8Array; readonly count: number }> {
  const exported = await cardsForExport(cards, filter);
  const count = exported.cards.length;
  if (format !== 'anki') return { content: exportText(exported.cards, format), count };
  const now = cards.clock.now();
  const media = await openCardMedia(nodeFiles, mediaFolder(user)).of(exported.cards);
  return { content: await exportAnki(exported.cards, user.databases, { now, offsetMinutes: cards.clock.offsetMinutes(now), media, noteTypes: exported.noteTypes }), count };
}
