// Images of databases: damage is noticed wherever it is, and a large one keeps nobody waiting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageFile } from '../../../src/adapters/node/database-image.ts';
import { nodeFiles } from '../../../src/adapters/node/files.ts';

const SLICE = 4 * 1024 * 1024;

function stage(size: number) {
  const file: { bytes: Uint8Array } = { bytes: new Uint8Array() };
  const files = { ...nodeFiles, readBytes: () => Promise.resolve(file.bytes), writeBytes: (_: string, bytes: Uint8Array) => Promise.resolve(void (file.bytes = bytes)) };
  return { file, bytes: new Uint8Array(size).fill(7), image: imageFile(files, '/image.sqlite') };
}

for (const size of [1, SLICE, SLICE + 1]) {
  test(`${size} bytes come back as they were, and not when one of them is another`, async () => {
    const { file, bytes, image } = stage(size);
    await image.save(bytes);
    assert(Buffer.from((await image.load()) ?? []).equals(bytes));
    for (const at of new Set([0, size - 1, size])) {
      file.bytes[at]! ^= 1;
      assert.equal(await image.load(), undefined, `byte ${at}`);
      file.bytes[at]! ^= 1;
    }
  });
}

test('others go first between the slices of a large one', async () => {
  const { bytes, image } = stage(5 * SLICE + 1);
  for (const work of [() => image.save(bytes), () => image.load()]) {
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns++;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await work();
    isDone = true;
    assert(turns >= 5, `${turns} turns`);
  }
});
