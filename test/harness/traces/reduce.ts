// Takes out of what the client wrote everything that no reader of its files needs: its texts, this machine's paths, ids.

import { hostname } from 'node:os';

type Json = Readonly<Record<string, unknown>>;

export interface Names {
  /** Folders that are to read as something stable, longest first: `[path, replacement]`. */
  readonly paths: readonly (readonly [string, string])[];
  /** Moves a time of the recording to the time of the trace. */
  readonly moved: (at: number) => number;
}

export interface Reducer {
  registry(file: Json): Json;
  hook(event: Json): Json;
  transcript(line: Json): Json;
  title(title: string): string;
  screen(text: string): readonly string[];
  session(id: string): string;
}

const registryFields = ['pid', 'sessionId', 'cwd', 'startedAt', 'procStart', 'version', 'kind', 'entrypoint', 'name', 'status', 'waitingFor', 'updatedAt', 'statusUpdatedAt'];
const hookFields = [
  'hook_event_name', 'session_id', 'transcript_path', 'cwd', 'prompt_id', 'permission_mode', 'agent_id', 'agent_type', 'tool_name', 'tool_use_id', 'notification_type',
  'source', 'reason', 'error', 'is_interrupt', 'trigger',
];
const lineFields = ['type', 'subtype', 'timestamp', 'sessionId', 'cwd', 'isSidechain', 'isMeta', 'isCompactSummary', 'isApiErrorMessage', 'error', 'operation', 'lastPrompt', 'permissionMode'];
const inputFields = ['command', 'run_in_background', 'file_path', 'subagent_type'];
const blockFields = ['type', 'id', 'name', 'tool_use_id', 'is_error'];
/** What the client itself writes into a conversation and readers go by; of the rest only short texts, which are the script's, stay. */
const markers = /^(\[Request interrupted by user[^\]]*\]|<(?:command-name|local-command-stdout|local-command-caveat|task-notification|bash-input|bash-stdout)>)/;
const longestText = 60;

/** Lines that a screen rule may go by: prompts, choices, spinners and their notes, the footer, the questions of dialogs. */
const meaningful = /^[\s│]*[>❯☐☒]|^\s*\d+\. |^─{20,}|^\s*[·✢✳✶✻✽*] .*…|^✻ |\besc to |\bctrl\+\w to |Esc to|Enter to|\?\s*$|for shortcuts|mode on|still running|\d shells?\b|Interrupted|Compacting|API Error|hit your .* limit|Please run|Would you|Do you want|^ (?:\w+ )+(?:command|file)$|^\s*(?:Accessing|Login|Ready)\b|^\s+(?:touch|rm|sleep|ls|printf)\b/;
const screenLines = 24;
const longestLine = 100;
/** Of a choice its beginning: the rest is the client's explanation. */
const longestChoice = 44;

export function reducer({ paths, moved }: Names): Reducer {
  const ids = new Map<string, string>();
  const short = (prefix: string, id: string) => {
    const known = ids.get(id) ?? `${prefix}${[...ids.values()].filter((name) => name.startsWith(prefix)).length + 1}`;
    ids.set(id, known);
    return known;
  };
  const clean = (text: string) => {
    const placed = paths.reduce((result, [path, name]) => result.replaceAll(path, name), text);
    return placed.replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, (id) => short('id-', id));
  };
  const value = (of: unknown): unknown => {
    if (typeof of === 'string') {
      const time = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(of) ? Date.parse(of) : undefined;
      return time === undefined ? clean(of) : new Date(moved(time)).toISOString();
    }
    return of;
  };
  const pick = (from: Json, fields: readonly string[]): Json => Object.fromEntries(fields.flatMap((field) => (from[field] === undefined ? [] : [[field, value(from[field])]])));
  const text = (of: string) => (markers.exec(of)?.[0] ?? (of.length <= longestText ? clean(of) : ''));
  const input = (of: unknown): Json => {
    const whole = of as Json;
    const questions = Array.isArray(whole['questions']) ? { questions: (whole['questions'] as Json[]).map((question) => pick(question, ['question', 'header'])) } : {};
    return { ...pick(whole, inputFields), ...questions };
  };
  const block = (of: Json): Json => ({
    ...pick(of, blockFields),
    ...(typeof of['text'] === 'string' && { text: text(of['text']) }),
    ...(typeof of['input'] === 'object' && { input: input(of['input']) }),
  });
  const content = (of: unknown): unknown => (typeof of === 'string' ? text(of) : Array.isArray(of) ? (of as Json[]).map(block) : undefined);

  return {
    registry: (file) => ({
      ...pick(file, registryFields),
      ...Object.fromEntries(['startedAt', 'updatedAt', 'statusUpdatedAt'].flatMap((field) => (typeof file[field] === 'number' ? [[field, moved(file[field])]] : []))),
    }),
    hook: (event) => ({
      ...pick(event, hookFields),
      ...Object.fromEntries(['prompt', 'last_assistant_message'].flatMap((field) => (typeof event[field] === 'string' ? [[field, text(event[field])]] : []))),
      ...(typeof event['tool_input'] === 'object' && { tool_input: input(event['tool_input']) }),
      ...(Array.isArray(event['background_tasks']) && { background_tasks: (event['background_tasks'] as Json[]).map((task) => pick(task, ['id', 'type', 'status', 'description'])) }),
    }),
    transcript: (line) => {
      const message = line['message'] as Json | undefined;
      return {
        ...pick(line, lineFields),
        ...(typeof line['content'] === 'string' && { content: text(line['content']) }),
        ...(message !== undefined && { message: { ...pick(message, ['role', 'model', 'stop_reason']), content: content(message['content']) } }),
      };
    },
    // Before a program sets it the title is the machine's name; the glyph turns while the client works.
    title: (title) => (title === hostname() ? 'host' : clean(title)).replace(/^[\u2800-\u28ff]/, '⠂'),
    screen: (shown) => {
      const lines = clean(shown).trimEnd().split('\n').filter((line) => line.trim() !== '').slice(-screenLines);
      const reduced = lines.map((line) => (/^─{20,}$/.test(line) ? '─'.repeat(20) : meaningful.test(line) ? line.trimEnd().slice(0, /^[\s❯]*\d+\. /.test(line) ? longestChoice : longestLine) : '·'));
      return reduced.slice(Math.max(0, reduced.findIndex((line) => line !== '·')));
    },
    session: (id) => short('id-', id),
  };
}

/** Two screens that differ only in a spinner's glyph and in what it counts are one for a rule. */
export function sameScreen(one: readonly string[], other: readonly string[]): boolean {
  const still = (lines: readonly string[]) => lines.map((line) => line.replace(/^\s*[·✢✳✶✻✽*] .*…/, '✻ …').replace(/\d+/g, '0')).join('\n');
  return still(one) === still(other);
}
