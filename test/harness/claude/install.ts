// The real Claude Code client for end-to-end tests. It is fetched when a test needs it and kept in the cache folder of
// the project; it is never a dependency. `node test/harness/claude/install.ts` fetches it ahead of the tests.

import { fetchClient, type Fetched } from '../clients.ts';

/** The version the harness and the tests were written against. */
export const claudeVersion = '2.1.197';

export type Installed = Fetched;

/** Gives the absolute path of the `claude` executable, or one sentence that says why it cannot be had. Never throws. */
export function installClaude(): Promise<Installed> {
  // The packages of the platforms are named `claude-code-<platform>-<arch>`; npm installs only the one that fits.
  return fetchClient({ name: 'claude', version: claudeVersion, package: `@anthropic-ai/claude-code@${claudeVersion}`, executable: /^@anthropic-ai\/claude-code-[^/]+\/claude(\.exe)?$/ });
}

/** For the `skip` option of a test: false when the client can be had, else the reason why not. */
export async function whyNoClaude(): Promise<string | false> {
  const installed = await installClaude();
  return 'missing' in installed ? installed.missing : false;
}

if (import.meta.main) console.log(await installClaude());
