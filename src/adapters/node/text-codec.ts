/**
 * Lossless text: a byte that is not part of valid UTF-8 becomes the lone surrogate U+DC80 + (byte -
 * 0x80), and such a surrogate becomes that byte again. Valid UTF-8 never decodes to a surrogate, so
 * every sequence of bytes survives the way there and back (Python's PEP 383, "surrogateescape").
 */

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function decodeText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeEscaping(bytes);
  }
}

export function encodeText(text: string): Uint8Array {
  return text.isWellFormed() ? Buffer.from(text, 'utf8') : encodeEscaped(text);
}

function decodeEscaping(bytes: Uint8Array): string {
  const parts: string[] = [];
  let valid = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(strict.decode(bytes.subarray(valid, at)), String.fromCharCode(0xdc00 + (bytes[at] ?? 0)));
    at += 1;
    valid = at;
  }
  parts.push(strict.decode(bytes.subarray(valid)));
  return parts.join('');
}

/** Bytes of the valid UTF-8 sequence that starts at `at`, or 0 (table 3-7 of the Unicode standard). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const second = bytes[at + 1] ?? 0;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = 2; i < length; i++) {
    if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

function encodeEscaped(text: string): Uint8Array {
  const parts: Uint8Array[] = [];
  let plain = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) {
      const next = text.charCodeAt(i + 1);
      if (next >= 0xdc00 && next <= 0xdfff) i += 1;
    } else if (unit >= 0xdc80 && unit <= 0xdcff) {
      parts.push(Buffer.from(text.slice(plain, i), 'utf8'), Uint8Array.of(unit - 0xdc00));
      plain = i + 1;
    }
  }
  parts.push(Buffer.from(text.slice(plain), 'utf8'));
  return Buffer.concat(parts);
}
