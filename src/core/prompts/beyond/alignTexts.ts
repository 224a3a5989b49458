/** What texts have in common, token by token and in order. */

/** Longer texts are compared in their beginning only; the table of a comparison has its square. */
const MOST_TOKENS = 400;

/** Addresses, files and words with what belongs to them; spaces; and every other sign by itself. Together they are the text. */
const TOKEN = /https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?]|#\d+|[~.]?[\p{L}\p{N}_./@$-]*[\p{L}\p{N}_$](?:\(\))?|\s+|[^]/gu;

export function tokensOf(text: string): string[] {
  const tokens = text.match(TOKEN) ?? [];
  // The rest of a very long text is one token, the same or not.
  return tokens.length <= MOST_TOKENS ? tokens : [...tokens.slice(0, MOST_TOKENS), tokens.slice(MOST_TOKENS).join('')];
}

/** A longest common subsequence. */
export function commonTokens(a: readonly string[], b: readonly string[]): string[] {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const common: string[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const token = a[i];
    if (token !== undefined && token === b[j]) {
      common.push(token);
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return withoutLonelySigns(common, a);
}

/** A space or a sign that only happens to be in both holds nothing together: fixed parts have words. */
function withoutLonelySigns(common: readonly string[], whole: readonly string[]): string[] {
  const kept: string[] = [];
  let next = 0;
  let run: string[] = [];
  const flush = () => {
    if (run.some((token) => /[\p{L}\p{N}]/u.test(token)) || run.length === whole.length) kept.push(...run);
    run = [];
  };
  for (const token of common) {
    const place = whole.indexOf(token, next);
    if (place !== next) flush();
    run.push(token);
    next = place + 1;
  }
  flush();
  return kept;
}

/** What stands before, between and behind the common tokens: one more text than there are tokens. */
export function gapsBetween(common: readonly string[], tokens: readonly string[]): string[] {
  const gaps: string[] = [];
  let from = 0;
  for (const token of common) {
    const place = tokens.indexOf(token, from);
    gaps.push(tokens.slice(from, place).join(''));
    from = place + 1;
  }
  return [...gaps, tokens.slice(from).join('')];
}
