/** What a session is told: shares of a limit, cuts that say where the rest is, and nothing that is not there. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { belongsTo, bodyOf, contextLimits, estimateTokens, sessionBrief, type ContextNote, type ContextSources } from '../../../src/core/notes/index.ts';

const nothing: ContextSources = { global: undefined, repository: [], checkpoint: undefined, others: [], goesOn: false, repositoryName: 'proj', limit: 6000 };
const note = (id: string, length: number, title = id.toUpperCase()): ContextNote => ({ id, title, text: `${`${id} says this and that.\n`.repeat(Math.ceil(length / 20)).slice(0, length - 1)}.` });

test('nothing to tell is an empty text', () => {
  assert.equal(sessionBrief(nothing).text, '');
});

test('what fits is told in full: the global note, the notes of the repository, the checkpoint, the others by name', () => {
  const { text, parts } = sessionBrief({ ...nothing, global: note('g', 100), repository: [note('r1', 50), note('r2', 50)], checkpoint: note('c', 100), others: [{ id: 'x', title: 'Ex' }] });
  assert.deepEqual(parts.map(({ kind, id, trimmed }) => [kind, id, trimmed]), [['global', 'g', undefined], ['repository', 'r1', undefined], ['repository', 'r2', undefined], ['checkpoint', 'c', undefined], ['list', '', undefined]]);
  assert.deepEqual([...text.matchAll(/^## (.*)/gm)].map(([, head]) => head), ['G (note g)', 'R1 (note r1)', 'R2 (note r2)', 'C', 'Other notes (note_get ID)']);
  assert.match(text, /^- x: Ex$/m);
});

test('after a compaction the checkpoint comes first', () => {
  const { text } = sessionBrief({ ...nothing, global: note('g', 100), checkpoint: note('c', 100), goesOn: true });
  assert(text.indexOf('## C\n') < text.indexOf('## G '));
});

test('each has its share when all are too long, and a cut says where the rest is', () => {
  const { text, parts, characters } = sessionBrief({ ...nothing, global: note('g', 9000), repository: [note('r', 9000)], checkpoint: note('c', 9000), others: Array.from({ length: 500 }, (_, n) => ({ id: `note-${n}`, title: `A note ${n}` })) });
  assert(characters <= 6000 && characters > 5500, String(characters));
  const told = Object.fromEntries(parts.map((part) => [part.kind, part.told]));
  assert(told['global'] !== undefined && told['global'] > 2000 && told['global'] < 2400, JSON.stringify(told));
  assert(told['checkpoint'] !== undefined && told['checkpoint'] > 1500 && told['repository'] !== undefined && told['repository'] > 900, JSON.stringify(told));
  assert.match(text, /^… \d+ characters more: note_get "g"$/m);
  assert.match(text, /^… \d+ characters more: checkpoint_latest$/m);
  assert.match(text, /^… and \d+ more: notes_index$/m);
  assert(parts.every(({ trimmed }) => trimmed !== undefined));
});

test('what one does not need goes to the others', () => {
  const { parts } = sessionBrief({ ...nothing, global: note('g', 9000), checkpoint: note('c', 100) });
  assert((parts[0]?.told ?? 0) > 5300, JSON.stringify(parts));
});

test('a note of the repository without room is named in the list', () => {
  const { text, parts } = sessionBrief({ ...nothing, global: note('g', 9000), repository: [note('r1', 3000), note('r2', 3000)], checkpoint: note('c', 9000), limit: 2000 });
  assert.equal(parts.find(({ id }) => id === 'r2')?.told, 0);
  assert.match(text, /^- r2: R2$/m);
});

test('the text as JSON stays under the cap of the agent, whatever has to be escaped', () => {
  const { text } = sessionBrief({ ...nothing, global: { id: 'g', title: 'G', text: '"\\\t\u0001\n'.repeat(4000) }, limit: contextLimits.most });
  assert(JSON.stringify(text).length <= 9800);
  assert(text.length > 1000);
});

test('any sources: at most the limit, well-formed, and every part is accounted for', () => {
  const anyNote = fc.record({ id: fc.string({ minLength: 1, maxLength: 30 }), title: fc.string({ maxLength: 200, unit: 'binary' }), text: fc.string({ maxLength: 3000, unit: 'binary' }) });
  fc.assert(
    fc.property(fc.option(anyNote, { nil: undefined }), fc.array(anyNote, { maxLength: 5 }), fc.option(anyNote, { nil: undefined }), fc.array(anyNote, { maxLength: 40 }), fc.boolean(), fc.integer({ min: -10, max: 20_000 }), (global, repository, checkpoint, others, goesOn, limit) => {
      const brief = sessionBrief({ global, repository, checkpoint, others, goesOn, limit, repositoryName: 'p' });
      assert(brief.characters <= Math.min(Math.max(limit, contextLimits.least), contextLimits.most), `${brief.characters} of ${limit}`);
      assert(JSON.stringify(brief.text).length <= 9800);
      assert(brief.text.isWellFormed());
      assert.equal(brief.parts.filter(({ kind }) => kind === 'repository').length, repository.length);
      for (const { told, of, trimmed } of brief.parts) assert(told < of ? trimmed !== undefined : told === of);
    }),
    { seed: 6, numRuns: 150 },
  );
});

test('tokens are a quarter of the bytes', () => {
  for (const text of ['', 'four', 'hello', 'über', '漢字かな', '🎉🎉']) assert.equal(estimateTokens(text), Math.ceil(Buffer.byteLength(text) / 4), text);
});

describe('which notes belong to a repository', () => {
  const place = { names: new Set(['my-repo']), paths: new Set(['/home/u/my_repo', '~/my_repo']) };
  const cases: [string, readonly string[], string | undefined, boolean][] = [
    ['a tag', ['my_repo'], undefined, true],
    ['a tag in other letters', ['My-Repo'], undefined, true],
    ['the property', [], 'my_repo', true],
    ['the path', [], '/home/u/my_repo/', true],
    ['the path from home', [], '~/my_repo', true],
    ['another path', [], '/home/v/other', false],
    ['another tag', ['my', 'repo'], undefined, false],
    ['no name', ['_'], '', false],
  ];
  for (const [name, tags, project, expected] of cases) test(name, () => assert.equal(belongsTo(place)({ tags, project }), expected));
  test('PUBLIC is a mark, not a name', () => assert.equal(belongsTo({ names: new Set(['public', '']), paths: new Set() })({ tags: ['PUBLIC'], project: undefined }), false));
});

describe('a note without its head', () => {
  const cases: [string, string, string][] = [
    ['org', ':PROPERTIES:\n:ID: a\n:END:\n#+title: A\n#+filetags: :PUBLIC:\n\nText\n#+begin_src\nx\n', 'Text\n#+begin_src\nx\n'],
    ['a headline', '* Head :PUBLIC:\n:PROPERTIES:\n:ID: b\n:END:\nText\n', '* Head :PUBLIC:\nText\n'],
    ['Markdown', '---\nid: a\ntags: [PUBLIC]\n---\n\n# A\nText\n', '# A\nText\n'],
    ['no head', 'Text\n---\nmore\n', 'Text\n---\nmore\n'],
  ];
  for (const [name, text, expected] of cases) test(name, () => assert.equal(bodyOf(text), expected));
});
