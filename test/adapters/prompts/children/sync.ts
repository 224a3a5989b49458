/** Syncs again and again until a file says that it is over: `sync.ts HOME END`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openPrompts } from '../../../../src/adapters/node/prompts/prompts.ts';
import { openUserData } from '../../../../src/adapters/node/user-data.ts';

const [home = '', end = ''] = process.argv.slice(2);
for (let last = false; ; ) {
  const user = openUserData({ env: { HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') }, actor: 'user' });
  const prompts = openPrompts(user);
  for (let n = 0; n < 20; n++) await prompts.sync();
  await user.dispose();
  if (last) break;
  last = existsSync(end);
}
