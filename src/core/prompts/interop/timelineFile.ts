import { projectsOf } from '../labels.ts';
import type { PastedPart, Prompt } from '../model.ts';
import { storable } from './plainText.ts';
import { redact } from './redact.ts';

export interface TimelineFileOptions {
  /** For the page: `2025-10-01 to 2025-10-07`. */
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly writtenAt: number;
  /** The pasted parts of a prompt, each with its placeholder in the text. */
  readonly pastedOf: (prompt: Prompt) => readonly PastedPart[];
}

/**
 * The data of a timeline that is a file of its own, as JSON in pieces (`TimelineFile` of the page's
 * protocol): columns, in the order of time. Secrets in texts, notes and pasted parts are redacted.
 *
 * @param prompts In the order of time.
 */
export function* timelineFileJson(prompts: readonly Prompt[], { title, writtenAt, pastedOf }: TimelineFileOptions): Iterable<string> {
  const [projects, agents, sessions] = [new Numbering(), new Numbering(), new Numbering()];
  yield `{"format":1,"title":${json(title)},"writtenAt":${writtenAt}`;
  yield* column('id', prompts, (prompt) => String(prompt.id));
  yield* column('at', prompts, (prompt) => String(prompt.at));
  yield* column('text', prompts, (prompt) => json(redact(prompt.text)));
  yield* column('rating', prompts, (prompt) => String(prompt.rating ?? 0));
  yield* column('note', prompts, (prompt) => json(redact(prompt.note ?? '')));
  yield* column('project', prompts, (prompt) => String(projects.of(prompt.project)));
  yield* column('agent', prompts, (prompt) => String(agents.of(prompt.agent)));
  yield* column('session', prompts, (prompt) => String(sessions.of(prompt.session)));
  yield* column('projects', projectsOf(projects.all), ({ path, label }) => `{"path":${json(path)},"label":${json(label)}}`);
  yield* column('agents', agents.all, json);
  yield* column('sessions', sessions.all, json);
  yield ',"pasted":{';
  let between = '';
  for (const [place, prompt] of prompts.entries()) {
    const parts = pastedOf(prompt);
    if (parts.length === 0) continue;
    yield `${between}"${place}":${JSON.stringify(parts.map(({ placeholder, text }) => ({ placeholder, ...(text !== undefined && { text: storable(redact(text)) }) })))}`;
    between = ',';
  }
  yield '}}';
}

/** Long enough that the pieces are few, short enough that they are small. */
const PIECE = 64 * 1024;

function* column<T>(name: string, items: readonly T[], write: (item: T) => string): Iterable<string> {
  let piece = `,"${name}":[`;
  for (const [i, item] of items.entries()) {
    piece += (i === 0 ? '' : ',') + write(item);
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}]`;
}

function json(text: string): string {
  return JSON.stringify(storable(text));
}

/** Numbers for texts, in the order of their first use. */
class Numbering {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.all.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }
}
