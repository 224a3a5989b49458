/** The lines of a text. Ends of line may be LF, CRLF or CR, as in VS Code; a final one opens an empty last line. */
export function splitLines(text: string): string[] {
  return text.includes('\r') ? text.split(/\r\n|\r|\n/) : text.split('\n');
}

/** The line without any white space: what a formatter leaves alone. */
export function squeeze(line: string): string {
  return line.replace(/\s+/g, '');
}

/** Columns of leading white space; a tab counts as 4. Infinity for a blank line. */
export function indentOf(line: string): number {
  let columns = 0;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === 32) columns += 1;
    else if (code === 9) columns += 4;
    else return columns;
  }
  return Infinity;
}

/** A line with fewer letters, digits and underscores than this ("}", "end") looks like many others. */
const INFORMATIVE_CHARACTERS = 6;

export function wordCharacters(line: string): number {
  return line.length > MEASURED_CHARACTERS ? MEASURED_CHARACTERS : (line.match(/[\p{L}\p{N}_]/gu)?.length ?? 0);
}

/** Of a longer line (minified code), only the beginning and the end are compared. */
const MEASURED_CHARACTERS = 400;

function measured(line: string): string {
  if (line.length <= MEASURED_CHARACTERS) return squeeze(line);
  return squeeze(line.slice(0, MEASURED_CHARACTERS / 2) + line.slice(-MEASURED_CHARACTERS / 2));
}

/** The lines of one text with what comparing them needs, worked out on first use. */
export class Lines {
  readonly texts: readonly string[];
  readonly #squeezed: (string | undefined)[] = [];
  readonly #bigrams: (Uint32Array | undefined)[] = [];
  readonly #words: (number | undefined)[] = [];

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  get count(): number {
    return this.texts.length;
  }

  text(index: number): string {
    return this.texts[index] ?? '';
  }

  squeezed(index: number): string {
    return (this.#squeezed[index] ??= measured(this.text(index)));
  }

  bigrams(index: number): Uint32Array {
    return (this.#bigrams[index] ??= bigramsOf(this.squeezed(index)));
  }

  isBlank(index: number): boolean {
    return this.squeezed(index) === '';
  }

  /** Letters, digits and underscores of the line. */
  words(index: number): number {
    return (this.#words[index] ??= wordCharacters(this.text(index)));
  }

  isInformative(index: number): boolean {
    return this.words(index) >= INFORMATIVE_CHARACTERS;
  }

  /** Indexes of up to `count` non-blank lines going up (`step` -1) or down (1) from a line, nearest first. */
  neighbours(index: number, step: -1 | 1, count: number): number[] {
    const found: number[] = [];
    // A long blank stretch is no context; do not walk through it.
    for (let i = index + step, walked = 0; i >= 0 && i < this.count && found.length < count && walked < 30; i += step, walked++) {
      if (!this.isBlank(i)) found.push(i);
    }
    return found;
  }
}

/** The pairs of adjacent UTF-16 units, sorted, with repetitions. */
export function bigramsOf(text: string): Uint32Array {
  const pairs = new Uint32Array(Math.max(0, text.length - 1));
  for (let i = 0; i < pairs.length; i++) pairs[i] = text.charCodeAt(i) * 0x10000 + text.charCodeAt(i + 1);
  return pairs.sort();
}

/**
 * Sørensen-Dice coefficient of two sorted bags of bigrams, 0 to 1.
 * Source: the string similarity of Dice (1945) over bigrams, as in Adamson and Boreham (1974).
 */
export function dice(a: Uint32Array, b: Uint32Array): number {
  if (a.length + b.length === 0) return 0;
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = a[i] as number;
    const y = b[j] as number;
    if (x === y) common++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return (2 * common) / (a.length + b.length);
}

/** How alike two lines are, white space aside: 1 for the same, 0 for nothing in common. */
export function similarity(a: Lines, i: number, b: Lines, j: number): number {
  if (a.squeezed(i) === b.squeezed(j)) return 1;
  return dice(a.bigrams(i), b.bigrams(j));
}
