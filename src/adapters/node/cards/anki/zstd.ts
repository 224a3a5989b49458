/** Zstandard, bounded: by Node where it has it (22.15 and later), else by fzstd. */
import zlib from 'node:zlib';
import { allowance, damaged, tooLarge, type Budget } from './zip.ts';

export function isZstd(bytes: Uint8Array): boolean {
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
}

/** @throws WheelhouseError `invalid-input`. */
export async function unzstd(bytes: Uint8Array, budget: Budget, most: number, shown: string): Promise<Uint8Array> {
  const limit = allowance(bytes.length, budget, most);
  const native = (zlib as Partial<typeof zlib>).zstdDecompressSync;
  const unpacked = native === undefined ? await byFzstd(bytes, limit, shown) : byNode(native, bytes, limit, shown);
  budget.left -= unpacked.length;
  return unpacked;
}

function byNode(decompress: typeof zlib.zstdDecompressSync, bytes: Uint8Array, limit: number, shown: string): Uint8Array {
  try {
    return decompress(bytes, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(shown);
    throw damaged(`${shown} cannot be unpacked`, error);
  }
}

/** Exported for its test: any Node runs it. */
export async function byFzstd(bytes: Uint8Array, limit: number, shown: string): Promise<Uint8Array> {
  const { Decompress } = await import('fzstd');
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    const stream = new Decompress((part) => {
      length += part.length;
      if (length > limit) throw tooLarge(shown);
      parts.push(part);
    });
    // In pieces, so that the limit is looked at before much is unpacked.
    for (let at = 0; at < bytes.length; at += 65_536) stream.push(bytes.subarray(at, at + 65_536), at + 65_536 >= bytes.length);
  } catch (error) {
    if (length > limit) throw error;
    throw damaged(`${shown} cannot be unpacked`, error);
  }
  return Buffer.concat(parts);
}
