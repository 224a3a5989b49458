import { createHash } from 'node:crypto';
import type { Hasher } from '../../core/ports/hash.ts';
import { encodeText } from './text-codec.ts';

export const nodeHasher: Hasher = {
  sha256: (text) => createHash('sha256').update(encodeText(text)).digest('hex'),
  gitBlob: (text) => {
    const bytes = encodeText(text);
    return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  },
};
