import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { promptJson, promptsCsv, promptsJson, pythonJson } from '../../../../src/core/prompts/interop/index.ts';
import { prompt, secret, utc } from './sample.ts';

const csv = (part: Parameters<typeof prompt>[0]) => [...promptsCsv([prompt(part)], utc)].join('').split('\r\n').slice(1).join('\r\n');
const cells: [name: string, part: Parameters<typeof prompt>[0], line: string][] = [
  ['plain', {}, '1,1759400000000,2025-10-02 10:13:20,/Users/you/repos/a,,fix the parser,\r\n'],
  ['rated and noted', { rating: 4, note: 'good' }, '1,1759400000000,2025-10-02 10:13:20,/Users/you/repos/a,4,fix the parser,good\r\n'],
  ['quotes, commas, line ends', { text: 'say "hi",\nplease\r\n', project: '/a,b' }, '1,1759400000000,2025-10-02 10:13:20,"/a,b",,"say ""hi"",\nplease\r\n",\r\n'],
  ['formulas', { text: '=1+1', note: '@SUM(A1)', project: '-x' }, "1,1759400000000,2025-10-02 10:13:20,'-x,,'=1+1,'@SUM(A1)\r\n"],
  ['formulas behind a tab, in quotes', { text: '\t=1', note: '+1,2' }, `1,1759400000000,2025-10-02 10:13:20,/Users/you/repos/a,,'\t=1,"'+1,2"\r\n`],
  ['a slash command is none', { text: '/model' }, '1,1759400000000,2025-10-02 10:13:20,/Users/you/repos/a,,/model,\r\n'],
  ['secrets', { text: secret, note: `token: ${secret}` }, '1,1759400000000,2025-10-02 10:13:20,/Users/you/repos/a,,[redacted: GitHub token],token: [redacted: GitHub token]\r\n'],
  ['what no file can hold', { text: 'a\ud800b\0c' }, '1,1759400000000,2025-10-02 10:13:20,/Users/you/repos/a,,a\ufffdb\ufffdc,\r\n'],
];
describe('CSV', () => {
  for (const [name, part, line] of cells) test(name, () => assert.equal(csv({ at: 1759400000000, ...part }), line));
  test('nothing', () => assert.deepEqual([...promptsCsv([], utc)], ['ID,Timestamp,Time,Project,Rating,Prompt,Note\r\n']));
});

describe('JSON', () => {
  test('has the keys of the original first, in its order', () => {
    assert.deepEqual(Object.entries(promptJson(prompt({ rating: 2, pasted: '{"1":{"id":1,"content":"größe"}}' }))), [
      ['id', 1], ['timestamp', 1759400000000], ['display', 'fix the parser'], ['project', '/Users/you/repos/a'], ['rating', 2], ['note', null],
      ['pasted_contents', '{"1": {"id": 1, "content": "gr\\u00f6\\u00dfe"}}'], ['sessionId', 's1'], ['agent', 'claude'],
    ]);
  });
  test('redacts pasted parts too, and gives none for damaged ones', () => {
    assert.equal(promptJson(prompt({ pasted: JSON.stringify({ 1: { content: `x ${secret}` } }) })).pasted_contents, '{"1": {"content": "x [redacted: GitHub token]"}}');
    for (const pasted of ['', '[1]', '{', 'null', '"x"']) assert.equal(promptJson(prompt({ pasted })).pasted_contents, '{}', pasted);
  });
  test('as a whole is one line of ASCII', () => {
    assert.equal([...promptsJson([])].join(''), '[]\n');
    const text = [...promptsJson([prompt({ text: 'ä\n🎉' }), prompt({ id: 2 })])].join('');
    assert.match(text, /^[\x20-\x7f]*\n$/);
    assert.deepEqual((JSON.parse(text) as { id: number; display: string }[]).map(({ id, display }) => [id, display]), [[1, 'ä\n🎉'], [2, 'fix the parser']]);
  });
});

test('pythonJson is what json.dumps prints', { skip: spawnSync('python3', ['--version']).status === 0 ? false : 'python3 is not installed' }, () => {
  const values = fc.sample(fc.jsonValue({ noUnicodeString: false }).filter((value) => !JSON.stringify(value).includes('e')), { seed: 5, numRuns: 200 });
  const program = 'import json,sys\nprint("\\n".join(json.dumps(v) for v in json.load(sys.stdin)))';
  // Whole numbers and texts are what pasted parts hold; how the two print fractions is another matter.
  const whole = values.map((value) => JSON.parse(JSON.stringify(value), (_, each: unknown) => (typeof each === 'number' ? Math.trunc(each % 1e9) || 0 : each)) as unknown);
  const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(whole), encoding: 'utf8' });
  assert.equal(whole.map(pythonJson).join('\n'), run.stdout.trimEnd());
});
