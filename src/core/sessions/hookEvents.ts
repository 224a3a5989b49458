/**
 * Events that an agent reports through its hooks: what `wheelhouse hook` keeps of them, one line of
 * JSON each in a file of the session, and what those lines say. Prompts and answers are kept as the
 * one short line that lists show, tools as the description of their call.
 */
import { describeCall, describeQuestions } from './describe.ts';
import { failure } from './failure.ts';
import type { BackgroundTask, Evidence, SessionFacts } from './model.ts';
import { fieldsOf, listOf, numberOf, parseFields, textOf, type Fields } from './parsed.ts';
import { endOfTurn } from './question.ts';
import { recent } from './recent.ts';
import { Sequence } from './sequence.ts';
import { shortLine } from './shortText.ts';

type Said = Partial<Pick<Evidence, 'reason' | 'call' | 'provisional' | 'background'>> & { readonly state: Evidence['state'] };

/** A line of a session's file of events. */
export type HookLine = Said & {
  readonly at: number;
  /** The agent's name of the event. */
  readonly event: string;
  readonly prompt?: string;
  readonly answer?: string;
  readonly cwd?: string;
  readonly transcript?: string;
};

/** What to do with one event. */
export interface HookRecord {
  readonly session: string;
  readonly line: HookLine;
  /** Nothing that was kept before matters any more: a turn begins or the session is over. */
  readonly fresh: boolean;
}

const MOST_TASKS = 20;
/** The event by which a face says that the user has looked at the session. */
const LOOKED = 'Looked';
/** Session ids become file names. */
const SESSION_ID = /^[A-Za-z0-9_-]{1,100}$/;

export function isSessionId(id: string): boolean {
  return SESSION_ID.test(id);
}

/**
 * @param input What the agent wrote, parsed. @param at When the hook was started.
 * @returns undefined for an event that says nothing of the session's state, or is none.
 */
export function recordOf(input: unknown, at: number): HookRecord | undefined {
  const event = fieldsOf(input);
  const [session, name] = [textOf(event?.['session_id']), textOf(event?.['hook_event_name'])];
  if (event === undefined || session === undefined || !isSessionId(session) || name === undefined) return undefined;
  const said = whatItSays(name, event);
  if (said === undefined) return undefined;
  const prompt = name === 'UserPromptSubmit' ? textOf(event['prompt']) : undefined;
  const typed = prompt === undefined || /^\s*</.test(prompt) ? undefined : shortLine(prompt, 200);
  const answer = name === 'Stop' ? textOf(event['last_assistant_message']) : undefined;
  const [cwd, transcript] = [textOf(event['cwd']), textOf(event['transcript_path'])];
  const begins = name === 'UserPromptSubmit' || name === 'SessionStart' || name === 'SessionEnd';
  return {
    session,
    fresh: begins && said.state !== 'noted',
    line: {
      at,
      event: shortLine(name, 40),
      ...said,
      ...(typed !== undefined && { prompt: typed }),
      ...(answer !== undefined && { answer: shortLine(answer, 400) }),
      ...(begins && cwd !== undefined && { cwd }),
      ...(begins && transcript !== undefined && { transcript }),
    },
  };
}

export function lookedLine(at: number): HookLine {
  return { at, event: LOOKED, state: 'looked' };
}

function whatItSays(name: string, event: Fields): Said | undefined {
  switch (name) {
    case 'SessionStart':
      // A session that was compacted goes on with what it was at.
      return event['source'] === 'compact' ? undefined : { state: 'idle', reason: { kind: 'started' }, background: [] };
    case 'UserPromptSubmit':
      return { state: 'working' };
    case 'PreToolUse':
      return asksUser(event) ?? { state: 'working', call: callOf(event), reason: { kind: 'tool', detail: describe(event) } };
    case 'PermissionRequest':
      return asksUser(event) ?? { state: 'waiting', call: callOf(event), reason: { kind: 'approve', detail: describe(event) }, provisional: true };
    case 'PostToolUse':
    case 'PostToolUseFailure':
    case 'PermissionDenied':
      return { state: 'working', call: callOf(event) };
    case 'Elicitation': {
      const message = textOf(event['message']);
      return { state: 'waiting', call: serverOf(event), reason: { kind: 'input', ...(message !== undefined && { detail: shortLine(message) }) } };
    }
    case 'ElicitationResult':
      return { state: 'working', call: serverOf(event) };
    case 'PreCompact':
      return { state: 'working', call: 'compact', reason: { kind: 'compact' } };
    case 'PostCompact':
      return { state: 'working', call: 'compact' };
    case 'Stop':
      return { state: 'idle', reason: endOfTurn(textOf(event['last_assistant_message'])), background: tasksOf(event['background_tasks']) };
    case 'StopFailure':
      return failure(textOf(event['error']), textOf(event['last_assistant_message']) ?? textOf(event['error_details']));
    case 'SessionEnd':
      // After `/clear` and `/resume` the process goes on, with another session.
      return event['reason'] === 'clear' || event['reason'] === 'resume' ? { state: 'noted' } : { state: 'ended', reason: { kind: 'exited' }, background: [] };
    default:
      return undefined;
  }
}

function asksUser(event: Fields): Said | undefined {
  const tool = event['tool_name'];
  if (tool === 'ExitPlanMode') return { state: 'waiting', call: callOf(event), reason: { kind: 'plan' } };
  if (tool !== 'AskUserQuestion') return undefined;
  const detail = describeQuestions(event['tool_input']);
  return { state: 'waiting', call: callOf(event), reason: { kind: 'question', ...(detail !== undefined && { detail }) } };
}

function describe(event: Fields): string {
  return describeCall(textOf(event['tool_name']) ?? 'a tool', event['tool_input']);
}

/** A request for permission has no id of its call, so a call is known by what it does, and by whose it is. */
function callOf(event: Fields): string {
  const agent = textOf(event['agent_id']);
  return `${agent === undefined ? '' : `${shortLine(agent, 60)} `}${describe(event)}`;
}

function serverOf(event: Fields): string {
  return `elicitation ${shortLine(textOf(event['mcp_server_name']) ?? '', 60)}`;
}

function tasksOf(value: unknown): readonly BackgroundTask[] {
  return listOf(value)
    .map(fieldsOf)
    .filter((task) => task !== undefined)
    .filter((task) => task['status'] === undefined || task['status'] === 'running')
    .slice(0, MOST_TASKS)
    .map((task) => ({ id: shortLine(textOf(task['id']) ?? '', 60), type: shortLine(textOf(task['type']) ?? 'task', 40), description: shortLine(textOf(task['description']) ?? textOf(task['command']) ?? '', 80) }));
}

/** Hooks run as processes side by side: within this, their times say what came first, not their lines. */
const SHUFFLED_MS = 5000;

/** Reads the lines of one session's file of events, in their order. */
export class HookLog {
  #evidence: readonly Evidence[] = [];
  #looks: readonly Evidence[] = [];
  #facts: SessionFacts = {};
  readonly #sequence = new Sequence(SHUFFLED_MS);

  get evidence(): readonly Evidence[] {
    return [...this.#evidence, ...this.#looks];
  }

  get facts(): SessionFacts {
    return this.#facts;
  }

  /** A line that is damaged or unknown says nothing. */
  add(text: string): void {
    const line = lineOf(text);
    if (line === undefined) return;
    const { at, event, prompt, answer, cwd, transcript, ...said } = line;
    this.#facts = {
      ...this.#facts,
      ...(prompt !== undefined && { lastPrompt: prompt }),
      ...(answer !== undefined && { lastAnswer: answer }),
      ...(cwd !== undefined && { cwd }),
      ...(transcript !== undefined && { transcript }),
    };
    const seq = this.#sequence.next(at);
    if (said.state === 'looked') this.#looks = [{ source: 'user', state: 'looked', at, seq, says: 'you looked at it' }];
    else this.#evidence = recent([...this.#evidence, { source: 'hook' as const, at, seq, says: event, ...said }].sort((a, b) => a.seq - b.seq));
  }
}

const states = new Set(['waiting', 'error', 'idle', 'working', 'ended', 'looked', 'noted']);

/** The lines are ours, but the file can be anybody's: it is read with the same care as theirs. */
function lineOf(text: string): HookLine | undefined {
  const fields = parseFields(text);
  if (fields === undefined || numberOf(fields['at']) === undefined || textOf(fields['event']) === undefined || !states.has(String(fields['state']))) return undefined;
  const reason = fields['reason'];
  if (reason !== undefined && textOf(fieldsOf(reason)?.['kind']) === undefined) return undefined;
  if (fields['background'] !== undefined && !Array.isArray(fields['background'])) return undefined;
  return fields as unknown as HookLine;
}
