/**
 * The hooks that tell Wheelhouse what Claude Code does, in its settings. Text in, text out: they stand
 * beside the user's own hooks, and what was put in is what is taken out.
 */
import { WheelhouseError } from '../base/errors.ts';
import { parseObject, removeAt, setAt } from '../base/jsonSplice.ts';
import type { Paths } from '../ports/paths.ts';
import { fieldsOf, listOf, textOf, type Fields } from './parsed.ts';

/** The event that the agent waits for: an edit of what another session has claimed is refused. For other tools it would cost a process for nothing. */
const BEFORE_EDIT = { event: 'PreToolUse', matcher: 'Edit|Write|MultiEdit|NotebookEdit' } as const;

/** That, and the events that tell of a session's state. */
const events = [BEFORE_EDIT.event, 'SessionStart', 'UserPromptSubmit', 'PermissionRequest', 'PermissionDenied', 'PostToolUse', 'PostToolUseFailure', 'Elicitation', 'ElicitationResult', 'PreCompact', 'PostCompact', 'Stop', 'StopFailure', 'SessionEnd'] as const;

/** Seconds after which the agent gives up on a hook that hangs. */
const TIMEOUT_S = 10;

/**
 * Where the hooks belong: those for one project in the settings that are the user's own there (not in
 * version control), those for all projects in the user's settings.
 * @param places.configFolder `CLAUDE_CONFIG_DIR`, when it is set.
 */
export function claudeHooksFile(paths: Pick<Paths, 'join'>, scope: 'workspace' | 'user', places: { readonly workspace: string; readonly home: string; readonly configFolder: string | undefined }): string {
  if (scope === 'workspace') return paths.join(places.workspace, '.claude', 'settings.local.json');
  return paths.join(places.configFolder || paths.join(places.home, '.claude'), 'settings.json');
}

export interface ClaudeHooks {
  /** The command line's launcher. Absolute. */
  readonly launcher: string;
  readonly windows?: boolean;
}

/** Which of the hooks are there: all that this version wants, some of them (another version's), or none. */
export function readClaudeHooks(text: string | undefined, file: string): 'all' | 'some' | 'none' {
  const hooks = hooksOf(text, file);
  const there = events.filter((event) => listOf(hooks?.[event]).some(isOurs));
  return there.length === events.length ? 'all' : there.length > 0 ? 'some' : 'none';
}

/**
 * The settings with our hooks in them, each after the user's own of the same event.
 * @param text undefined when there is no file. @param file Its name, for errors.
 * @returns The same text when nothing has to change. @throws WheelhouseError `invalid-input` for what is no settings file.
 */
export function addClaudeHooks(text: string | undefined, file: string, options: ClaudeHooks): string {
  if (text === undefined || text.trim() === '') return fresh(options);
  let result = text;
  for (const event of events) {
    const entries = hooksOf(result, file)?.[event];
    if (entries === undefined) {
      result = setAt(result, ['hooks', event], [entryFor(event, options)]);
      continue;
    }
    const list = listIn(entries, event, file);
    const index = list.findIndex(isOurs);
    if (index < 0) result = setAt(result, ['hooks', event, list.length], entryFor(event, options));
    else if (JSON.stringify(list[index]) !== JSON.stringify(entryFor(event, options))) result = replaceCommand(result, event, index, list[index], options);
  }
  return result;
}

/**
 * The settings without our hooks; undefined when the file held nothing else and was made by us.
 * @throws WheelhouseError as `addClaudeHooks`.
 */
export function removeClaudeHooks(text: string | undefined, file: string): string | undefined {
  if (text === undefined || text.trim() === '') return text;
  let result = text;
  let last: string | undefined;
  for (const [event, entries] of Object.entries(hooksOf(text, file) ?? {})) {
    const list = listOf(entries);
    const ours = list.flatMap((entry, index) => (isOurs(entry) ? [index] : []));
    if (ours.length === 0) continue;
    let left = list.length;
    for (const index of ours.reverse()) {
      const commands = commandsOf(list[index]);
      last = commands.find(isOurCommand);
      // A command that the user has put beside ours stays.
      const others = commands.some((command) => !isOurCommand(command));
      if (others) for (const at of commands.flatMap((command, each) => (isOurCommand(command) ? [each] : [])).reverse()) result = removeAt(result, ['hooks', event, index, 'hooks', at]);
      else result = removeAt(result, ['hooks', event, index]);
      if (!others) left--;
    }
    if (left === 0) result = removeAt(result, ['hooks', event]);
  }
  if (last === undefined) return text;
  if (Object.keys(hooksOf(result, file) ?? {}).length === 0) result = removeAt(result, ['hooks']);
  return text === withCommand(last) ? undefined : result;
}

function fresh(options: ClaudeHooks): string {
  return withCommand(commandFor(options));
}

function withCommand(command: string): string {
  return `${JSON.stringify({ hooks: Object.fromEntries(events.map((event) => [event, [entry(event, command)]])) }, null, 2)}\n`;
}

function entryFor(event: string, options: ClaudeHooks): unknown {
  return entry(event, commandFor(options));
}

function entry(event: string, command: string): unknown {
  const before = event === BEFORE_EDIT.event;
  // Of the others the agent waits only for the last, which would die with it.
  const waits = before || event === 'SessionEnd';
  return { ...(before && { matcher: BEFORE_EDIT.matcher }), hooks: [{ type: 'command', command, timeout: TIMEOUT_S, ...(!waits && { async: true }) }] };
}

/** One text for the shell, which every version understands. It never fails: exit code 2 would stop the agent. */
function commandFor({ launcher, windows }: ClaudeHooks): string {
  return windows === true ? `"${launcher}" hook` : `'${launcher.replaceAll("'", "'\\''")}' hook || exit 0`;
}

function replaceCommand(text: string, event: string, index: number, ours: unknown, options: ClaudeHooks): string {
  const at = commandsOf(ours).findIndex(isOurCommand);
  return setAt(text, ['hooks', event, index, 'hooks', at, 'command'], commandFor(options));
}

function isOurs(value: unknown): boolean {
  return commandsOf(value).some(isOurCommand);
}

function commandsOf(value: unknown): string[] {
  return listOf(fieldsOf(value)?.['hooks']).map((hook) => textOf(fieldsOf(hook)?.['command']) ?? '');
}

/** Ours is what starts a launcher of ours, wherever that was when it was written. */
function isOurCommand(command: string): boolean {
  return /[\\/]bin[\\/]wheelhouse(\.cmd)?['"]? hook( \|\| exit 0)?$/.test(command);
}

function hooksOf(text: string | undefined, file: string): Fields | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const hooks = parseObject(text, file)['hooks'];
  if (hooks === undefined || fieldsOf(hooks) !== undefined) return fieldsOf(hooks);
  throw new WheelhouseError('invalid-input', `"hooks" in ${file} is not a JSON object, so nothing was changed. Correct it and try again.`);
}

function listIn(entries: unknown, event: string, file: string): readonly unknown[] {
  if (Array.isArray(entries)) return entries;
  throw new WheelhouseError('invalid-input', `"hooks.${event}" in ${file} is not a list, so nothing was changed. Correct it and try again.`);
}
