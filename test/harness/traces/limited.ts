// The service of a subscription whose usage limit is reached: every request is refused, with the headers that say why.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const twoHours = 7200;

/** What makes the client believe in a subscription. The tokens are made up and go nowhere but to the loopback. */
export const limitedCredentials = {
  claudeAiOauth: {
    accessToken: 'made-up', refreshToken: 'made-up', expiresAt: 4_102_444_800_000, scopes: ['user:inference', 'user:profile'], subscriptionType: 'pro',
  },
};

/** Starts it on a free loopback port; keeps in `times` when it was asked and refused. */
export async function limitedModel(times: { asked: number; answered: number; turns: number }): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url?.startsWith('/v1/messages') !== true) {
      response.writeHead(request.method === 'HEAD' ? 200 : 404).end();
      return;
    }
    times.asked = times.answered = Date.now();
    times.turns += 1;
    response.writeHead(429, {
      'content-type': 'application/json',
      'anthropic-ratelimit-unified-status': 'rejected',
      'anthropic-ratelimit-unified-reset': String(Math.floor(Date.now() / 1000) + twoHours),
      'anthropic-ratelimit-unified-representative-claim': 'five_hour',
      'x-should-retry': 'false',
    });
    response.end(JSON.stringify({ type: 'error', error: { type: 'rate_limit_error', message: 'limited' } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
