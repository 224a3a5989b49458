/** Reads a policy file. What is not understood is a problem with its line, never passed over. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { globOf, isLiteral, literalStart, type PatternPlace } from './glob.ts';
import { isList, keyAt, keysIn, type PolicyKey } from './keys.ts';
import type { Access, Decision, PathRule, PolicyPart, PolicyProblem, PolicyScope, Rule, RuleSource, SandboxWish } from './model.ts';

export interface PolicyFile extends PatternPlace {
  readonly scope: PolicyScope;
  /** Absolute. */
  readonly file: string;
  /** Where the links of a path lead; undefined when it does not exist. */
  readonly real?: (path: string) => string | undefined;
}

const MOST_RULES = 2000;
/** Who has mended so many sees the others. */
const MOST_PROBLEMS = 20;
const LONGEST_MESSAGE = 200;
const MOST_LENGTH = 1000;

/** @param text Of the whole file. */
export function parsePolicy(text: string, file: PolicyFile): PolicyPart {
  return new Reader(text, file).part();
}

class Reader {
  readonly #text: string;
  readonly #place: PolicyFile;
  readonly #lines = new LineCounter();
  readonly #problems: PolicyProblem[] = [];
  readonly #rules: Rule[] = [];
  readonly #values = new Map<string, unknown>();

  constructor(text: string, place: PolicyFile) {
    this.#text = text;
    this.#place = place;
  }

  part(): PolicyPart {
    // Aliases are for other documents; a file full of them would take for ever to resolve.
    const document = parseDocument(this.#text, { lineCounter: this.#lines, uniqueKeys: true, merge: false, version: '1.2' });
    for (const { message, pos } of [...document.errors, ...document.warnings]) this.#problem(pos[0], this.#explained(message, pos[0]));
    const top = document.contents;
    if (document.errors.length === 0 && top !== null) {
      if (isMap(top)) this.#section('', top);
      else this.#problem(top.range[0], 'a policy is a list of keys with values, such as "read:". See "wheelhouse policy init" for an example.');
    }
    if (this.#rules.length > MOST_RULES) this.#problem(0, `there are ${this.#rules.length} rules, and at most ${MOST_RULES} are read.`);
    const { scope, file } = this.#place;
    return {
      scope, file, rules: this.#rules, problems: this.#problems,
      unclear: (this.#values.get('commands.unclear') ?? 'allow') as Decision,
      failClosed: this.#values.get('failClosed') === true,
      sandbox: (this.#values.get('sandbox') ?? 'off') as SandboxWish,
    };
  }

  #section(name: string, node: Node): void {
    if (!isMap(node)) { this.#wrong(node, `"${name}" holds keys: ${keysIn(name).map((key) => key.path.slice(name.length + 1)).join(', ')}.`); return; }
    for (const { key, value } of node.items) {
      const at = isScalar(key) ? key : node;
      const word = isScalar(key) ? String(key.value) : '';
      const found = keyAt(name === '' ? word : `${name}.${word}`);
      if (found === undefined || (name === '' && word.includes('.'))) this.#wrong(at, `there is no "${name === '' ? word : `${name}.${word}`}". There are: ${keysIn(name).map(({ path }) => path.slice(name === '' ? 0 : name.length + 1)).join(', ')}.`);
      // A key with nothing behind it is an empty list.
      else if (value !== null && !(isScalar(value) && value.value === null)) this.#value(found, value as Node, at);
    }
  }

  #value(key: PolicyKey, node: Node, at: Node): void {
    if (key.kind === 'section') { this.#section(key.path, node); return; }
    if (isList(key)) { this.#list(key, node, at); return; }
    const value = this.#choice(key, isScalar(node) ? node.value : undefined);
    if (isValueOf(key, value)) this.#values.set(key.path, value);
    else this.#wrong(node, `"${key.path}" is ${key.kind === 'flag' ? 'true or false' : (key.choices ?? []).join(', ').replace(/, (?=[^,]*$)/, ' or ')}.`);
  }

  /** A program that follows an older YAML writes "off" and "on" as flags. */
  #choice(key: PolicyKey, value: unknown): unknown {
    return key.path === 'sandbox' && typeof value === 'boolean' ? (value ? 'on' : 'off') : value;
  }

  #list(key: PolicyKey, node: Node, at: Node): void {
    if (!isSeq(node)) { this.#wrong(node, `"${key.path}" is a list: a line with "- " for each.`); return; }
    const [section = '', word = ''] = key.path.split('.');
    const texts: { text: string; node: Node }[] = [];
    for (const item of node.items as Node[]) {
      if (!isScalar(item) || typeof item.value !== 'string') this.#wrong(item, isAlias(item) ? QUOTE : 'each entry is a text. Put it in quotes.');
      else if (item.value.length > MOST_LENGTH) this.#wrong(item, `an entry has at most ${MOST_LENGTH} characters.`);
      else texts.push({ text: item.value, node: item });
    }
    if (key.kind === 'commands') for (const { text, node: item } of texts) this.#command(word as 'ask' | 'deny', text, item);
    else if (key.kind === 'patterns') for (const { text, node: item } of texts) this.#pattern(section as Access, word as 'ask' | 'deny', text, item);
    else {
      const globs = texts.flatMap(({ text, node: item }) => this.#globs(text, item));
      this.#rules.push({ kind: 'only', pattern: texts.map(({ text }) => text).join(', '), access: section as Access, effect: 'deny', globs, source: this.#source(at) });
    }
  }

  #pattern(access: Access, effect: 'ask' | 'deny', pattern: string, node: Node): void {
    const globs = this.#globs(pattern, node);
    if (globs.length > 0) this.#rules.push({ kind: 'path', pattern, access, effect, globs, source: this.#source(node) } satisfies PathRule);
  }

  #globs(pattern: string, node: Node): string[] {
    const found = globOf(pattern, this.#place);
    if ('wrong' in found) {
      this.#wrong(node, found.wrong);
      return [];
    }
    const start = literalStart(found.glob);
    const real = start === '' || start.startsWith('**') ? undefined : this.#place.real?.(start);
    return real === undefined || real === start ? [found.glob] : [found.glob, isLiteral(found.glob) ? real : `${real}${found.glob.slice(start.length)}`];
  }

  #command(effect: 'ask' | 'deny', pattern: string, node: Node): void {
    const words = pattern.trim().split(/\s+/).filter((word) => word !== '*' && word !== '');
    if (words.length === 0) { this.#wrong(node, 'a rule about commands names at least the program.'); return; }
    if (/[|&;<>`()"']|\$/.test(pattern)) { this.#wrong(node, 'a rule is about one command: words and options, without quotes, pipes and variables.'); return; }
    this.#rules.push({ kind: 'command', pattern, effect, words, source: this.#source(node) });
  }

  #source(node: Node): RuleSource {
    return { scope: this.#place.scope, file: this.#place.file, line: this.#lines.linePos(node.range?.[0] ?? 0).line };
  }

  #wrong(node: Node, message: string): void {
    this.#problem(node.range?.[0] ?? 0, message);
  }

  #problem(offset: number, message: string): void {
    const { line, col } = this.#lines.linePos(offset);
    if (this.#problems.length >= MOST_PROBLEMS || this.#problems.some((known) => known.line === line)) return;
    this.#problems.push({ file: this.#place.file, line: Math.max(line, 1), column: Math.max(col, 1), message: readable(message) });
  }

  /** The first line of the parser's message; for the mistake that everybody makes, what to do. */
  #explained(message: string, offset: number): string {
    const line = this.#text.slice(this.#text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? '';
    return /^\s*-\s*[*&!|>%@`{[]/.test(line) ? QUOTE : `${message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? ''}.`;
  }
}

function isValueOf({ kind, choices }: PolicyKey, value: unknown): boolean {
  if (kind === 'version') return value === 1;
  return kind === 'flag' ? typeof value === 'boolean' : choices?.includes(String(value)) === true;
}

/** A parser quotes what it does not understand, and a file may be anything. */
function readable(message: string): string {
  const text = message.replace(/\p{C}+/gu, ' ');
  return text.length <= LONGEST_MESSAGE ? text : `${text.slice(0, LONGEST_MESSAGE).toWellFormed()}…`;
}

const QUOTE = 'an entry that begins with "*" or another sign of YAML has to be in quotes: - "*.env".';
