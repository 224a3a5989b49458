import type { CallMessage, HostMessage, Params, Protocol, Result } from './protocol.ts';

/** The part of VS Code's `Webview` that is needed. */
export interface HostPort {
  postMessage(message: HostMessage): unknown;
  onDidReceiveMessage(listener: (message: unknown) => void): { dispose(): void };
}

export type Handlers<P extends Protocol> = {
  readonly [Name in keyof P['calls']]: (params: Params<P, Name>) => Result<P, Name> | Promise<Result<P, Name>>;
};

export interface HostLink<P extends Protocol> {
  push<Name extends keyof P['pushes'] & string>(name: Name, value: P['pushes'][Name]): void;
  dispose(): void;
}

/**
 * Binds the extension's side of a webview. What a handler throws reaches the page as a message.
 * @param onRefused Told of every message that was dropped: unknown, or malformed.
 */
export function serveCalls<P extends Protocol>(protocol: P, port: HostPort, handlers: Handlers<P>, onRefused: (why: string) => void): HostLink<P> {
  let open = true;
  const post = (message: HostMessage) => {
    if (open) port.postMessage(message);
  };
  const fail = (call: number, why: string) => post({ failure: call, message: why });

  const receive = async (message: unknown) => {
    if (!isCall(message)) {
      onRefused('a message that is no call');
      return;
    }
    const { call, name } = message;
    const declared = Object.hasOwn(protocol.calls, name) ? protocol.calls[name] : undefined;
    if (!declared) {
      onRefused(`the unknown call ${JSON.stringify(name.slice(0, 80))}`);
      fail(call, 'The extension does not know this request.');
      return;
    }
    let params: unknown;
    try {
      params = declared.params(message.params);
    } catch (error) {
      onRefused(`malformed parameters of ${name}: ${textOf(error)}`);
      fail(call, `The extension did not understand the request "${name}".`);
      return;
    }
    try {
      const handle = handlers[name] as (params: unknown) => unknown;
      post({ answer: call, value: await handle(params) });
    } catch (error) {
      fail(call, textOf(error));
    }
  };
  const subscription = port.onDidReceiveMessage((message) => void receive(message));
  return {
    push: (name, value) => post({ push: name, value }),
    dispose: () => {
      open = false;
      subscription.dispose();
    },
  };
}

function isCall(message: unknown): message is CallMessage {
  if (typeof message !== 'object' || message === null) return false;
  const { call, name } = message as Partial<CallMessage>;
  return typeof call === 'number' && typeof name === 'string';
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
