/** Where in a policy file the cursor is, by its lines: while somebody types, the whole is seldom good YAML. */
import { defaultPolicyText, isList, keyAt, keysIn, type PolicyKey } from '../../../core/policy/index.ts';

/** What can be written at a place. */
export interface Proposal {
  readonly label: string;
  readonly insert: string;
  readonly help: string;
  readonly kind: 'key' | 'value' | 'entry';
  /** Where what is replaced begins; 0-based. */
  readonly from: number;
}

/** The key that a line belongs to, such as `read.deny`; '' at the top. @param line 0-based. */
export function sectionAt(lines: readonly string[], line: number): string {
  let indent = indentOf(lines[line] ?? '');
  const words: string[] = [];
  for (let at = line - 1; at >= 0 && indent > 0; at--) {
    const text = lines[at] ?? '';
    const word = keyOf(text);
    if (word === undefined || indentOf(text) >= indent) continue;
    words.unshift(word);
    indent = indentOf(text);
  }
  return words.join('.');
}

/** The key that stands at a place, and from where to where. */
export function keyUnder(lines: readonly string[], line: number, character: number): { readonly key: PolicyKey; readonly start: number; readonly end: number } | undefined {
  const text = lines[line] ?? '';
  const word = keyOf(text);
  const start = indentOf(text);
  if (word === undefined || character < start || character > start + word.length) return undefined;
  const key = keyAt(pathOf(sectionAt(lines, line), word));
  return key && { key, start, end: start + word.length };
}

export function proposalsAt(lines: readonly string[], line: number, character: number): readonly Proposal[] {
  const text = (lines[line] ?? '').slice(0, character);
  if (/^\s*#/.test(text)) return [];
  const section = sectionAt(lines, line);
  const value = /^(\s*)(\w+):\s+(\S*)$/.exec(text);
  if (value) {
    const key = keyAt(pathOf(section, value[2] ?? ''));
    const choices = key?.kind === 'flag' ? ['true', 'false'] : (key?.choices ?? []);
    return choices.map((choice) => ({ label: choice, insert: choice, help: key?.help ?? '', kind: 'value', from: character - (value[3] ?? '').length }));
  }
  const entry = /^\s*-\s*(\S*)$/.exec(text);
  // An entry may be as far in as its key, so the nearest key above counts.
  if (entry) return entriesOf(listAbove(lines, line), lines, character - (entry[1] ?? '').length);
  if (!/^\s*\w*$/.test(text)) return [];
  const from = indentOf(text);
  if (section === '' && from > 0) return [];
  return keysIn(section).map((key) => {
    const word = key.path.slice(key.path.lastIndexOf('.') + 1);
    const goesOnBelow = key.kind === 'section' || isList(key);
    return { label: word, insert: `${word}:${goesOnBelow ? '' : ' '}`, help: key.help, kind: 'key', from } as const;
  });
}

/** What the default policy has in the same list, as far as it is not there yet. */
function entriesOf(path: string, lines: readonly string[], from: number): readonly Proposal[] {
  const key = keyAt(path);
  if (key === undefined || !isList(key)) return [];
  const there = new Set(lines.map((line) => /^\s*-\s+(.+?)\s*$/.exec(line)?.[1]));
  return usualEntries(path).filter((text) => !there.has(text)).map((text) => ({ label: text, insert: text, help: key.help, kind: 'entry', from }));
}

function usualEntries(path: string): readonly string[] {
  const lines = defaultPolicyText('repository').split('\n');
  return lines.flatMap((line, at) => {
    const entry = /^\s*-\s+(.+?)\s*$/.exec(line)?.[1];
    return entry !== undefined && listAbove(lines, at) === path ? [entry] : [];
  });
}

function listAbove(lines: readonly string[], line: number): string {
  for (let at = line - 1; at >= 0; at--) {
    const word = keyOf(lines[at] ?? '');
    if (word !== undefined) return pathOf(sectionAt(lines, at), word);
  }
  return '';
}

const pathOf = (section: string, word: string) => (section === '' ? word : `${section}.${word}`);
const indentOf = (text: string) => /^ */.exec(text)?.[0].length ?? 0;
const keyOf = (text: string) => /^ *(\w+):(\s|$)/.exec(text)?.[1];
