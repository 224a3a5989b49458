/** The note tools, asked by the official client. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { org } from '../../adapters/notes/stage.ts';
import { stage } from '../cli/stage.ts';
import { connect, generations } from './connect.ts';

for (const generation of generations) {
  test(`public notes are read and changed, ${generation}`, async (t) => {
    const s = await stage(t, { git: false });
    const folder = join(s.home, 'notes');
    mkdirSync(folder);
    writeFileSync(join(folder, 'claude-global-context.org'), org('claude-global-context', 'Global context', ':PUBLIC:start:', 'Use tabs.\n[[id:shut]]\n'));
    writeFileSync(join(folder, 'shut.org'), org('shut', 'Shut', ':hidden:', 'secret [[id:claude-global-context]]\n'));
    const { call, refusal, client } = await connect(t, s, { args: ['--tools', 'notes'], generation });
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map(({ name }) => name), ['note_get', 'note_search', 'note_list', 'note_create', 'note_update', 'note_links', 'notes_index']);
    assert(tools.every(({ description = '', outputSchema, annotations }) => description.length < 2048 && outputSchema !== undefined && annotations?.openWorldHint === false));

    const note = (await call('note_get', { note_id: 'claude-global-context' })) as { content: string; hash: string; backlinks: unknown[]; links: { note_id: string | null }[] };
    assert.deepEqual([note.backlinks, note.links.map(({ note_id }) => note_id)], [[], [null]]);
    assert.equal((await refusal('note_get', { note_id: 'shut' })).replace('shut', 'none'), await refusal('note_get', { note_id: 'none' }));
    assert.deepEqual(await call('note_list'), { notes: [{ note_id: 'claude-global-context', title: 'Global context', tags: ['PUBLIC', 'start'] }], total: 1, tags: [{ tag: 'PUBLIC', notes: 1 }, { tag: 'start', notes: 1 }] });
    const done = await call('note_update', { note_id: 'claude-global-context', content: note.content.replace('tabs', 'spaces'), base_hash: note.hash });
    assert.deepEqual([done['status'], done['history']], ['written', null]);
    assert.match(readFileSync(join(folder, 'claude-global-context.org'), 'utf8'), /Use spaces/);
    assert.deepEqual(((await call('note_search', { query: 'spac' })) as { total: number }).total, 1);
    await call('note_create', { note_id: 'found-out', title: 'Found out', content: 'A fact.\n', tags: ['learned'] });
    assert.match(readFileSync(join(folder, 'found-out.org'), 'utf8'), /^:PROPERTIES:\n:ID: {7}found-out\n:END:\n#\+title: Found out\n#\+filetags: :learned:\n\nA fact\.\n$/);
    writeFileSync(join(folder, 'claude-global-context.org'), org('claude-global-context', 'Global context', ''));
    assert.match(await refusal('note_get', { note_id: 'claude-global-context' }), /There is no note/);
    assert.equal((await call('notes_index'))['notes'], 0);
  });
}
