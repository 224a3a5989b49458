/**
 * How a webview and the extension talk. Each webview has one file that declares its messages as a
 * `Protocol`; `serveCalls` binds the extension's side to it and `connect` the page's, so a misspelt
 * name, a wrong field or a forgotten handler does not compile.
 *
 * The page calls and gets an answer; the extension pushes. What a page sends is hostile until it is
 * parsed: a name that is not declared, or a value that its parser refuses, never reaches a handler.
 */

/** Gives the value typed. @throws when it does not have that shape. */
export type Parse<T> = (value: unknown) => T;

export interface Protocol {
  /** Page to extension: how the parameters are checked, and what comes back. */
  readonly calls: Readonly<Record<string, { readonly params: Parse<unknown>; readonly result: unknown }>>;
  /** Extension to page. A push can be lost (a hidden page hears nothing): push states, not changes. */
  readonly pushes: Readonly<Record<string, unknown>>;
}

/** Stands for a type whose value only travels: `snapshot: shape<Snapshot>()`. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- The type is all that it carries.
export function shape<T>(): T {
  return undefined as T;
}

/** The result of a call that only does something. */
export const noResult: undefined = undefined;

/** The parser of a call that takes nothing. */
export const nothing: Parse<undefined> = () => undefined;

export type Params<P extends Protocol, Name extends keyof P['calls']> = ReturnType<P['calls'][Name]['params']>;
export type Result<P extends Protocol, Name extends keyof P['calls']> = P['calls'][Name]['result'];

/** What goes over the wire from the page; `call` pairs an answer with its question. */
export interface CallMessage {
  readonly call: number;
  readonly name: string;
  readonly params: unknown;
}

/** What goes over the wire to the page. */
export type HostMessage =
  | { readonly push: string; readonly value: unknown }
  | { readonly answer: number; readonly value: unknown }
  | { readonly failure: number; readonly message: string };
