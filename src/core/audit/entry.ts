/** What is kept of one hook event: who tried what, on what, and what was said about it. */
import type { AuditDecision, AuditEntry, AuditKind, AuditPath } from './model.ts';
import { shortened, shortInput } from './shorten.ts';

/** What is asked of the machine. */
export interface EntryTools {
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  /** Makes a path absolute. */
  readonly resolve: (folder: string, path: string) => string;
  /** With links resolved; of what does not exist, those of the part that does. */
  readonly realPath: (path: string) => string;
}

type Fields = Readonly<Record<string, unknown>>;

const kinds: Readonly<Record<string, AuditKind>> = {
  PreToolUse: 'attempt',
  PermissionRequest: 'asked',
  PermissionDenied: 'denied',
  PostToolUse: 'succeeded',
  PostToolUseFailure: 'failed',
  UserPromptSubmit: 'turn',
  SessionStart: 'turn',
  Stop: 'turn',
  StopFailure: 'turn',
  SessionEnd: 'turn',
};

/** The fields of a tool's input that name files, in the order of their importance. */
const pathFields = ['file_path', 'notebook_path', 'path', 'directory', 'dir', 'folder', 'filename', 'file', 'paths', 'files'] as const;
const MOST_PATHS = 20;
const MOST_PATH = 4096;
const MOST_COMMAND = 1500;
const MOST_TEXT = 1000;
const MOST_NAME = 200;

/**
 * @param event What the agent gave its hook; nothing in it is relied on. @param at Milliseconds since the epoch.
 * @returns undefined for an event that tells of no tool call and of no turn.
 */
export function entryOf(event: Fields, at: number, tools: EntryTools, decision?: AuditDecision): AuditEntry | undefined {
  const name = event['hook_event_name'];
  const kind = typeof name === 'string' && Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  const session = textOf(event['session_id']);
  if (kind === undefined || session === undefined) return undefined;
  const short = (value: unknown, most: number) => optional(textOf(value), (text) => shortened(tools.redact, text, most));
  const title = short(event['session_title'], 200);
  if (kind === 'turn') return { at, kind, session, ...(title !== undefined && { name: title }) };

  const input = fieldsOf(event['tool_input']);
  const cwd = textOf(event['cwd'])?.slice(0, MOST_PATH);
  const tool = textOf(event['tool_name']) ?? 'unknown';
  const kept = shortInput(tools.redact, event['tool_input']);
  const paths = input === undefined ? [] : pathsOf(input, cwd ?? '/', tools);
  const fields = {
    name: title,
    agentId: short(event['agent_id'], 100),
    agentType: short(event['agent_type'], 100),
    mode: short(event['permission_mode'], 40),
    call: textOf(event['tool_use_id'])?.slice(0, 200),
    // Of the shortened input: what was shortened away tells two calls apart only by their order, and no secret is in it.
    digest: digestOf(`${tool.slice(0, MOST_NAME)}\n${kept ?? ''}`),
    tool: tool.slice(0, MOST_NAME),
    cwd,
    paths: paths.length > 0 ? paths : undefined,
    command: short(input?.['command'], MOST_COMMAND),
    input: kind === 'attempt' ? kept : undefined,
    verdict: kind === 'attempt' ? (decision?.verdict ?? 'allowed') : undefined,
    layer: decision?.layer,
    reason: decision?.reason === undefined ? short(kind === 'denied' ? event['reason'] : undefined, MOST_TEXT) : shortened(tools.redact, decision.reason, MOST_TEXT),
    rule: optional(decision?.rule, (rule) => rule.slice(0, MOST_TEXT)),
    ruleAt: decision?.ruleAt,
    near: optional(decision?.near, (near) => shortened(tools.redact, near, MOST_TEXT)),
    error: kind === 'failed' ? short(event['error'], MOST_TEXT) : undefined,
    interrupted: event['is_interrupt'] === true ? (true as const) : undefined,
    durationMs: durationOf(event['duration_ms']),
  };
  return { at, kind, session, ...defined(fields) };
}

function pathsOf(input: Fields, cwd: string, { resolve, realPath }: EntryTools): AuditPath[] {
  const named = pathFields.flatMap((field) => {
    const value = input[field];
    return Array.isArray(value) ? (value as unknown[]).slice(0, MOST_PATHS) : [value];
  });
  const texts = named.filter((value): value is string => typeof value === 'string' && value !== '' && value.length <= MOST_PATH && !/^[a-z][a-z0-9+.-]+:\/\//i.test(value));
  return [...new Set(texts)].slice(0, MOST_PATHS).map((text) => {
    const asked = resolve(cwd, text);
    const real = realPath(asked);
    return real === asked ? { asked } : { asked, real };
  });
}

/** 64 bits by which calls of one session are told apart: FNV-1a with two offsets. No secret depends on it, and a real hash would cost the agent half a millisecond. */
function digestOf(text: string): string {
  let [one, two] = [0x811c9dc5, 0x9747b28c];
  for (let i = 0; i < text.length; i++) {
    one = Math.imul(one ^ text.charCodeAt(i), 0x01000193);
    two = Math.imul(two ^ text.charCodeAt(i), 0x01000193);
  }
  return [one, two].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

function durationOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(value) : undefined;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const fieldsOf = (value: unknown): Fields | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined);

function optional<T, R>(value: T | undefined, then: (value: T) => R): R | undefined {
  return value === undefined ? undefined : then(value);
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the fields that have no value. */
function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
