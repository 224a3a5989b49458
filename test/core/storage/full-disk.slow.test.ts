/** A small file system of our own that can be filled up or made read-only; mounting one needs root on Linux. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { imageFile } from '../../../src/adapters/node/database-image.ts';
import { nodeFiles } from '../../../src/adapters/node/files.ts';
import { ownIdentity } from '../../../src/adapters/node/process-identity.ts';
import { withLock } from '../../../src/adapters/node/ticket-lock.ts';
import { contentOf, journalAt, readAll, testStore } from './fixture.ts';

function mountable(): false | string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'mounting a file system needs root on Linux';
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return false;
  } catch {
    return 'this environment does not let us mount';
  } finally {
    rmdirSync(folder);
  }
}
const skip = mountable();

function smallDisk(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]);
  t.after(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

const readOnly = (folder: string) => execFileSync('mount', ['-o', 'remount,ro', folder]);

/** Takes all the space that is left, in a file that can be cut shorter again. */
function fill(folder: string): string {
  const path = join(folder, 'ballast');
  const room = Buffer.alloc(256 * 1024);
  try {
    writeFileSync(path, room);
  } catch {
    // Full is what it is meant to be.
  }
  return path;
}

const written = (n: number) => ({ by: 'user', type: 'test.written', n, text: 'x'.repeat(100 * (n % 9)) });

test('a disk that fills up loses no acknowledged event, and takes new ones when there is room again', { skip }, async (t) => {
  const folder = smallDisk(t);
  const path = join(folder, 'journal.jsonl');
  const store = await testStore(t, journalAt(path), { image: imageFile(nodeFiles, join(folder, 'image.sqlite')) });
  const acknowledged: number[] = [];
  let refusals = 0;
  let ballast: string | undefined;
  for (let n = 0; n < 400; n++) {
    if (n === 40) ballast = fill(folder);
    // A little room comes and goes, so that writes are cut at various places.
    if (n > 60 && n % 20 === 0) truncateSync(ballast!, Math.max(0, statSync(ballast!).size - 4096));
    try {
      await store.append(n % 3 === 0 ? [written(n), written(n + 1000)] : [written(n)]);
      acknowledged.push(n, ...(n % 3 === 0 ? [n + 1000] : []));
    } catch (error) {
      assert.match(String(error), /disk is full. Free some space/);
      refusals += 1;
    }
  }
  assert.ok(refusals > 20 && acknowledged.length > 60, `${refusals} refused, ${acknowledged.length} taken`);
  const { entries, damaged } = await readAll(journalAt(path));
  t.diagnostic(`${acknowledged.length} taken, ${refusals} refused, ${damaged.length} torn lines`);
  assert.deepEqual(entries.map(({ event }) => event['n']), acknowledged, 'what was refused is not there, what was taken is');
  fill(folder);
  await assert.rejects(store.saveImage(), { code: 'unwritable', message: /disk is full/ });
  assert.ok(!readdirSync(folder).some((name) => name.endsWith('.tmp')));
  await store.close();
  rmSync(ballast!);
  const again = await testStore(t, journalAt(path));
  await again.append([written(5000)]);
  assert.deepEqual(contentOf(again), contentOf(await testStore(t, journalAt(path))));
});

test('a text file on a full disk stays as it was, and no temporary file is left', { skip }, async (t) => {
  const folder = smallDisk(t);
  const path = join(folder, 'code_review.org');
  writeFileSync(path, 'precious');
  fill(folder);
  const text = 'x'.repeat(100_000);
  for (const write of [() => nodeFiles.writeText(path, text), () => nodeFiles.replaceText(path, { expected: 'precious', text })]) {
    await assert.rejects(write(), { code: 'unwritable', message: /disk is full/ });
    assert.equal(readFileSync(path, 'utf8'), 'precious');
    assert.deepEqual(readdirSync(folder).sort(), ['ballast', 'code_review.org']);
  }
});

test('a lock taken before the disk was full is released all the same', { skip }, async (t) => {
  const folder = smallDisk(t);
  const path = join(folder, 'x.lock');
  const owner = await ownIdentity();
  // The file's last block must be full too, or there is room for the release.
  writeFileSync(path, `${'x'.repeat(4096 - 330)}\n`);
  await withLock(path, () => {
    fill(folder);
    writeFileSync(path, '\n'.repeat(4096 - (statSync(path).size % 4096)), { flag: 'a' });
  }, { owner });
  assert.equal(statSync(path).size, 0);
});

test('on a read-only disk everything can be read, and each write says why not', { skip }, async (t) => {
  const folder = smallDisk(t);
  const path = join(folder, 'journal.jsonl');
  const image = imageFile(nodeFiles, join(folder, 'image.sqlite'));
  await journalAt(path).append([written(1)]);
  writeFileSync(join(folder, 'text'), 'old');
  readOnly(folder);
  const message = /read-only file system/;
  const store = await testStore(t, journalAt(path), { image });
  assert.deepEqual(store.db.all('SELECT n FROM written'), [{ n: 1 }]);
  await assert.rejects(store.append([written(2)]), { code: 'unwritable', message });
  await assert.rejects(store.saveImage(), { code: 'unwritable', message });
  await assert.rejects(nodeFiles.writeText(join(folder, 'text'), 'new'), { code: 'unwritable', message });
  await assert.rejects(nodeFiles.replaceText(join(folder, 'text'), { expected: 'old', text: 'new' }), { code: 'unwritable', message });
  await assert.rejects(withLock(join(folder, 'x.lock'), () => 1, { owner: await ownIdentity() }), { code: 'unwritable', message });
  const following = store.follow();
  following.dispose();
  await store.close();
});
