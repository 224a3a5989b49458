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

/** With a policy, every tool may be refused. */
const ANY_TOOL = '*';

/**
 * Which tools the agent asks about before it uses them. `closed`: all, and none is used when Wheelhouse does not
 * answer, which Windows' own shell cannot be told.
 */
export type ClaudeGate = 'edits' | 'all' | 'closed';

/** How a hook of ours knows that it must not let a call pass when it fails. */
const FAIL_CLOSED = 'WHEELHOUSE_FAIL_CLOSED=1 ';

/** That, and the events that tell of a session's state. */
const events = [BEFORE_EDIT.event, 'SessionStart', 'UserPromptSubmit', 'PermissionRequest', 'PermissionDenied', 'PostToolUse', 'PostToolUseFailure', 'Elicitation', 'ElicitationResult', 'PreCompact', 'PostCompact', 'Stop', 'StopFailure', 'SessionEnd'] as const;

/**
 * What else the agent waits for: the first tells it something, and before the others end a turn or a conversation
 * its record is completed. At the end of `claude -p`, one that is not waited for is killed.
 */
const WAITED_FOR: ReadonlySet<string> = new Set(['SessionStart', 'PreCompact', 'Stop', 'SessionEnd']);

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
  /** Default what is there already, else `edits`. */
  readonly gate?: ClaudeGate;
}

/** Which of the hooks are there: all that this version wants, some of them (another version's), or none. */
export function readClaudeHooks(text: string | undefined, file: string): 'all' | 'some' | 'none' {
  const hooks = hooksOf(text, file);
  // One that is not waited for as it should be is of another version.
  const there = events.filter((event) => listOf(hooks?.[event]).some((value) => isOurs(value) && isAsync(value) !== isAwaited(event)));
  const found = Object.values(hooks ?? {}).some((list) => listOf(list).some(isOurs));
  return there.length === events.length ? 'all' : found ? 'some' : 'none';
}

/** Which tools the hooks that are there ask about; undefined without one. @throws WheelhouseError for what is no settings file. */
export function readClaudeGate(text: string | undefined, file: string): { readonly gate: ClaudeGate; readonly command: string } | undefined {
  const entry = listOf(hooksOf(text, file)?.[BEFORE_EDIT.event]).find(isOurs);
  const command = commandsOf(entry).find(isOurCommand);
  return command === undefined ? undefined : { gate: gateOf(entry), command };
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
    else {
      const wanted = { gate: gateOf(list[index]), ...options };
      if (JSON.stringify(list[index]) !== JSON.stringify(entryFor(event, wanted))) result = brought(result, event, index, list[index], wanted);
    }
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
  return (['edits', 'all', 'closed'] as const).some((gate) => text === withCommand(last, gate)) ? undefined : result;
}

function fresh(options: ClaudeHooks): string {
  return withCommand(commandFor(options), options.gate);
}

function withCommand(command: string, gate?: ClaudeGate): string {
  return `${JSON.stringify({ hooks: Object.fromEntries(events.map((event) => [event, [entry(event, command, gate)]])) }, null, 2)}\n`;
}

function entryFor(event: string, options: ClaudeHooks): unknown {
  return entry(event, commandFor(options), options.gate);
}

function entry(event: string, command: string, gate: ClaudeGate = 'edits'): unknown {
  const before = event === BEFORE_EDIT.event;
  return { ...(before && { matcher: matcherOf(gate) }), hooks: [{ type: 'command', command: before ? gated(command, gate) : command, timeout: TIMEOUT_S, ...(!isAwaited(event) && { async: true }) }] };
}

/** One text for the shell, which every version understands. It never fails: exit code 2 would stop the agent. */
function commandFor({ launcher, windows }: ClaudeHooks): string {
  return windows === true ? `"${launcher}" hook` : `'${launcher.replaceAll("'", "'\\''")}' hook || exit 0`;
}

function matcherOf(gate: ClaudeGate): string {
  return gate === 'edits' ? BEFORE_EDIT.matcher : ANY_TOOL;
}

/** The one command that may stop the agent when it fails: exit code 2 denies the call. */
function gated(command: string, gate: ClaudeGate): string {
  return gate === 'closed' && command.endsWith(' || exit 0') ? `${FAIL_CLOSED}${command.slice(0, -1)}2` : command;
}

/** What an entry of ours asks about. */
function gateOf(ours: unknown): ClaudeGate {
  if (fieldsOf(ours)?.['matcher'] !== ANY_TOOL) return 'edits';
  return commandsOf(ours).some((command) => isOurCommand(command) && command.startsWith(FAIL_CLOSED)) ? 'closed' : 'all';
}

/** Our entry with this version's command, and waited for as this version wants it; what the user set beside that stays. */
function brought(text: string, event: string, index: number, ours: unknown, options: ClaudeHooks): string {
  const at = commandsOf(ours).findIndex(isOurCommand);
  const path = ['hooks', event, index, 'hooks', at];
  const isBefore = event === BEFORE_EDIT.event;
  const matched = isBefore ? setAt(text, ['hooks', event, index, 'matcher'], matcherOf(options.gate ?? 'edits')) : text;
  const command = setAt(matched, [...path, 'command'], isBefore ? gated(commandFor(options), options.gate ?? 'edits') : commandFor(options));
  if (isAsync(ours) !== isAwaited(event)) return command;
  return isAwaited(event) ? removeAt(command, [...path, 'async']) : setAt(command, [...path, 'async'], true);
}

/** Whether the agent goes on without waiting for our command in this entry. */
function isAsync(ours: unknown): boolean {
  const at = commandsOf(ours).findIndex(isOurCommand);
  return fieldsOf(listOf(fieldsOf(ours)?.['hooks'])[at])?.['async'] === true;
}

function isAwaited(event: string): boolean {
  return event === BEFORE_EDIT.event || WAITED_FOR.has(event);
}

function isOurs(value: unknown): boolean {
  return commandsOf(value).some(isOurCommand);
}

function commandsOf(value: unknown): string[] {
  return listOf(fieldsOf(value)?.['hooks']).map((hook) => textOf(fieldsOf(hook)?.['command']) ?? '');
}

/** Ours is what starts a launcher of ours, wherever that was when it was written. */
function isOurCommand(command: string): boolean {
  return /[\\/]bin[\\/]wheelhouse(\.cmd)?['"]? hook( \|\| exit [02])?$/.test(command);
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
