/** Rows as the extension gives them. */
import type { AuditChain, AuditDetail, AuditRow } from '../../../src/protocol/audit.ts';

const minute = 60_000;
const hostile = '</script><img src=x onerror=alert(1)>\u202e\u0007 \u001b[31mred';

function row(n: number, at: number, more: Partial<AuditRow> = {}): AuditRow {
  return { n, at, session: 'a1b2c3d4-0000', name: 'api', agent: '', tool: 'Read', what: `/home/you/project/src/file${n}.ts`, own: 0, decision: 'allowed', layer: 'none', inferred: false, result: 'ok', durationMs: 12 + n, mark: null, why: '', ...more };
}

/** The newest last, as the extension has them. */
export function sampleRows(now: number): AuditRow[] {
  return [
    row(0, now - 2 * 86_400_000),
    row(1, now - 26 * 60 * minute, { tool: 'Bash', what: 'npm test -- --watch=false', durationMs: 61_000, result: 'error' }),
    row(2, now - 90 * minute, { what: '/home/you/project/.env', own: 18, decision: 'denied', layer: 'policy', result: 'none', durationMs: null, mark: 'violation', why: 'It was denied by the policy.' }),
    row(3, now - 89 * minute, { tool: 'Bash', what: 'base64 < ./.ENV', mark: 'near-miss', why: 'The command names .env, which was denied before; what a command opens cannot be known for sure.', durationMs: 40 }),
    row(4, now - 50 * minute, { session: 'ffee-1', name: '', tool: 'Edit', what: '/home/you/project/src/app.ts', decision: 'denied', layer: 'claim', result: 'none', durationMs: null, mark: 'violation', why: 'It was denied by the claim of another session.' }),
    row(5, now - 40 * minute, { tool: 'Bash', what: 'rm -rf build', decision: 'refused', layer: 'user', inferred: true, result: 'none', durationMs: null, mark: 'violation', why: 'The user was asked, and refused it.' }),
    row(6, now - 30 * minute, { tool: 'Bash', what: 'git push', decision: 'granted', layer: 'user', durationMs: 3_400 }),
    row(7, now - 20 * minute, { agent: 'agent-7', tool: 'Grep', what: hostile }),
    row(8, now - 10 * minute, { tool: 'Write', what: '/home/you/project/README.md', decision: 'unknown', inferred: true, result: 'unknown', durationMs: null }),
    row(9, now - 2 * minute, { tool: 'Bash', what: 'cat /etc/shadow', decision: 'denied', layer: 'sandbox', inferred: true, result: 'error', durationMs: 21, mark: 'violation', why: 'It was denied by the sandbox.' }),
    row(10, now - 20_000, { tool: 'Bash', what: 'terraform apply', decision: 'open', layer: 'user', result: 'none', durationMs: null }),
    row(11, now - 5_000, { result: 'pending', durationMs: null }),
  ];
}

export function manyRows(count: number, now: number): AuditRow[] {
  const tools = ['Read', 'Edit', 'Bash', 'Grep', 'Write'];
  return Array.from({ length: count }, (_, n) => {
    const denied = n % 997 === 5;
    return row(n, now - (count - n) * 1000, { session: `s${n % 8}`, name: `session ${n % 8}`, tool: tools[n % 5] ?? 'Read', ...(denied && { decision: 'denied', layer: 'policy', result: 'none', mark: 'violation', why: 'It was denied by the policy.' }) });
  });
}

export const unbroken = (now: number): AuditChain => ({ state: 'unbroken', text: 'Unbroken since 2026-03-14: 24 lines in 2 files.', breaks: [], checkedAt: now });

export function detail(n: number): AuditDetail {
  return {
    n,
    reason: 'Reading .env is denied by the policy: "*.env".',
    rule: '*.env',
    ruleAt: '/home/you/project/.wheelhouse/policy.yaml:12',
    paths: [{ asked: '/home/you/project/link', real: '/home/you/project/.env' }],
    command: '',
    input: '{"file_path":"/home/you/project/link","note":"</script>"}',
    error: '',
    cwd: '/home/you/project',
    mode: 'default',
    agentType: '',
    why: 'It was denied by the policy.',
    line: '2026-03-14/a1b2c3d4-0000.jsonl:1204',
    alive: true,
  };
}
