/**
 * Reads JSON as people and language models write it: with prose and code fences around it, comments,
 * trailing or missing commas, single and typographic quotes, bare keys, line breaks and quotes inside
 * strings, cut off in the middle, several values one after the other. It is one pass, each character
 * is looked at a bounded number of times, and nothing is ever evaluated.
 */

const MAX_DEPTH = 64;

export interface LenientValues {
  /** The arrays and objects that stand on their own in the text. */
  readonly values: readonly object[];
  /** Objects that end before they are complete: cut off by the end of the text, or damaged by a mistake. */
  readonly incomplete: ReadonlyMap<object, 'cut' | 'damaged'>;
  /** Whether the text ends inside a value. */
  readonly cutOff: boolean;
  /** 1-based lines where it is no JSON by any of these rules. */
  readonly mistakes: readonly number[];
}

export function readLenientJson(text: string): LenientValues {
  const whole = strictValue(text);
  if (whole !== undefined) return { values: [whole], incomplete: new Map(), cutOff: false, mistakes: [] };
  return new Reader(text).read();
}

function strictValue(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Where the text stops being a value; what was read before it counts. Made once: a stack trace for each is dear. */
const MISTAKE = new Error('no JSON');
const CUT_OFF = new Error('cut off');

type Container = unknown[] | Record<string, unknown>;

class Reader {
  readonly #text: string;
  #at = 0;
  readonly #values: object[] = [];
  readonly #incomplete = new Map<object, 'cut' | 'damaged'>();
  readonly #mistakes: number[] = [];
  #counted = { at: 0, line: 1 };
  /** Containers not closed yet, outermost first. */
  #open: Container[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): LenientValues {
    let cutOff = false;
    const start = /[[{]/g;
    for (;;) {
      start.lastIndex = this.#at;
      const found = start.exec(this.#text);
      if (found === null) break;
      this.#at = found.index;
      this.#open = [];
      try {
        this.#values.push(this.#container());
      } catch (error) {
        if (error !== MISTAKE && error !== CUT_OFF) throw error;
        cutOff = error === CUT_OFF;
        this.#keepOpen(cutOff);
        this.#at = Math.max(this.#at, found.index + 1);
      }
    }
    return { values: this.#values, incomplete: this.#incomplete, cutOff, mistakes: this.#mistakes };
  }

  /** What was open at a mistake: arrays keep their complete elements, objects are marked. */
  #keepOpen(cutOff: boolean): void {
    const [outermost] = this.#open;
    if (outermost === undefined) return;
    const hasContent = Array.isArray(outermost) ? outermost.length > 0 : Object.keys(outermost).length > 0;
    if (!hasContent) return;
    for (const container of this.#open) if (!Array.isArray(container)) this.#incomplete.set(container, cutOff ? 'cut' : 'damaged');
    this.#values.push(outermost);
    if (!cutOff) this.#mistakes.push(this.#line());
  }

  #line(): number {
    let { at, line } = this.#counted;
    for (let next = this.#text.indexOf('\n', at); next !== -1 && next < this.#at; next = this.#text.indexOf('\n', at)) {
      line += 1;
      at = next + 1;
    }
    this.#counted = { at, line };
    return line;
  }

  #container(): Container {
    if (this.#open.length >= MAX_DEPTH) throw MISTAKE;
    const isArray = this.#text[this.#at] === '[';
    const container: Container = isArray ? [] : (Object.create(null) as Record<string, unknown>);
    const parent = this.#open.at(-1);
    // Put into its parent at once, so that what was read of it is there when the text is cut off.
    if (Array.isArray(parent)) parent.push(container);
    this.#open.push(container);
    this.#at += 1;
    if (Array.isArray(container)) this.#elements(container);
    else this.#members(container);
    this.#open.pop();
    return container;
  }

  #elements(array: unknown[]): void {
    for (;;) {
      const next = this.#skip(true);
      if (next === ']') break;
      if (next === '[' || next === '{') this.#container();
      else array.push(this.#scalar(next));
    }
    this.#at += 1;
  }

  #members(object: Record<string, unknown>): void {
    for (;;) {
      const next = this.#skip(true);
      if (next === '}') break;
      const key = closingQuotes(next) === undefined ? this.#word() : this.#string(next);
      const colon = this.#skip(false);
      if (colon !== ':' && colon !== '=') throw MISTAKE;
      this.#at += 1;
      const first = this.#skip(false);
      if (first === '[' || first === '{') {
        const held = this.#open.length;
        try {
          object[key] = this.#container();
        } catch (error) {
          // What was read of it is reachable from its object even when it is never closed.
          const child = this.#open[held];
          if (child !== undefined) object[key] = child;
          throw error;
        }
      } else {
        object[key] = this.#scalar(first);
      }
    }
    this.#at += 1;
  }

  #scalar(first: string): unknown {
    if (closingQuotes(first) !== undefined) return this.#string(first);
    if (!/[-+.\w]/.test(first)) throw MISTAKE;
    const word = this.#word();
    const known = literals.get(word);
    if (known !== undefined) return known.value;
    const number = Number(word);
    if (word === '' || Number.isNaN(number)) throw MISTAKE;
    return number;
  }

  /** A number, a literal or a bare key; at the end of the text it may be half of one. */
  #word(): string {
    const word = this.#text.slice(this.#at, endOf(wordCharacters, this.#text, this.#at));
    if (word === '') throw MISTAKE;
    this.#at += word.length;
    if (this.#at >= this.#text.length) throw CUT_OFF;
    return word;
  }

  #string(open: string): string {
    const text = this.#text;
    const stop = stops[closingQuotes(open) ?? '"'] ?? /["\\]/g;
    const from = this.#at + 1;
    stop.lastIndex = from;
    let hasEscapes = false;
    while (stop.test(text)) {
      const at = stop.lastIndex - 1;
      if (text[at] === '\\') {
        hasEscapes = true;
        stop.lastIndex = at + 2;
      } else if (this.#isEndOfString(at)) {
        this.#at = at + 1;
        const raw = text.slice(from, at);
        return hasEscapes ? unescaped(raw) : raw;
      }
    }
    this.#at = text.length;
    throw CUT_OFF;
  }

  /** A quote ends its string when something follows that may follow a string; else it is a quote inside. */
  #isEndOfString(at: number): boolean {
    const end = endOf(blanks, this.#text, at + 1);
    const next = this.#text[end];
    if (next === undefined || ',}]:='.includes(next)) return true;
    if (next === '/') return '/*'.includes(this.#text[end + 1] ?? ' ');
    // The comma was forgotten between lines.
    return closingQuotes(next) !== undefined && this.#text.slice(at + 1, end).includes('\n');
  }

  /** Goes over blanks, comments and, between elements, commas. @returns the character that follows. */
  #skip(commas: boolean): string {
    const text = this.#text;
    for (;;) {
      this.#at = endOf(commas ? blanksAndCommas : blanks, text, this.#at);
      const next = text[this.#at];
      if (next === undefined) throw CUT_OFF;
      if (next !== '/') return next;
      const line = text[this.#at + 1] === '/';
      if (!line && text[this.#at + 1] !== '*') throw MISTAKE;
      const end = text.indexOf(line ? '\n' : '*/', this.#at + 2);
      if (end === -1) {
        this.#at = text.length;
        throw CUT_OFF;
      }
      this.#at = end + (line ? 1 : 2);
    }
  }
}

const wordCharacters = /[-+.\w$]*/y;
const blanks = /[\s\uFEFF]*/y;
const blanksAndCommas = /[\s,;\uFEFF]*/y;
/** What to stop at inside a string, by the quotes that may end it. */
const stops: Readonly<Record<string, RegExp>> = { '"': /["\\]/g, "'": /['\\]/g, '“”': /[“”\\]/g, '’': /[’\\]/g };

/** Where a run of such characters that begins at `from` ends. */
function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  pattern.test(text);
  return pattern.lastIndex;
}

/** JSON's and those of Python and JavaScript. */
const literals = new Map<string, { value: unknown }>([
  ...(['true', 'True'] as const).map((name) => [name, { value: true }] as const),
  ...(['false', 'False'] as const).map((name) => [name, { value: false }] as const),
  ...(['null', 'None', 'undefined', 'NaN'] as const).map((name) => [name, { value: null }] as const),
]);

function closingQuotes(open: string): string | undefined {
  if (open === '"') return '"';
  if (open === "'") return "'";
  if (open === '“' || open === '”' || open === '„') return '“”';
  if (open === '‘' || open === '’') return '’';
  return undefined;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '"': '"', "'": "'", '\\': '\\', '/': '/', '\n': '' };

/** `\d` and the like stay as they are. */
function unescaped(raw: string): string {
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|([^]))/g, (whole, hex?: string, c?: string) => (hex === undefined ? (escapes[c ?? ''] ?? whole) : String.fromCharCode(parseInt(hex, 16))));
}
