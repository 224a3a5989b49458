/** What a session is told, from real folders: public notes only, as they are now, whatever lies beside them. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { sessionContext } from '../../../src/adapters/node/notes/session-context.ts';
import { org } from './stage.ts';

function stage(t: Pick<TestContext, 'after'>, files: Readonly<Record<string, string>> = {}) {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'wheelhouse-context-')));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const [notes, repo, dataRoot] = [join(home, 'notes'), join(home, 'proj'), join(home, 'data')];
  mkdirSync(join(repo, '.git'), { recursive: true });
  writeFileSync(join(repo, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(notes, name)), { recursive: true });
    writeFileSync(join(notes, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const context = (more: object = {}) => sessionContext({ env: { HOME: home }, dataRoot, folder: repo, goesOn: false, ...more });
  const set = (settings: object) => {
    mkdirSync(join(dataRoot, 'user'), { recursive: true });
    writeFileSync(join(dataRoot, 'user', 'settings.json'), JSON.stringify(settings));
  };
  return { home, notes, repo, dataRoot, write, context, set, told: async (more: object = {}) => (await context(more)).brief.text };
}

const global = (tags: string, body = 'Use make.\n') => org('claude-global-context', 'Rules', tags, body);

test('the global note, the notes of the repository by tag and by property, the others by name', async (t) => {
  const s = stage(t, {
    'g.org': global(':PUBLIC:'),
    'tagged.org': org('tagged', 'Tagged', ':PUBLIC:Proj:', 'By tag.\n'),
    'named.md': '---\nid: named\ntitle: Named\nproject: ~/proj\ntags: [PUBLIC]\n---\nBy path.\n',
    'sub/part.org': `${org('part', 'Part', ':PUBLIC:', 'Not told.\n')}* Below :proj:\n:PROPERTIES:\n:ID: below\n:END:\nBy headline.\n`,
    'other.md': '---\nid: other\ntitle: Other\nvisibility: public\n---\nNot told either.\n',
    'shut.org': org('shut', 'Shut', ':proj:', 'rosebud\n'),
  });
  const { brief, hasGlobal, root } = await s.context();
  assert.deepEqual([hasGlobal, root], [true, s.repo]);
  assert.deepEqual(brief.parts.map(({ kind, id, trimmed }) => [kind, id, trimmed]), [['global', 'claude-global-context', undefined], ['repository', 'below', undefined], ['repository', 'named', undefined], ['repository', 'tagged', undefined], ['list', '', undefined]]);
  for (const part of ['Use make.', 'By tag.', 'By path.', 'By headline.', '- other: Other', '- part: Part']) assert(brief.text.includes(part), part);
  for (const part of ['rosebud', 'hut', 'ot told']) assert(!brief.text.includes(part), part);
});

test('a note that becomes private is gone at once, and back when it is public again', async (t) => {
  const s = stage(t, { 'g.org': global(':PUBLIC:') });
  const path = join(s.notes, 'g.org');
  const old = new Date(Date.now() - 60_000);
  for (let round = 0; round < 3; round++) {
    s.write('g.org', global(':PUBLIC:'));
    utimesSync(path, old, old);
    await delay(60);
    assert.match(await s.told(), /Use make/);
    // As long as before and with its old time: an agent could have set both.
    s.write('g.org', global(':publik:'));
    utimesSync(path, old, old);
    assert.equal(await s.told(), '');
    if (round === 1) await delay(60);
  }
});

test('two notes with one id are both private, also when the second comes later, and in a heading', async (t) => {
  const s = stage(t, { 'g.org': global(':PUBLIC:'), 'a.org': org('aa', 'A', ':PUBLIC:proj:', 'about a\n') });
  await delay(60);
  assert.match(await s.told(), /about a/);
  s.write('b.org', `${org('bb', 'B', '')}* Head\n:PROPERTIES:\n:ID: aa\n:END:\n`);
  assert.doesNotMatch(await s.told(), /about a|aa/);
  rmSync(join(s.notes, 'b.org'));
  await delay(60);
  assert.match(await s.told(), /about a/);
  s.write('c.org', org('claude-global-context', 'Another', ''));
  assert.doesNotMatch(await s.told(), /Use make/);
  // Written into a file that was there: no folder shows it.
  s.write('c.org', org('cc', 'Another', ''));
  await delay(60);
  assert.match(await s.told(), /Use make/);
  s.write('c.org', org('aa', 'Another', ''));
  assert.doesNotMatch(await s.told(), /about a|aa/);
});

test('a renamed, a moved and a replaced file', async (t) => {
  const s = stage(t, { 'guide.md': '---\ntags: [PUBLIC, proj]\n---\nGuide text.\n' });
  await delay(60);
  assert.match(await s.told(), /note guide\)/);
  renameSync(join(s.notes, 'guide.md'), join(s.notes, 'manual.md'));
  assert.match(await s.told(), /note manual\)/);
  s.write('sub/x.md', 'x');
  renameSync(join(s.notes, 'manual.md'), join(s.notes, 'sub', 'manual.md'));
  assert.match(await s.told(), /Guide text/);
});

test('a symbolic link is not followed, and hidden folders are not looked into', async (t) => {
  const s = stage(t, { '.trash/g.org': global(':PUBLIC:'), 'node_modules/g.org': global(':PUBLIC:'), 'logseq/bak/pages/g.org': global(':PUBLIC:') });
  writeFileSync(join(s.home, 'out.org'), global(':PUBLIC:'));
  symlinkSync(join(s.home, 'out.org'), join(s.notes, 'g.org'));
  assert.equal(await s.told(), '');
});

test('settings: another note, none, and another limit', async (t) => {
  const s = stage(t, { 'g.org': global(':PUBLIC:', 'Use make.\n'.repeat(500)), 'mine.org': org('mine', 'Mine', ':PUBLIC:', 'My rules.\n') });
  s.set({ globalContext: 'mine' });
  assert.match(await s.told(), /My rules/);
  s.set({ globalContext: '' });
  assert.doesNotMatch(await s.told(), /My rules|Use make/);
  s.set({ contextLimit: 1000 });
  const { brief } = await s.context();
  assert(brief.characters <= 1000 && brief.parts[0]?.trimmed !== undefined);
});

test('a work tree is its repository', async (t) => {
  const s = stage(t, { 'n.org': org('n', 'N', ':PUBLIC:proj:', 'For proj.\n') });
  const tree = join(s.home, 'tree-1');
  mkdirSync(join(s.repo, '.git', 'worktrees', 'tree-1'), { recursive: true });
  writeFileSync(join(s.repo, '.git', 'worktrees', 'tree-1', 'commondir'), '../..\n');
  mkdirSync(join(tree, 'deep'), { recursive: true });
  writeFileSync(join(tree, '.git'), `gitdir: ${join(s.repo, '.git', 'worktrees', 'tree-1')}\n`);
  assert.match(await s.told({ folder: join(tree, 'deep') }), /For proj/);
});

test('without time for all notes nothing of them is told, and the next look goes on', async (t) => {
  const s = stage(t, { 'g.org': global(':PUBLIC:') });
  await delay(60);
  const { brief, isIncomplete } = await s.context({ budgetMs: -1 });
  assert.deepEqual([brief.text, isIncomplete], ['', true]);
  assert.match(await s.told(), /Use make/);
  assert.match(await s.told({ budgetMs: -1 }), /Use make/, 'what has not changed needs no time');
});

test('a damaged list is made anew', async (t) => {
  const s = stage(t, { 'g.org': global(':PUBLIC:') });
  await delay(60);
  const whole = await s.told();
  const user = join(s.dataRoot, 'user');
  const beginning = /^[^,]*,"signature":"[^"]*"/.exec(readFileSync(join(user, 'notes-public.json'), 'utf8'))?.[0] ?? '';
  const states = Buffer.alloc(5 * 8).toString('base64');
  for (const damage of ['', '{', 'null', '[]', beginning, `${beginning}}`, `${beginning},"notes":[],"doubles":1}`, '{"version":2}', ...['[1]', '[[]]', '["",""]', '[["",[1]]]', '[["",[["id","t",[],null,0]]]]'].map((contents) => `{"version":2,"states":"${states}","contents":${contents}}`)]) {
    for (const name of ['notes-public.json', 'notes-states.json']) writeFileSync(join(user, name), damage);
    assert.equal(await s.told(), whole, damage);
  }
});

test('what is kept has no word of a private note, and is the user\'s alone', async (t) => {
  const s = stage(t, { 'g.org': global(':PUBLIC:'), 'secret-name.org': org('secret-id', 'Secret title', ':secrettag:', 'Secret text.\n'), 'secret-folder/x.md': 'Secret again.' });
  await delay(60);
  await s.told();
  const user = join(s.dataRoot, 'user');
  const names = readdirSync(user).filter((name) => name.startsWith('notes-'));
  assert.deepEqual(names, ['notes-public.json', 'notes-states.json']);
  for (const name of names) {
    assert.doesNotMatch(readFileSync(join(user, name), 'utf8'), /secret/i);
    assert.equal(statSync(join(user, name)).mode & 0o777, 0o600);
  }
});

test('with and without private notes, every word is the same', async (t) => {
  const tag = fc.constantFrom('', ':proj:', ':t1:', ':t2:');
  const body = fc.array(fc.constantFrom('word', '[[id:p1]]', '* Head', '** Sub :proj:', ':PUBLIC: t', '#+filetags: :PUBLIC:'), { maxLength: 4 }).map((parts) => `${parts.join('\n')}\n`);
  const open = fc.record({ tag, body: fc.constant('Open text.\n') });
  const shut = fc.record({ tag, body, folder: fc.constantFrom('', 'deep/', 'a/b/'), mark: fc.constantFrom('', ':PRIVATE:') });
  await fc.assert(
    fc.asyncProperty(fc.array(open, { maxLength: 4 }), fc.array(shut, { minLength: 1, maxLength: 4 }), async (opens, shuts) => {
      const after: (() => void)[] = [];
      const own = { after: (work: () => void) => after.push(work) } as unknown as Pick<TestContext, 'after'>;
      const files = Object.fromEntries(opens.map(({ tag: tags, body: text }, n) => [`p${n}.org`, org(`p${n}`, `Open ${n}`, `:PUBLIC:${tags.replace(/^:/, '')}`, text)]));
      const [without, withPrivate] = [stage(own, files), stage(own, files)];
      shuts.forEach(({ tag: tags, body: text, folder, mark }, n) => withPrivate.write(`${folder}canary${n}.org`, org(`canary-${n}`, `Canary ${n}`, `:PRIVATE:${tags.replace(/^:/, '')}${mark.replace(/^:/, '')}`, text)));
      assert.deepEqual((await withPrivate.context()).brief, (await without.context()).brief);
      for (const work of after) work();
    }),
    { seed: 66, numRuns: 40 },
  );
  t.diagnostic('40 trials');
});
