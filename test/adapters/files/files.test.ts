import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { nodeFiles as files } from '../../../src/adapters/node/files.ts';
import { nodeHasher } from '../../../src/adapters/node/hash.ts';
import { decodeText, encodeText } from '../../../src/adapters/node/text-codec.ts';
import { temporaryFolder } from '../../core/storage/fixture.ts';

test('any bytes decode to text and back to the same bytes', () => {
  // Bytes near the borders of UTF-8 are the interesting ones.
  const byte = fc.oneof(fc.constantFrom(0x41, 0x7f, 0x80, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff, 0xa0, 0x9f, 0x90, 0x8f), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), (values) => {
      assert.deepEqual([...encodeText(decodeText(Uint8Array.from(values)))], values);
    }),
    { seed: 1, numRuns: 5000 },
  );
});

test('any well-formed text encodes as UTF-8 and decodes to the same text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.deepEqual(Buffer.from(encodeText(text)), Buffer.from(text, 'utf8'));
      assert.equal(decodeText(encodeText(text)), text);
    }),
    { seed: 1 },
  );
});

/** Files as others write them; a change at the end leaves every other byte as it is. */
const foreign: readonly [string, Buffer][] = [
  ['UTF-8', Buffer.from('* TODO grüße 🐍\n')],
  ['Latin-1', Buffer.from('* TODO gr\xfc\xdfe\n', 'latin1')],
  ['UTF-8 with stray bytes', Buffer.concat([Buffer.from('ä'), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from('ö\n')])],
  ['a byte-order mark', Buffer.from('\ufeff* TODO x\n')],
  ['CRLF without a last newline', Buffer.from('* a\r\n* b')],
  ['nothing', Buffer.alloc(0)],
];
for (const [name, bytes] of foreign) {
  test(`a change keeps every other byte: ${name}`, async (t) => {
    const path = join(temporaryFolder(t), 'f.org');
    const mark = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
    for (const write of ['writeText', 'replaceText'] as const) {
      writeFileSync(path, bytes);
      const text = await files.readText(path);
      assert.equal(text, decodeText(bytes.subarray(mark)));
      if (write === 'writeText') await files.writeText(path, `${text}- ü\n`);
      else assert.equal(await files.replaceText(path, { expected: text, text: `${text}- ü\n` }), 'written');
      assert.deepEqual(readFileSync(path), Buffer.concat([bytes, Buffer.from('- ü\n')]));
    }
  });
}

const refused: readonly [string, (path: string) => void, RegExp, number?][] = [
  ['a folder', (path) => mkdirSync(path), /it is a folder/],
  ['UTF-16, little end first', (path) => writeFileSync(path, Buffer.from('\ufeffhello', 'utf16le')), /UTF-16/],
  ['UTF-16, big end first', (path) => writeFileSync(path, Buffer.from([0xfe, 0xff, 0, 0x61])), /UTF-16/],
  ['a binary file', (path) => writeFileSync(path, 'ELF\0\x01'), /binary/],
  ['a file above the limit', (path) => writeFileSync(path, 'x'.repeat(101)), /101 bytes, and at most 100/, 100],
  ['a pipe', (path) => execFileSync('mkfifo', [path]), /not a regular file/],
  ['links in a circle', (path) => symlinkSync(path, path), /circle/],
];
for (const [name, make, message, maxBytes] of refused) {
  test(`not read as text: ${name}`, async (t) => {
    const path = join(temporaryFolder(t), 'x');
    make(path);
    await assert.rejects(files.readText(path, maxBytes === undefined ? {} : { maxBytes }), { code: 'unreadable', message });
  });
}

test('what is not there is undefined, empty, or no error', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'no', 'file');
  symlinkSync(path, join(folder, 'dangling'));
  assert.equal(await files.readText(path), undefined);
  assert.equal(await files.readBytes(path), undefined);
  assert.equal(await files.stat(join(folder, 'dangling')), undefined);
  assert.equal(await files.realPath(path), undefined);
  assert.deepEqual(await files.list(path), []);
  await files.remove(path);
});

test('a write makes folders, leaves no temporary file, and keeps the mode', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'a', 'b', 'f.sh');
  await files.writeText(path, 'one');
  chmodSync(path, 0o750);
  await files.writeText(path, 'two');
  assert.equal(await files.replaceText(path, { expected: 'two', text: 'three' }), 'written');
  assert.equal(statSync(path).mode & 0o777, 0o750);
  assert.deepEqual(readdirSync(join(folder, 'a', 'b')), ['f.sh']);
  assert.deepEqual(await files.list(join(folder, 'a')), ['b']);
});

test('a write goes through links, dangling ones too, and never replaces them', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'real'));
  symlinkSync('real/f.org', join(folder, 'middle'));
  const link = join(folder, 'link');
  symlinkSync('middle', link);
  await files.writeText(link, 'one');
  assert.equal(await files.replaceText(link, { expected: 'one', text: 'two' }), 'written');
  assert.equal(readFileSync(join(folder, 'real', 'f.org'), 'utf8'), 'two');
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(readlinkSync(join(folder, 'middle')), 'real/f.org');
  await files.remove(link);
  assert.ok(existsSync(join(folder, 'real', 'f.org')));
});

test('a replacement happens only when the file is what was expected', async (t) => {
  const path = join(temporaryFolder(t), 'f.org');
  assert.equal(await files.replaceText(path, { expected: 'x', text: 'y' }), 'changed');
  assert.ok(!existsSync(path));
  assert.equal(await files.replaceText(path, { expected: undefined, text: 'one' }), 'written');
  assert.equal(await files.replaceText(path, { expected: undefined, text: 'two' }), 'changed');
  appendFileSync(path, '!');
  assert.equal(await files.replaceText(path, { expected: 'one', text: 'two' }), 'changed');
  assert.equal(readFileSync(path, 'utf8'), 'one!');
  assert.deepEqual(readdirSync(join(path, '..')), ['f.org']);
});

test('of many that replace the same text at once, one does', async (t) => {
  const path = join(temporaryFolder(t), 'f.org');
  for (const expected of [undefined, 'start']) {
    if (expected !== undefined) writeFileSync(path, expected);
    const results = await Promise.all(Array.from({ length: 8 }, (_, n) => files.replaceText(path, { expected, text: `by ${n}` })));
    assert.deepEqual([...results].sort(), [...Array<string>(7).fill('changed'), 'written']);
    assert.equal(readFileSync(path, 'utf8'), `by ${results.indexOf('written')}`);
    rmSync(path);
  }
});

test('hard links elsewhere do not hinder a replacement', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'f.org');
  writeFileSync(path, 'one');
  linkSync(path, join(folder, 'other'));
  assert.equal(await files.replaceText(path, { expected: 'one', text: 'two' }), 'written');
  assert.equal(readFileSync(path, 'utf8'), 'two');
});

test('writing where a folder is says so', async (t) => {
  const folder = temporaryFolder(t);
  await assert.rejects(files.writeText(folder, 'x'), { code: 'unwritable', message: /it is a folder/ });
  writeFileSync(join(folder, 'f'), '');
  await assert.rejects(files.writeText(join(folder, 'f', 'g'), 'x'), { code: 'unwritable', message: /a part of its path is a file/ });
});

test('a watch hears writing in place, replacing, removing, and writing through a link', { timeout: 120_000 }, async (t) => {
  // No poll ever comes, so that nothing but an event can wake.
  t.mock.timers.enable({ apis: ['setInterval'] });
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'real'));
  const [path, link] = [join(folder, 'real', 'f'), join(folder, 'link')];
  writeFileSync(path, 'x');
  symlinkSync(path, link);
  let wake = (): void => undefined;
  const watching = files.watchFile(link, () => {
    wake();
  });
  t.after(() => watching.dispose());
  const changes = [() => appendFile(path, 'y'), () => files.writeText(path, 'z'), () => rm(path), () => files.writeText(link, 'w')];
  for (const change of changes) {
    const woken = new Promise<void>((resolve) => (wake = resolve));
    await change();
    await woken;
    // Let the events of this change pass, so that the next one is heard on its own.
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
});

test('hashes are those of git and sha256sum, for stray bytes too', (t) => {
  const path = join(temporaryFolder(t), 'f');
  for (const bytes of foreign.map(([, value]) => value)) {
    writeFileSync(path, bytes);
    const text = decodeText(bytes);
    assert.equal(nodeHasher.gitBlob(text), execFileSync('git', ['hash-object', '--no-filters', path], { encoding: 'utf8' }).trim());
    assert.equal(nodeHasher.sha256(text), execFileSync('sha256sum', [path], { encoding: 'utf8' }).split(' ')[0]);
  }
});
