/** What the rows of opencode's database say of a session: its last turn. All fields are optional here. */
import { describeCall, describeQuestions } from './describe.ts';
import { failure } from './failure.ts';
import type { Evidence, SessionFacts } from './model.ts';
import type { OpencodeAsk } from './opencodeLog.ts';
import { fieldsOf, numberOf, parseFields, textOf, type Fields } from './parsed.ts';
import { endOfTurn } from './question.ts';
import { shortLine } from './shortText.ts';

/** As they stand in the database. */
export interface OpencodeRows {
  readonly session: Fields;
  /** The last prompt of the user, and the last answer after it. */
  readonly prompt: OpencodeMessage | undefined;
  readonly answer: OpencodeMessage | undefined;
}

export interface OpencodeMessage {
  /** When it was begun. */
  readonly at: number;
  readonly data: Fields;
  /** Its pieces, in order. */
  readonly parts: readonly Fields[];
}

export interface OpencodeTurn {
  readonly id: string;
  /** The session of which this one is a subagent. */
  readonly parent: string | undefined;
  readonly facts: SessionFacts;
  readonly begun: number | undefined;
  /** The calls that are not over. */
  readonly calls: readonly OpencodeCall[];
  /** How it stands when no call is open; undefined before the first prompt. */
  readonly end: Omit<Evidence, 'source' | 'seq'> | undefined;
  readonly compacting: boolean;
}

interface OpencodeCall {
  readonly id: string;
  readonly tool: string;
  readonly input: Fields;
  readonly at: number;
  /** It has done something already, so it waits for nobody. */
  readonly progressed: boolean;
}

/** The log and the database are written in any order. */
const SHUFFLED_MS = 1000;
/** What a call says that the user did not allow. The turn ends then, unless the user says what to do instead. */
const REFUSED = /^The user (rejected permission to use this specific tool call\.$|dismissed this question)/;
/** Tools that ask for a permission of another name. */
const permissionOf: Readonly<Record<string, string>> = { write: 'edit', patch: 'edit', apply_patch: 'edit', multiedit: 'edit' };
const logins: readonly unknown[] = [401, 403];

/** The column `data` of a message or a part; nothing when it is damaged. */
export function opencodeData(text: unknown): Fields {
  return (typeof text === 'string' ? parseFields(text) : undefined) ?? {};
}

export function readOpencodeTurn({ session, prompt, answer }: OpencodeRows): OpencodeTurn | undefined {
  const id = textOf(session['id']);
  if (id === undefined) return undefined;
  return {
    id,
    parent: textOf(session['parent_id']),
    facts: factsOf(id, session, prompt, answer),
    begun: prompt?.at,
    calls: completedAt(answer) === undefined ? (answer?.parts ?? []).flatMap(callOf) : [],
    end: answer && endOf(answer),
    compacting: answer?.data['mode'] === 'compaction' && completedAt(answer) === undefined,
  };
}

/**
 * @param turn Of a session that a user sees.
 * @param helpers Those of its subagents.
 * @param asks What its process has asked for.
 */
export function opencodeEvidence(turn: OpencodeTurn, helpers: readonly OpencodeTurn[], asks: readonly OpencodeAsk[]): readonly Evidence[] {
  if (turn.begun === undefined) return [];
  const begin: Omit<Evidence, 'source' | 'seq'> = { state: 'working', at: turn.begun, says: 'a prompt', ...(turn.compacting && { reason: { kind: 'compact' } }) };
  const said = turn.end ? [begin, turn.end] : [begin];
  const open = turn.end ? [] : [turn, ...helpers].flatMap(({ calls }) => calls);
  const asked = askedFor(open, asks);
  for (const call of open) {
    const ask = asked.get(call);
    const about = { at: ask?.at ?? call.at, call: call.id };
    const detail = describeCall(call.tool, { ...call.input, path: call.input['filePath'] });
    if (call.tool === 'question') {
      const question = describeQuestions(call.input);
      said.push({ ...about, state: 'waiting', reason: { kind: 'question', ...(question !== undefined && { detail: question }) }, says: 'an open question' });
    } else if (ask !== undefined) {
      const what = detail.includes(':') ? detail : shortLine([ask.permission ?? call.tool, ask.patterns.join(', ')].filter((text) => text !== '').join(': '));
      said.push({ ...about, state: 'waiting', reason: ask.permission === undefined ? { kind: 'plan' } : { kind: 'approve', detail: what }, says: `an open call of ${shortLine(call.tool, 60)}, and in the log a request` });
    } else if (turn.calls.includes(call)) {
      said.push({ ...about, state: 'working', reason: { kind: 'tool', detail }, says: `an open call of ${shortLine(call.tool, 60)}` });
    }
  }
  return said.map((each, seq) => ({ source: 'transcript', seq, ...each }));
}

/** The log does not say for which call it is; the answer to it is seen by what becomes of the call. */
function askedFor(open: readonly OpencodeCall[], asks: readonly OpencodeAsk[]): ReadonlyMap<OpencodeCall, OpencodeAsk> {
  const asked = new Map<OpencodeCall, OpencodeAsk>();
  for (const ask of asks) {
    const able = open.filter((call) => !call.progressed && ask.at >= call.at - SHUFFLED_MS);
    const named = able.find(({ tool }) => (permissionOf[tool] ?? tool) === ask.permission);
    const call = named ?? able.at(-1);
    if (call) asked.set(call, ask);
  }
  return asked;
}

function callOf(part: Fields): readonly OpencodeCall[] {
  const [id, tool, state] = [textOf(part['callID']), textOf(part['tool']), fieldsOf(part['state'])];
  const status = state?.['status'];
  if (part['type'] !== 'tool' || id === undefined || tool === undefined || (status !== 'running' && status !== 'pending')) return [];
  const at = numberOf(fieldsOf(state?.['time'])?.['start']) ?? numberOf(part['time_created']) ?? 0;
  return [{ id, tool, input: fieldsOf(state?.['input']) ?? {}, at, progressed: fieldsOf(state?.['metadata']) !== undefined }];
}

function endOf(answer: OpencodeMessage): OpencodeTurn['end'] {
  const error = fieldsOf(answer.data['error']);
  const at = completedAt(answer) ?? (error ? answer.at : undefined);
  if (at === undefined) return undefined;
  if (error) return errorEnd(error, at);
  const states = answer.parts.filter(({ type }) => type === 'tool').map(({ state }) => fieldsOf(state));
  const refused = states.some((state) => REFUSED.test(textOf(state?.['error']) ?? ''));
  const finish = textOf(answer.data['finish']);
  if (refused) return { state: 'idle', at, reason: { kind: 'interrupted' }, says: 'that the user refused' };
  // The next answer follows at once.
  if (finish === 'tool-calls') return undefined;
  if (finish === undefined && !states.some((state) => state?.['status'] === 'completed')) return { state: 'idle', at, reason: { kind: 'interrupted' }, says: 'an answer without an end' };
  return { state: 'idle', at, reason: endOfTurn(wordsOf(answer)), says: 'the end of the turn' };
}

function errorEnd(error: Fields, at: number): OpencodeTurn['end'] {
  const [name, data] = [textOf(error['name']) ?? 'error', fieldsOf(error['data'])];
  if (name === 'MessageAbortedError') return { state: 'idle', at, reason: { kind: 'interrupted' }, says: 'that the turn was aborted' };
  const login = name === 'ProviderAuthError' || logins.includes(data?.['statusCode']);
  const code = login ? 'authentication_failed' : data?.['statusCode'] === 429 ? 'rate_limit' : name;
  return { at, says: shortLine(name, 40), ...failure(code, textOf(data?.['message'])) };
}

function factsOf(id: string, session: Fields, prompt: OpencodeMessage | undefined, answer: OpencodeMessage | undefined): SessionFacts {
  const [cwd, title, version] = [textOf(session['directory']), textOf(session['title']), textOf(session['version'])];
  const model = textOf(answer?.data['modelID']) ?? textOf(parseFields(textOf(session['model']) ?? '')?.['id']);
  const [asked, answered] = [prompt && wordsOf(prompt), answer && wordsOf(answer)];
  const tokens = fieldsOf(answer?.data['tokens']);
  const cache = fieldsOf(tokens?.['cache']);
  const contextTokens = (numberOf(tokens?.['input']) ?? 0) + (numberOf(cache?.['read']) ?? 0) + (numberOf(cache?.['write']) ?? 0);
  return {
    sessionId: id,
    agent: 'opencode',
    ...(cwd !== undefined && { cwd }),
    // Until it has found one, the client's own is the date.
    ...(title !== undefined && !/^(New|Child) session - /.test(title) && { title: shortLine(title, 80) }),
    ...(version !== undefined && { version: shortLine(version, 40) }),
    ...(model !== undefined && { model: shortLine(model, 60) }),
    ...(asked !== undefined && { lastPrompt: shortLine(asked, 200) }),
    ...(answered !== undefined && { lastAnswer: shortLine(answered, 400) }),
    ...(contextTokens > 0 && { usage: { contextTokens, outputTokens: numberOf(tokens?.['output']) ?? 0 } }),
  };
}

/** Its last text that is not the client's. */
function wordsOf({ parts }: OpencodeMessage): string | undefined {
  return parts.map((part) => (part['type'] === 'text' && part['synthetic'] !== true ? textOf(part['text']) : undefined)).findLast((text) => text !== undefined);
}

function completedAt(answer: OpencodeMessage | undefined): number | undefined {
  return numberOf(fieldsOf(answer?.data['time'])?.['completed']);
}
