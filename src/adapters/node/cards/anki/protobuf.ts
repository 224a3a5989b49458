/** As much of protobuf as Anki's packages need. https://protobuf.dev/programming-guides/encoding/ */

export type Field = readonly [number: number, value: number | Uint8Array];

/** The fields of a message in their order: numbers, and byte strings for all that has a length. Fixed-width fields are passed over. @throws RangeError when it is none. */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('a message ends too early');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a number is too long');
  };
  while (at < bytes.length) {
    const key = varint();
    const [number, wire] = [Math.floor(key / 8), key % 8];
    if (wire === 0) yield [number, varint()];
    else if (wire === 2) {
      const length = varint();
      if (at + length > bytes.length) throw new RangeError('a message ends too early');
      yield [number, bytes.subarray(at, at + length)];
      at += length;
    } else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else throw new RangeError(`unknown wire type ${wire}`);
  }
}

const decoder = new TextDecoder();

export function textField(bytes: Uint8Array, wanted: number): string {
  let text = '';
  for (const [number, value] of fieldsOf(bytes)) if (number === wanted && typeof value !== 'number') text = decoder.decode(value);
  return text;
}

export function numberField(bytes: Uint8Array, wanted: number): number {
  let result = 0;
  for (const [number, value] of fieldsOf(bytes)) if (number === wanted && typeof value === 'number') result = value;
  return result;
}
