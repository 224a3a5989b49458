import type { PolicyReport, PolicyRow } from '../../../src/protocol/policy.ts';

const file = '/home/me/shop/.wheelhouse/policy.yaml';
const row = (line: number, rule: string, change: Partial<PolicyRow> = {}): PolicyRow => ({
  rule, effect: 'deny', file, line, holds: true,
  tries: [{ what: `Read /home/me/shop/.wheelhouse-canary/${rule.split(' ')[1] ?? ''}`, holds: true }],
  layers: { engine: 'stopped', hook: 'stopped', rules: 'set', sandbox: 'apart' }, ...change,
});

/** Rules that hold, one that does not, one about a command, and hostile text. */
export const sample: PolicyReport = {
  folder: 'shop', state: 'failed', at: Date.UTC(2026, 10, 20, 9, 30), running: undefined, applied: true, problem: undefined,
  rows: [
    row(14, 'read.deny .env'),
    row(15, 'read.deny *.env'),
    row(19, 'read.deny ~/.ssh', { layers: { engine: 'stopped', hook: 'open', rules: 'absent', sandbox: 'apart' }, holds: false, tries: [{ what: 'Read /home/me/.ssh/canary', holds: false, message: 'The hook failed: it did not answer' }, { what: 'Edit /home/me/.ssh/canary', holds: true }] }),
    row(30, 'read.deny a/very/long/path/that/has/to/break/somewhere/on/a/narrow/page/**/*-credentials.production.json'),
    row(48, 'commands.ask git push', { effect: 'ask', layers: { engine: 'unsure', hook: 'unsure', rules: 'unsure', sandbox: 'apart' }, tries: [{ what: 'Run git push', holds: true }] }),
    row(50, 'read.deny <img src=x onerror=alert(1)>'),
    row(0, 'write.deny /home/me/shop/.wheelhouse/policy.yaml', { file: '' }),
  ],
  obstacles: [],
  notes: ['What a script or another program opens by itself is not stopped by the hook and the rules. Only a sandbox does that, and the policy asks for none (sandbox: off).', 'Rules about commands go by what a command says. The same can be done by a script or under another name.'],
};

export const holding: PolicyReport = { ...sample, state: 'protected', rows: sample.rows.map((each) => ({ ...each, holds: true, layers: { ...each.layers, ...(each.layers.hook === 'open' && { hook: 'stopped', rules: 'set' }) }, tries: each.tries.map(({ what }) => ({ what, holds: true })) })) };

/** A company lets no hook of ours run; the sandbox is asked for and there. */
export const managed: PolicyReport = {
  ...sample,
  rows: sample.rows.map((each) => ({ ...each, holds: false, layers: { ...each.layers, hook: 'absent', ...(each.layers.sandbox === 'apart' && each.effect === 'deny' && { sandbox: 'set' }) } })),
  obstacles: ["/etc/claude-code/managed-settings.json is managed by your company and lets only the company's hooks run (\"allowManagedHooksOnly\"): the hook of Wheelhouse does not run. Ask whoever manages it to install the hook there."],
};

export const none: PolicyReport = { ...sample, state: 'no-policy', at: undefined, rows: [], obstacles: [], notes: [], applied: undefined };
