/**
 * The words and signs of a POSIX shell script (with the parts of bash that agents use), as the shell's
 * grammar has them: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean; readonly otherwise?: readonly Part[] }
  /** `$(…)` and backticks; `<(…)` and `>(…)` name a file that is none of the disk's. */
  | { readonly kind: 'commands'; readonly script: string; readonly quoted: boolean }
  | { readonly kind: 'unknown' };

export type Token =
  | { readonly kind: 'sign'; readonly sign: string }
  | { readonly kind: 'word'; readonly parts: readonly Part[]; readonly bare: string | undefined }
  /** Where its end was quoted, nothing in it is expanded. */
  | { readonly kind: 'heredoc'; readonly body: string; readonly quoted: boolean };

/** An unquoted sign that means something stands for itself in the private use area, so that a quoted one stays a letter. */
export const marks = { '*': '\ue000', '?': '\ue001', '[': '\ue002', '{': '\ue003', ',': '\ue004', '}': '\ue005', '~': '\ue006' } as const;
const plain: Readonly<Record<string, string>> = Object.fromEntries(Object.entries(marks).map(([sign, mark]) => [mark, sign]));

/** The text as it was written. */
export function unmarked(text: string): string {
  return text.replace(/[\ue000-\ue006]/g, (mark) => plain[mark] ?? mark);
}

const SIGNS = ['&>>', '<<-', '<<<', ';;&', '&&', '||', ';;', ';&', '|&', '>>', '<<', '<&', '>&', '<>', '>|', '&>', '\n', ';', '&', '|', '(', ')', '<', '>'] as const;

export function lex(script: string): Token[] {
  return new Lexer(script).tokens();
}

/** What is expanded in a text that stands as if between double quotes, such as the body of a here-document. */
export function partsIn(text: string): Part[] {
  return new Lexer(text).quotedParts();
}

interface Heredoc {
  readonly end: string;
  readonly indented: boolean;
  readonly quoted: boolean;
}

class Lexer {
  readonly #text: string;
  #at = 0;
  readonly #tokens: Token[] = [];
  /** Here-documents whose bodies come after the next line end. */
  #pending: Heredoc[] = [];

  constructor(text: string) {
    this.#text = text.replace(/\\\r?\n/g, '').replaceAll('\r\n', '\n');
  }

  tokens(): Token[] {
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      if (char === ' ' || char === '\t') this.#at++;
      else if (char === '#') this.#at = this.#lineEnd(this.#at);
      else if (!this.#process() && !this.#sign()) this.#word();
    }
    return this.#tokens;
  }

  quotedParts(): Part[] {
    return this.#doubleQuoted('');
  }

  #process(): boolean {
    if (!/^[<>]\(/.test(this.#text.slice(this.#at, this.#at + 2))) return false;
    this.#at += 2;
    this.#tokens.push({ kind: 'word', parts: [{ kind: 'commands', script: this.#balanced('(', ')', true), quoted: true }], bare: undefined });
    return true;
  }

  #sign(): boolean {
    const sign = SIGNS.find((each) => this.#text.startsWith(each, this.#at));
    if (sign === undefined) return false;
    this.#at += sign.length;
    this.#tokens.push({ kind: 'sign', sign });
    if (sign === '<<' || sign === '<<-') this.#pending.push(this.#heredocStart(sign === '<<-'));
    if (sign === '\n') this.#heredocs();
    return true;
  }

  #heredocStart(indented: boolean): Heredoc {
    const [all = '', end = ''] = /^[ \t]*([^\s;&|<>()]+)/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += all.length;
    const plainEnd = end.replace(/['"\\]/g, '');
    return { end: plainEnd, indented, quoted: plainEnd !== end };
  }

  #heredocs(): void {
    for (const heredoc of this.#pending) this.#tokens.push({ kind: 'heredoc', body: this.#heredocBody(heredoc), quoted: heredoc.quoted });
    this.#pending = [];
  }

  #heredocBody({ end, indented }: Heredoc): string {
    const lines: string[] = [];
    while (this.#at < this.#text.length) {
      const next = this.#lineEnd(this.#at);
      const line = this.#text.slice(this.#at, next);
      this.#at = next + 1;
      if ((indented ? line.replace(/^\t+/, '') : line) === end) break;
      lines.push(line);
    }
    return lines.join('\n');
  }

  #word(): void {
    const start = this.#at;
    const parts: Part[] = [];
    let text = '';
    let quotes = false;
    const flush = () => {
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
    };
    for (; this.#at < this.#text.length; ) {
      const char = this.#text.charAt(this.#at);
      if (/[\s;&|<>()]/.test(char)) break;
      if (char === '\\') {
        text += this.#text.charAt(this.#at + 1);
        this.#at += 2;
        quotes = true;
      } else if (char === "'") {
        const end = this.#text.indexOf("'", this.#at + 1);
        text += this.#text.slice(this.#at + 1, end < 0 ? undefined : end);
        this.#at = end < 0 ? this.#text.length : end + 1;
        quotes = true;
      } else if (char === '"') {
        flush();
        this.#at++;
        parts.push(...this.#doubleQuoted());
        quotes = true;
      } else if (char === '$' || char === '`') {
        flush();
        parts.push(this.#expansion(false));
      } else {
        text += char === '~' && (this.#at > start && !/[=:]$/.test(text)) ? char : ((marks as Readonly<Record<string, string>>)[char] ?? char);
        this.#at++;
      }
    }
    flush();
    const bare = !quotes && parts.every(({ kind }) => kind === 'text') ? this.#text.slice(start, this.#at) : undefined;
    this.#tokens.push({ kind: 'word', parts: parts.length === 0 ? [{ kind: 'text', text: '' }] : parts, bare });
  }

  #doubleQuoted(end = '"'): Part[] {
    const parts: Part[] = [];
    let text = '';
    const flush = () => {
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
    };
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      if (char === end) {
        this.#at++;
        break;
      }
      if (char === '\\') {
        const next = this.#text.charAt(this.#at + 1);
        text += '$`"\\'.includes(next) ? next : `\\${next}`;
        this.#at += 2;
      } else if (char === '$' || char === '`') {
        flush();
        parts.push(this.#expansion(true));
      } else {
        text += char;
        this.#at++;
      }
    }
    flush();
    return parts;
  }

  #expansion(quoted: boolean): Part {
    const rest = this.#text.slice(this.#at, this.#at + 200);
    if (rest.startsWith('`')) {
      const end = this.#text.indexOf('`', this.#at + 1);
      const script = this.#text.slice(this.#at + 1, end < 0 ? undefined : end);
      this.#at = end < 0 ? this.#text.length : end + 1;
      return { kind: 'commands', script: script.replace(/\\([`$\\])/g, '$1'), quoted };
    }
    if (rest.startsWith('$((')) {
      this.#at += 2;
      this.#balanced('(', ')');
      return { kind: 'unknown' };
    }
    if (rest.startsWith('$(')) {
      this.#at += 2;
      return { kind: 'commands', script: this.#balanced('(', ')', true), quoted };
    }
    if (rest.startsWith('${')) {
      this.#at += 2;
      return parameter(this.#balanced('{', '}'), quoted);
    }
    if (rest.startsWith("$'") && !quoted) {
      const [all = '', body = ''] = /^\$'((?:[^'\\]|\\[\s\S])*)'?/.exec(this.#text.slice(this.#at)) ?? [];
      this.#at += all.length;
      return { kind: 'text', text: unescaped(body) };
    }
    const [, name = ''] = /^\$([A-Za-z_]\w*|[0-9@*#?$!-])/.exec(rest) ?? [];
    this.#at += 1 + name.length;
    return name === '' ? { kind: 'text', text: '$' } : { kind: 'variable', name, quoted };
  }

  /** What stands up to the closing sign; quotes hide signs, and in a script so do comments and here-documents. */
  #balanced(open: string, close: string, isScript = false): string {
    const start = this.#at;
    let heredocs: Heredoc[] = [];
    for (let depth = 1; this.#at < this.#text.length; this.#at++) {
      const char = this.#text.charAt(this.#at);
      if (char === '\\') this.#at++;
      else if (isScript && char === '(' && /^\(\([^()'"\n]*\)\)/.test(this.#text.slice(this.#at, this.#at + 200))) this.#at = this.#text.indexOf('))', this.#at) + 1;
      else if (isScript && char === '<' && this.#text.startsWith('<<', this.#at)) {
        const [sign = ''] = /^<<[<-]?/.exec(this.#text.slice(this.#at, this.#at + 3)) ?? [];
        this.#at += sign.length;
        if (sign !== '<<<') heredocs.push(this.#heredocStart(sign === '<<-'));
        this.#at--;
      } else if (char === '\n' && heredocs.length > 0) {
        this.#at++;
        for (const heredoc of heredocs) this.#heredocBody(heredoc);
        heredocs = [];
        this.#at--;
      } else if (isScript && char === '#' && /[\s;&|(]/.test(this.#text.charAt(this.#at - 1))) this.#at = this.#lineEnd(this.#at) - 1;
      else if (char === "'") this.#at = indexOr(this.#text.indexOf("'", this.#at + 1), this.#text.length);
      else if (char === '"') this.#skipDoubleQuoted();
      else if (char === open) depth++;
      else if (char === close && --depth === 0) return this.#text.slice(start, this.#at++);
    }
    return this.#text.slice(start);
  }

  #skipDoubleQuoted(): void {
    for (this.#at++; this.#at < this.#text.length && this.#text.charAt(this.#at) !== '"'; this.#at++) if (this.#text.charAt(this.#at) === '\\') this.#at++;
  }

  #lineEnd(from: number): number {
    return indexOr(this.#text.indexOf('\n', from), this.#text.length);
  }
}

/** The inside of `${…}`. */
function parameter(inside: string, quoted: boolean): Part {
  const [, name, otherwise] = /^([A-Za-z_]\w*|[0-9@*#?$!-])(?:\[[^\]]*\])?(?::?[-=+]([\s\S]*))?$/.exec(inside) ?? [];
  if (name === undefined) return { kind: 'unknown' };
  if (otherwise === undefined) return { kind: 'variable', name, quoted };
  const [word] = lex(otherwise);
  return { kind: 'variable', name, quoted, otherwise: word?.kind === 'word' ? word.parts : [] };
}

/** `$'…'`. */
function unescaped(body: string): string {
  const letters: Readonly<Record<string, string>> = { a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
  return body.replace(/\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|c([\s\S])|([\s\S]))/g, (_all, hex?: string, short?: string, long?: string, octal?: string, control?: string, char?: string) => {
    const code = hex ?? short ?? long;
    if (code !== undefined) return codePoint(parseInt(code, 16));
    if (octal !== undefined) return codePoint(parseInt(octal, 8));
    return control !== undefined ? codePoint(control.charCodeAt(0) & 31) : (letters[char ?? ''] ?? char ?? '');
  });
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function indexOr(index: number, otherwise: number): number {
  return index < 0 ? otherwise : index;
}
