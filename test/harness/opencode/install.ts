// The real opencode client, fetched when a test needs it and kept in the project's cache; it is never a dependency.

import { fetchClient, type Fetched } from '../clients.ts';

export const opencodeVersion = '1.18.33';

/** The path of the `opencode` executable of this platform, or one sentence that says why it cannot be had. Never throws. */
export function installOpencode(): Promise<Fetched> {
  return fetchClient({ name: 'opencode', version: opencodeVersion, package: `opencode-ai@${opencodeVersion}`, executable: /^opencode-(linux|darwin|windows)-(x64|arm64)\/bin\/opencode(\.exe)?$/ });
}

export async function whyNoOpencode(): Promise<string | false> {
  const fetched = await installOpencode();
  return 'missing' in fetched ? fetched.missing : false;
}
