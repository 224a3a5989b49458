/** What a tool call and a reason are called, for people. */
import type { Reason } from './model.ts';
import { shortLine } from './shortText.ts';

/** The one argument by which a user recognises a call, by name; the first that is there counts. */
const tellingArguments = ['command', 'cmd', 'file_path', 'notebook_path', 'path', 'url', 'pattern', 'query', 'skill', 'description', 'prompt'];

/** `Bash: rm -rf build`. @param input As the agent wrote it: of any shape. */
export function describeCall(tool: string, input: unknown): string {
  const name = shortLine(tool, 60);
  if (typeof input !== 'object' || input === null) return name;
  const values = input as Record<string, unknown>;
  const telling = tellingArguments.map((argument) => values[argument]).find((value) => typeof value === 'string' && value.trim() !== '');
  return typeof telling === 'string' ? `${name}: ${shortLine(telling)}` : name;
}

/** The questions of an AskUserQuestion call, as one line. */
export function describeQuestions(input: unknown): string | undefined {
  const questions = typeof input === 'object' && input !== null ? (input as Record<string, unknown>)['questions'] : undefined;
  if (!Array.isArray(questions)) return undefined;
  const texts = questions.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>)['question'] : undefined)).filter((text) => typeof text === 'string');
  return texts.length === 0 ? undefined : shortLine(texts.join(' '));
}

const words: Readonly<Record<Reason['kind'], readonly [bare: string, withDetail: string]>> = {
  approve: ['a permission', 'approve '],
  question: ['a question', 'question: '],
  plan: ['a plan to approve', 'plan: '],
  trust: ['trust in the folder', 'trust: '],
  login: ['a login', 'login: '],
  limit: ['the usage limit', 'limit: '],
  input: ['input', 'input: '],
  api: ['an API error', 'API error: '],
  finished: ['finished', 'finished: '],
  interrupted: ['interrupted', 'interrupted: '],
  started: ['just started', 'just started: '],
  tool: ['a tool', ''],
  compact: ['compacting its context', 'compacting: '],
  background: ['background tasks', 'in the background: '],
  exited: ['exited', 'exited: '],
  crashed: ['its process is gone', 'its process is gone: '],
};

/** `approve Bash: rm -rf build`, `finished`; empty without a reason. */
export function reasonText(reason: Reason | undefined): string {
  if (reason === undefined) return '';
  const [bare, withDetail] = words[reason.kind];
  return reason.detail === undefined || reason.detail === '' ? bare : withDetail + reason.detail;
}
