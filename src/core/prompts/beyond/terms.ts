import { stopWords } from '../words/stopWords.ts';

const WORD = /[\p{L}_][\p{L}\p{N}\p{M}_]*/gu;
/** Of very long prompts, such as pasted logs, the beginning says what they are about. */
const LOOKED_AT = 4000;

/** Longer or with more digits, it is an id or a key and no word. */
const LONGEST = 24;
const MOST_DIGITS = 3;
/** Scripts without spaces have words of about two characters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** The words of a text that can tell what it is about, in lower case, as often as they stand there. */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  for (const [word] of text.slice(0, LOOKED_AT).toLowerCase().matchAll(WORD)) {
    if (UNSPACED.test(word)) for (let i = 0; i + 1 < word.length; i++) terms.push(word.slice(i, i + 2));
    else if (word.length > 2 && word.length <= LONGEST && !stopWords.has(word) && digitsOf(word) <= MOST_DIGITS) terms.push(word);
  }
  return terms;
}

function digitsOf(word: string): number {
  let digits = 0;
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) >= 48 && word.charCodeAt(i) <= 57) digits++;
  return digits;
}

/** Texts as vectors of weighted terms, each of length 1: row r has the entries from `starts[r]` to `starts[r + 1]`. */
export interface TermVectors {
  readonly vocabulary: readonly string[];
  /** In how many texts each term stands. */
  readonly frequency: Uint32Array;
  readonly starts: Uint32Array;
  readonly terms: Uint32Array;
  readonly weights: Float32Array;
  /** How often the term stands in the text. */
  readonly counts: Uint16Array;
}

export interface TermLimits {
  /** Terms in fewer texts tell nothing about the others. */
  readonly minTexts: number;
  /** Terms in a greater share of the texts tell nothing apart. */
  readonly maxShare: number;
}

/** TF-IDF: (1 + ln tf) · ln(n / df), each text scaled to length 1 (Salton and Buckley, 1988). */
export function termVectors(texts: readonly string[], { minTexts, maxShare }: TermLimits): TermVectors {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  const frequencies: number[] = [];
  const rows = texts.map((text) => {
    const counts = new Map<number, number>();
    for (const term of termsOf(text)) {
      let number = numbers.get(term);
      if (number === undefined) {
        number = words.push(term) - 1;
        numbers.set(term, number);
        frequencies.push(0);
      }
      const before = counts.get(number) ?? 0;
      if (before === 0) frequencies[number] = (frequencies[number] ?? 0) + 1;
      counts.set(number, before + 1);
    }
    return counts;
  });

  const most = Math.max(minTexts, texts.length * maxShare);
  const kept = new Int32Array(words.length).fill(-1);
  const vocabulary: string[] = [];
  for (const [number, word] of words.entries()) {
    const frequency = frequencies[number] ?? 0;
    if (frequency >= minTexts && frequency <= most) kept[number] = vocabulary.push(word) - 1;
  }
  const frequency = new Uint32Array(vocabulary.length);
  for (let number = 0; number < kept.length; number++) {
    const term = kept[number] ?? -1;
    if (term >= 0) frequency[term] = frequencies[number] ?? 0;
  }

  const starts = new Uint32Array(texts.length + 1);
  const total = rows.reduce((sum, row) => sum + row.size, 0);
  const [terms, weights, counts] = [new Uint32Array(total), new Float32Array(total), new Uint16Array(total)];
  let end = 0;
  for (const [row, found] of rows.entries()) {
    const start = end;
    let square = 0;
    for (const [number, count] of found) {
      const term = kept[number] ?? -1;
      if (term < 0) continue;
      const weight = (1 + Math.log(count)) * Math.log(Math.max(1.01, texts.length / (frequency[term] ?? 1)));
      terms[end] = term;
      counts[end] = Math.min(count, 65_535);
      weights[end] = weight;
      square += weight * weight;
      end++;
    }
    const length = Math.sqrt(square);
    for (let i = start; i < end; i++) weights[i] = (weights[i] ?? 0) / length;
    starts[row + 1] = end;
  }
  return { vocabulary, frequency, starts, terms: terms.slice(0, end), weights: weights.slice(0, end), counts: counts.slice(0, end) };
}

/** The cosine of two rows. */
export function similarity({ starts, terms, weights }: TermVectors, a: number, b: number): number {
  const of = new Map<number, number>();
  for (let i = starts[a] ?? 0; i < (starts[a + 1] ?? 0); i++) of.set(terms[i] ?? 0, weights[i] ?? 0);
  let sum = 0;
  for (let i = starts[b] ?? 0; i < (starts[b + 1] ?? 0); i++) sum += (of.get(terms[i] ?? 0) ?? 0) * (weights[i] ?? 0);
  return sum;
}
