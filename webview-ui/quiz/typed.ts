/** What was typed, beside what was expected. */

export interface Segment {
  readonly text: string;
  /** `missing` was expected and not typed; `extra` was typed and not expected. */
  readonly kind: 'same' | 'missing' | 'extra';
}

/** Longer texts are compared as a whole: the table of the comparison grows with both. */
const most = 1_000;

/** Whether spaces and the case of letters are the only differences. */
export function isRight(expected: string, typed: string): boolean {
  return plain(expected) === plain(typed);
}

/** The two texts as one row of segments, character by character. */
export function compareTyped(expected: string, typed: string): readonly Segment[] {
  const wanted = letters(tidy(expected));
  const given = letters(tidy(typed));
  if (wanted.length > most || given.length > most) {
    return [
      ...(given.length > 0 ? [{ text: given.join(''), kind: 'extra' } as const] : []),
      { text: wanted.join(''), kind: 'missing' },
    ];
  }
  const equal = (a: string | undefined, b: string | undefined) => a?.toLowerCase() === b?.toLowerCase();
  /** `longest[i][j]`: of the common sequences of what follows i and j. */
  const longest = Array.from({ length: wanted.length + 1 }, () => new Uint16Array(given.length + 1));
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0;
  for (let i = wanted.length - 1; i >= 0; i--) {
    for (let j = given.length - 1; j >= 0; j--) {
      const row = longest[i];
      if (row) row[j] = equal(wanted[i], given[j]) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const segments: { text: string; kind: Segment['kind'] }[] = [];
  const put = (text: string, kind: Segment['kind']) => {
    const last = segments.at(-1);
    if (last?.kind === kind) last.text += text;
    else segments.push({ text, kind });
  };
  let i = 0;
  let j = 0;
  while (i < wanted.length || j < given.length) {
    if (i < wanted.length && j < given.length && equal(wanted[i], given[j])) {
      put(wanted[i] ?? '', 'same');
      i++;
      j++;
    } else if (j < given.length && (i === wanted.length || at(i, j + 1) > at(i + 1, j))) put(given[j++] ?? '', 'extra');
    else put(wanted[i++] ?? '', 'missing');
  }
  return segments;
}

/** As a reader sees them: a letter with its accents is one. */
const segmenter = new Intl.Segmenter();
const letters = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);
const tidy = (text: string) => text.normalize('NFC').trim().replace(/\s+/gu, ' ');
const plain = (text: string) => tidy(text).toLowerCase();
