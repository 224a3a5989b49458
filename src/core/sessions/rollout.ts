/** What the lines of a Codex rollout say: the file that each thread is written to. All fields are optional here. */
import { describeCall } from './describe.ts';
import type { Evidence, SessionFacts } from './model.ts';
import { fieldsOf, listOf, numberOf, parseFields, textOf, timeOf, type Fields } from './parsed.ts';
import { endOfTurn } from './question.ts';
import { recent } from './recent.ts';
import { Sequence } from './sequence.ts';
import { shortLine } from './shortText.ts';

/** Lines are written in the order of their times. */
const SHUFFLED_MS = 100;
/** What the client puts before a prompt of the user's. */
const CLIENT_TEXT = /^\s*<(environment_context|user_instructions|permissions|skills)/;

/** Reads the lines of one rollout in their order. */
export class RolloutReader {
  #evidence: readonly Evidence[] = [];
  #facts: SessionFacts = { agent: 'codex' };
  readonly #sequence = new Sequence(SHUFFLED_MS);

  get evidence(): readonly Evidence[] {
    return this.#evidence;
  }

  get facts(): SessionFacts {
    return this.#facts;
  }

  /** A line that is damaged or unknown says nothing. */
  add(line: string): void {
    const entry = parseFields(line);
    const payload = fieldsOf(entry?.['payload']);
    if (entry === undefined || payload === undefined) return;
    const at = timeOf(entry['timestamp']) ?? this.#evidence.at(-1)?.at ?? 0;
    const type = textOf(payload['type']);
    if (entry['type'] === 'session_meta') this.#meta(payload);
    else if (entry['type'] === 'turn_context') this.#learn('model', textOf(payload['model']), 60);
    else if (entry['type'] === 'response_item') this.#item(type, payload, at);
    else if (entry['type'] === 'event_msg') this.#event(type, payload, at);
  }

  #meta(payload: Fields): void {
    const [id, cwd] = [textOf(payload['id']), textOf(payload['cwd'])];
    this.#facts = { ...this.#facts, ...(id !== undefined && { sessionId: id }), ...(cwd !== undefined && { cwd }) };
    this.#learn('version', textOf(payload['cli_version']), 40);
    this.#learn('entrypoint', textOf(payload['originator']), 40);
    this.#learn('branch', textOf(fieldsOf(payload['git'])?.['branch']), 120);
  }

  #event(type: string | undefined, payload: Fields, at: number): void {
    switch (type) {
      case 'task_started':
        this.#say({ state: 'working', at, says: 'the start of a turn' });
        return;
      case 'task_complete': {
        const answer = textOf(payload['last_agent_message']);
        this.#learn('lastAnswer', answer, 400);
        this.#say({ state: 'idle', at, reason: endOfTurn(answer), says: 'the end of the turn' });
        return;
      }
      case 'turn_aborted':
        this.#say({ state: 'idle', at, reason: { kind: 'interrupted' }, says: 'the turn was aborted' });
        return;
      case 'user_message':
        this.#prompt(textOf(payload['message']));
        return;
      case 'item_completed':
        this.#completed(fieldsOf(payload['item']));
        return;
      case 'token_count':
        this.#usage(fieldsOf(fieldsOf(payload['info'])?.['last_token_usage']));
        return;
      case undefined:
      default:
        return;
    }
  }

  #item(type: string | undefined, payload: Fields, at: number): void {
    const call = textOf(payload['call_id']);
    if (call === undefined) return;
    if (type === 'function_call' || type === 'custom_tool_call' || type === 'local_shell_call') {
      const name = textOf(payload['name']) ?? 'shell';
      const input = textOf(payload['arguments']) ?? textOf(payload['input']);
      const parsed = input === undefined ? payload['action'] : (parseFields(input) ?? input);
      if (name === 'request_user_input') this.#say({ state: 'waiting', at, call, reason: { kind: 'question' }, says: 'an open question' });
      else this.#say({ state: 'working', at, call, reason: { kind: 'tool', detail: describeCall(name, parsed) }, says: `an open call of ${shortLine(name, 60)}` });
    } else if (type === 'function_call_output' || type === 'custom_tool_call_output') {
      this.#say({ state: 'working', at, call, says: 'the result of a tool call' });
    }
  }

  #completed(item: Fields | undefined): void {
    const type = textOf(item?.['type']);
    const text = listOf(item?.['content']).map((block) => textOf(fieldsOf(block)?.['text'])).findLast((each) => each !== undefined);
    if (type === 'UserMessage') this.#prompt(text);
    else if (type === 'AgentMessage') this.#learn('lastAnswer', text, 400);
  }

  #prompt(text: string | undefined): void {
    if (text !== undefined && !CLIENT_TEXT.test(text)) this.#learn('lastPrompt', text, 200);
  }

  #usage(usage: Fields | undefined): void {
    if (usage === undefined) return;
    this.#facts = { ...this.#facts, usage: { contextTokens: numberOf(usage['input_tokens']) ?? 0, outputTokens: numberOf(usage['output_tokens']) ?? 0 } };
  }

  #learn(name: 'model' | 'version' | 'entrypoint' | 'branch' | 'lastPrompt' | 'lastAnswer', value: string | undefined, max: number): void {
    if (value !== undefined) this.#facts = { ...this.#facts, [name]: shortLine(value, max) };
  }

  #say(evidence: Omit<Evidence, 'source' | 'seq'>): void {
    this.#evidence = recent([...this.#evidence, { source: 'transcript' as const, seq: this.#sequence.next(evidence.at), ...evidence }].sort((a, b) => a.seq - b.seq));
  }
}
