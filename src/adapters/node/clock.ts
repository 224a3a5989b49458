import { randomFillSync } from 'node:crypto';
import type { Clock, Random } from '../../core/ports/clock.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  offsetMinutes: (at) => -new Date(at).getTimezoneOffset(),
};

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Chance is fetched in advance: one call for some bytes costs as much as one for thousands. */
const pool = new Uint8Array(4096);
let used = pool.length;

export const systemRandom: Random = {
  base32: (length) => {
    let text = '';
    for (let i = 0; i < length; i++) {
      if (used === pool.length) {
        randomFillSync(pool);
        used = 0;
      }
      // 256 is a multiple of 32, so the lowest five bits of a random byte are evenly spread.
      text += ALPHABET.charAt((pool[used++] ?? 0) & 31);
    }
    return text;
  },
};
