/** What a word of a script may come to, as far as the script alone tells. */
import { lex, marks, unmarked, type Part } from './lex.ts';

export interface Scope {
  /** undefined: not known any more. */
  cwd: string | undefined;
  readonly home: string;
  /** All that a variable may hold; undefined: not known. */
  readonly variables: Map<string, readonly string[] | undefined>;
}

export interface Word {
  /** All that it may come to; `UNKNOWN` stands for what cannot be told. */
  readonly texts: readonly string[];
  /** The same, where an unquoted wildcard is in it: a pattern of files. */
  readonly patterns: readonly string[];
  readonly isKnown: boolean;
}

/** Stands for a part of a text that is not known; no path has it. */
export const UNKNOWN = '\ue00f';
const MOST_TEXTS = 64;

/** @param runs Told of the scripts in it, in order; it gives what they print when that is known. */
export function expand(parts: readonly Part[], scope: Scope, runs: (script: string) => readonly string[] | undefined): Word {
  let texts: string[] = [''];
  const extra: string[] = [];
  for (const part of parts) {
    const values = valuesOf(part, scope, runs);
    // An unquoted value falls apart at its spaces.
    if (part.kind !== 'text' && part.kind !== 'unknown' && !part.quoted) extra.push(...values.flatMap((value) => (/\s/.test(value) ? value.split(/\s+/).filter((piece) => piece !== '') : [])));
    texts = texts.flatMap((text) => values.map((value) => text + value)).slice(0, MOST_TEXTS);
  }
  const all = [...new Set([...texts, ...extra])].flatMap((text) => braces(text)).map((text) => tilde(text, scope.home)).slice(0, MOST_TEXTS);
  const wild = new RegExp(`[${marks['*']}${marks['?']}${marks['[']}]`);
  return { texts: all.map(unmarked), patterns: all.filter((text) => wild.test(text)).map(unmarked), isKnown: !all.some((text) => text.includes(UNKNOWN)) };
}

function valuesOf(part: Part, scope: Scope, runs: (script: string) => readonly string[] | undefined): readonly string[] {
  if (part.kind === 'text') return [part.text];
  if (part.kind === 'unknown') return [UNKNOWN];
  if (part.kind === 'commands') return runs(part.script) ?? [UNKNOWN];
  const known = variable(part.name, scope);
  if (part.otherwise === undefined) return known ?? [UNKNOWN];
  return [...(known ?? []), ...expand(part.otherwise, scope, runs).texts];
}

function variable(name: string, scope: Scope): readonly string[] | undefined {
  if (scope.variables.has(name)) return scope.variables.get(name);
  if (name === 'HOME') return [scope.home];
  return name === 'PWD' && scope.cwd !== undefined ? [scope.cwd] : undefined;
}

/** `~` and `~/…`, also behind `=`; the home folder of somebody else is not known. */
function tilde(text: string, home: string): string {
  return text.replace(new RegExp(`(^|[=:])${marks['~']}([^/]*)`, 'g'), (_all, before: string, user: string) => before + (user === '' ? home : user === '+' ? '.' : UNKNOWN));
}

/** `{a,b}`. */
function braces(text: string): string[] {
  const found = new RegExp(`${marks['{']}([^${marks['{']}${marks['}']}]*)${marks['}']}`).exec(text);
  if (!found || !(found[1] ?? '').includes(marks[','])) return [text];
  return (found[1] ?? '').split(marks[',']).flatMap((choice) => braces(text.slice(0, found.index) + choice + text.slice(found.index + found[0].length))).slice(0, MOST_TEXTS);
}

/** What a variable holds that is set to these words; a pattern among them is one again where the variable is used. */
export function valuesIn(words: readonly Word[]): readonly string[] | undefined {
  if (!words.every(({ isKnown }) => isKnown)) return undefined;
  return words.flatMap(({ texts, patterns }) => texts.map((text) => (patterns.includes(text) ? text.replace(/[*?[]/g, (sign) => marks[sign as '*' | '?' | '[']) : text)));
}

/** The words that a script or a function is given, as `$1`, `$@` and so on. */
export function setArguments(variables: Map<string, readonly string[] | undefined>, words: readonly Word[]): void {
  for (const [index, word] of words.slice(0, 9).entries()) variables.set(String(index + 1), valuesIn([word]));
  const all = valuesIn(words);
  for (const name of ['@', '*']) variables.set(name, all);
}

/** The words of a text that is a script again. */
export function wordsOf(script: string, scope: Scope): Word[] {
  return lex(script).flatMap((token) => (token.kind === 'word' ? [expand(token.parts, scope, () => undefined)] : []));
}
