/** What the page says, from what was verified. */
import type { LayerResult, PolicyLayer, PolicyReport, PolicyRow } from '../../src/protocol/policy.ts';

export type Mark = 'check' | 'cross' | 'dash' | 'dot' | 'half';

export interface Said {
  readonly mark: Mark;
  readonly text: string;
  /** The long form, for ears and for whoever points at it. */
  readonly why: string;
}

export const layers: readonly { readonly layer: PolicyLayer; readonly name: string; readonly help: string }[] = [
  { layer: 'engine', name: 'Policy', help: 'what the policy itself decides' },
  { layer: 'hook', name: 'Hook', help: 'asked before each tool call, run here exactly as the agent runs it' },
  { layer: 'rules', name: "Agent's rules", help: "the agent's own permission rules: whether its settings have them" },
  { layer: 'sandbox', name: 'Sandbox', help: "the agent's own, for scripts as well: whether its settings have the rule and one can start here" },
];

const words: Readonly<Record<LayerResult, Said>> = {
  stopped: { mark: 'check', text: 'Stopped', why: 'This layer stopped what was tried.' },
  set: { mark: 'dot', text: 'Set', why: 'The agent’s settings say that this layer stops it. That the agent obeys was not tried.' },
  unsure: { mark: 'half', text: 'As written', why: 'This layer stops the command as it is written. A script can do the same unseen.' },
  open: { mark: 'cross', text: 'Let through', why: 'This layer let through what was tried.' },
  absent: { mark: 'cross', text: 'Not there', why: 'This layer is not installed for the rule.' },
  apart: { mark: 'dash', text: 'None', why: 'This layer has nothing for a rule of this kind.' },
};

/** What a cell says. No sandbox is no fault: most policies ask for none. */
export function cell({ effect, layers: found }: PolicyRow, layer: PolicyLayer): Said {
  const result = found[layer];
  if (result === 'stopped' && effect === 'ask') return { mark: 'check', text: 'Asks you', why: 'This layer asks you first.' };
  if (result === 'apart' && layer === 'sandbox') return { mark: 'dash', text: 'None', why: 'No sandbox stands behind this rule: the policy asks for none, or it has nothing for a rule of this kind.' };
  return words[result];
}

/** Rules that do not hold come first; else as the policy has them. */
export function sorted(rows: readonly PolicyRow[]): readonly PolicyRow[] {
  return [...rows.filter(({ holds }) => !holds), ...rows.filter(({ holds }) => holds)];
}

/** Rules of a first policy, and what they mean. */
export const examples: readonly { readonly rule: string; readonly means: string }[] = [
  { rule: 'read.deny .env', means: 'agents neither read nor change it, in whichever folder it is' },
  { rule: 'read.deny ~/.ssh', means: 'the same for all that is in it' },
  { rule: 'write.ask .github/workflows', means: 'agents change it when you say yes' },
  { rule: 'commands.ask git push', means: 'agents run it when you say yes' },
];

export interface Headline {
  readonly mark: Mark;
  readonly title: string;
  readonly text: string;
}

export function headline({ state, at, running, rows, applied, obstacles }: PolicyReport, now: number): Headline {
  if (running) return { mark: 'half', title: 'Verifying…', text: 'Each rule is tried on each layer, with a canary and not with what it protects.' };
  const when = at === undefined ? '' : ago(at, now);
  const open = rows.filter(({ holds }) => !holds).length;
  switch (state) {
    case 'no-policy':
      return { mark: 'dash', title: 'There is no policy', text: 'A policy is one readable file: what agents may read, write and run. Set one up, apply it, and this page shows for each rule which layer stops what.' };
    case 'unverified':
      if (applied === false) return { mark: 'dash', title: 'Not applied', text: 'There is a policy, and the agent’s settings have nothing of it, so it stops nobody. Apply it, then verify.' };
      return { mark: 'dash', title: 'Not verified', text: 'There is a policy, and nothing proves that it holds. Apply it to the agent’s settings, then verify.' };
    case 'stale':
      return { mark: 'half', title: 'Changed since verified', text: `The policy or the agent’s settings have changed since they were verified ${when}. What the table shows is of that time.` };
    case 'failed':
      if (applied === false) return { mark: 'cross', title: 'Not applied', text: `The agent’s settings have nothing of this policy, so it stops nobody. Verified ${when}.` };
      return { mark: 'cross', title: 'Not protected', text: `${open === 0 ? 'Each rule holds where it was tried, but something stands in the way.' : `${open} of ${rows.length} rules ${open === 1 ? 'does' : 'do'} not hold.${obstacles.length > 0 ? ' Something stands in the way.' : ''}`} Verified ${when}.` };
    case 'protected':
      return { mark: 'check', title: 'Protected', text: `All ${rows.length} rules were tried, and the hook stops each. Verified ${when}.` };
  }
}

/** `just now`, `3 m ago`, `5 h ago`, `on 12 March, 14:23`. */
export function ago(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} m ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `on ${new Date(at).toLocaleString('en-GB', { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' })}`;
}

/** `policy.yaml:14` */
export function place({ file, line }: PolicyRow): string {
  return file === '' ? 'built in' : `${file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)}:${line}`;
}
