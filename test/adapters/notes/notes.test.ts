import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { org, stage } from './stage.ts';
import { closeNotes, type Notes } from '../../../src/adapters/node/notes/notes.ts';
import { writeUserSettings } from '../../../src/adapters/node/user-settings.ts';
import { nodeFiles } from '../../../src/adapters/node/files.ts';

const ids = async (notes: Notes) => (await notes.list()).map(({ id }) => id);

test('changes, renames and removals are seen at the next look, and unchanged files stay as they are', async (t) => {
  const s = stage(t, { 'a.org': org('a', 'A', ''), 'sub/b.md': '# B\n[[A]]\n' });
  const notes = await s.all();
  assert.deepEqual(await ids(notes), ['a', 'b']);
  assert.deepEqual((await notes.get('a')).backlinks.map(({ id }) => id), ['b']);
  s.write('c.org', org('c', 'C', '', 'zebra'));
  assert.deepEqual((await notes.search('zeb')).notes.map(({ id }) => id), ['c']);
  s.write('c.org', org('c', 'C', '', 'giraffe'));
  assert.deepEqual([(await notes.get('c')).content.includes('giraffe'), (await notes.search('zebra')).total], [true, 0]);
  renameSync(join(s.folder, 'sub'), join(s.folder, 'other'));
  assert.equal((await notes.get('b')).note.path, join(s.folder, 'other/b.md'));
  rmSync(s.folder, { recursive: true });
  assert.deepEqual(await ids(notes), [], 'a folder that disappears');
  mkdirSync(s.folder);
  s.write('a.org', org('a', 'A again', ''));
  assert.deepEqual((await notes.list()).map(({ title }) => title), ['A again'], 'and comes back');
});

test('a saved note is told to who watches', { timeout: 60_000 }, async (t) => {
  const s = stage(t, { 'a.org': org('a', 'A', '') });
  const notes = await s.all();
  const told = new Promise<void>((done) => {
    const watch = notes.watch(() => {
      watch.dispose();
      done();
    });
  });
  s.write('a.org', org('a', 'New', ''));
  await told;
  assert.equal(notes.index.list()[0]?.title, 'New');
});

test('several folders; a link out of them is not followed; the files are never rewritten by reading', async (t) => {
  const s = stage(t, { 'a.org': org('a', 'A', '') });
  const second = join(s.home, 'vault');
  mkdirSync(second);
  writeFileSync(join(second, 'v.md'), '# V\n');
  symlinkSync('/etc', join(second, 'out'));
  symlinkSync(join(s.folder, 'a.org'), join(second, 'link.org'));
  mkdirSync(join(s.home, 'data/user'), { recursive: true });
  await writeUserSettings(nodeFiles, s.user.folder, { notesFolders: ['~/notes', second, join(second, 'below'), '~/missing'] });
  const before = readFileSync(join(second, 'v.md'), 'utf8');
  const notes = await s.all();
  assert.deepEqual(await ids(notes), ['a', 'v']);
  assert.deepEqual((await notes.check()).files, [{ path: join(second, 'link.org'), problem: 'it is a symbolic link, and links are not followed' }]);
  assert.deepEqual([readFileSync(join(second, 'v.md'), 'utf8'), readdirSync(second)], [before, ['link.org', 'out', 'v.md']]);
});

test('bad input is private, named by check, and in nobody\'s way', async (t) => {
  const cycle = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`c${n}.org`, org(`c${n}`, `C${n}`, ':PUBLIC:', `[[id:c${(n + 1) % 50}]] [[id:c0]]\n`)]));
  const s = stage(t, {
    ...cycle,
    'd1.org': org('d', 'One', ':PUBLIC:'), 'd2.org': org('d', 'Two', ':PUBLIC:'),
    'bytes.org': Buffer.from([0x23, 0x2b, 0xff, 0xfe, 0x0a]), 'utf16.md': Buffer.from('\ufeffabc', 'utf16le'), 'nul.org': Buffer.alloc(100),
    'front.md': '---\ntags: [PUBLIC\n---\n', 'empty.org': '', 'weird.md': '---\n',
    'ticks.md': `${'` '.repeat(50_000)}\n${'[['.repeat(50_000)}\n`, 'blocks.org': '#+begin_src x\n'.repeat(20_000), 'stars.org': `* ${' '.repeat(100_000)}x\n${'* H\n** I\n'.repeat(2_000)}`,
  });
  chmodSync(join(s.folder, 'd2.org'), 0o444);
  const notes = await s.public();
  assert.equal((await notes.list()).length, 50);
  assert.equal((await notes.get('c0')).backlinks.length, 49);
  const all = await s.all();
  const check = await all.check();
  assert.deepEqual(check.files.map(({ path }) => path.slice(s.folder.length + 1)), ['bytes.org', 'front.md', 'nul.org', 'stars.org', 'utf16.md', 'weird.md']);
  assert.deepEqual(check.duplicates, [{ id: 'd', paths: [join(s.folder, 'd1.org'), join(s.folder, 'd2.org')] }]);
  rmSync(join(s.folder, 'd2.org'));
  assert.equal((await notes.get('d')).note.title, 'One', 'a double that is gone');
});

const half = `${org('n', 'N', ':PUBLIC:', 'Intro.\n* One\nfirst\n')}* Secret :PRIVATE:\nhidden\n** Below\nhidden too\n* Two\nsecond\n`;

test('an update keeps what the model does not see', async (t) => {
  const s = stage(t, { 'n.org': half });
  const { agent } = await s.public();
  const seen = await agent.get('n');
  assert(!seen.content.includes('idden'));
  const changes: readonly [string, (text: string) => string][] = [
    ['above', (text) => text.replace('Intro.', 'Longer intro.\nIndeed.')],
    ['below', (text) => text.replace('second', 'second, changed')],
    ['around', (text) => text.replace('first\n* Two\nsecond', 'x\n* Two and a half\ny')],
    ['appended', (text) => `${text}more`],
    ['cut', (text) => text.slice(0, text.indexOf('* One'))],
    ['a deeper headline where it was', (text) => `${text}** Deep\ndeep\n`],
  ];
  for (const [name, edit] of changes) {
    s.write('n.org', half);
    const content = edit(seen.content);
    const done = await agent.update('n', content, seen.hash);
    assert.deepEqual([done.status, done.content.trim()], ['written', content.trim()], name);
    assert(s.read('n.org').includes('* Secret :PRIVATE:\nhidden\n** Below\nhidden too\n'), name);
    assert(s.read('n.org').includes('\n* Secret'), name);
  }
});

test('links find a file in the folder that they name, and whatever form of Unicode its name has', async (t) => {
  const s = stage(t, {
    'work/Todo.md': 'w\n', 'home/Todo.md': 'h\n', [`${'Bücher'.normalize('NFD')}.org`]: org('b', 'B', ''), 'Page___Sub.md': 'logseq\n', 'proto.md': '# TCP/IP\n',
    'map.md': '[[work/Todo]] [[../home/Todo|x]] [[elsewhere/Todo]] [[Page/Sub]] [[TCP/IP]] [b](B%C3%BCcher.org)\n', 'map.org': org('m', 'M', '', '[[file:Bücher.org][b]] [[file:work/Todo.md::1]]\n'),
  });
  const notes = await s.all();
  const linked = async (id: string) => (await notes.get(id)).links.map(({ target, note }) => `${target} ${note?.path.slice(s.folder.length + 1).normalize('NFC') ?? 'nowhere'}`);
  assert.deepEqual(await linked('map'), ['work/Todo work/Todo.md', 'home/Todo home/Todo.md', 'elsewhere/Todo nowhere', 'Page/Sub Page___Sub.md', 'TCP/IP proto.md', 'Bücher.org Bücher.org']);
  assert.deepEqual(await linked('m'), ['Bücher.org Bücher.org', 'work/Todo.md work/Todo.md']);
});

test('what is no link between notes is no broken one, and not every journal is called by its first part', async (t) => {
  const s = stage(t, {
    '2024-01-01.md': '## Tasks\n![[photo.png]] [[Report.pdf#page=3|r]] ![a](a.png) [x](x.pdf) [d](../code/) [[node.js]] [gone](gone.md)\n', '2024-01-02.md': '## Tasks\ntext\n# Real\n', 'node.js.md': 'x\n',
    'o.org': org('o', 'O', '', '[[file:a.png]] [[./b.jpg]] [[file:~/x.py::12][x]] [[file:/src/]] [[~/Makefile]] [[file:gone.org][g]] [[./lost.md::*H]]\n'),
  });
  const notes = await s.all();
  assert.deepEqual((await notes.check()).broken.map(({ target }) => target), ['gone.md', 'gone.org', './lost.md']);
  assert.deepEqual((await notes.list()).map(({ title }) => title), ['2024-01-01', 'Real', 'node.js', 'O']);
});

test('a note of the user is not published in the place of one that a model wrote', async (t) => {
  const s = stage(t, { 'salary.org': org('salary', 'Salary', '', 'secret\n'), 'pay.md': '---\nid: other\n---\nsecret\n' });
  const [agent, user] = [(await s.public()).agent, await s.all()];
  for (const [id, format] of [['salary', 'org'], ['pay', 'markdown'], ['free', 'org']] as const) await agent.create({ id, title: `New ${id}`, content: 'x\n', tags: [] }, format);
  for (const [id, draft] of [['salary', 'salary-2'], ['Salary', 'salary-2'], ['pay', 'pay-2']] as const) await assert.rejects(user.setPublic(id, true), { code: 'conflict', message: new RegExp(`is called ${draft} \\(“New `) });
  assert.deepEqual((await user.list()).filter(({ isPublic }) => isPublic), []);
  assert((await user.setPublic('free', true)).note.isPublic);
  assert.equal((await user.setPublic('salary', true, { isSure: true })).note.title, 'Salary');
  await user.setPublic('salary', false);
  await user.setPublic('salary-2', true);
  assert.equal((await user.setPublic('salary', true)).note.title, 'Salary', 'what the model wrote is public already');
});

test('a public headline in a private file is changed within its bounds', async (t) => {
  const text = `${org('f', 'F', '', 'private\n')}* Open :PUBLIC:\n:PROPERTIES:\n:ID: open\n:END:\ntext\n* Closed\nclosed\n`;
  const s = stage(t, { 'f.org': text });
  const { agent } = await s.public();
  const { content, hash } = await agent.get('open');
  const done = await agent.update('open', `${content}** Sub\nadded`, hash);
  assert.equal(done.status, 'written');
  assert.equal(s.read('f.org'), text.replace('text\n* Closed', 'text\n** Sub\nadded\n* Closed'));
  for (const bad of [`${done.content}* Next\n`, `intro\n${done.content}`, `*${done.content}`]) await assert.rejects(agent.update('open', bad, done.hash), { code: 'invalid-input' }, bad);
});

test('a model cannot change who reads anything, nor ids', async (t) => {
  const s = stage(t, { 'n.org': half, 'm.md': '---\npublic: true\n---\nM\n', 'p.org': org('p', 'P', '', 'private\n') });
  const { agent } = await s.public();
  const refused = async (id: string, edit: (text: string) => string) => {
    const { content, hash } = await agent.get(id);
    await assert.rejects(agent.update(id, edit(content), hash), { code: 'refused' }, edit(content));
  };
  for (const edit of [
    (text: string) => text.replace(':PUBLIC:', ':other:'), (text: string) => `${text}* New :PUBLIC:\n`, (text: string) => `${text}* New :PRIVATE:\n`,
    (text: string) => `${text}* New\n:PROPERTIES:\n:PUBLIC: t\n:END:\n`, (text: string) => `${text}#+filetags: :PUBLIC:\n`, (text: string) => text.replace('* One', '* One\n:PROPERTIES:\n:ID: p\n:END:'),
    (text: string) => text.replace(/:ID: .*/, ':ID: p'), (text: string) => text.replace(/:PROPERTIES:[^]*?:END:\n/, ''), () => '',
  ]) await refused('n', edit);
  for (const edit of [(text: string) => text.replace('true', 'false'), (text: string) => text.replace('---\n', '---\nid: p\n'), () => 'M\n']) await refused('m', edit);
  const draft = (content: string, tags: string[] = [], format: 'org' | 'markdown' = 'org') => agent.create({ id: 'draft', title: 'D', content, tags }, format);
  for (const content of ['#+filetags: :PUBLIC:\n', '* H :PUBLIC:\n', '* H\n:PROPERTIES:\n:PUBLIC: t\n:END:\n', ':PROPERTIES:\n:VISIBILITY: public\n:END:\n', '* H\n#+filetags: :PUBLIC:\n', '* H\n:PROPERTIES:\n:ID: p\n:END:\n']) await assert.rejects(draft(content), { code: 'refused' }, content);
  for (const content of ['---\npublic: true\n---\n', '---\ntags: [PUBLIC]\n---\n', '---\nid: p\n---\n']) await assert.rejects(draft(content, [], 'markdown'), { code: 'refused' }, content);
  await assert.rejects(draft('x', ['PUBLIC']), { code: 'refused' });
  await draft('x', ['ok']);
  for (const id of ['p', 'p']) await agent.create({ id, title: 'T', content: 'x', tags: [] }, 'org');
  assert.deepEqual(readdirSync(s.folder).sort(), ['draft.org', 'm.md', 'n.org', 'p-2.org', 'p-3.org', 'p.org']);
  await assert.rejects(agent.get('draft'), { code: 'not-found' });
  assert.deepEqual(await ids(await s.public()), ['m', 'n']);
  for (const id of ['../x', 'a/b', 'С', 'con', '']) await assert.rejects(agent.create({ id, title: 'T', content: '', tags: [] }, 'org'), { code: 'invalid-input' });
});

test('a conflict gives the current text, two appendices are merged', async (t) => {
  const s = stage(t, { 'n.org': org('n', 'N', ':PUBLIC:', 'base\n') });
  const { agent } = await s.public();
  const { content, hash } = await agent.get('n');
  s.write('n.org', `${content}by the user\n`);
  const merged = await agent.update('n', `${content}by the model\n`, hash);
  assert.deepEqual([merged.status, s.read('n.org')], ['merged', `${content}by the user\nby the model\n`]);
  const conflict = await agent.update('n', content.replace('base', 'changed'), hash);
  assert.deepEqual([conflict.status, conflict.content, conflict.hash], ['conflict', s.read('n.org'), merged.hash]);
  assert.equal(s.read('n.org'), merged.content);
  const many = await Promise.all(Array.from({ length: 8 }, (_, n) => agent.update('n', `${merged.content}line ${n}\n`, merged.hash)));
  assert(many.every(({ status }) => status === 'written' || status === 'merged'));
  for (let n = 0; n < 8; n++) assert(s.read('n.org').includes(`line ${n}\n`), `line ${n} is lost`);
  assert.deepEqual(readdirSync(s.folder), ['n.org'], 'no temporary file is left');
});

function repository(t: TestContext) {
  const s = stage(t, { 'n.org': org('n', 'N', ':PUBLIC:', 'base\n'), 'other.org': 'other\n' });
  s.git('init', '--quiet', '--initial-branch=main');
  s.git('add', '--all');
  s.git('commit', '--quiet', '-m', 'first');
  return s;
}
async function append(s: ReturnType<typeof stage>, words: string) {
  const { agent } = await s.public();
  const { content, hash } = await agent.get('n');
  return agent.update('n', `${content}${words}\n`, hash);
}

test('each change of a model is a commit with its session; what the user has staged and changed stays', async (t) => {
  const s = repository(t);
  s.write('other.org', 'staged\n');
  s.git('add', 'other.org');
  s.write('other.org', 'changed after that\n');
  s.write('n.org', `${s.read('n.org')}not committed by the user\n`);
  const before = s.git('diff', '--cached');
  assert.equal((await append(s, 'by the model')).history, 'committed');
  assert.deepEqual([s.git('diff', '--cached'), s.git('status', '--porcelain')], [before, 'MM other.org\n']);
  assert.match(s.git('log', '-1', '--format=%an%n%B'), /^Wheelhouse\nnotes: update n\n\nSession: s-1\n/);
  assert.match(s.git('show', '--format=', 'HEAD'), /^\+by the model$/m);
  assert.doesNotMatch(s.git('show', '--format=', 'HEAD'), /^\+(not committed|staged|changed)/m);
  s.git('stash', '--quiet');
  s.git('revert', '--no-edit', 'HEAD');
  assert.match(s.read('n.org'), /not committed by the user\n$/, 'the user takes it back');
});

test('no commit while git waits for the user, and it is said', async (t) => {
  const s = repository(t);
  const state = () => [s.git('rev-parse', 'HEAD'), s.git('status', '--porcelain', '--', 'other.org')];
  mkdirSync(join(s.folder, '.git/rebase-merge'));
  const before = state();
  const done = await append(s, 'one');
  assert.deepEqual([done.status, done.history, state()], ['written', 'not committed: git is in the middle of a rebase or merge', before]);
  rmSync(join(s.folder, '.git/rebase-merge'), { recursive: true });
  s.git('add', 'n.org');
  assert.equal((await append(s, 'two')).history, 'not committed', 'the user has staged the file');
  s.git('commit', '--quiet', '-m', 'x');
  s.git('checkout', '--quiet', '--detach');
  assert.equal((await append(s, 'three')).history, 'not committed: no branch is checked out');
});

test('a note that is being written is read when it is whole', async (t) => {
  const s = stage(t, { 'n.org': org('n', 'N', ':PUBLIC:', 'base\n') });
  const { agent } = await s.public();
  const { content, hash } = await agent.get('n');
  const writing = (async () => {
    for (let n = 0; n < 5; n++) {
      writeFileSync(join(s.folder, 'n.org'), '');
      await sleep(5);
      writeFileSync(join(s.folder, 'n.org'), `${content}user ${n}\n`);
      await sleep(30);
    }
  })();
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => agent.update('n', `${content}model\n`, hash)));
  await writing;
  assert(results.length === 5 && existsSync(join(s.folder, 'n.org')));
  assert.match(s.read('n.org'), /user 4\n/, 'the last save of the user is there');
});

test('the index note is the user\'s but for the list, which names public notes only', async (t) => {
  const s = stage(t, { 'a.org': org('a', 'A', ':PUBLIC:testing:'), 'b.org': org('b', 'Secret', ':testing:') });
  const notes = await s.all();
  const note = await notes.writeIndex();
  assert.match(s.read('memento-notes-index.org'), /\*\* testing\n- \[\[id:a\]\[A\]\]/);
  writeFileSync(note.path, `${s.read('memento-notes-index.org')}Mine.\n`);
  await notes.setPublic('b', true);
  assert.match(s.read('memento-notes-index.org'), /\[\[id:b\]\[Secret\]\][^]*Mine\.\n$/);
  await notes.setPublic('b', false);
  assert.doesNotMatch(s.read('memento-notes-index.org'), /Secret/);
});

test('why a file is private is known without reading it again, and agents do not learn it', async (t) => {
  const s = stage(t, { 'front.md': '---\ntags: [PUBLIC\n---\nx\n', 'latin.org': Buffer.from('#+title: Caf\xe9\n#+filetags: :PUBLIC:\n', 'latin1'), 'good.org': org('good', 'Good', ':PUBLIC:') });
  const wrong = [['front.md', 'its tags is a list without an end'], ['latin.org', 'it has bytes that are not UTF-8']];
  for (const when of ['read', 'opened again']) {
    const notes = await s.all();
    assert.deepEqual((await notes.check()).files.map(({ path, problem }) => [basename(path), problem]), wrong, when);
    await closeNotes(s.user, 'all');
  }
  const seen = await s.public();
  assert.deepEqual([await ids(seen), [...seen.index.problems()]], [['good'], []]);
  s.write('front.md', '---\ntags: [PUBLIC]\n---\nx\n');
  assert.deepEqual((await (await s.all()).check()).files.map(({ path }) => basename(path)), ['latin.org'], 'mended');
});
