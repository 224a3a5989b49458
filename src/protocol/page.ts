import type { CallMessage, HostMessage, Params, Protocol, Result } from './protocol.ts';

/** How a page reaches the extension. Times in milliseconds. */
export interface PagePort {
  post(message: CallMessage): void;
  onMessage(listener: (message: unknown) => void): void;
  /** @returns a function that takes it back. */
  after(delay: number, work: () => void): () => void;
}

export type Pushes<P extends Protocol> = { readonly [Name in keyof P['pushes']]: (value: P['pushes'][Name]) => void };

export interface PageLink<P extends Protocol> {
  /** @throws Error with the extension's words, or when no answer came in time (default 30 s). */
  call<Name extends keyof P['calls'] & string>(name: Name, params: Params<P, Name>, options?: { readonly timeoutMs?: number }): Promise<Result<P, Name>>;
}

const defaultTimeoutMs = 30_000;

/** Binds the page's side; only the type of the protocol is needed, so its parsers are not bundled. */
export function connect<P extends Protocol>(port: PagePort, pushes: Pushes<P>): PageLink<P> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  const settle = (call: number) => {
    const caller = waiting.get(call);
    waiting.delete(call);
    return caller;
  };

  port.onMessage((received) => {
    if (typeof received !== 'object' || received === null) return;
    const message = received as HostMessage;
    if ('answer' in message) settle(message.answer)?.resolve(message.value);
    else if ('failure' in message) settle(message.failure)?.reject(new Error(message.message));
    else if ('push' in message && Object.hasOwn(pushes, message.push)) (pushes[message.push] as (value: unknown) => void)(message.value);
  });

  return {
    call: (name, params, { timeoutMs = defaultTimeoutMs } = {}) =>
      new Promise((resolve, reject) => {
        const call = ++calls;
        const cancel = port.after(timeoutMs, () => settle(call)?.reject(new Error(`The extension did not answer "${name}" within ${timeoutMs / 1000} s.`)));
        waiting.set(call, {
          resolve: (value) => {
            cancel();
            resolve(value);
          },
          reject: (error) => {
            cancel();
            reject(error);
          },
        });
        port.post({ call, name, params });
      }),
  };
}
