import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { editorWindows } from '../../../src/adapters/node/sessions/editor-windows.ts';

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !holds(); i++) await delay(10);
  assert(holds());
}

test('windows find each other, ask each other, and are forgotten when they are gone', async () => {
  const root = mkdtempSync(join(tmpdir(), 'wh-wi-'));
  const asked: string[] = [];
  const nothing = () => undefined;
  const one = editorWindows(root, (terminal) => void asked.push(`one ${terminal}`), nothing);
  const two = editorWindows(root, (terminal) => void asked.push(`two ${terminal}`), nothing);
  try {
    one.publish({ terminals: [11, 12], folder: 'file:///a' });
    two.publish({ terminals: [21], folder: undefined });
    await until(() => one.others().length === 1 && two.others().length === 1);
    assert.deepEqual(two.others().map(({ terminals, folder }) => ({ terminals, folder })), [{ terminals: [11, 12], folder: 'file:///a' }]);

    two.ask(two.others()[0]!, 12);
    await until(() => asked.length > 0);
    assert.deepEqual(asked, ['one 12']);

    const folder = join(root, 'windows');
    // What a dead window left, what is damaged, an old request, and one for nobody.
    writeFileSync(join(folder, '999999999-abc.json'), '{"terminals":[1]}');
    writeFileSync(join(folder, `${process.pid}-torn.json`), '{"termi');
    writeFileSync(join(folder, `${two.others()[0]!.id}.x.ask`), JSON.stringify({ terminal: 5, at: 0 }));
    one.publish({ terminals: [11], folder: 'file:///a' });
    await until(() => two.others().some(({ terminals }) => terminals.length === 1));
    await until(() => !readdirSync(folder).some((name) => name.startsWith('999999999') || name.endsWith('.ask')));
    assert.deepEqual(asked, ['one 12']);

    one.dispose();
    await until(() => two.others().length === 0);
  } finally {
    one.dispose();
    two.dispose();
    rmSync(root, { recursive: true });
  }
});
