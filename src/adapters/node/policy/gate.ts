/** What the hook before a tool call asks of the policy. It has a few milliseconds. */
import { decideCall, type Policy, type Verdict } from '../../../core/policy/light.ts';
import type { Environment } from '../locations.ts';
import { readCompiled } from './compiled.ts';
import { lookFor } from './look.ts';
import { openPolicyPlace, type PolicyPlace } from './place.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What the policy says about the call that an event tells of; undefined where there is no policy. */
export async function verdictOnEvent({ env, dataRoot }: { readonly env: Environment; readonly dataRoot: string }, event: Fields): Promise<Verdict | undefined> {
  const [tool, input, cwd] = [event['tool_name'], event['tool_input'], event['cwd']];
  if (typeof tool !== 'string' || typeof input !== 'object' || input === null) return undefined;
  const folder = typeof cwd === 'string' && cwd !== '' ? cwd : '.';
  const place = placeOfSession(env, dataRoot, folder);
  const policy = await policyAt(place);
  return policy === undefined ? undefined : decideCall(policy, { tool, input: input as Fields, cwd: folder, home: place.home, asksNobody: event['permission_mode'] === 'bypassPermissions' }, lookFor(policy, place.root, place.home));
}

/** A session counts to the project that it was started in, wherever it has gone since. */
function placeOfSession(env: Environment, dataRoot: string, cwd: string): PolicyPlace {
  const project = env['CLAUDE_PROJECT_DIR'];
  return openPolicyPlace(project !== undefined && project !== '' ? { folder: project, also: [cwd], env, dataRoot } : { folder: cwd, env, dataRoot });
}

async function policyAt(place: PolicyPlace): Promise<Policy | undefined> {
  const kept = readCompiled(place);
  if (kept !== undefined) return kept ?? undefined;
  return (await import('./compile.ts')).currentPolicy(place);
}
