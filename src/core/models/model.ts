/**
 * The port to a language model that writes text for the user: cards, worksheets, documents. It has
 * no tools and cannot write; what it answers is data that is checked before anybody sees it.
 */
import type { AbortSignalLike } from '../ports/processes.ts';

export interface ModelRequest {
  /** The task and the form of the answer. */
  readonly instructions: string;
  /** What the task is about; hostile text, kept apart from the instructions (see `newFence`). */
  readonly material: string;
  readonly signal?: AbortSignalLike;
  /** Milliseconds without any sign of life after which it is given up. */
  readonly idleTimeoutMs?: number;
  /** Characters of answer after which it is stopped. */
  readonly maxChars?: number;
  /** Called with the answer's text as it grows: each time the piece that is new. */
  readonly onText?: (piece: string) => void;
}

export interface ModelAnswer {
  readonly text: string;
  /** Who answered, for the record: `claude-sonnet-…`. */
  readonly model: string;
  /** What it said it used; undefined when it did not. */
  readonly tokens?: { readonly input: number; readonly output: number };
  readonly costUsd?: number;
}

export interface LanguageModel {
  /** For people, such as `Claude Code`. */
  readonly name: string;
  /**
   * @throws WheelhouseError `missing-program` when it is not there, `refused` with the model's own
   *   words when it declines or fails or its answer grows beyond `maxChars`, `timeout`, `cancelled`.
   *   By then nothing of it runs any more.
   */
  ask(request: ModelRequest): Promise<ModelAnswer>;
}
