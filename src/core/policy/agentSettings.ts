/** Our rules in the settings of Claude Code, beside the user's own: what was put in is what is taken out. Text in, text out. */
import { WheelhouseError } from '../base/errors.ts';
import { parseObject, removeAt, setAt, type JsonPath } from '../base/jsonSplice.ts';
import type { AgentRules } from './agentRules.ts';

/** What of a settings file is ours. Kept, because a rule has no place for a name. */
export interface Applied {
  /** Texts that were added to lists. */
  readonly lists: readonly { readonly path: readonly string[]; readonly added: readonly string[] }[];
  /** Values that were set, with what was there before; `null` for nothing. */
  readonly values: readonly { readonly path: readonly string[]; readonly set: unknown; readonly before: unknown }[];
  /** Objects and lists that were made for them, the inner ones first. */
  readonly made: readonly (readonly string[])[];
}

export interface SettingsChange {
  readonly text: string;
  readonly applied: Applied;
}

/**
 * The settings with our rules, each behind the user's own; a rule that the user has already is not ours.
 * @param text undefined when there is no file; else what `removeOurs` has left. @param file Its name, for errors.
 * @throws WheelhouseError `invalid-input` for what is no settings file.
 */
export function addOurs(text: string | undefined, file: string, { deny, ask, sandbox }: AgentRules): SettingsChange {
  let result = text === undefined || text.trim() === '' ? '{}\n' : text;
  const lists: Applied['lists'][number][] = [];
  const values: Applied['values'][number][] = [];
  const made: string[][] = [];

  const make = (path: readonly string[]) => {
    for (let depth = 1; depth <= path.length; depth++) {
      const part = path.slice(0, depth);
      if (valueAt(parseObject(result, file), part) === undefined && !made.some((each) => each.join('\0') === part.join('\0'))) made.unshift(part);
    }
  };
  const addTo = (path: string[], wanted: readonly string[]) => {
    const there = listAt(parseObject(result, file), path, file);
    const added = wanted.filter((each) => !there.includes(each));
    if (added.length === 0) return;
    make(path);
    if (there.length === 0) result = setAt(result, path, added);
    else for (const [index, each] of added.entries()) result = setAt(result, [...path, there.length + index], each);
    lists.push({ path, added });
  };
  const set = (path: string[], value: unknown) => {
    const settings = parseObject(result, file);
    checkHolders(settings, path, file);
    const before = valueAt(settings, path);
    if (before === value) return;
    make(path.slice(0, -1));
    result = setAt(result, path, value);
    values.push({ path, set: value, before: before ?? null });
  };

  addTo(['permissions', 'deny'], deny);
  addTo(['permissions', 'ask'], ask);
  if (sandbox !== undefined) {
    set(['sandbox', 'enabled'], true);
    // Else the agent asks for no command any more (seen with 2.1.197): who wants that has said so.
    const asks = ['sandbox', 'autoAllowBashIfSandboxed'];
    if (valueAt(parseObject(result, file), asks) === undefined) set(asks, false);
    if (sandbox.required) {
      set(['sandbox', 'failIfUnavailable'], true);
      set(['sandbox', 'allowUnsandboxedCommands'], false);
    }
    addTo(['sandbox', 'filesystem', 'denyRead'], sandbox.denyRead);
    addTo(['sandbox', 'filesystem', 'denyWrite'], sandbox.denyWrite);
  }
  return { text: result, applied: { lists, values, made } };
}

/**
 * The settings without what `addOurs` put in. What the user has changed since then is the user's.
 * @throws WheelhouseError as `addOurs`.
 */
export function removeOurs(text: string, file: string, { lists, values, made }: Applied): string {
  let result = text;
  for (const { path, added } of [...lists].reverse()) {
    const there = listAt(parseObject(result, file), path, file);
    // The last ones are ours: of a rule that stands twice, the user's own stays.
    for (const each of [...added].reverse()) {
      const index = there.lastIndexOf(each);
      if (index < 0) continue;
      result = removeAt(result, [...path, index]);
      there.splice(index, 1);
    }
  }
  for (const { path, set, before } of [...values].reverse()) {
    if (JSON.stringify(valueAt(parseObject(result, file), path)) !== JSON.stringify(set)) continue;
    result = before === null ? removeAt(result, path) : setAt(result, path, before);
  }
  for (const path of made) {
    const value = valueAt(parseObject(result, file), path);
    if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) result = removeAt(result, path);
  }
  return result;
}

function valueAt(settings: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined), settings);
}

function checkHolders(settings: unknown, path: readonly string[], file: string): void {
  for (let depth = 1; depth < path.length; depth++) {
    const value = valueAt(settings, path.slice(0, depth));
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) throw new WheelhouseError('invalid-input', `"${path.slice(0, depth).join('.')}" in ${file} is not a JSON object, so nothing was changed. Correct it and try again.`);
  }
}

function listAt(settings: unknown, path: readonly string[], file: string): unknown[] {
  checkHolders(settings, path, file);
  const list = valueAt(settings, path);
  if (list === undefined) return [];
  if (Array.isArray(list)) return list as unknown[];
  throw new WheelhouseError('invalid-input', `"${path.join('.')}" in ${file} is not a list, so nothing was changed. Correct it and try again.`);
}
