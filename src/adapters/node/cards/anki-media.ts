/** The folder of what cards show and play: each file under the name that the cards use, as Anki keeps them. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { mediaNamesOf, type ExchangeCard, type MediaFile } from '../../../core/cards/index.ts';
import type { Files } from '../../../core/ports/files.ts';
import { safeName } from './anki/media.ts';

export interface CardMedia {
  /**
   * Keeps files; one that is there already with the same content is left.
   * @returns the new names of those whose name another content has (see `withMediaRenamed`).
   * @throws WheelhouseError `unwritable`.
   */
  keep(media: readonly MediaFile[]): Promise<ReadonlyMap<string, string>>;
  /** undefined when there is none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** The files that the cards name and that are there. */
  of(cards: readonly ExchangeCard[]): Promise<MediaFile[]>;
}

/** @param folder Absolute; made when the first file is kept. */
export function openCardMedia(files: Files, folder: string): CardMedia {
  const read = async (name: string) => (safeName(name) === name && name !== '' ? files.readBytes(join(folder, name)) : undefined);
  return {
    read,
    keep: async (media) => {
      const renamed = new Map<string, string>();
      for (const { name, bytes } of media) {
        let free = safeName(name);
        if (free === '') continue;
        const there = await read(free);
        if (there !== undefined && !Buffer.from(there).equals(bytes)) free = withHash(free, bytes);
        if (there === undefined || free !== safeName(name)) await files.writeBytes(join(folder, free), bytes, { isPrivate: true });
        if (free !== name) renamed.set(name, free);
      }
      return renamed;
    },
    of: async (cards) => {
      const found: MediaFile[] = [];
      for (const name of [...mediaNamesOf(cards)].sort()) {
        const bytes = await read(name);
        if (bytes !== undefined) found.push({ name, bytes });
      }
      return found;
    },
  };
}

/** The same content gets the same name again. */
function withHash(name: string, bytes: Uint8Array): string {
  const dot = name.lastIndexOf('.');
  const [base, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return `${base}-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}${ending}`;
}
