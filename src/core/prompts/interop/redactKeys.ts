import type { Secret } from './redact.ts';

const edge = /-----(BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** Lines of a key whose end was cut off. */
const keyLines = /(?:(?:\s|\\[nrt])+(?:[A-Za-z0-9+/=]{20,80}(?![A-Za-z0-9+/=])|(?:Proc-Type|DEK-Info): [^\n]{0,80}))+/y;

/** Private keys as PEM or PGP blocks, whole or cut off. One pass over the edges; the words alone are no key. */
export function* privateKeys(text: string): Iterable<Secret> {
  if (!text.includes('-----BEGIN ')) return;
  let begin: RegExpExecArray | undefined;
  for (const found of text.matchAll(edge)) {
    if (found[1] === 'BEGIN') {
      if (begin !== undefined) yield* cutOff(text, begin);
      begin = found;
    } else if (begin !== undefined) {
      yield { kind: 'private key', start: begin.index, end: found.index + found[0].length };
      begin = undefined;
    }
  }
  if (begin !== undefined) yield* cutOff(text, begin);
}

function* cutOff(text: string, begin: RegExpExecArray): Iterable<Secret> {
  keyLines.lastIndex = begin.index + begin[0].length;
  if (keyLines.test(text)) yield { kind: 'private key', start: begin.index, end: keyLines.lastIndex };
}
