import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openCardMedia } from '../../../src/adapters/node/cards/anki-media.ts';
import { safeName } from '../../../src/adapters/node/cards/anki/media.ts';
import { nodeFiles } from '../../../src/adapters/node/files.ts';
import { mediaNamesOf, withMediaRenamed } from '../../../src/core/cards/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-media-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const bytes = (text: string) => new TextEncoder().encode(text);

test('files are kept by name, and two of one name both', async () => {
  const media = openCardMedia(nodeFiles, join(folder, 'kept'));
  const card = { question: '![](a.png) ![x](<b c.png>)', answer: '[sound:s.mp3] ![](https://x.org/y.png) ![](../../etc/passwd)' };
  assert.deepEqual(await media.of([card]), []);
  assert.deepEqual([...(await media.keep([{ name: 'a.png', bytes: bytes('1') }, { name: 'b c.png', bytes: bytes('2') }, { name: 's.mp3', bytes: bytes('3') }]))], []);
  assert.deepEqual([...(await media.keep([{ name: 'a.png', bytes: bytes('1') }]))], []);
  const renamed = await media.keep([{ name: 'a.png', bytes: bytes('other') }]);
  assert.deepEqual([...renamed], [['a.png', 'a-d9298a10d1b0.png']]);
  assert.deepEqual((await media.of([card])).map(({ name }) => name), ['a.png', 'b c.png', 's.mp3']);
  const changed = withMediaRenamed(card, renamed);
  assert.deepEqual([...mediaNamesOf([changed])], ['a-d9298a10d1b0.png', 'b c.png', 's.mp3', '../../etc/passwd']);
  assert.deepEqual(Buffer.from((await media.read('a-d9298a10d1b0.png')) ?? []).toString(), 'other');
});

test('no name leaves the folder', async () => {
  const media = openCardMedia(nodeFiles, join(folder, 'deep', 'media'));
  await media.keep(['../x', '/etc/x', 'a/../../b', '..', 'C:\\x', 'nul.txt', '.hidden', ''].map((name) => ({ name, bytes: bytes(name) })));
  assert.deepEqual(readdirSync(join(folder, 'deep')), ['media']);
  assert(readdirSync(join(folder, 'deep', 'media')).every((name) => safeName(name) === name && !name.startsWith('.')));
  assert(!existsSync(join(folder, 'x')));
  assert.equal(await media.read('../media/_x'), undefined);
});
