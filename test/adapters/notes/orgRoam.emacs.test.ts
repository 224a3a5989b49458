/** org-roam as the witness: its own database over a folder of ours says what our index says. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { INDEX_ID, parseNote } from '../../../src/core/notes/index.ts';
import type { Notes } from '../../../src/adapters/node/notes/notes.ts';
import { org, stage, type NotesStage } from './stage.ts';

// Debian puts packages where the site's start finds them, which `-Q` would skip.
const skip = spawnSync('emacs', ['-q', '--batch', '-l', 'org-roam'], { timeout: 60_000 }).status === 0 ? false : 'org-roam is not installed for Emacs';

interface Node {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  readonly links: readonly string[];
}

function orgRoam({ home, folder }: NotesStage): Node[] {
  const scratch = join(home, 'org-roam');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch);
  const out = join(scratch, 'out.json');
  const run = spawnSync('emacs', ['-q', '--batch', '-l', join(import.meta.dirname, 'org-roam.el'), folder, out], { encoding: 'utf8', timeout: 90_000, env: { PATH: process.env['PATH'], HOME: home, LC_ALL: 'C.UTF-8' } });
  assert.equal(run.status, 0, run.stderr);
  return byId(JSON.parse(readFileSync(out, 'utf8')) as Node[]);
}

/** What our index says of the notes that org-roam sees: those with an id. */
async function ours(notes: Notes, { read }: NotesStage): Promise<Node[]> {
  const found: Node[] = [];
  for (const { id, title, kind, tags, path, start } of await notes.list()) {
    const section = parseNote(path, read(path.slice(path.lastIndexOf('/') + 1))).sections.find((each) => each.start === start);
    if (section?.id === undefined) continue;
    const targets = (await notes.get(id)).links.flatMap(({ target }) => /^id:(.*)/.exec(target)?.[1] ?? (target.includes(':') ? [] : [target]));
    found.push({ id, title, kind, tags: [...tags].sort(), aliases: [...section.aliases].sort(), links: [...new Set(targets)].sort() });
  }
  return byId(found);
}

const byId = (nodes: readonly Node[]) => [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1)).map((node) => ({ ...node, links: [...new Set(node.links)] }));

test('org-roam reads what people wrote as we do, and what we wrote as we meant it', { skip, timeout: 240_000 }, async (t) => {
  const s = stage(t, {
    'plain.org': org('plain', 'A plain note', ':claude:', 'See [[id:heads][the other]] and [[id:nowhere]].\n'),
    'heads.org': `${org('heads', 'With headlines', ':PUBLIC:')}* One :a:\n:PROPERTIES:\n:ID: one\n:ROAM_ALIASES: "First thing" uno\n:END:\n[[id:plain]]\n** TODO [#A] Below :b:\n:PROPERTIES:\n:ID: below\n:END:\n* No id\n[[id:one]]\n`,
    'alias.org': ':PROPERTIES:\n:ID: alias\n:ROAM_ALIASES: other "two words"\n:END:\n#+title: Aliases\n',
    'unseen.org': '#+title: Has no id\n[[id:plain]]\n',
    'unicode.org': org('ünï-1', 'Ünïcode “title”', ':täg:', '[[id:plain][ü]]\n'),
  });
  const notes = await s.all();
  assert.deepEqual(await ours(notes, s), orgRoam(s), 'written by hand');

  await notes.create({ id: 'made-by-user', title: 'Made by the user', tags: ['PUBLIC', 'guide'], content: 'With [[id:plain][a link]].\n', format: 'org' });
  await notes.setPublic('plain', true);
  await notes.setPublic('heads', false);
  await notes.writeIndex();
  const visible = await s.public();
  await visible.agent.create({ id: 'made-by-agent', title: 'Made by an agent', tags: ['found'], content: 'Links to [[id:plain][plain]].\n* A headline\nText.\n' }, 'org');
  const plain = await visible.agent.get('plain');
  const updated = await visible.agent.update('plain', `${plain.content}\nAdded by an agent: [[id:made-by-user][made]].\n`, plain.hash);
  assert.equal(updated.status, 'written');

  const [mine, theirs] = [await ours(notes, s), orgRoam(s)];
  // Our own list of notes links to all of them, and counts as no link, or nothing would ever be an orphan.
  const withoutList = (nodes: readonly Node[]) => nodes.map((each) => (each.id === INDEX_ID ? { ...each, links: [] } : each));
  assert.deepEqual(mine, withoutList(theirs), 'written by Wheelhouse');
  const node = (id: string) => theirs.find((each) => each.id === id);
  assert.deepEqual(node('plain')?.tags, ['PUBLIC', 'claude']);
  assert.deepEqual(node('plain')?.links, ['heads', 'made-by-user', 'nowhere']);
  assert.deepEqual([node('made-by-agent')?.title, node('made-by-agent')?.tags], ['Made by an agent', ['found']]);
  assert.equal(node('heads')?.tags.includes('PUBLIC'), false);
  assert.deepEqual(node(INDEX_ID)?.links, ['made-by-user', 'plain']);
});
