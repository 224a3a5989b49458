import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Prompts } from '../../../../src/adapters/node/prompts/prompts.ts';
import { TranscriptContext } from '../../../../src/faces/vscode/prompts/transcriptContext.ts';
import { session, stage, type Stage } from './stage.ts';

const start = Date.UTC(2026, 9, 1, 12);
let home: Stage;
let prompts: Prompts;
let file: string;
const answer = (n: number, tokens: number) => `${JSON.stringify({ type: 'assistant', isSidechain: false, uuid: `u${n}`, timestamp: new Date(start + n * 60_000 + 3000).toISOString(), message: { id: `m${n}`, model: 'm', usage: { input_tokens: tokens, output_tokens: 10 } } })}\n`;

before(async () => {
  home = stage(['First', 'Second', 'Third'], start);
  prompts = home.open();
  await prompts.sync();
  const folder = join(home.config, 'projects', '-repos-shop');
  mkdirSync(folder, { recursive: true });
  file = join(folder, `${session}.jsonl`);
});
after(() => home.dispose());

test('before and after, by the transcript; what is added to it is read when it is there, half lines when they are whole', async () => {
  const contexts = new TranscriptContext(home.config);
  const of = async (id: number) => contexts.of(prompts, await prompts.get(id));
  assert.equal(await of(1), undefined, 'no transcript');
  writeFileSync(file, `{"type":"user"}\n${answer(0, 100)}`);
  assert.deepEqual(await of(1), { before: 0, after: 110 });
  assert.equal(await of(2), undefined, 'not answered yet');
  const next = answer(1, 300);
  appendFileSync(file, next.slice(0, 40));
  assert.equal(await of(2), undefined);
  appendFileSync(file, next.slice(40));
  assert.deepEqual(await Promise.all([of(1), of(2)]), [{ before: 0, after: 110 }, { before: 110, after: 310 }]);
  rmSync(file);
  writeFileSync(file, answer(0, 7));
  assert.deepEqual(await of(1), { before: 0, after: 17 }, 'another file in its place');
});

test('a session that is no id leads to no file', async () => {
  const prompt = await prompts.get(1);
  assert.equal(await new TranscriptContext(home.config).of(prompts, { ...prompt, session: '../../../etc/passwd' }), undefined);
});
