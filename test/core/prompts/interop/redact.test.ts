import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { findSecrets, redact } from '../../../../src/core/prompts/interop/index.ts';
import { ordinaryPrompts } from './ordinaryPrompts.ts';
import { proportionate } from '../../../helpers/proportionate.ts';

/** Tokens are put together here, so that no scanner takes this file for a leak. */
const part = (length: number, seed = 7) => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let state = seed;
  return Array.from({ length }, () => letters[(state = (state * 1103515245 + 12345) % 2147483648) % 62]).join('');
};
const pem = (kind: string) => [`-----BEGIN ${kind}PRIVATE KEY-----`, part(64), part(64, 8), `${part(40, 9)}==`, `-----END ${kind}PRIVATE KEY-----`].join('\n');
const jwt = `eyJ${part(33)}.eyJ${part(90)}.${part(43)}`;

/** The text with the secret between ⟦ and ⟧, and what it is taken for. */
const secrets: [kind: string, text: string][] = [
  ['AWS key', 'use ⟦AKIA' + 'IOSFODNN7EXAMPLE⟧ for the bucket'],
  ['secret', 'aws_secret_access_key = ⟦wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY⟧'],
  ['GitHub token', `git clone with ⟦ghp_${part(36)}⟧, please`],
  ['GitHub token', `⟦github_pat_${part(22)}_${part(59)}⟧`],
  ['GitLab token', `token ⟦glpat-${part(20)}⟧ expired`],
  ['Slack token', `⟦xoxb-123456789012-1234567890123-${part(24)}⟧`],
  ['Slack webhook', `curl ⟦https://hooks.slack.com/services/T${'0'.repeat(8)}/B${'0'.repeat(8)}/${part(24)}⟧`],
  ['Anthropic key', `ANTHROPIC_API_KEY=⟦sk-ant-api03-${part(93)}-${part(6)}AA⟧`],
  ['OpenAI key', `why does ⟦sk-proj-${part(60)}⟧ not work?`],
  ['OpenAI key', `⟦sk-${part(48)}⟧`],
  ['Google key', `⟦AIza${part(35)}⟧`],
  ['Stripe key', `⟦sk_live_${part(24)}⟧`],
  ['npm token', `//registry/:_authToken ⟦npm_${part(36)}⟧`],
  ['Hugging Face token', `⟦hf_${part(34)}⟧`],
  ['JWT', `the cookie is ⟦${jwt}⟧ and it fails`],
  ['private key', `why is this refused?\n⟦${pem('')}⟧\nthanks`],
  ['private key', `⟦${pem('RSA ')}⟧`],
  ['private key', `⟦${pem('OPENSSH ').replaceAll('\n', '\\n')}⟧`],
  ['private key', `⟦-----BEGIN EC PRIVATE KEY-----\n${part(64)}\n${part(64, 3)}⟧`],
  ['password', 'psql postgres://app:⟦s3cr3t!⟧@db.internal:5432/app'],
  ['password', 'https://ana:⟦hunter2⟧@example.org/x'],
  ['secret', 'DB_PASSWORD=⟦correcthorse⟧'],
  ['secret', 'password: ⟦hunter2⟧'],
  ['secret', 'the password is: no, password = "⟦Tr0ub4dor&3⟧"'],
  ['secret', '{"client_secret": "⟦9f8e7d6c5b4a39281706⟧"}'],
  ['secret', "api_key => '⟦a1b2c3d4e5f6g7h8⟧'"],
  ['secret', 'export STRIPE_TOKEN=⟦tok8s7d6f5g4h3j2⟧ && make'],
  ['secret', 'mysql --password ⟦pa55word!⟧ -h db'],
  ['secret', '"{\\"apiKey\\": \\"⟦ak93jf02mfj4k2k4⟧\\"}"'],
  ['secret', 'my password is ⟦hunter2⟧, why can I not log in?'],
  ['secret', 'das Passwort ist geheim, aber das token ist ⟦ab12cd34ef⟧'],
  ['secret', 'ENCRYPTION_SALT_KEY=⟦8f14e45fceea167a5a36dedd4bea2543⟧'],
  ['authorization', `curl -H "Authorization: Bearer ⟦${part(40)}⟧"`],
  ['token', `I get 401 with ⟦${part(40, 5)}⟧`],
];

describe('secrets are found', () => {
  for (const [kind, marked] of secrets) {
    test(`${kind}: ${marked.slice(0, 50).replaceAll('\n', ' ')}`, () => {
      const text = marked.replace(/[⟦⟧]/g, '');
      const start = marked.indexOf('⟦');
      const found = findSecrets(text);
      assert.deepEqual(found.map((each) => text.slice(each.start, each.end)), [text.slice(start, marked.indexOf('⟧') - 1)]);
      assert.equal(found[0]?.kind, kind);
      assert.equal(redact(text), marked.replace(/⟦[^]*⟧/, `[redacted: ${kind}]`));
    });
  }
});

test('ordinary prompts with things that look like secrets stay as they are', () => {
  const changed = ordinaryPrompts.filter((text) => redact(text) !== text).map((text) => redact(text));
  assert.deepEqual(changed, []);
  assert.ok(ordinaryPrompts.length >= 100);
});

test('redacting again changes nothing, and what is no secret stays', () => {
  const pieces = fc.oneof(fc.constantFrom(...secrets.map(([, text]) => text.replace(/[⟦⟧]/g, ''))), fc.constantFrom(...ordinaryPrompts), fc.constantFrom(' ', '\n', '=', ':', '"', 'password', 'TOKEN=', 'eyJ', '-----BEGIN PRIVATE KEY-----'), fc.string());
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 6 }), (all) => {
      const text = all.join(' ');
      const once = redact(text);
      assert.equal(redact(once), once);
      let last = 0;
      for (const { start, end } of findSecrets(text)) {
        assert.ok(start >= last && end > start && end <= text.length);
        last = end;
      }
    }),
    { seed: 41, numRuns: 300 },
  );
});

const megabyte = 1_000_000;
const repeated = (text: string) => (length: number) => text.repeat(Math.ceil(length / text.length));
const hostile: Record<string, (length: number) => string> = {
  'beginnings of tokens': repeated('ghp_sk-ant-xoxb-AKIAeyJ'),
  'eyJ without an end': repeated('eyJ'),
  'halves of JWTs': repeated(' eyJaaaaaaaaa.eyJaaa.'),
  'begun keys': repeated('-----BEGIN PRIVATE KEY-----\n'),
  'a begun key and blanks': (length) => `-----BEGIN PRIVATE KEY-----${' \n'.repeat(length / 2)}`,
  'names without values': repeated('password'),
  'names and signs': repeated('token: '),
  'names and long tails': repeated('secret_aaaaaaaaaaaaaaaaaaaaaaaaa'),
  'quotes': repeated('password="'),
  'addresses without an end': repeated('https://a:'),
  'a scheme without an end': (length) => 'a'.repeat(length),
  'dashes': (length) => '-'.repeat(length),
  'one long token': (length) => part(100).repeat(length / 100),
  'many short tokens': repeated(`${part(40)} `),
  'value of name parts': (length) => `token: ${'Aa1_'.repeat(length / 4)}`,
  'blanks': (length) => ' '.repeat(length),
  'bearers': repeated('bearer '),
  'options': repeated('--a-token '),
};
for (const [name, text] of Object.entries(hostile)) {
  test(`linear time on hostile text: ${name}`, { timeout: 120_000 }, () => proportionate({ n: megabyte, make: text, run: redact }));
}
