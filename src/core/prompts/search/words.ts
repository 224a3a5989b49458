/** Scripts that are written without spaces: each of their characters is indexed as a word. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
const HAS_UNSPACED = new RegExp(UNSPACED.source, 'u');
/** What the tokenizer unicode61 of SQLite takes for a word. */
const WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** A text as it is given to the tokenizer: well-formed, and with spaces where the script has none. */
export function indexable(text: string): string {
  const whole = text.toWellFormed();
  return HAS_UNSPACED.test(whole) ? whole.replace(UNSPACED, ' $& ') : whole;
}

/** The words of a text, as the index has them but for their case and accents. */
export function wordsOf(text: string): readonly string[] {
  return indexable(text).match(WORD) ?? [];
}

export function isUnspaced(word: string): boolean {
  return HAS_UNSPACED.test(word);
}
