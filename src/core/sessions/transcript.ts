/** What the lines of a Claude Code transcript say. Their format is internal to it: all fields are optional here. */
import { describeCall, describeQuestions } from './describe.ts';
import { failure } from './failure.ts';
import type { Evidence, SessionFacts } from './model.ts';
import { fieldsOf, listOf, numberOf, parseFields, textOf, timeOf, type Fields } from './parsed.ts';
import { endOfTurn } from './question.ts';
import { recent } from './recent.ts';
import { Sequence } from './sequence.ts';
import { shortLine } from './shortText.ts';

/** Texts of the user's that the client itself writes: results of slash commands, notes, pasted shell output. */
const CLIENT_TEXT = /^\s*<(command-|local-command|bash-|system-reminder|user-memory)/;
/** The first answer of a conversation can stand before its prompt. (A prompt that was queued has an older time, too, but a much older one.) */
const SHUFFLED_MS = 1000;
const INTERRUPTED = '[Request interrupted by user';

/** Reads the lines of one transcript in their order. */
export class TranscriptReader {
  #evidence: readonly Evidence[] = [];
  #facts: SessionFacts = {};
  readonly #sequence = new Sequence(SHUFFLED_MS);
  #custom = false;

  get evidence(): readonly Evidence[] {
    return this.#evidence;
  }

  get facts(): SessionFacts {
    return this.#facts;
  }

  /** A line that is damaged or unknown says nothing. */
  add(line: string): void {
    const entry = parseFields(line);
    if (entry === undefined || entry['isSidechain'] === true) return;
    const [branch, cwd] = [textOf(entry['gitBranch']), textOf(entry['cwd'])];
    if (branch !== undefined || cwd !== undefined) this.#learn({ ...(branch !== undefined && branch !== 'HEAD' && { branch: shortLine(branch) }), ...(cwd !== undefined && { cwd }) });
    const at = timeOf(entry['timestamp']) ?? this.#evidence.at(-1)?.at ?? 0;
    const type = entry['type'];
    if (type === 'user') this.#user(entry, at);
    else if (type === 'assistant') this.#assistant(entry, at);
    else if (type === 'system') this.#system(entry, at);
    else if (type === 'last-prompt') this.#prompt(textOf(entry['lastPrompt']));
    else if (type === 'custom-title' || type === 'ai-title') this.#title(entry, type === 'custom-title');
  }

  #user(entry: Fields, at: number): void {
    if (entry['isMeta'] === true) return;
    const content = fieldsOf(entry['message'])?.['content'];
    const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : listOf(content);
    for (const block of blocks.map(fieldsOf)) {
      if (block?.['type'] === 'tool_result') {
        const call = textOf(block['tool_use_id']);
        if (call !== undefined) this.#say({ state: 'working', at, call, says: 'the result of a tool call' });
      } else if (block?.['type'] === 'text') {
        this.#userText(textOf(block['text']), at);
      }
    }
  }

  #userText(text: string | undefined, at: number): void {
    if (text === undefined || CLIENT_TEXT.test(text)) return;
    if (text.startsWith(INTERRUPTED)) {
      this.#say({ state: 'idle', at, reason: { kind: 'interrupted' }, says: shortLine(text) });
      return;
    }
    const told = text.trimStart().startsWith('<task-notification>');
    if (!told) this.#prompt(text);
    this.#say({ state: 'working', at, says: told ? 'the end of a background task' : 'a prompt' });
  }

  #assistant(entry: Fields, at: number): void {
    const message = fieldsOf(entry['message']);
    const blocks = listOf(message?.['content']).map(fieldsOf);
    const text = blocks.map((block) => (block?.['type'] === 'text' ? textOf(block['text']) : undefined)).findLast((each) => each !== undefined);
    if (entry['isApiErrorMessage'] === true) {
      this.#say({ ...failure(textOf(entry['error']), text), at, says: 'an API error' });
      return;
    }
    this.#learn({ ...modelOf(message), ...usageOf(message), ...(text !== undefined && { lastAnswer: shortLine(text, 400) }) });
    const uses = blocks.filter((block) => block?.['type'] === 'tool_use');
    for (const use of uses) this.#call(use ?? {}, at);
    const stop = textOf(message?.['stop_reason']);
    if (uses.length === 0 && text !== undefined && stop !== undefined && stop !== 'tool_use' && stop !== 'pause_turn') {
      this.#say({ state: 'idle', at, reason: endOfTurn(text), says: `an answer that ends the turn (${shortLine(stop, 40)})` });
    }
  }

  #call(use: Fields, at: number): void {
    const [call, name] = [textOf(use['id']), textOf(use['name'])];
    if (call === undefined || name === undefined) return;
    const open = { at, call, says: `an open call of ${shortLine(name, 60)}` };
    if (name === 'AskUserQuestion') {
      const detail = describeQuestions(use['input']);
      this.#say({ ...open, state: 'waiting', reason: { kind: 'question', ...(detail !== undefined && { detail }) } });
    } else if (name === 'ExitPlanMode') this.#say({ ...open, state: 'waiting', reason: { kind: 'plan' } });
    else this.#say({ ...open, state: 'working', reason: { kind: 'tool', detail: describeCall(name, use['input']) } });
  }

  #system(entry: Fields, at: number): void {
    if (entry['subtype'] !== 'turn_duration') return;
    // Of an answer without a reason to stop, as older clients write it, this line is the only end.
    const turn = this.#evidence.findLast(({ call, state }) => call === undefined && state !== 'noted');
    if (turn?.state === 'working') this.#say({ state: 'idle', at, reason: endOfTurn(this.#facts.lastAnswer), says: 'the end of the turn' });
  }

  #prompt(text: string | undefined): void {
    if (text !== undefined && !CLIENT_TEXT.test(text)) this.#learn({ lastPrompt: shortLine(text, 200) });
  }

  #title(entry: Fields, custom: boolean): void {
    const title = textOf(entry[custom ? 'customTitle' : 'aiTitle']) ?? textOf(entry['title']);
    // What the user has called it stays, whatever the agent calls it later.
    if (title === undefined || (this.#custom && !custom)) return;
    this.#custom = custom;
    this.#learn({ title: shortLine(title, 80) });
  }

  #learn(facts: SessionFacts): void {
    this.#facts = { ...this.#facts, ...facts };
  }

  #say(evidence: Omit<Evidence, 'source' | 'seq'>): void {
    const said: Evidence = { source: 'transcript', seq: this.#sequence.next(evidence.at), ...evidence };
    this.#evidence = recent([...this.#evidence, said].sort((a, b) => a.seq - b.seq));
  }
}

function modelOf(message: Fields | undefined): SessionFacts {
  const model = textOf(message?.['model']);
  return model === undefined || model === '<synthetic>' ? {} : { model: shortLine(model, 60) };
}

function usageOf(message: Fields | undefined): SessionFacts {
  const usage = fieldsOf(message?.['usage']);
  if (usage === undefined) return {};
  const tokens = (name: string) => numberOf(usage[name]) ?? 0;
  return { usage: { contextTokens: tokens('input_tokens') + tokens('cache_creation_input_tokens') + tokens('cache_read_input_tokens'), outputTokens: tokens('output_tokens') } };
}
