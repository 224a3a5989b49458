/**
 * Numbers and records of a SQLite database, and as much of the SQL of its schema as its reading needs.
 * Format: https://www.sqlite.org/fileformat2.html#record_format
 */

/** A blob is not looked at, and is null. */
export type Value = string | number | null;

/** A number of one to nine bytes, and where it ends. */
export function varint(bytes: Buffer, at: number): readonly [value: number, after: number] {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes[at + index] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return [value, at + index + 1];
  }
  // Nine bytes are more than a number holds exactly: a negative rowid, which is not looked for here.
  return [value * 256 + (bytes[at + 8] ?? 0), at + 9];
}

/** The columns of a record; those that were added to the table later may be missing. */
export function valuesOf(record: Buffer): readonly Value[] {
  const [headSize, first] = varint(record, 0);
  const values: Value[] = [];
  let at = headSize;
  for (let head = first; head < headSize; ) {
    const [type, after] = varint(record, head);
    head = after;
    const size = type >= 12 ? (type - (type % 2 === 0 ? 12 : 13)) / 2 : (sizes[type] ?? 0);
    values.push(valueOf(record, type, at, size));
    at += size;
  }
  return values;
}

/** Bytes by serial type. */
const sizes = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function valueOf(record: Buffer, type: number, at: number, size: number): Value {
  if (type >= 13 && type % 2 === 1) return record.toString('utf8', at, at + size);
  if (type >= 1 && type <= 5) return record.readIntBE(at, size);
  if (type === 6) return Number(record.readBigInt64BE(at));
  if (type === 7) return record.readDoubleBE(at);
  return type === 9 ? 1 : type === 8 ? 0 : null;
}

/** What stands between the outer parentheses of a statement, at its commas. */
export function definitionsOf(sql: string): readonly string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: sign, index } of sql.matchAll(/[(),]|'[^']*'|`[^`]*`|"[^"]*"/g)) {
    if (sign === '(' && depth++ === 0) start = index + 1;
    const isEnd = sign === ')' && --depth === 0;
    if (isEnd || (sign === ',' && depth === 1)) {
      parts.push(sql.slice(start, index).trim());
      start = index + 1;
    }
    if (isEnd) break;
  }
  return parts;
}

/** The first name in a definition. */
export function nameOf(definition: string): string {
  return /^[`"[]?([\w$]+)/.exec(definition)?.[1] ?? '';
}
