import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serveCalls, type HostPort } from '../../../../src/protocol/host.ts';
import { webviewHtml } from '../../../../src/protocol/html.ts';
import { connect, type PagePort } from '../../../../src/protocol/page.ts';
import { nothing, shape, type Protocol } from '../../../../src/protocol/protocol.ts';
import { connectToExtension } from '../../../../webview-ui/protocol/extension.ts';

const parseRating = (value: unknown) => {
  const { id, stars } = value as { id: unknown; stars: unknown };
  if (typeof id !== 'string' || typeof stars !== 'number') throw new TypeError('id and stars are needed');
  return { id, stars };
};

const sample = {
  calls: {
    ready: { params: nothing, result: undefined },
    rate: { params: parseRating, result: shape<{ average: number }>() },
  },
  pushes: { snapshot: shape<{ rows: readonly string[] }>() },
} satisfies Protocol;

/** Both sides with a wire between them that carries JSON, as the real one does, and a clock in hand. */
function wire(rate: (params: { id: string; stars: number }) => Promise<{ average: number }> = () => Promise.resolve({ average: 3 })) {
  const refused: string[] = [];
  const answers: unknown[] = [];
  const shown: unknown[] = [];
  const timers = new Map<() => void, number>();
  let toHost: (message: unknown) => void = () => undefined;
  let toPage: (message: unknown) => void = () => undefined;
  const port: HostPort = {
    postMessage: (message) => {
      answers.push(message);
      toPage(JSON.parse(JSON.stringify(message)));
    },
    onDidReceiveMessage: (listener) => {
      toHost = listener;
      return {
        dispose: () => {
          toHost = () => undefined;
        },
      };
    },
  };
  const host = serveCalls(sample, port, { ready: () => undefined, rate }, (why) => refused.push(why));
  const pagePort: PagePort = {
    post: (message) => toHost(JSON.parse(JSON.stringify(message))),
    onMessage: (listener) => {
      toPage = listener;
    },
    after: (delay, work) => {
      timers.set(work, delay);
      return () => timers.delete(work);
    },
  };
  const page = connect<typeof sample>(pagePort, { snapshot: (value) => shown.push(value) });
  return { host, page, refused, answers, shown, timers, send: (message: unknown) => toHost(message), sendToPage: (message: unknown) => toPage(message) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('calls', () => {
  test('answers reach the caller that asked, in any order', async () => {
    const open: ((result: { average: number }) => void)[] = [];
    const { page, timers } = wire(() => new Promise((resolve) => open.push(resolve)));
    const first = page.call('rate', { id: 'a', stars: 1 });
    const second = page.call('rate', { id: 'b', stars: 2 });
    await turn();
    open[1]?.({ average: 2 });
    open[0]?.({ average: 1 });
    assert.deepEqual(await Promise.all([first, second]), [{ average: 1 }, { average: 2 }]);
    assert.equal(timers.size, 0);
  });

  test('what a handler throws is told to the caller', async () => {
    const { page, refused } = wire(() => Promise.reject(new Error('The disk is full.')));
    await assert.rejects(page.call('rate', { id: 'a', stars: 1 }), { message: 'The disk is full.' });
    assert.deepEqual(refused, []);
  });

  test('without an answer in time the call fails, and a late answer is ignored', async () => {
    let late: ((result: { average: number }) => void) | undefined;
    const { page, timers } = wire(() => new Promise((resolve) => (late = resolve)));
    const call = page.call('rate', { id: 'a', stars: 1 }, { timeoutMs: 500 });
    const [[work, delay] = []] = [...timers];
    assert.equal(delay, 500);
    work?.();
    await assert.rejects(call, /did not answer "rate" within 0.5 s/);
    late?.({ average: 9 });
    await turn();
  });

  const hostile: { name: string; message: unknown; why: RegExp; answered: boolean }[] = [
    { name: 'no object', message: 'rate', why: /no call/, answered: false },
    { name: 'null', message: null, why: /no call/, answered: false },
    { name: 'no number', message: { name: 'rate', params: {} }, why: /no call/, answered: false },
    { name: 'an unknown name', message: { call: 1, name: 'runCommand', params: {} }, why: /unknown call "runCommand"/, answered: true },
    { name: 'a name of Object.prototype', message: { call: 1, name: 'constructor', params: {} }, why: /unknown call/, answered: true },
    { name: '__proto__', message: { call: 1, name: '__proto__', params: {} }, why: /unknown call/, answered: true },
    { name: 'malformed parameters', message: { call: 1, name: 'rate', params: { id: 7 } }, why: /malformed parameters of rate/, answered: true },
    { name: 'missing parameters', message: { call: 1, name: 'rate' }, why: /malformed parameters of rate/, answered: true },
  ];
  for (const { name, message, why, answered } of hostile) {
    test(`${name} never reaches a handler, and is reported`, async () => {
      const handled: unknown[] = [];
      const { send, refused, answers } = wire((params) => Promise.resolve({ average: handled.push(params) }));
      send(message);
      await turn();
      assert.deepEqual(handled, []);
      assert.equal(refused.length, 1);
      assert.match(refused[0] ?? '', why);
      assert.equal(answers.length, answered ? 1 : 0);
    });
  }
});

describe('pushes', () => {
  test('reach the page; what it does not know is ignored', () => {
    const { host, shown, sendToPage } = wire();
    host.push('snapshot', { rows: ['a'] });
    sendToPage({ push: 'constructor', value: 1 });
    sendToPage('noise');
    sendToPage({ answer: 99, value: 1 });
    assert.deepEqual(shown, [{ rows: ['a'] }]);
  });

  test('nothing is sent or heard after dispose', async () => {
    const { host, send, answers, refused } = wire();
    host.dispose();
    host.push('snapshot', { rows: [] });
    send({ call: 1, name: 'nothing like it', params: {} });
    await turn();
    assert.deepEqual([answers, refused], [[], []]);
  });
});

test('mistakes do not compile', () => {
  const never = async () => {
    const { page, host } = wire();
    // @ts-expect-error a misspelt call
    void page.call('rat', { id: 'a', stars: 1 });
    // @ts-expect-error a missing field
    void page.call('rate', { id: 'a' });
    // @ts-expect-error a wrong type
    void page.call('rate', { id: 'a', stars: 'three' });
    // @ts-expect-error a result that has no such field
    const other: { mean: number } = await page.call('rate', { id: 'a', stars: 1 });
    assert.ok(other);
    // @ts-expect-error a misspelt push
    host.push('snapshots', { rows: [] });
    // @ts-expect-error a push with another value
    host.push('snapshot', { rows: [1] });
    const port = shape<HostPort>();
    // @ts-expect-error a handler is missing
    serveCalls(sample, port, { ready: () => undefined }, () => undefined);
    // @ts-expect-error a handler answers something else
    serveCalls(sample, port, { ready: () => undefined, rate: () => ({ mean: 1 }) }, () => undefined);
    // @ts-expect-error a push has no handler
    connect<typeof sample>(shape<PagePort>(), {});
  };
  assert.equal(typeof never, 'function');
});

test('in a page the link speaks through VS Code and the window, and keeps state', async () => {
  const target = new EventTarget();
  const posted: unknown[] = [];
  let kept: unknown;
  const api = { postMessage: (message: unknown) => posted.push(message), getState: () => kept, setState: (state: unknown) => (kept = state) };
  Object.assign(globalThis, { acquireVsCodeApi: () => api, window: Object.assign(target, { setTimeout, clearTimeout }) });
  const page = connectToExtension<typeof sample>({ snapshot: () => undefined });
  const call = page.call('rate', { id: 'a', stars: 1 });
  assert.deepEqual(posted, [{ call: 1, name: 'rate', params: { id: 'a', stars: 1 } }]);
  target.dispatchEvent(Object.assign(new Event('message'), { data: { answer: 1, value: { average: 4 } } }));
  assert.deepEqual(await call, { average: 4 });
  page.state.set({ zoom: 2 });
  assert.deepEqual(page.state.get(), { zoom: 2 });
});

describe('the document of a webview', () => {
  const options = { scriptUri: 'https://x.example/a.js', styleUri: 'https://x.example/a.css', nonce: 'A'.repeat(22), title: 'Quiz', lang: 'en' };
  const policyOf = (html: string) => new Map((/Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '').split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)] as const));

  test('allows only what carries the nonce', () => {
    const policy = policyOf(webviewHtml(options));
    assert.deepEqual(policy.get('default-src'), ["'none'"]);
    assert.deepEqual(policy.get('script-src'), [`'nonce-${options.nonce}'`]);
    assert.deepEqual(policy.get('base-uri'), ["'none'"]);
    assert.deepEqual(policy.get('form-action'), ["'none'"]);
    assert.equal(policy.has('connect-src'), false);
    for (const sources of policy.values()) assert.ok(!sources.some((source) => source.includes('unsafe') || source.includes('http') || source === "'self'"), sources.join(' '));
  });

  test('cannot be broken out of by its arguments', () => {
    const html = webviewHtml({ ...options, title: '</title><script>', scriptUri: 'x" onload="y', lang: '"><b>' });
    assert.ok(!html.includes('<script>') && !html.includes('onload="y"') && !html.includes('<b>'));
    assert.throws(() => webviewHtml({ ...options, nonce: "x' 'unsafe-inline" }), RangeError);
  });
});
