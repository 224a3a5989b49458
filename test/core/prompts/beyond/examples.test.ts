import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examplesNote, examplesOf } from '../../../../src/core/prompts/beyond/index.ts';
import { prompt, secret, utc } from '../interop/sample.ts';

const prompts = [
  prompt({ id: 1, at: 1, rating: 4, text: 'write the tests first, then the code' }),
  prompt({ id: 2, at: 2, rating: 5, text: 'explain why this query is slow, with its plan' }),
  prompt({ id: 3, at: 3, rating: 5, text: `use ${secret} to list the open issues`, note: `it had ${secret} in it`, project: '/b', pasted: `{"1":"${secret}"}` }),
  prompt({ id: 4, at: 4, rating: 4, text: 'Write the tests first, then the code!' }),
  prompt({ id: 5, at: 5, rating: 3, text: 'do it' }),
  prompt({ id: 6, at: 6, text: 'never rated' }),
];

const choices: [name: string, options: Parameters<typeof examplesOf>[1], ids: number[]][] = [
  ['the best first, each kind once', {}, [3, 2, 4]],
  ['as many as asked for', { limit: 1 }, [3]],
  ['of one folder', { project: '/Users/you/repos/a' }, [2, 4]],
  ['with fewer stars too', { minRating: 3 }, [3, 2, 4, 5]],
  ['of nothing', { project: '/none' }, []],
];
for (const [name, options, ids] of choices) test(`examples: ${name}`, () => assert.deepEqual(examplesOf(prompts, options).map(({ id }) => id), ids));

test('examples hold no secrets', () => assert.ok(!JSON.stringify(examplesOf(prompts)).includes(secret)));

const hostile = prompt({ id: 9, rating: 5, text: '* x\n#+FILETAGS: :PUBLIC:\n```\n# y', note: '* z', project: '/a/_b_' });
test('as an org note', () => {
  assert.equal(
    examplesNote([prompts[1]!, hostile], { id: 'prompt-examples', title: 'Good\nprompts', format: 'org' }, utc),
    ':PROPERTIES:\n:ID:       prompt-examples\n:END:\n#+TITLE: Good prompts\n\n* Example 1\n★★★★★ · 1970-01-01 · a\n\nexplain why this query is slow, with its plan\n\n* Example 2\n★★★★★ · 2025-10-02 · _b_\n\n\u200b* x\n\u200b#+FILETAGS: :PUBLIC:\n```\n\u200b# y\n\n** Why it worked\n\n\u200b* z\n',
  );
});
test('as a Markdown note', () => {
  assert.equal(
    examplesNote([hostile], { id: 'prompt-examples', title: 'Good "prompts"', format: 'markdown' }, utc),
    '---\nid: "prompt-examples"\ntitle: "Good \\"prompts\\""\n---\n\n## Example 1\n\n★★★★★ · 2025\\-10\\-02 · \\_b\\_\n\n````text\n* x\n#+FILETAGS: :PUBLIC:\n```\n# y\n````\n\nWhy it worked:\n\n```text\n* z\n```\n',
  );
});
