/** What holds for every tool of every group: how it is described, and that its answers are of the shape that it declares. */
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { groupNames } from '../../../src/faces/mcp/groups.ts';
import { sample, stage } from '../cli/stage.ts';
import { connect, generations } from './connect.ts';

/** Clients cut longer texts. */
const LONGEST = 2048;

for (const generation of generations) {
  test(`every tool: one name, a title, a description, schemas, four annotations, ${generation}`, async (t) => {
    const { client } = await connect(t, await stage(t, { git: false }), { generation });
    const { tools } = await client.listTools();
    assert.ok(tools.length > 35);
    assert.equal(new Set(tools.map(({ name }) => name)).size, tools.length);
    for (const { name, title, description = '', inputSchema, outputSchema, annotations } of tools) {
      assert.match(name, /^[a-z_]{1,64}$/);
      assert.ok(title, name);
      assert.ok(description.length > 40 && Buffer.byteLength(description) < LONGEST, name);
      assert.deepEqual([inputSchema.type, outputSchema?.['type']], ['object', 'object'], name);
      assert.ok(!['anyOf', 'oneOf', 'allOf'].some((word) => word in inputSchema), `${name}: clients flatten these`);
      const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint, title: shown } = annotations ?? {};
      assert.deepEqual([typeof readOnlyHint, typeof destructiveHint, typeof idempotentHint, openWorldHint, shown], ['boolean', 'boolean', 'boolean', false, title], name);
      assert.ok(!(readOnlyHint && destructiveHint), `${name}: what only reads destroys nothing`);
    }
    assert.deepEqual((await client.listTools()).tools, tools, 'always in the same order');
    assert.ok(Buffer.byteLength(client.getInstructions() ?? '') < LONGEST, `instructions: ${Buffer.byteLength(client.getInstructions() ?? '')} bytes`);
  });
}

test('a choice of groups is that choice', async (t) => {
  const staged = await stage(t, { git: false });
  const names = async (...args: string[]) => (await (await connect(t, staged, { args })).client.listTools()).tools.map(({ name }) => name);
  const parts: string[] = [];
  for (const group of groupNames) parts.push(...(await names('--tools', group)));
  assert.deepEqual(parts, await names());
});

const session = '6f1c0f9e-2a51-4a55-9f0e-5d3f3f1f7a02';

type Answers = Readonly<Record<string, Record<string, unknown>>>;
const first = (list: unknown, key: string): unknown => (list as Record<string, unknown>[])[0]?.[key];

/** A call of every tool, in an order in which they make sense; an input may need what was answered before. */
const calls: Readonly<Record<string, Record<string, unknown> | ((answers: Answers) => Record<string, unknown>)>> = {
  note_list: {}, notes_index: {}, note_search: { query: 'tabs' }, note_get: { note_id: 'open' }, note_links: { note_id: 'open' },
  note_update: ({ note_get }) => ({ note_id: 'open', content: `${String(note_get?.['content'])}More.\n`, base_hash: note_get?.['hash'] }),
  note_create: { note_id: 'new-one', title: 'New', content: 'Text.\n', tags: ['a'] },
  claim_file: { paths: ['code.txt'], reason: 'because' }, release_file: { all: true },
  add_barrier: { name: 'gate', required: [session] }, arrive_barrier: { name: 'gate' }, wait_for_barrier: { name: 'gate', timeout_seconds: 1 },
  set_session_status: { status: 'in_progress', note: 'n' }, get_session_status: {}, list_sessions: {},
  add_blocker: { blocker: 'no key' }, resolve_blocker: ({ add_blocker }) => ({ blocker_id: add_blocker?.['blocker_id'] }),
  review_add: { file: 'code.txt', line: 1, text: 'Say more.' }, review_list: {}, review_prompt: {},
  review_get: ({ review_list }) => ({ id: first(review_list?.['comments'], 'id') }), review_done: ({ review_list }) => ({ id: first(review_list?.['comments'], 'id'), summary: 'Said.' }),
  flashcard_create: { question: 'Q?', answer: 'A', project: 'p', tags: 'x' }, flashcard_bulk_create: { cards: [{ question: 'Q2?', answer: 'A2' }], project: 'p' },
  flashcard_list: {}, flashcard_search: { query: 'Q' }, project_list: { stats: true }, stats_get: {}, algorithm_configure: { type: 'sm2' },
  flashcard_review: ({ flashcard_list }) => ({ id: first(flashcard_list?.['cards'], 'id'), confidence: 4 }),
  flashcard_update: ({ flashcard_list }) => ({ id: first(flashcard_list?.['cards'], 'id'), answer: 'B' }),
  flashcard_bulk_review: ({ flashcard_list }) => ({ reviews: [{ id: first(flashcard_list?.['cards'], 'id'), confidence: 3 }] }),
  quiz_get: { limit: 1 }, quiz_submit_and_next: ({ quiz_get, flashcard_list }) => ({ session_id: quiz_get?.['session_id'], item_id: first(quiz_get?.['cards'] ?? quiz_get?.['items'] ?? flashcard_list?.['cards'], 'id'), confidence: 5 }),
  flashcard_export: { format: 'json', output: 'cards.json' }, flashcard_import: { file: 'more.json' },
  flashcard_reset: ({ flashcard_list }) => ({ id: first(flashcard_list?.['cards'], 'id'), confirm: true }),
  flashcard_delete: ({ flashcard_list }) => ({ id: first(flashcard_list?.['cards'], 'id'), force: true }),
  prompt_search: { query: 'tabs' }, prompt_examples: {},
  checkpoint_save: { summary: 'All is well.' }, checkpoint_latest: {},
};

test('a call of every tool answers in the shape that the tool declares', { timeout: 120_000 }, async (t) => {
  const staged = await stage(t, { files: { ...sample, 'more.json': '[{"question":"Q3?","answer":"A3"}]' } });
  await mkdir(join(staged.home, 'notes'));
  await writeFile(join(staged.home, 'notes', 'open.org'), ':PROPERTIES:\n:ID: open\n:END:\n#+title: Open\n#+filetags: :PUBLIC:\n\nUse tabs.\n');
  const { client, call } = await connect(t, staged, { env: { CLAUDE_CODE_SESSION_ID: session, CLAUDE_PROJECT_DIR: staged.repo } });
  // The client knows the schemas from this, and throws at an answer that does not have its shape.
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name).filter((name) => !(name in calls)), [], 'a tool without a call here');
  const answers: Record<string, Record<string, unknown>> = {};
  for (const [name, input] of Object.entries(calls)) {
    if (tools.some((tool) => tool.name === name)) answers[name] = await call(name, typeof input === 'function' ? input(answers) : input).catch((error: unknown) => assert.fail(`${name}: ${String(error)}`));
  }
  assert.ok(Object.values(answers).every((answer) => Object.keys(answer).length > 0));
});
