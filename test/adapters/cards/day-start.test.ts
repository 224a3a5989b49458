/** The hour at which a day begins is set in the editor, and holds everywhere. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openCardsAsSet } from '../../../src/adapters/node/cards/cards.ts';
import { nodeFiles } from '../../../src/adapters/node/files.ts';
import { openUserData, type UserData } from '../../../src/adapters/node/user-data.ts';
import { readUserSettings, writeUserSettings } from '../../../src/adapters/node/user-settings.ts';

async function user(t: TestContext): Promise<UserData> {
  const home = await mkdtemp(join(tmpdir(), 'wheelhouse-day-'));
  const data = openUserData({ env: { HOME: home, WHEELHOUSE_DATA: join(home, 'data') }, actor: 'cli' });
  t.after(async () => {
    await data.dispose();
    await rm(home, { recursive: true, force: true });
  });
  return data;
}

const hourOf = (at: number) => new Date(at).getHours();

test('cards outside the editor begin their day when the editor says, else at four', async (t) => {
  const data = await user(t);
  const start = async () => hourOf((await openCardsAsSet(data, { algorithm: 'sm2' })).days.startOf(20_000));
  assert.equal(await start(), 4);
  await writeUserSettings(nodeFiles, data.folder, { dayStart: 7 });
  assert.equal(await start(), 7);
  await writeUserSettings(nodeFiles, data.folder, { dayStart: undefined });
  assert.equal(await start(), 4);
});

for (const text of ['', '{', '[]', 'null', '{"dayStart":"7"}', '{"dayStart":24}', '{"dayStart":-1}']) {
  test(`a settings file that cannot be used is passed over: ${JSON.stringify(text)}`, async (t) => {
    const data = await user(t);
    await writeUserSettings(nodeFiles, data.folder, { dayStart: 5 });
    await writeFile(join(data.folder, 'settings.json'), text);
    assert.deepEqual(await readUserSettings(nodeFiles, data.folder), {});
  });
}
