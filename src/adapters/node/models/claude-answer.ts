/**
 * What `claude -p --output-format stream-json` prints, a JSON object in each line: pieces of text
 * (`stream_event`), whole blocks (`assistant`), attempts (`system` `api_retry`) and one `result`.
 */
import { WheelhouseError } from '../../../core/base/errors.ts';
import { excerpt, type ModelAnswer } from '../../../core/models/index.ts';

interface Line {
  readonly type?: unknown;
  readonly subtype?: unknown;
  readonly error?: unknown;
  readonly event?: { readonly type?: unknown; readonly delta?: { readonly type?: unknown; readonly text?: unknown } };
  readonly message?: { readonly model?: unknown; readonly content?: unknown };
  readonly is_error?: unknown;
  readonly result?: unknown;
  readonly stop_reason?: unknown;
  readonly total_cost_usd?: unknown;
  readonly usage?: { readonly input_tokens?: unknown; readonly output_tokens?: unknown; readonly cache_read_input_tokens?: unknown; readonly cache_creation_input_tokens?: unknown };
}

/** The client puts its own messages, such as errors, into the mouth of this model. */
const synthetic = '<synthetic>';

export class ClaudeOutput {
  readonly #onText: (piece: string) => void;
  #rest = '';
  #text = '';
  #model = '';
  /** The last kind of failure that was told: `rate_limit`, `authentication_failed`, … */
  #failure = '';
  #result: Line | undefined;

  constructor(onText: (piece: string) => void) {
    this.#onText = onText;
  }

  add(output: string): void {
    const lines = (this.#rest + output).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#read(line);
  }

  /**
   * The answer, once the program has ended.
   * @throws WheelhouseError `refused` when the client or the model says that there is none.
   */
  answer(): ModelAnswer | undefined {
    this.add('\n');
    const result = this.#result;
    if (result === undefined) return undefined;
    if (result.is_error === true) throw explainClaudeFailure(this.#failure, result);
    const { usage } = result;
    const input = sum(usage?.input_tokens, usage?.cache_read_input_tokens, usage?.cache_creation_input_tokens);
    return {
      text: this.#text !== '' ? this.#text : stringOr(result.result),
      model: this.#model === '' ? 'claude' : this.#model,
      ...(usage && { tokens: { input, output: sum(usage.output_tokens) } }),
      ...(typeof result.total_cost_usd === 'number' && { costUsd: result.total_cost_usd }),
    };
  }

  #read(text: string): void {
    const line = parse(text);
    if (line === undefined) return;
    if (typeof line.error === 'string') this.#failure = line.error;
    if (line.type === 'result') this.#result = line;
    else if (line.type === 'stream_event') {
      const delta = line.event?.delta;
      if (line.event?.type === 'content_block_delta' && delta?.type === 'text_delta' && typeof delta.text === 'string') this.#onText(delta.text);
    } else if (line.type === 'assistant' && line.message?.model !== synthetic) {
      this.#model = stringOr(line.message?.model);
      this.#text += textOf(line.message?.content);
    }
  }
}

/** What a failed `result` means to the user. `failure` is the kind that the client told before it. */
export function explainClaudeFailure(failure: string, result: Line): WheelhouseError {
  const words = excerpt(stringOr(result.result), 300);
  const said = words === '' ? '' : ` It said: “${words}”`;
  const because = (message: string): WheelhouseError => new WheelhouseError('refused', `${message}${said}`);
  if (result.subtype === 'error_max_budget_usd') return because('The answer would have cost more than the budget of your settings. Raise the budget, or ask for less at once.');
  if (result.stop_reason === 'refusal') return because('The model declined to answer this. Choose other material or another model.');
  switch (failure) {
    case 'authentication_failed':
    case 'oauth_org_not_allowed':
    case 'verification_required':
      return because('Claude Code is not logged in. Run `claude` in a terminal, log in there, and try again.');
    case 'account_on_hold':
    case 'billing_error':
      return because('The account of Claude Code cannot be used for this at the moment. Look at its plan and payment, or choose another model.');
    case 'rate_limit':
      return because('The usage limit of Claude Code is reached. Try again later, or choose another model.');
    case 'overloaded':
    case 'server_error':
      return because('The service behind Claude Code is overloaded. Try again in a few minutes.');
    case 'model_not_found':
      return because('Claude Code does not know the model of your settings. Choose another one.');
    case 'max_output_tokens':
      return because('The answer grew too long and was cut off. Ask for less at once.');
    default:
      return because('Claude Code could not answer. Try again; if it stays so, run `claude` in a terminal to see why.');
  }
}

function parse(text: string): Line | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

function textOf(content: unknown): string {
  if (!Array.isArray(content)) return '';
  return content.map((block: { type?: unknown; text?: unknown } | null) => (block?.type === 'text' ? stringOr(block.text) : '')).join('');
}

function stringOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function sum(...values: readonly unknown[]): number {
  return values.reduce<number>((total, value) => total + (typeof value === 'number' ? value : 0), 0);
}
