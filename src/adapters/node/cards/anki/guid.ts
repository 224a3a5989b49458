import { createHash } from 'node:crypto';

/** The characters that Anki writes guids with. */
const digits = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_`{|}~';

/** 64 bits in base 91, from the content: a second export of the same card is the same note. */
export function guidOf(content: string): string {
  let value = createHash('sha256').update(content).digest().readBigUInt64BE(0);
  let guid = '';
  for (; value > 0n; value /= 91n) guid = (digits[Number(value % 91n)] ?? '') + guid;
  return guid;
}
