import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Texts, crawlText } from '../../../../webview-ui/timeline/crawl/texts.ts';
import type { PromptSource } from '../../../../webview-ui/timeline/source.ts';

const cases: [what: string, text: string, shown: string][] = [
  ['as it is', 'Fix it.\nThen test.', 'Fix it.\nThen test.'],
  ['walls of empty space', '  a \t b \n\n\n\n c  ', 'a b\n\nc'],
  ['nothing', ' \n ', '(empty)'],
  ['cut at a word', 'word '.repeat(200), `${'word '.repeat(139)}word …`],
  ['a word without end', 'x'.repeat(2000), `${'x'.repeat(700)} …`],
  ['no half character', `${'x'.repeat(699)}😀${'y'.repeat(99)}`, `${'x'.repeat(699)} …`],
];
for (const [what, text, shown] of cases) test(what, () => assert.equal(crawlText(text), shown));

test('texts come in pieces, each asked for once, and far ones are forgotten', async () => {
  const asked: number[] = [];
  const briefs = (ids: readonly number[]) => {
    asked.push(ids[0]!);
    return Promise.resolve(ids.map((id) => ({ id, at: 0, text: `prompt ${id}`, rating: 0 })));
  };
  let come = 0;
  const texts = new Texts({ briefs } as unknown as PromptSource, Uint32Array.from({ length: 2000 }, (_, i) => i + 1), () => come++, (error) => assert.fail(String(error)));
  assert.equal(texts.get(0), undefined);
  await new Promise(setImmediate);
  assert.equal(texts.get(0), 'prompt 1');
  assert.equal(texts.get(49), 'prompt 50');
  await new Promise(setImmediate);
  assert.deepEqual([asked, come], [[1, 51], 2]);
  for (let i = 0; i < 2000; i += 10) {
    texts.get(i);
    await new Promise(setImmediate);
  }
  assert.equal(asked.length, 40, 'each piece once on the way');
  texts.get(0);
  assert.equal(asked.length, 41, 'the beginning was forgotten');
});
