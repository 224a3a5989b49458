import type { Prompt } from '../model.ts';
import { storable } from './plainText.ts';
import { pythonJson } from './pythonJson.ts';
import { redact, redactPasted } from './redact.ts';

/** The JSON shape that other programs rely on: the original's keys first, in its order. */
export interface PromptJson {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly display: string;
  readonly project: string;
  readonly rating: number | null;
  readonly note: string | null;
  /** JSON in a string, as the original's database holds it. */
  readonly pasted_contents: string;
  readonly sessionId: string;
  readonly agent: string;
}

/** A prompt as it leaves the index: secrets are redacted. */
export function promptJson(prompt: Prompt): PromptJson {
  return {
    id: prompt.id,
    timestamp: prompt.at,
    display: storable(redact(prompt.text)),
    project: storable(prompt.project),
    rating: prompt.rating ?? null,
    note: prompt.note === undefined ? null : storable(redact(prompt.note)),
    pasted_contents: pythonJson(redactPasted(prompt.pasted)),
    sessionId: prompt.session,
    agent: prompt.agent,
  };
}

/** A JSON array of prompts in pieces, on one line and in ASCII, as the original prints it. */
export function* promptsJson(prompts: Iterable<Prompt>): Iterable<string> {
  let before = '[';
  for (const prompt of prompts) {
    yield before + pythonJson(promptJson(prompt));
    before = ', ';
  }
  yield before === '[' ? '[]\n' : ']\n';
}
