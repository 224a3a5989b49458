import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { locationsFile, readLocations, recordLocation, repositoryScope, resolveDataRoot, userScope, type Locations } from '../../../src/adapters/node/locations.ts';
import { temporaryFolder } from '../../core/storage/fixture.ts';

const editor = (home: string, app: string, at = 1) => ({ app, folder: join(home, '.config', app, 'globalStorage'), at });

test('with nothing recorded, the usual folder serves', (t) => {
  const home = temporaryFolder(t);
  assert.deepEqual(resolveDataRoot({ HOME: home }), { path: join(home, '.local/share/wheelhouse'), source: 'default' });
  assert.deepEqual(resolveDataRoot({ HOME: home, XDG_DATA_HOME: '/x' }), { path: '/x/wheelhouse', source: 'default' });
  assert.deepEqual(resolveDataRoot({ HOME: home, XDG_DATA_HOME: 'relative' }).path, join(home, '.local/share/wheelhouse'));
});

test('the option goes before the environment, and the environment before the record', (t) => {
  const env = { HOME: temporaryFolder(t), WHEELHOUSE_DATA: '/env' };
  recordLocation({ HOME: env.HOME });
  assert.deepEqual(resolveDataRoot(env, '/option'), { path: '/option', source: 'option' });
  assert.deepEqual(resolveDataRoot(env, ''), { path: '/env', source: 'environment' });
  assert.equal(resolveDataRoot({ ...env, WHEELHOUSE_DATA: '' }).source, 'recorded');
});

test('the first editor decides, the others join it, and the record keeps all, newest first', (t) => {
  const home = temporaryFolder(t);
  const env = { HOME: home };
  const [code, cursor] = [editor(home, 'Code', 1), editor(home, 'Cursor', 2)];
  assert.deepEqual(recordLocation(env, code), { path: code.folder, source: 'recorded' });
  assert.deepEqual(recordLocation(env, cursor), { path: code.folder, source: 'recorded' });
  recordLocation(env, { ...code, at: 3 });
  const recorded = readLocations(env) as Locations;
  assert.deepEqual(recorded.editors.map(({ app, at }) => [app, at]), [['Code', 3], ['Cursor', 2]]);
  assert.deepEqual(resolveDataRoot(env), { path: code.folder, source: 'recorded' });
  assert.equal(statSync(locationsFile(env)).mode & 0o777, 0o600);
});

test('a command line that was first is joined by a later editor, recorded or not', (t) => {
  for (const record of [true, false]) {
    const home = temporaryFolder(t);
    const env = { HOME: home };
    const { path } = record ? recordLocation(env) : resolveDataRoot(env);
    if (!record) mkdirSync(join(userScope(path), 'x'), { recursive: true });
    assert.equal(recordLocation(env, editor(home, 'Code')).path, path);
    assert.equal(resolveDataRoot(env).path, path);
  }
});

test('with the environment set, nothing is recorded', (t) => {
  const env = { HOME: temporaryFolder(t), WHEELHOUSE_DATA: '/env' };
  assert.equal(recordLocation(env, editor(env.HOME, 'Code')).path, '/env');
  assert.equal(readLocations(env), undefined);
});

for (const [name, content] of [
  ['not JSON', '{"version":1'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a newer version', '{"version":2,"data":"/x"}'],
  ['no version', '{"data":"/x"}'],
  ['a relative path', '{"version":1,"data":"x"}'],
  ['a number for the path', '{"version":1,"data":1}'],
] as const) {
  test(`a damaged record is told, not used and not overwritten: ${name}`, (t) => {
    const env = { HOME: temporaryFolder(t) };
    const file = locationsFile(env);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    for (const root of [resolveDataRoot(env), recordLocation(env, editor(env.HOME, 'Code'))]) {
      assert.equal(root.path, join(env.HOME, '.local/share/wheelhouse'));
      assert.match(root.warning ?? '', /locations\.json cannot be used/);
    }
    assert.equal(readFileSync(file, 'utf8'), content);
  });
}

test('editors that are no editors are left out of the list', (t) => {
  const env = { HOME: temporaryFolder(t) };
  mkdirSync(dirname(locationsFile(env)), { recursive: true });
  writeFileSync(locationsFile(env), '{"version":1,"data":"/x","editors":[null,1,{"app":1}]}');
  assert.deepEqual(readLocations(env), { version: 1, data: '/x', editors: [] });
});

test('a repository has a folder of its own with a readable name', () => {
  const name = (path: string) => repositoryScope('/data', path).replace('/data/repositories/', '');
  assert.match(name('/home/me/project/.git'), /^project-[0-9a-f]{16}$/);
  assert.match(name('/srv/project.git'), /^project-[0-9a-f]{16}$/);
  assert.match(name('/home/me/my notes (old)'), /^my-notes-old--[0-9a-f]{16}$/);
  assert.match(name('/home/me/.dotfiles'), /^dotfiles-[0-9a-f]{16}$/);
  assert.match(name('/'), /^folder-[0-9a-f]{16}$/);
  assert.match(name('/übung'), /^übung-/);
  assert.notEqual(name('/a/project/.git'), name('/b/project/.git'));
});
