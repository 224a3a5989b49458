/**
 * What stands for `node:crypto` in the hook's bundle. To load that takes Node 4 ms, a fifth of all that
 * Node needs to start, and a hook that finds nothing to object to hashes one path and asks for no chance.
 */
import type * as NodeCrypto from 'node:crypto';
import { sha256 } from './sha256.ts';

/** From so many bytes on, Node's own is faster with the time to load it. */
const MOST_BYTES = 4 * 1024;

let loaded: typeof NodeCrypto | undefined;

/** Without `node:`, which is not exchanged for this file again. */
const NAME = 'crypto';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- Nothing else is synchronous in Node 20.11, and this file is only ever in a bundle of the older kind.
const real = (): typeof NodeCrypto => (loaded ??= require(NAME) as typeof NodeCrypto);

export const randomFillSync: typeof NodeCrypto.randomFillSync = (...given: unknown[]) => Reflect.apply(real().randomFillSync, undefined, given) as never;

/** A hash that gathers what it is given, and decides at the end who makes it. */
interface Gathering {
  update(data: string | ArrayBufferView): Gathering;
  digest(encoding: 'hex'): string;
}

export function createHash(algorithm: string): Gathering {
  const pieces: Uint8Array[] = [];
  const gathering: Gathering = {
    update: (data) => {
      pieces.push(typeof data === 'string' ? Buffer.from(data, 'utf8') : new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return gathering;
    },
    digest: (encoding) => {
      const bytes = Buffer.concat(pieces);
      return algorithm === 'sha256' && bytes.length < MOST_BYTES ? sha256(bytes) : real().createHash(algorithm).update(bytes).digest(encoding);
    },
  };
  return gathering;
}
