import type { DatabaseImage } from '../../../core/ports/database.ts';
import { columnNames, newColumn, PromptIndex, PromptTable, type TableParts } from '../../../core/prompts/index.ts';

/** Raise it when a column changes its meaning: older images are then built again. */
const VERSION = 2;
const LENGTH_BYTES = 4;

interface Header {
  readonly version: number;
  /** The part of the archive that it stands for. */
  readonly foldedTo: number;
  readonly fingerprint: string;
  readonly count: number;
  readonly projects: readonly string[];
  readonly sessions: readonly string[];
  readonly agents: readonly string[];
}

export interface LoadedIndex {
  readonly index: PromptIndex;
  readonly foldedTo: number;
}

/** The saved index, if it stands for the beginning of this archive; else everything is folded anew. */
export async function loadIndex(image: DatabaseImage, fingerprintOf: (end: number) => string | undefined): Promise<LoadedIndex | undefined> {
  const bytes = await image.load();
  if (bytes === undefined) return undefined;
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length))) as Header;
    if (header.version !== VERSION || fingerprintOf(header.foldedTo) !== header.fingerprint) return undefined;
    let at = LENGTH_BYTES + length;
    const columns = Object.fromEntries(
      columnNames.map((name) => {
        const column = newColumn(name, header.count);
        new Uint8Array(column.buffer).set(bytes.subarray(at, (at += column.byteLength)));
        return [name, column];
      }),
    ) as unknown as TableParts['columns'];
    if (at !== bytes.length) return undefined;
    return { index: new PromptIndex(new PromptTable({ ...header, columns })), foldedTo: header.foldedTo };
  } catch {
    return undefined;
  }
}

/** @throws WheelhouseError `unwritable`. */
export async function saveIndex(image: DatabaseImage, { index, foldedTo }: LoadedIndex, fingerprint: string): Promise<void> {
  const { columns, ...rest } = index.table.parts();
  const header: Header = { version: VERSION, foldedTo, fingerprint, ...rest };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(text.length);
  await image.save(Buffer.concat([length, text, ...columnNames.map((name) => new Uint8Array(columns[name].buffer, columns[name].byteOffset, columns[name].byteLength))]));
}
