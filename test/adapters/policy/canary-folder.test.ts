/** The folder of the canaries: in the repository, never in its history, and gone when nobody uses it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeCanaryFolder, sweepCanaryFolders } from '../../../src/adapters/node/policy/canary-folder.ts';
import { stage } from '../../faces/cli/stage.ts';

const canariesIn = (folder: string) => readdirSync(folder).filter((name) => name.includes('canary'));
const free = () => true;

test('in .git where there is one; else, or when a rule is about that, beside the files with an ignore file', async (t) => {
  const staged = await stage(t);
  const hidden = makeCanaryFolder(staged.repo, free);
  assert.match(hidden, /\/repo\/\.git\/\.wheelhouse-canary-/);
  for (const [name, isFree] of [['other', free], ['repo', (path: string) => !path.includes('/.git/')]] as const) {
    mkdirSync(join(staged.root, name), { recursive: true });
    const folder = makeCanaryFolder(join(staged.root, name), isFree);
    assert.match(folder, new RegExp(`/${name}/\\.wheelhouse-canary-`));
  }
  await staged.write(`${canariesIn(staged.repo)[0] ?? ''}/x.env`, 'canary');
  await staged.git('add', '--all');
  assert.equal(await staged.git('status', '--porcelain'), '', 'nothing of it can be committed by mistake');
});

test('what is left over is removed, and what is in use is not', async (t) => {
  const { repo } = await stage(t);
  const host = hostname().replace(/[^A-Za-z0-9]/g, '').slice(0, 32) || 'host';
  const gone = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => gone.on('close', resolve));
  const make = (name: string, minutes = 0) => {
    const folder = join(repo, name);
    mkdirSync(folder);
    utimesSync(folder, Date.now() / 1000 - minutes * 60, Date.now() / 1000 - minutes * 60);
  };
  make(`.wheelhouse-canary-${host}-${gone.pid}-a`);
  make(`.git/.wheelhouse-canary-${host}-${gone.pid}-b`);
  make(`.wheelhouse-canary-${host}-${process.pid}-c`);
  make('.wheelhouse-canary-elsewhere-1-d');
  make('.wheelhouse-canary-elsewhere-1-e', 90);
  sweepCanaryFolders(repo);
  assert.deepEqual([...canariesIn(repo), ...canariesIn(join(repo, '.git'))].map((name) => name.slice(-1)).sort(), ['c', 'd']);
  sweepCanaryFolders(join(repo, 'nowhere'));
});
