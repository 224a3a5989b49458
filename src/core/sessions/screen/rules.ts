import { WheelhouseError, messageOf } from '../../base/errors.ts';
import type { Reason, ReasonKind, SessionState } from '../model.ts';

/** What runs in a terminal's pane. */
export const paneKinds = ['llm', 'editor', 'script', 'shell', 'other'] as const;
export type PaneKind = (typeof paneKinds)[number];

/** Tells what runs in a pane by the name of its program; the first that fits decides. */
export interface PaneRule {
  readonly id: string;
  readonly kind: PaneKind;
  readonly command: RegExp;
  /** For `llm`: whose screen rules hold. */
  readonly agent: string | undefined;
}

/** Tells what an agent does by what its pane shows; the first that fits decides. */
export interface ScreenRule {
  readonly id: string;
  /** `*` for those agents that have no rules of their own. */
  readonly agent: string;
  /** How many lines at the end of the screen count, blank ones left out. */
  readonly last: number;
  /** Each must match somewhere in those lines, joined by line breaks; `^` and `$` stand at the lines' ends. */
  readonly lines: readonly RegExp[];
  /** None of these may. */
  readonly not: readonly RegExp[];
  readonly title: RegExp | undefined;
  readonly command: RegExp | undefined;
  readonly state: Exclude<SessionState, 'done' | 'ended'>;
  /** In its detail `$<name>` stands for a named group of `lines`. */
  readonly reason: Reason | undefined;
}

export interface ScreenRules {
  readonly panes: readonly PaneRule[];
  readonly rules: readonly ScreenRule[];
}

/** The format of a rule file that is understood. */
const formatVersion = 1;
const states = ['waiting', 'error', 'idle', 'working'] as const;
const reasonKinds: readonly ReasonKind[] = ['approve', 'question', 'plan', 'trust', 'login', 'limit', 'input', 'api', 'finished', 'interrupted', 'started', 'tool', 'compact', 'background'];
const defaultLast = 10;

/**
 * Puts a user's rule file over the rules that there are: an entry with a known id takes that one's
 * place, `{"id": …, "off": true}` takes it out, and a new one comes before all others.
 * @param file The parsed content of a rule file.
 * @throws WheelhouseError `invalid-input` that names the entry and what is wrong with it; then nothing of the file counts.
 */
export function withRules(known: ScreenRules, file: unknown): ScreenRules {
  const { version, panes = [], rules = [] } = object(file, 'the file');
  if (version !== formatVersion) throw wrong('the file', `needs "version": ${formatVersion}`);
  return { panes: merge(known.panes, panes, 'panes', paneRule), rules: merge(known.rules, rules, 'rules', screenRule) };
}

export const noRules: ScreenRules = { panes: [], rules: [] };

function merge<T extends { readonly id: string }>(known: readonly T[], entries: unknown, name: string, read: (entry: Fields, where: string) => T): readonly T[] {
  if (!Array.isArray(entries)) throw wrong(`"${name}"`, 'is not a list');
  const own = entries.map((value: unknown, index) => {
    const entry = object(value, `${name}[${index}]`);
    const id = string(entry, 'id', `${name}[${index}]`);
    return { id, rule: entry['off'] === true ? undefined : read(entry, `rule "${id}"`) };
  });
  const replaced = new Map(own.map(({ id, rule }) => [id, rule]));
  const isKnown = new Set(known.map(({ id }) => id));
  return [
    ...own.flatMap(({ id, rule }) => (isKnown.has(id) || rule === undefined ? [] : [rule])),
    ...known.flatMap((rule) => (replaced.has(rule.id) ? (replaced.get(rule.id) ?? []) : [rule])),
  ];
}

function paneRule(entry: Fields, where: string): PaneRule {
  return {
    id: string(entry, 'id', where),
    kind: oneOf(entry['kind'], paneKinds, `${where}: "kind"`),
    command: pattern(entry['command'], `${where}: "command"`),
    agent: entry['agent'] === undefined ? undefined : string(entry, 'agent', where),
  };
}

function screenRule(entry: Fields, where: string): ScreenRule {
  const when = object(entry['when'], `${where}: "when"`);
  const last = when['last'] ?? defaultLast;
  if (typeof last !== 'number' || !Number.isInteger(last) || last < 1) throw wrong(`${where}: "last"`, 'is not a number of lines');
  const optional = (field: string) => (when[field] === undefined ? undefined : pattern(when[field], `${where}: "${field}"`));
  return {
    id: string(entry, 'id', where),
    agent: string(entry, 'agent', where),
    last,
    lines: patterns(when['lines'], `${where}: "lines"`),
    not: patterns(when['not'], `${where}: "not"`),
    title: optional('title'),
    command: optional('command'),
    state: oneOf(entry['state'], states, `${where}: "state"`),
    reason: entry['reason'] === undefined ? undefined : reason(object(entry['reason'], `${where}: "reason"`), where),
  };
}

function reason(entry: Fields, where: string): Reason {
  const kind = oneOf(entry['kind'], reasonKinds, `${where}: the reason's "kind"`);
  return entry['detail'] === undefined ? { kind } : { kind, detail: string(entry, 'detail', where) };
}

type Fields = Readonly<Record<string, unknown>>;

function object(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(where, 'is not an object');
  return value as Fields;
}

function string(entry: Fields, field: string, where: string): string {
  const value = entry[field];
  if (typeof value !== 'string' || value === '') throw wrong(where, `has no "${field}"`);
  return value;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], where: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw wrong(where, `is none of ${allowed.join(', ')}`);
  return found;
}

function patterns(value: unknown, where: string): readonly RegExp[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw wrong(where, 'is not a list of regular expressions');
  return value.map((each: unknown) => pattern(each, where));
}

function pattern(value: unknown, where: string): RegExp {
  if (typeof value !== 'string') throw wrong(where, 'is not a regular expression');
  try {
    return new RegExp(value, 'mu');
  } catch (error) {
    throw wrong(where, `is no valid regular expression (${messageOf(error)})`);
  }
}

function wrong(where: string, what: string): WheelhouseError {
  return new WheelhouseError('invalid-input', `The screen rules are not used: ${where} ${what}.`);
}
