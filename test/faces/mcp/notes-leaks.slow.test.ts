/**
 * Nothing of a private note can be learned by the tools. Two folders with the same public text, one
 * of them with private notes full of canaries, are asked the same questions: every answer and every
 * error must be the same, byte for byte, and none may hold a canary that the question did not.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { isWheelhouseError } from '../../../src/core/base/errors.ts';
import { noteTools } from '../../../src/faces/mcp/tools/notes.ts';
import type { ToolCall } from '../../../src/faces/mcp/tool.ts';
import { org, stage, type NotesStage } from '../../adapters/notes/stage.ts';

/** A way on which something private could get out: what is planted in the folder with secrets, and instead of it in the other. */
interface Channel {
  readonly name: string;
  readonly plant: (stage: NotesStage, c: string, isSecret: boolean) => void;
  /** After the first round of questions; the answers must be the same again. */
  readonly later?: (stage: NotesStage, c: string, isSecret: boolean) => void;
}
const only = (work: (stage: NotesStage, c: string) => void): Channel['plant'] => (stage, c, isSecret) => {
  if (isSecret) work(stage, c);
};
const file = (name: string, work: (c: string) => readonly [string, string | Uint8Array]): Channel => ({ name, plant: only((stage, c) => stage.write(...work(c))) });
/** A public file with a part that only the folder with secrets has. */
const part = (name: string, hidden: (c: string) => string): Channel => ({ name, plant: (stage, c, isSecret) => stage.write(`part-${slug(name)}.org`, `${org(`part-${slug(name)}`, 'Parts', ':PUBLIC:', 'Before.\n* One\nOne.\n')}${isSecret ? hidden(c) : ''}* Two\nTwo.\n`) });
const slug = (name: string) => name.replace(/\W+/g, '-');

const channels: readonly Channel[] = [
  file('text of a file', (c) => [`t-${c}.org`, org(`t-${c}`, 'Plain', '', `${c} text\n`)]),
  file('title', (c) => ['title.org', org('title-x', `${c} title`, '', 'x\n')]),
  file('id', (c) => ['id.org', org(`${c}-id`, 'T', '')]),
  file('tag that only private notes have', (c) => ['tag.org', org('tag-x', 'T', `:${c}tag:`)]),
  file('alias', (c) => ['alias.org', `:PROPERTIES:\n:ID: alias-x\n:ROAM_ALIASES: "${c} alias"\n:END:\n#+title: T\n`]),
  file('file name without an id', (c) => [`${c}-name.md`, 'plain\n']),
  file('folder name', (c) => [`${c}-folder/n.md`, 'plain\n']),
  file('property', (c) => ['prop.org', `:PROPERTIES:\n:ID: prop-x\n:CLIENT: ${c}\n:END:\n`]),
  file('frontmatter', (c) => ['front.md', `---\ntitle: ${c}\ntags: [${c}]\naliases: [${c}]\n---\n${c}\n`]),
  file('backlink from a private note', (c) => ['back.org', org('back-x', `${c} back`, '', '[[id:hub]] [[Hub]] [[file:hub.org]]\n')]),
  file('wiki link from a private note', (c) => ['back.md', `# ${c}\n[[Hub]] [[hub#Section|${c}]]\n`]),
  file('what a link in a public note leads to', (c) => ['target.org', org('linked-from-public', `${c} target`, '', c)]),
  file('placeholder in a private note', (c) => ['holder.org', org('holder-x', 'T', '', `[[${c} nowhere]] [[id:${c}]]\n`)]),
  file('included file', (c) => ['included.org', org('included-x', 'T', '', `${c}\n`)]),
  file('lower-case public tag', (c) => ['lower.org', org('lower-x', c, ':public:Public:', c)]),
  file('unknown value of the property', (c) => ['unknown.org', `:PROPERTIES:\n:ID: unknown-x\n:PUBLIC: maybe ${c}\n:END:\n#+filetags: :PUBLIC:\n${c}\n`]),
  file('property that says no beside a tag that says yes', (c) => ['nil.org', `:PROPERTIES:\n:ID: nil-x\n:PUBLIC: nil\n:END:\n#+filetags: :PUBLIC:\n${c}\n`]),
  file('visibility of another word', (c) => ['team.md', `---\nvisibility: team\ntags: [PUBLIC]\n---\n${c}\n`]),
  file('tag PRIVATE beside PUBLIC', (c) => ['both.org', org('both-x', c, ':PUBLIC:PRIVATE:', c)]),
  file('broken drawer at the top', (c) => ['drawer.org', `:PROPERTIES:\n:ID: drawer-x\n\n:END:\n#+filetags: :PUBLIC:\n${c}\n`]),
  file('frontmatter without an end', (c) => ['open.md', `---\ntags: [PUBLIC]\ntitle: ${c}\n\n${c}\n`]),
  file('frontmatter that is no YAML', (c) => ['odd.md', `---\ntags: [PUBLIC]\n{{{ ${c}\n---\n${c}\n`]),
  file('frontmatter with a mark twice', (c) => ['twice.md', `---\npublic: true\npublic: false\n---\n${c}\n`]),
  file('property PRIVATE beside PUBLIC', (c) => ['private.org', `:PROPERTIES:\n:ID: private-prop\n:PRIVATE: t\n:END:\n#+filetags: :PUBLIC:\n${c}\n`]),
  file('drawer that says no below the title', (c) => ['late.org', `#+title: ${c}\n:PROPERTIES:\n:PUBLIC: nil\n:END:\n#+filetags: :PUBLIC:\n${c}\n`]),
  file('tag PRIVATE of the file below a headline', (c) => ['late-tag.org', org('late-tag', c, ':PUBLIC:', `${c}\n* H\n#+filetags: :PRIVATE:\n`)]),
  file('frontmatter that says private and public', (c) => ['private.md', `---\npublic: true\nprivate: true\n---\n${c}\n`]),
  file('private tag in the text of a public file', (c) => ['inline-private.md', `---\ntags: [PUBLIC]\n---\n${c}\n\n#x #private/${c}\n`]),
  file('PUBLIC among the words of a tag', (c) => ['words.md', `---\ntags:\n  - not PUBLIC ${c}\n---\n${c}\n`]),
  file('mark in a block', (c) => ['block.org', org('block-x', c, '', `#+begin_example\n#+filetags: :PUBLIC:\n#+end_example\n${c}\n`)]),
  file('mark below the first headline', (c) => ['below.org', org('below-x', c, '', `* H\n#+filetags: :PUBLIC:\n${c}\n`)]),
  file('mark in the text of a Markdown file', (c) => ['inline.md', `# ${c}\n#PUBLIC public: true\n`]),
  file('bytes that are not UTF-8', (c) => ['bytes.org', Buffer.concat([Buffer.from(org('bytes-x', c, ':PUBLIC:', c)), Buffer.from([0xff, 0xc3, 0x28])])]),
  file('UTF-16', (c) => ['utf16.org', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(org('utf16-x', c, ':PUBLIC:', c), 'utf16le')])]),
  file('binary file', (c) => ['binary.md', `---\npublic: true\n---\n\0${c}\n`]),
  file('attachment', (c) => ['data/ab/cd.txt', `${c} PUBLIC`]),
  file('backup of an editor', (c) => ['hub.org~', org('backup-x', c, ':PUBLIC:', c)]),
  file('old copy that Logseq keeps', (c) => [`logseq/bak/pages/${c}/1.md`, `---\npublic: true\n---\n${c}\n`]),
  file('lock and autosave files', (c) => ['#hub.org', org('auto-x', c, ':PUBLIC:', c)]),
  file('hidden file', (c) => ['.hidden.org', org('hidden-x', c, ':PUBLIC:', c)]),
  file('hidden folder, as of git', (c) => ['.git-old/n.org', org('gitold-x', c, ':PUBLIC:', c)]),
  {
    name: 'two notes with one id',
    plant: only((stage, c) => {
      stage.write('d1.org', org('double', `${c} one`, ':PUBLIC:', c));
      stage.write('d2.org', org('double', `${c} two`, '', c));
    }),
  },
  {
    name: 'id of a headline that another note has too',
    plant: only((stage, c) => {
      stage.write('dh1.org', org('dh-file', c, '', `* H :PUBLIC:\n:PROPERTIES:\n:ID: dh\n:END:\n${c}\n`));
      stage.write('dh2.md', `---\nid: dh\npublic: true\n---\n${c}\n`);
    }),
  },
  {
    name: 'symbolic link to a file outside',
    plant: only((stage, c) => {
      writeFileSync(join(stage.home, 'outside.org'), org('outside-x', c, ':PUBLIC:', c));
      symlinkSync(join(stage.home, 'outside.org'), join(stage.folder, 'link.org'));
    }),
  },
  {
    name: 'symbolic link to a folder outside',
    plant: only((stage, c) => {
      mkdirSync(join(stage.home, 'elsewhere'));
      writeFileSync(join(stage.home, 'elsewhere/n.org'), org('elsewhere-x', c, ':PUBLIC:', c));
      symlinkSync(join(stage.home, 'elsewhere'), join(stage.folder, 'linked'));
    }),
  },
  part('headline with the tag PRIVATE', (c) => `* ${c} :PRIVATE:\n${c}\n`),
  part('headline with the property', (c) => `* ${c}\n:PROPERTIES:\n:PUBLIC: nil\n:END:\n${c} [[id:hub][${c}]]\n`),
  part('headline with the property PRIVATE', (c) => `* ${c}\n:PROPERTIES:\n:PRIVATE: t\n:END:\n${c}\n`),
  part('headline with a drawer that is too late', (c) => `* ${c}\n\n:PROPERTIES:\n:PUBLIC: nil\n:END:\n${c}\n`),
  part('headline with PRIVATE and a tag with accents', (c) => `* ${c} :Bu\u0308cher:PRIVATE:\n${c}\n`),
  part('headline with PRIVATE and what is no tag', (c) => `* ${c} :my-pay:PRIVATE:\n${c}\n`),
  part('headline with a broken drawer', (c) => `* ${c}\n:PROPERTIES:\n:PUBLIC: nil\n\n:END:\n${c}\n`),
  part('headline with an id, below a private one', (c) => `* ${c} :PRIVATE:\n** ${c} :PUBLIC:\n:PROPERTIES:\n:ID: nested-x\n:ROAM_ALIASES: ${c}\n:END:\n${c}\n`),
  part('tags of a private headline', (c) => `* H :PRIVATE:${c}:\n`),
  part('end of a block inside a private headline', (c) => `* ${c} :PRIVATE:\n#+begin_src org\n${c}\n`),
  part('list that Wheelhouse wrote', (c) => `# wheelhouse:index begin\n- [[id:${c}][${c}]]\n# wheelhouse:index end\n`),
  {
    name: 'what is around a public headline in a private file',
    plant: (stage, c, isSecret) => stage.write(isSecret ? `${c}-around.org` : 'other.org', `${org(isSecret ? `${c}-around` : 'other-around', isSecret ? c : 'O', isSecret ? `:${c}:` : '', isSecret ? `${c}\n* ${c}\n${c}\n` : '')}* Shared :PUBLIC:\n:PROPERTIES:\n:ID: shared\n:END:\nShared text.\n${isSecret ? `** ${c} :PRIVATE:\n${c}\n* ${c}\n` : ''}`),
  },
  {
    name: 'public note that becomes private',
    plant: (stage) => stage.write('flip.org', org('flip', 'Flip', ':PUBLIC:', 'flip text\n')),
    later: (stage, c, isSecret) => (isSecret ? stage.write('flip.org', org('flip', c, '', `${c}\n`)) : rmSync(join(stage.folder, 'flip.org'))),
  },
  {
    name: 'public note that is renamed and private',
    plant: (stage) => stage.write('moves.md', '---\npublic: true\n---\nmoves\n'),
    later: (stage, c, isSecret) => {
      if (!isSecret) {
        rmSync(join(stage.folder, 'moves.md'));
        return;
      }
      renameSync(join(stage.folder, 'moves.md'), join(stage.folder, `${c}-moved.md`));
      stage.write(`${c}-moved.md`, `${c}\n`);
    },
  },
  {
    name: 'change of a private part (hash, time)',
    plant: (stage, c, isSecret) => stage.write('half.org', `${org('half', 'Half', ':PUBLIC:', 'Open.\n')}${isSecret ? `* ${c} :PRIVATE:\n` : ''}`),
    later: (stage, c, isSecret) => stage.write('half.org', `${org('half', 'Half', ':PUBLIC:', 'Open.\n')}${isSecret ? `* ${c} ${c} :PRIVATE:\nmore\n` : ''}`),
  },
  {
    name: 'private note that comes and goes',
    plant: only((stage, c) => stage.write('goes.org', org('goes', c, '', c))),
    later: only((stage) => rmSync(join(stage.folder, 'goes.org'))),
  },
];

const publicFiles = {
  'hub.org': org('hub', 'Hub', ':PUBLIC:work:', 'The hub. [[id:linked-from-public][there]] [[Leaf]] [[id:nowhere]]\n#+INCLUDE: "included.org"\n#+transclude: [[id:included-x]]\n![[included]]\n* Section\nSome words here.\n'),
  'leaf.md': '---\ntitle: Leaf\ntags: [PUBLIC, work]\n---\n[[Hub]] [[included]] ![[included]] #green words\n',
  'tree/branch.org': org('branch', 'Branch', ':PUBLIC:', '[[file:../leaf.md][leaf]] other words\n'),
};

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

async function ask(staged: NotesStage, name: string, input: Record<string, unknown>): Promise<string> {
  const tool = noteTools.tools.find((each) => each.name === name);
  assert(tool);
  const parsed = tool.input.safeParse(input);
  if (!parsed.success) return `input: ${parsed.error.message}`;
  try {
    const answer: unknown = await tool.run(parsed.data, { user: () => Promise.resolve(staged.user) } as unknown as ToolCall);
    return JSON.stringify(tool.output.parse(answer));
  } catch (error) {
    if (!isWheelhouseError(error)) throw error;
    return `${error.code}: ${error.message} ${error.details ?? ''}`;
  }
}

const canary = (seed: number) => `canary${seed.toString(36)}zq`;

/** Questions with every argument of every tool; among the words are those that only somebody who knows the secrets could ask. */
function questions(next: () => number, c: string, texts: ReadonlyMap<string, { readonly hash: string; readonly content: string }>): [string, Record<string, unknown>][] {
  const ids = [...CHANGED, 'flip', 'moves', 'goes', 'nowhere', 'double', 'dh', 'nested-x', `t-${c}`, 'title-x', `${c}-id`, 'tag-x', 'alias-x', `${c}-name`, 'bytes-x', 'outside-x', 'elsewhere-x', 'unknown-x', 'nil-x', 'both-x', 'drawer-x', 'back-x', 'linked-from-public', 'included-x', 'lower-x', 'other-around', `${c}-around`, c, `${c} title`, `${c} alias`, '../outside', 'notes/hub.org', 'hub.org', '/etc/passwd', '..', '', 'h\u043ab', 'HUB', 'Parts'].filter((id) => id !== 'other-around' && id !== `${c}-around`);
  const words = [c, c.slice(0, 6), `${c} title`, `"${c}"`, `words -${c}`, 'words', 'text', 'shared', 'PRIVATE', 'public', 'flip', `NOT ${c}`, '*', '"', `title:${c}`, 'hub OR words', 'id', '-x'];
  const tags = [undefined, [], ['PUBLIC'], ['work'], [c], [`${c}tag`], ['PUBLIC', c], ['green']];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const often = (share: number) => next() < share;
  // Most of these are written: what was there is kept but for a line or two.
  const change = (text: string) => {
    const lines = text.split(/(?<=\n)/);
    if (often(0.4)) lines.splice(Math.floor(next() * lines.length), often(0.5) ? 1 : 0, pick(['more\n', '* New\n', '** Below\n', '[[id:title-x]] [[elsewhere/Hub]]\n', ':END:\n', '# wheelhouse:index begin\n']));
    return lines.join('') + pick(['', 'at the end', 'at the end\n', '* At the end', '\u2028* x\n']);
  };
  const create = (note_id: string): [string, Record<string, unknown>] => ['note_create', { note_id, title: pick(['T', c]), content: pick(['new\n', `new [[id:${note_id}]]\n`, '#+filetags: :PUBLIC:\n', '* H :PUBLIC:\n', `:PROPERTIES:\n:ID: ${note_id}\n:END:\n`, '---\npublic: true\n---\n']), tags: pick([undefined, ['x'], ['PUBLIC']]), format: pick(['org', 'markdown']) }];
  const asked = ids.flatMap((note_id): [string, Record<string, unknown>][] => [
    ['note_get', { note_id }],
    ...(often(0.3) ? [['note_links', { note_id, limit: pick([undefined, 1, 500]) }] as [string, Record<string, unknown>]] : []),
    ...(often(0.3) ? [['note_update', { note_id, content: often(0.3) ? pick([c, '', '#+title: x\n', `* ${c} :PRIVATE:\n`]) : change(texts.get(note_id)?.content ?? ''), base_hash: texts.get(note_id)?.hash ?? '0'.repeat(64) }] as [string, Record<string, unknown>]] : []),
    ...(often(0.15) ? [create(note_id)] : []),
  ]);
  for (const query of words) for (let n = 0; n < 3; n++) asked.push(['note_search', { query, tags: pick(tags), limit: pick([undefined, 1, 3]) }]);
  for (const tag of tags) asked.push(['note_list', { tags: tag, limit: pick([undefined, 1, 2]), offset: pick([undefined, 0, 1, 100]) }]);
  asked.push(['notes_index', {}]);
  return asked.map((question) => [next(), question] as const).sort(([a], [b]) => a - b).map(([, question]) => question);
}

/** Notes that are changed, most of them with something private around or inside. */
const CHANGED = ['hub', 'leaf', 'branch', 'shared', 'half', ...channels.filter(({ name }) => /^headline with|^list that/.test(name)).map(({ name }) => `part-${slug(name)}`)];

async function compare(secret: NotesStage, open: NotesStage, c: string, next: () => number, count: { asked: number; written: number }): Promise<void> {
  const texts = new Map<string, { hash: string; content: string }>();
  for (const id of CHANGED) {
    const text = await ask(open, 'note_get', { note_id: id });
    if (text.startsWith('{')) texts.set(id, JSON.parse(text) as { hash: string; content: string });
  }
  for (const [name, input] of questions(next, c, texts)) {
    const [told, expected] = [await ask(secret, name, input), await ask(open, name, input)];
    const why = `${name} ${JSON.stringify(input)}`;
    assert.equal(told, expected, why);
    if (!JSON.stringify(input).includes(c)) assert(!told.includes(c) || name === 'note_get' || name === 'note_search', why);
    count.asked++;
    if (name === 'note_update' && told.includes('"status":"written"')) count.written++;
  }
}

const total = { asked: 0, written: 0, folders: 0 };

async function trial(t: TestContext, seed: number, chosen: readonly Channel[]): Promise<void> {
  const c = canary(seed);
  const next = random(seed);
  const [secret, open] = [stage(t, publicFiles), stage(t, publicFiles)];
  for (const channel of chosen) {
    channel.plant(secret, c, true);
    channel.plant(open, c, false);
  }
  await compare(secret, open, c, next, total);
  for (const { later } of chosen) {
    later?.(secret, c, true);
    later?.(open, c, false);
  }
  await compare(secret, open, c, next, total);
  total.folders++;
  // Drafts that were asked for hold the canary as text; the image has public text only.
  await secret.user.dispose();
  const image = readFileSync(join(secret.home, 'data/user/notes-public.sqlite'));
  const asked = ['hub', 'leaf', 'shared', 'half'].some((id) => image.includes(id));
  assert(asked, 'the image is there');
  for (const words of [`${c} text`, `${c} title`, `${c}tag`, `${c} alias`, `${c}-name`, `${c} back`, `${c} target`, `${c} one`, `${c} nowhere`]) assert(!image.includes(words), `the image holds ${words}`);
}

test('each channel by itself', async (t) => {
  for (const [n, channel] of channels.entries()) await t.test(channel.name, (t) => trial(t, 1000 + n, [channel]));
});

test('folders built at random, with many channels at once', async (t) => {
  for (let seed = 1; seed <= 30; seed++) {
    const next = random(seed * 7919);
    await t.test(`seed ${seed}`, (t) => trial(t, seed, channels.filter(() => next() < 0.6)));
  }
});

test('a private note and none take equally long', async (t) => {
  const staged = stage(t, { ...publicFiles, 'private.org': org('private-x', 'P', '', 'x '.repeat(500_000)) });
  const times = { 'private-x': [] as number[], 'missing-x': [] as number[] };
  for (let i = 0; i < 400; i++) {
    const order: readonly (keyof typeof times)[] = i % 2 === 0 ? ['private-x', 'missing-x'] : ['missing-x', 'private-x'];
    for (const id of order) {
      const started = performance.now();
      await ask(staged, 'note_get', { note_id: id });
      times[id].push(performance.now() - started);
    }
  }
  const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  const [a, b] = [median(times['private-x']), median(times['missing-x'])];
  assert(Math.abs(a - b) < Math.max(0.15, 0.25 * b), `private ${a.toFixed(3)} ms, missing ${b.toFixed(3)} ms`);
});

test('what was tried', (t) => {
  t.diagnostic(`${channels.length} channels, ${total.folders} pairs of folders, ${total.asked} questions answered alike, ${total.written} of them changes that were written`);
  assert(total.folders >= channels.length + 30 && total.asked > 10_000 && total.written > 100);
});
