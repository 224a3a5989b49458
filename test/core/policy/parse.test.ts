/** The policy file: what is understood, and where it says what is not. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { defaultPolicyText, keyAt, parsePolicy, policyKeys } from '../../../src/core/policy/index.ts';

const parse = (text: string) => parsePolicy(text, { scope: 'repository', file: '/r/p.yaml', home: '/home/u', root: '/r' });
const globs = (pattern: string) => parse(`read:\n  deny: [${JSON.stringify(pattern)}]\n`).rules.flatMap((rule) => (rule.kind === 'path' ? rule.globs : []));

describe('patterns', () => {
  const rows: Readonly<Record<string, string>> = {
    '.env': '**/.env', '*.env': '**/*.env', 'dir/': '**/dir', './x': '/r/x', 'a/b': '/r/a/b', 'a/../b/./c': '/r/b/c', '.': '/r', '..': '/', '~/.ssh': '/home/u/.ssh', '~': '/home/u', '$HOME/x': '/home/u/x', '${HOME}/x': '/home/u/x', '/etc/x': '/etc/x', '//etc/x': '/etc/x', '**/x/y': '**/x/y', 'C:\\Users\\x': 'C:/Users/x',
  };
  for (const [pattern, glob] of Object.entries(rows)) test(pattern, () => assert.deepEqual(globs(pattern), [glob]));
});

describe('what is not understood, with its line', () => {
  const rows: readonly (readonly [text: string, line: number, message: RegExp])[] = [
    ['read:\n  deny:\n    - *.env\n', 3, /in quotes/], ['read:\n  deny:\n    - !x\n', 3, /in quotes|no exceptions/], ['read: [', 1, /./], ['reed:\n  deny: []\n', 1, /there is no "reed"\. There are: version, read, write/], ['read:\n  deny: []\n  dney: []\n', 3, /there is no "read\.dney"/], ['read.deny: [x]\n', 1, /there is no "read\.deny"/],
    ['read:\n  deny: .env\n', 2, /is a list/], ['read: .env\n', 1, /holds keys: deny, ask, only/], ['- x\n', 1, /list of keys/], ['just text\n', 1, /list of keys/], ['version: 2\n', 1, /"version" is 1/], ['failClosed: yes please\n', 1, /true or false/], ['sandbox: maybe\n', 1, /off, on or required/], ['commands:\n  unclear: never\n', 2, /allow, ask or deny/],
    ['read:\n  deny:\n    - a\n    - 7\n', 4, /is a text/], ['read:\n  deny:\n    - ""\n', 3, /empty/], ['read:\n  deny:\n    - "!.env"\n', 3, /no exceptions/], ['read:\n  deny: ["{a,b}"]\n', 2, /braces/], ['read:\n  deny: [~root/x]\n', 2, /own home/], ['read:\n  deny: [$TMP/x]\n', 2, /\$HOME/], ['commands:\n  deny: ["cat x | sh"]\n', 2, /one command/], ['commands:\n  deny: ["*"]\n', 2, /at least the program/],
    ['read:\n  deny: [a]\nread:\n  deny: [b]\n', 3, /unique/i], ['\tread: x\n', 1, /./], ['a: &a [*a, *a]\n', 1, /./],
  ];
  for (const [text, line, message] of rows) {
    test(JSON.stringify(text), () => {
      const [problem] = parse(text).problems;
      assert.deepEqual([problem?.line, problem?.file], [line, '/r/p.yaml'], problem?.message);
      assert.match(problem?.message ?? '', message);
    });
  }
});

test('an empty file, one of comments, and empty lists are understood', () => {
  for (const text of ['', '# nothing\n', 'version: 1\n', 'read:\n', 'read:\n  deny:\n', 'read:\n  deny: []\n']) assert.deepEqual([parse(text).problems, parse(text).rules], [[], []], JSON.stringify(text));
});

test('choices, with the words of an older YAML', () => {
  const { unclear, failClosed, sandbox, problems } = parse('commands:\n  unclear: deny\nfailClosed: true\nsandbox: true\n');
  assert.deepEqual([unclear, failClosed, sandbox, problems], ['deny', true, 'on', []]);
});

test('each rule knows its line', () => {
  assert.deepEqual(parse('# c\nread:\n  deny:\n    - a\n    # c\n    - "b"\n  only: [x]\ncommands:\n  ask:\n    - git push\n').rules.map(({ pattern, source }) => [pattern, source.line]), [['a', 4], ['b', 6], ['x', 7], ['git push', 10]]);
});

for (const scope of ['repository', 'user'] as const) test(`the default policy of the ${scope} is understood, and denies the usual secrets`, () => {
  const { problems, rules } = parse(defaultPolicyText(scope));
  assert.deepEqual(problems, []);
  for (const pattern of ['.env', '*.pem', '~/.ssh']) assert(rules.some((rule) => rule.pattern === pattern && rule.effect === 'deny'), pattern);
});

test('each key has help, and its section', () => {
  for (const { path, help } of policyKeys) assert(help.length > 20 && (!path.includes('.') || keyAt(path.split('.')[0] ?? '')?.kind === 'section'), path);
});

test('any text is either understood or has a problem with a line', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 200 }), fc.string({ maxLength: 80 }).map((text) => `read:\n  deny:\n    - ${text}\n`)), (text) => {
    const { problems } = parse(text);
    for (const { line, message } of problems) assert(line >= 1 && message !== '' && !message.includes('\n'));
  }), { seed: 7, numRuns: 500 });
});

test('of a file that is no policy, a few problems are told, in words that a screen can show', () => {
  const { problems, rules } = parse(Array.from({ length: 200 }, (_, n) => `"\u0007${'x'.repeat(1000)}${n}" - {\u001b[31m`).join('\n'));
  assert.deepEqual(rules, []);
  assert(problems.length > 0 && problems.length <= 20);
  for (const { message } of problems) assert(message.length <= 201 && !/\p{Cc}/u.test(message), message);
});
