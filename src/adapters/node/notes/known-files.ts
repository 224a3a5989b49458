/** What was found in each file at the last look, so that only files in another state are read. */
import { isSame, STATE, type FileStates } from './file-states.ts';

/** `[id, title, tags, project, is a heading, hashes of the ids that close it when another note has them]`. */
export type PublicNote = readonly [string, string, readonly string[], string | null, 0 | 1, readonly string[]];

/** Hashes of all ids in a file, with blanks between them; and its public notes, if it has any. */
export type Content = string | readonly [ids: string, notes: readonly PublicNote[]];

/** As it is kept, in JSON. */
export interface KeptFiles {
  /** Bytes of `FileStates.numbers` in base64. In the order of this machine: a list of another machine has other files. */
  readonly states: string;
  readonly contents: readonly Content[];
}

export const idsOf = (content: Content): string => (typeof content === 'string' ? content : content[0]);
export const notesOf = (content: Content): readonly PublicNote[] => (typeof content === 'string' ? [] : content[1]);

/** @returns what a file was found to hold; undefined when it is in another state than it was, or was never read. */
export function knownFiles({ states, contents }: KeptFiles): (files: FileStates, index: number) => Content | undefined {
  const bytes = Uint8Array.from(Buffer.from(states, 'base64'));
  const numbers = new Float64Array(bytes.buffer);
  let places: Map<number, number> | undefined;
  const placeOf = (path: number) => {
    if (places === undefined) {
      places = new Map();
      for (let index = 0; index < contents.length; index++) places.set(numbers[index * STATE] ?? NaN, index);
    }
    return places.get(path);
  };
  return (files, index) => {
    if (isSame(files.numbers, index, numbers, index)) return contents[index];
    const place = placeOf(files.numbers[index * STATE] ?? NaN);
    return place !== undefined && isSame(files.numbers, index, numbers, place) ? contents[place] : undefined;
  };
}

/**
 * @param contents Of each of the files.
 * @param isSure Whether the file's state stands for what is in it; one where it does not is read again the next time.
 */
export function keptFiles({ numbers }: FileStates, contents: readonly Content[], isSure: (index: number) => boolean): KeptFiles {
  const kept = numbers.slice();
  // Not a number: not even equal to itself.
  contents.forEach((_, index) => {
    if (!isSure(index)) kept[index * STATE] = NaN;
  });
  return { states: Buffer.from(kept.buffer).toString('base64'), contents };
}

export function areKeptFiles(value: Partial<Record<keyof KeptFiles, unknown>>): value is KeptFiles {
  const { states, contents } = value;
  return typeof states === 'string' && Array.isArray(contents) && Buffer.byteLength(states, 'base64') === contents.length * STATE * Float64Array.BYTES_PER_ELEMENT && contents.every(isContent);
}

function isContent(value: unknown): boolean {
  if (typeof value === 'string') return true;
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false;
  const notes: unknown = value[1];
  return Array.isArray(notes) && notes.every((note) => Array.isArray(note) && Array.isArray(note[2]) && Array.isArray(note[5]));
}
