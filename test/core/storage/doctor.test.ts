import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { imageFile } from '../../../src/adapters/node/database-image.ts';
import { nodeFiles } from '../../../src/adapters/node/files.ts';
import { ownIdentity } from '../../../src/adapters/node/process-identity.ts';
import { gatherStorageFacts } from '../../../src/adapters/node/storage-facts.ts';
import { storageFindings } from '../../../src/core/storage/index.ts';
import { journalAt, temporaryFolder, testStore } from './fixture.ts';

const root = (path: string, more: object = {}) => ({ path, source: 'default' as const, ...more });

test('a folder that is not there yet, and one in use, are well', async (t) => {
  const folder = join(temporaryFolder(t), 'data');
  assert.ok(storageFindings(await gatherStorageFacts(root(folder))).every(({ ok }) => ok));
  const journal = journalAt(join(folder, 'user', 'journal.jsonl'));
  const store = await testStore(t, journal, { image: imageFile(nodeFiles, join(folder, 'user', 'image.sqlite')) });
  await store.append([{ by: 'user', type: 'test.written', n: 1 }]);
  await store.saveImage();
  const findings = storageFindings(await gatherStorageFacts(root(folder)));
  assert.ok(findings.every(({ ok, fix }) => ok && fix === undefined));
  assert.deepEqual(findings.map(({ check }) => check), ['locations file', 'data folder', 'disk space', 'journal', 'image', 'locks']);
  assert.match(findings[3]!.message, /1 events/);
});

test('what is wrong is said, with what to do', async (t) => {
  const folder = temporaryFolder(t);
  const scope = join(folder, 'repositories', 'x-1');
  mkdirSync(scope, { recursive: true });
  await journalAt(join(scope, 'journal.jsonl')).append([{ by: 'user', type: 'test.written', n: 1 }]);
  appendFileSync(join(scope, 'journal.jsonl'), 'rubbish\n');
  mkdirSync(join(folder, 'user', 'journal.jsonl'), { recursive: true });
  writeFileSync(join(scope, 'image.sqlite'), 'rubbish that is longer than a checksum, but not a database');
  const owner = await ownIdentity();
  writeFileSync(join(folder, 'a.lock'), `${JSON.stringify({ take: 'x', owner: { ...owner, pid: 2 ** 22 + 1 }, at: 1 })}\n`);
  chmodSync(folder, 0o777);
  const facts = await gatherStorageFacts(root(folder, { warning: 'locations.json cannot be used' }));
  const findings = storageFindings({ ...facts, root: { ...facts.root, freeBytes: 1024 } });
  assert.deepEqual(
    findings.map(({ check, ok, message }) => [check, ok, /cannot be used|others may write|left for|damaged|folder|process \d+/.test(message)]),
    [['locations file', false, true], ['data folder', false, true], ['disk space', false, true], ['journal', false, true], ['journal', false, true], ['image', false, true], ['locks', true, true]],
  );
  assert.ok(findings.every(({ ok, fix }) => ok === (fix === undefined)));
});
