import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeFiles } from '../../../src/adapters/node/files.ts';
import { rewriteText, rewriteTexts } from '../../../src/core/install/index.ts';

test('a file is created, changed, left alone and removed', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'wh-install-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'x.json');
  assert.equal(await rewriteText(nodeFiles, file, () => 'one'), 'created');
  assert.equal(await rewriteText(nodeFiles, file, (text) => `${text} two`), 'changed');
  assert.equal(await rewriteText(nodeFiles, file, (text) => text), 'none');
  assert.equal(await nodeFiles.readText(file), 'one two');
  assert.equal(await rewriteText(nodeFiles, file, () => undefined), 'removed');
});

test('a file that somebody else writes meanwhile is read again; for ever is too long', async () => {
  let writes = 0;
  const files = { readText: () => Promise.resolve('x'), remove: () => Promise.resolve(), replaceText: () => Promise.resolve(++writes < 3 ? ('changed' as const) : ('written' as const)) };
  assert.equal(await rewriteText(files, 'f', () => 'y'), 'changed');
  assert.equal(writes, 3);
  await assert.rejects(rewriteText({ ...files, replaceText: () => Promise.resolve('changed') }, 'f', () => 'y'), { code: 'conflict' });
});

test('of several files all are changed, or none', async () => {
  const texts = new Map([['a', '1'], ['b', '2']]);
  let broken = '';
  const files = {
    readText: (file: string) => Promise.resolve(texts.get(file)),
    remove: (file: string) => Promise.resolve(void texts.delete(file)),
    replaceText: (file: string, { expected, text }: { expected: string | undefined; text: string }) => {
      if (file === broken) return Promise.reject(new Error(`Cannot write ${file}`));
      assert.equal(texts.get(file), expected);
      texts.set(file, text);
      return Promise.resolve('written' as const);
    },
  };
  const edits = ['a', 'new', 'b'].map((file) => ({ file, change: (text: string | undefined) => `${text ?? ''}!` }));
  broken = 'b';
  await assert.rejects(rewriteTexts(files, edits), { message: 'Cannot write b' });
  assert.deepEqual([...texts], [['a', '1'], ['b', '2']]);
  const refusing = { file: 'b', change: () => { throw new Error('not mine'); } };
  await assert.rejects(rewriteTexts(files, [...edits.slice(0, 2), refusing]), { message: 'not mine' });
  assert.deepEqual([...texts], [['a', '1'], ['b', '2']]);
  broken = '';
  assert.deepEqual((await rewriteTexts(files, edits)).map(({ change }) => change), ['changed', 'created', 'changed']);
  assert.deepEqual([...texts.values()], ['1!', '2!', '!']);
});
