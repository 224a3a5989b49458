// The real Codex client, fetched when a test needs it and kept in the project's cache; it is never a dependency.

import { fetchClient, type Fetched } from '../clients.ts';

export const codexVersion = '0.169.0';

/** The path of the `codex` executable of this platform, or one sentence that says why it cannot be had. Never throws. */
export function installCodex(): Promise<Fetched> {
  return fetchClient({ name: 'codex', version: codexVersion, package: `@openai/codex@${codexVersion}`, executable: /^@openai\/codex-.*\/bin\/codex(\.exe)?$/ });
}

export async function whyNoCodex(): Promise<string | false> {
  const fetched = await installCodex();
  return 'missing' in fetched ? fetched.missing : false;
}
