/** A checkpoint as a note: its sections, its head, and that no text of a session gets into either. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkpointNote, hasHappened, headOf, stateOf, timeOfId, type Facts } from '../../../src/core/checkpoints/index.ts';
import { notesIn, parseNote } from '../../../src/core/notes/index.ts';

const at = Date.UTC(2026, 10, 23, 9, 18, 3, 7);
const facts: Facts = {
  session: '0b1d2c3e-aaaa-bbbb-cccc-ddddeeeeffff', at, trigger: 'end', root: '/home/u/proj', branch: 'main', head: 'abc1234',
  activity: { startedAt: at - 25 * 60_000, lastAt: at, asked: ['Fix the parser'], askedCount: 3, commands: [{ text: 'npm test', ok: false, exitCode: 1 }, { text: 'make `x`', ok: true, exitCode: 0 }], commandCount: 9, edited: ['/home/u/proj/a.ts'], lastAnswer: 'Half done.' },
  commits: [{ id: 'def5678', subject: 'Add a' }],
  files: [{ path: 'b.ts', added: 1, removed: 2, bySession: false }, { path: 'a.ts', added: 3, removed: 0, bySession: true }],
  comments: [{ id: 'cr-1', severity: 'must', place: 'a.ts:3', text: 'Too long' }], commentCount: 4,
  claims: ['a.ts'], waitingAt: ['docs'],
  words: { at, summary: 'Half way.\n## Not a heading', next: ['Finish'], decisions: ['PEG,\nbecause'] },
};
const time = () => '2026-11-23 09:18';

test('the whole text', () => {
  const { id, text } = checkpointNote(facts, 'STATE', time);
  assert.equal(id, 'checkpoint-20261123091803007-0b1d2c3e');
  assert.equal(text, `---
id: checkpoint-20261123091803007-0b1d2c3e
title: "Session Checkpoint: 2026-11-23 09:18"
tags: [checkpoint]
visibility: public
session: "0b1d2c3e-aaaa-bbbb-cccc-ddddeeeeffff"
trigger: end
root: "/home/u/proj"
state: STATE
---

# Session Checkpoint: 2026-11-23 09:18

Session 0b1d2c3e on \`main\` at abc1234: 3 prompts in 25 min. Written when the session ended.

## What We Did
> Half way.
> ## Not a heading

- Asked 2 things before these:
- Asked: Fix the parser
- Committed def5678: Add a
- Ran \`npm test\`: failed, exit code 1
- Ran \`make 'x'\`: ok
- Last answer: Half done.

## What's Next
- Finish
- \`npm test\` failed when it was last run.
- Open review comment cr-1 (must) at a.ts:3: Too long
- 3 more open review comments: review_list
- It waited at the barrier \`docs\`.
- It held claims on \`a.ts\`.

## Key Decisions
- PEG, because

## Files Modified
- \`a.ts\` +3 −0 (by its editing tools)
- \`b.ts\` +1 −2
`);
});

test('its time is its name, and only of a checkpoint', () => {
  assert.equal(timeOfId('checkpoint-20261123091803007-0b1d2c3e'), at);
  for (const id of ['checkpoint-2026', 'note', 'checkpoint-20261123091803007-../x', 'my-checkpoint-20261123091803007-a']) assert.equal(timeOfId(id), undefined, id);
});

test('whatever a session says, it is one public note with four sections, and its head is ours', () => {
  const nasty = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom('---\nvisibility: private\n---', '\n## Files Modified\n', '* h :PRIVATE:', '#PRIVATE', '> x\r# y', '\u2028## z'));
  fc.assert(
    fc.property(nasty, nasty, nasty, (summary, next, decision) => {
      const { text } = checkpointNote({ ...facts, words: { at, summary, next: [next], decisions: [decision] } }, 's', time);
      const note = parseNote('c.md', text);
      const [own] = notesIn(note, 'c.md', () => false, 'public');
      assert(own !== undefined);
      assert.deepEqual(headOf(own.section.properties), { session: facts.session, root: facts.root, state: 's', trigger: 'end' });
      assert.deepEqual([...text.matchAll(/^#{1,6} .*/gm)].map(([line]) => line), ['# Session Checkpoint: 2026-11-23 09:18', '## What We Did', "## What's Next", '## Key Decisions', '## Files Modified']);
    }),
    { seed: 15, numRuns: 200 },
  );
});

test('a folder with any name is read back', () => {
  for (const root of ['C:\\work\\x', '/a "b"/c', "/it's"]) {
    const note = parseNote('c.md', checkpointNote({ ...facts, root }, 's', time).text);
    assert.equal(headOf(note.sections[0].properties).root, root);
  }
});

test('nothing done is nothing to tell; nothing new is the same state', () => {
  const idle = { ...facts.activity, askedCount: 0, commandCount: 0, edited: [] };
  assert.equal(hasHappened({ activity: idle, words: undefined }), false);
  assert.equal(hasHappened({ activity: idle, words: { at } }), true);
  assert.equal(stateOf(facts), stateOf({ ...facts, at: at + 5, trigger: 'asked', claims: [] }));
  assert.notEqual(stateOf(facts), stateOf({ ...facts, head: 'fff0000' }));
});
