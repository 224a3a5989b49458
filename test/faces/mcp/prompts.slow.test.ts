/** The prompt tools, asked by the official client. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { AT, historyLine } from '../../adapters/prompts/stage.ts';
import { stage } from '../cli/stage.ts';
import { connect } from './connect.ts';

const secret = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';

test('prompts are searched and good ones given, without secrets', async (t) => {
  const s = await stage(t);
  mkdirSync(join(s.home, '.claude'));
  const history = join(s.home, '.claude/history.jsonl');
  writeFileSync(history, historyLine(`deploy with token ${secret}`, AT) + historyLine('write the deploy script', AT + 1, { project: '/work/web' }) + historyLine('something else', AT + 2));
  await s.wheelhouse(['prompts', 'sync']);
  await s.wheelhouse(['prompts', 'rate', '1', '5']);
  await s.wheelhouse(['prompts', 'note', '1', 'says what to use']);
  const { call, refusal, client } = await connect(t, s, { args: ['--tools', 'prompts'] });
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name), ['prompt_search', 'prompt_examples']);
  assert(tools.every(({ description = '', annotations }) => description.length < 2048 && annotations?.readOnlyHint === true));

  const search = async (input: Record<string, unknown>) => (await call('prompt_search', input)) as { prompts: { id: number; text: string; snippet: string }[]; total: number };
  const found = await search({ query: 'deploy' });
  assert.deepEqual([found.total, found.prompts.map(({ id }) => id).sort()], [2, [1, 2]]);
  assert(!JSON.stringify(found).includes(secret.slice(4, 20)));
  assert(found.prompts.every(({ snippet }) => snippet.includes('**deploy**')));
  assert.equal((await search({ query: secret })).prompts.every(({ text, snippet }) => !text.includes('abcdefghij') && !snippet.includes('abcdefghij')), true);
  assert.deepEqual((await search({ query: 'deploy', min_rating: 4 })).prompts.map(({ id }) => id), [1]);
  assert.deepEqual((await search({ query: 'deploy', project: 'web' })).prompts.map(({ id }) => id), [2]);
  assert.match(await refusal('prompt_search', { query: 'deploy', project: 'nowhere' }), /No prompt was typed/);
  writeFileSync(history, historyLine('deploy once more', AT + 9), { flag: 'a' });
  assert.equal((await search({ query: 'deploy' })).total, 3, 'what was typed since');

  const examples = (await call('prompt_examples')) as { prompts: { id: number; note: string; rating: number }[]; total_rated: number };
  assert.deepEqual([examples.total_rated, examples.prompts.map(({ id, note, rating }) => [id, note, rating])], [1, [[1, 'says what to use', 5]]]);
  assert(!JSON.stringify(examples).includes(secret.slice(4, 20)));
});
