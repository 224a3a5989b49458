import type { Disposable } from '../../../core/base/disposable.ts';
import type { Origin, ToldPrompt } from '../../../core/prompts/index.ts';

/** An agent whose files tell of prompts. */
export interface PromptSource {
  readonly agent: string;
  /** The files that there are, in the order in which they are to be read. Never throws. */
  files(): readonly SourceFile[];
  /** Calls back soon after there may be something new; never throws. */
  watch(listener: () => void): Disposable;
}

/** A file of lines to which the agent appends. */
export interface SourceFile {
  readonly path: string;
  readonly origin: Origin;
  /** A reader for the lines of one pass, in their order. */
  reader(modifiedAt: number): LineReader;
}

export interface LineReader {
  /** A quick look at the bytes; what fails it is not parsed. */
  readonly mayBePrompt?: (bytes: Buffer, start: number, end: number) => boolean;
  /** @param value A parsed line. */
  read(value: unknown): ReadPrompt | undefined;
  /** A line that is too long to be parsed. */
  readLong?(head: Buffer, tail: Buffer): ToldPrompt | undefined;
}

export interface ReadPrompt {
  readonly told: ToldPrompt;
  /** Whether the line can stand in the archive as it is. */
  readonly asItIs: boolean;
}
