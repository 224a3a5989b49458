/** What a session did, from the lines of a Claude Code transcript. Their format is internal to it: every field is optional here. */
import { shortLine } from '../sessions/index.ts';
import type { Activity, Command } from './model.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The last so many are told, and the others counted. */
const MOST_ASKED = 8;
const MOST_COMMANDS = 12;
const MOST_EDITED = 200;
const LONGEST_ASKED = 240;
const LONGEST_COMMAND = 140;
const LONGEST_ANSWER = 700;
/** Of a longer text, only so much is looked at for secrets and for what it says. */
const LOOKED_AT = 20_000;

/** Texts of the user's that the client itself writes: results of slash commands, notes, the summary after a compaction. */
const CLIENT_TEXT = /^\s*(<(command-|local-command|bash-|system-reminder|user-memory|task-notification)|\[Request interrupted|This session is being continued from a previous conversation)/;
/** Commands that only look; what they were says nothing to the next session. */
const LOOKS_ONLY = /^(?:ls|cat|head|tail|less|grep|rg|fd|pwd|echo|wc|which|file|stat|tree|date|du|sort|uniq|cut|find(?!.* -(?:delete|exec))|sed -n|git (?:status|log|diff|show|blame|ls-files|rev-parse|grep))(?: |$)/;
const EDITING_TOOLS = new Set(['Edit', 'Write', 'MultiEdit', 'NotebookEdit']);

interface Call {
  readonly command?: string;
  readonly edits?: string;
}

/** Reads the lines of one transcript in their order. */
export class ActivityReader {
  readonly #redact: (text: string) => string;
  readonly #open = new Map<string, Call>();
  #asked: string[] = [];
  #askedCount = 0;
  #commands: Command[] = [];
  #commandCount = 0;
  readonly #edited = new Set<string>();
  #startedAt: number | undefined;
  #lastAt: number | undefined;
  #lastAnswer: string | undefined;

  /** @param redact Takes secrets out of a text. */
  constructor(redact: (text: string) => string) {
    this.#redact = redact;
  }

  /** A line that is damaged or unknown says nothing. */
  add(line: string): void {
    const entry = parsed(line);
    const type = entry?.['type'];
    if (entry === undefined || (type !== 'user' && type !== 'assistant')) return;
    const at = typeof entry['timestamp'] === 'string' ? Date.parse(entry['timestamp']) : NaN;
    if (!Number.isNaN(at)) {
      this.#startedAt ??= at;
      this.#lastAt = at;
    }
    const message = fieldsOf(entry['message']);
    const content = message?.['content'];
    const blocks = (Array.isArray(content) ? content : [{ type: 'text', text: content }]).map(fieldsOf);
    const isMain = entry['isSidechain'] !== true && entry['isMeta'] !== true;
    for (const block of blocks) {
      if (block?.['type'] === 'tool_use') this.#call(block);
      else if (block?.['type'] === 'tool_result') this.#result(block);
      else if (block?.['type'] === 'text' && isMain && typeof block['text'] === 'string') this.#text(type, block['text'], entry['isApiErrorMessage'] === true);
    }
  }

  activity(): Activity {
    return {
      startedAt: this.#startedAt, lastAt: this.#lastAt,
      asked: this.#asked, askedCount: this.#askedCount,
      commands: this.#commands, commandCount: this.#commandCount,
      edited: [...this.#edited].sort(),
      lastAnswer: this.#lastAnswer,
    };
  }

  #text(type: 'user' | 'assistant', text: string, isError: boolean): void {
    if (text.trim() === '' || isError) return;
    if (type === 'assistant') {
      this.#lastAnswer = this.#short(text, LONGEST_ANSWER);
      return;
    }
    if (CLIENT_TEXT.test(text)) return;
    this.#askedCount++;
    this.#asked = [...this.#asked, this.#short(text, LONGEST_ASKED)].slice(-MOST_ASKED);
  }

  #call(block: Fields): void {
    const [id, name, input] = [block['id'], block['name'], fieldsOf(block['input'])];
    if (typeof id !== 'string' || typeof name !== 'string' || input === undefined) return;
    const file = input['file_path'] ?? input['notebook_path'];
    if (name === 'Bash' && typeof input['command'] === 'string' && input['command'].trim() !== '') this.#open.set(id, { command: input['command'] });
    else if (EDITING_TOOLS.has(name) && typeof file === 'string' && file !== '') this.#open.set(id, { edits: file });
  }

  #result(block: Fields): void {
    const id = block['tool_use_id'];
    const call = typeof id === 'string' ? this.#open.get(id) : undefined;
    if (call === undefined || typeof id !== 'string') return;
    this.#open.delete(id);
    const failed = block['is_error'] === true;
    if (call.edits !== undefined && !failed && this.#edited.size < MOST_EDITED) this.#edited.add(call.edits);
    if (call.command !== undefined) this.#command(call.command, failed, textIn(block['content']));
  }

  #command(command: string, failed: boolean, output: string): void {
    this.#commandCount++;
    const code = failed ? Number(/^(?:Error: )?Exit code (\d{1,3})\b/.exec(output)?.[1] ?? NaN) : 0;
    // A call that the user refused, or a hook, never ran.
    if (failed && Number.isNaN(code)) return;
    if (!failed && looksOnly(command)) return;
    const said: Command = { text: this.#short(command, LONGEST_COMMAND), ok: !failed, exitCode: code };
    // Of a command that was run again, the last result counts.
    this.#commands = [...this.#commands.filter(({ text }) => text !== said.text), said].slice(-MOST_COMMANDS);
  }

  /** Secrets go before the text is cut, for half of a secret is not known as one. */
  #short(text: string, longest: number): string {
    return shortLine(this.#redact(text.slice(0, LOOKED_AT).toWellFormed()), longest);
  }
}

/** Whether every part of a command line only looks, and nothing is written to a file. */
function looksOnly(command: string): boolean {
  const parts = command.replace(/\d?>(?:&\d|\s*\/dev\/null)/g, '').split(/\|\|?|&&|;|\n/).map((part) => part.trim().replace(/\s+/g, ' '));
  return parts.every((part) => part === '' || /^cd [^<>&$`]*$/.test(part) || (LOOKS_ONLY.test(part) && !/[<>&`]|\$\(/.test(part)));
}

function parsed(line: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  const first = Array.isArray(content) ? fieldsOf(content[0])?.['text'] : undefined;
  return typeof first === 'string' ? first : '';
}
