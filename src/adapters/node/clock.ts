import { randomBytes } from 'node:crypto';
import type { Clock, Random } from '../../core/ports/clock.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  offsetMinutes: (at) => -new Date(at).getTimezoneOffset(),
};

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

export const systemRandom: Random = {
  // 256 is a multiple of 32, so the lowest five bits of a random byte are evenly spread.
  base32: (length) => Array.from(randomBytes(length), (byte) => ALPHABET.charAt(byte & 31)).join(''),
};
