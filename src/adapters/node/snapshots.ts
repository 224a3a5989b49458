import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Files } from '../../core/ports/files.ts';
import type { Snapshots } from '../../core/review/index.ts';
import { decodeText, encodeText } from './text-codec.ts';

/** A larger text is not kept; its anchors rely on the quoted lines alone. */
const maxChars = 4 * 1024 * 1024;
/** What an unpacked snapshot may have at most, should the file have been tampered with. */
const maxBytes = 64 * 1024 * 1024;

/**
 * Copies of the texts that comments were attached to, compressed and named by their git blob id.
 * They are kept here and not in the user's repository, whose garbage collection would drop objects
 * that no commit refers to.
 */
export function snapshotFolder(files: Files, folder: string): Snapshots {
  const pathOf = (blob: string) => join(folder, `${blob.replace(/[^0-9a-f]/g, '')}.gz`);
  return {
    async save(blob, text) {
      if (text.length > maxChars || (await files.stat(pathOf(blob)))) return;
      await files.writeBytes(pathOf(blob), await promisify(gzip)(encodeText(text)));
    },
    async load(blob) {
      try {
        const packed = await files.readBytes(pathOf(blob));
        return packed && decodeText(await promisify(gunzip)(packed, { maxOutputLength: maxBytes }));
      } catch {
        return undefined;
      }
    },
  };
}
