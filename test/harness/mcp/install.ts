// The protocol's own test programs, fetched when a test needs them and kept in the project's cache; they are never dependencies.

import { fetchClient, type Fetched } from '../clients.ts';

export const inspectorVersion = '2.12.0';
/** The line that knows the revision of 2026. */
export const conformanceVersion = '0.2.0-alpha.12';

/** The path of the inspector, a program for Node, or one sentence that says why it cannot be had. Never throws. */
export function installInspector(): Promise<Fetched> {
  return fetchClient({ name: 'mcp-inspector', version: inspectorVersion, package: `@modelcontextprotocol/inspector@${inspectorVersion}`, executable: /^@modelcontextprotocol\/inspector\/clients\/launcher\/build\/index\.js$/ });
}

/** As `installInspector`, of the conformance suite. */
export function installConformance(): Promise<Fetched> {
  return fetchClient({ name: 'mcp-conformance', version: conformanceVersion, package: `@modelcontextprotocol/conformance@${conformanceVersion}`, executable: /^@modelcontextprotocol\/conformance\/dist\/index\.js$/ });
}

export async function whyNot(fetched: Promise<Fetched>): Promise<string | false> {
  const found = await fetched;
  return 'missing' in found ? found.missing : false;
}
