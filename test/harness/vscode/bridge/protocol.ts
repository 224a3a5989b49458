/** What the harness sends to an extension host: the source of a function and its one argument. */
export interface Evaluation {
  readonly source: string;
  readonly argument: unknown;
}

/** What comes back: the function's result, or the stack of what it threw. */
export interface Evaluated {
  readonly value?: unknown;
  readonly error?: string;
}
