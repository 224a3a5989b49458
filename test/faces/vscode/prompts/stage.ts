/** A home with a history, and the prompts over it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPrompts, type Prompts } from '../../../../src/adapters/node/prompts/prompts.ts';
import { openUserData } from '../../../../src/adapters/node/user-data.ts';

export const session = '00000000-0000-4000-8000-000000000001';

export interface Stage {
  readonly config: string;
  readonly open: () => Prompts;
  readonly dispose: () => Promise<void>;
}

/** @param texts One prompt a minute from `start` on. */
export function stage(texts: readonly string[], start = Date.UTC(2026, 9, 1, 12)): Stage {
  const home = mkdtempSync(join(tmpdir(), 'wh-prompts-face-'));
  const config = join(home, '.claude');
  mkdirSync(config);
  writeFileSync(join(config, 'history.jsonl'), texts.map((display, n) => `${JSON.stringify({ display, pastedContents: {}, timestamp: start + n * 60_000, project: '/repos/shop', sessionId: session })}\n`).join(''));
  const user = openUserData({ env: { HOME: home }, actor: 'user', dataOverride: join(home, 'data') });
  return {
    config,
    open: () => openPrompts(user),
    dispose: async () => {
      await user.dispose();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
