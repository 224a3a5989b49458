import { messageOf } from '../../../core/base/errors.ts';
import { WHILE_NOT_UNDERSTOOD } from '../../../core/policy/index.ts';
import type { DoctorFinding } from '../doctor.ts';
import { obstaclesHere } from './obstacles.ts';
import { openPolicyPlace } from './place.ts';
import type { Environment } from '../locations.ts';
import { examineSandbox } from './sandbox.ts';
import { readPolicy } from './read.ts';
import { protectionOf } from './verify.ts';

/** What doctor says of the policy for a folder: nothing where there is none. */
export async function policyFindings({ folder, env, dataRoot, managedFolder }: { readonly folder: string; readonly env: Environment; readonly dataRoot: string; readonly managedFolder?: string }): Promise<DoctorFinding[]> {
  const check = 'policy';
  const place = openPolicyPlace({ folder, env, dataRoot, managedFolder });
  const policy = await readPolicy(place);
  if (policy === undefined) return [{ level: 'ok', check, message: 'there is none; "wheelhouse policy init" writes one, which keeps agents from secrets' }];
  const [problem] = policy.problems;
  if (problem) return [{ level: 'fail', check, message: `${problem.file}:${problem.line}: ${problem.message}`, fix: WHILE_NOT_UNDERSTOOD }];
  // The message says itself what to do.
  const findings: DoctorFinding[] = obstaclesHere(place, policy).map(({ message }) => ({ level: 'fail', check, message }));
  const { state, verification } = await protectionOf(place);
  const rules = `${policy.rules.length} rules`;
  if (state === 'protected') findings.push({ level: 'ok', check, message: `${rules}, verified ${new Date(verification?.at ?? 0).toISOString()}` });
  else if (state === 'failed') findings.push({ level: 'fail', check, message: `not protected: ${verification?.rows.filter(({ holds }) => !holds).length ?? 0} of ${verification?.rows.length ?? 0} canaries were not stopped`, fix: 'Run "wheelhouse policy apply" and "wheelhouse policy verify".' });
  else findings.push({ level: 'warn', check, message: `${rules}, ${state === 'stale' ? 'and something has changed since it was verified' : 'and nobody has verified that it holds'}`, fix: 'Run "wheelhouse policy apply" and "wheelhouse policy verify".' });
  if (policy.sandbox !== 'off') {
    const sandbox = await examineSandbox().catch((error: unknown) => ({ state: 'fails' as const, message: messageOf(error) }));
    const works = sandbox.state === 'works' || sandbox.state === 'unknown';
    findings.push({ level: works ? 'ok' : policy.sandbox === 'required' ? 'fail' : 'warn', check: 'sandbox', message: sandbox.message, ...(!works && { fix: policy.sandbox === 'required' ? 'Claude Code does not start until there is one, as the policy requires.' : 'Until then commands of agents run without it.' }) });
  }
  return findings;
}
