/** The checkpoint tools, asked by the official client. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stage } from '../cli/stage.ts';
import { connect, generations } from './connect.ts';

const session = '0b1d2c3e-1111-2222-3333-444455556666';
interface Latest { readonly checkpoint: { readonly checkpoint_id: string; readonly session_id: string; readonly content: string } | null }

for (const generation of generations) {
  test(`a checkpoint is saved and read (${generation})`, async (t) => {
    const s = await stage(t);
    const { call, refusal, client } = await connect(t, s, { generation, args: ['--tools', 'sessions'], env: { CLAUDE_CODE_SESSION_ID: session } });
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map(({ name }) => name), ['checkpoint_save', 'checkpoint_latest']);
    assert(tools.every(({ description = '', annotations, outputSchema }) => description.length < 2048 && annotations?.openWorldHint === false && outputSchema !== undefined));

    assert.deepEqual(await call('checkpoint_latest'), { checkpoint: null });
    assert.match(await refusal('checkpoint_save'), /done nothing yet/);
    const folder = join(s.home, '.claude', 'projects', 'x');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${session}.jsonl`), `${JSON.stringify({ type: 'user', timestamp: new Date().toISOString(), message: { content: 'Fix it' } })}\n`);
    const words = { summary: 'Half way; the key is ghp_abcdefghijklmnopqrstuvwxyz0123456789', next: ['Finish'], decisions: ['Small steps'] };
    const saved = await call('checkpoint_save', words);
    assert.equal(saved['new'], true);
    assert.deepEqual(await call('checkpoint_save', words), { ...saved, new: false });
    const { checkpoint } = (await call('checkpoint_latest')) as unknown as Latest;
    assert.equal(checkpoint?.checkpoint_id, saved['checkpoint_id']);
    assert.equal(checkpoint?.session_id, session);
    assert.match(checkpoint.content, /> Half way; the key is \[redacted: GitHub token\][^]*- Asked: Fix it[^]*- Finish[^]*- Small steps/);
    assert.deepEqual(await call('checkpoint_latest', { session_id: 'ffff' }), { checkpoint: null });
    assert.notEqual(((await call('checkpoint_latest', { session_id: '0b1d' })) as unknown as Latest).checkpoint, null);
    const root = join(s.home, '.local/share/wheelhouse/repositories');
    const kept = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.parentPath.includes('checkpoints')).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    assert.equal(kept.length, 2);
    assert(!kept.join().includes('ghp_'), 'not in any file');
  });
}

test('an agent that does not say which session it is is told so', async (t) => {
  const s = await stage(t);
  const { refusal } = await connect(t, s, { args: ['--tools', 'sessions'] });
  assert.match(await refusal('checkpoint_save', { summary: 'x' }), /not known which session/);
});
