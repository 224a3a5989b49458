/** How far the policy is proven, in words. */
import type { Protection } from '../../../adapters/node/policy/policy.ts';
import { ageText } from '../sessions/rows.ts';

export interface ProtectionText {
  readonly icon: 'shield' | 'warning';
  /** For the status bar. */
  readonly short: string;
  readonly long: string;
  readonly warns: boolean;
}

/** From the one that needs the user most to the one that needs nobody. */
const order: readonly Protection['state'][] = ['failed', 'stale', 'unverified', 'protected', 'no-policy'];

export function weakest(protections: readonly Protection[]): Protection | undefined {
  return [...protections].sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state))[0];
}

/** @returns undefined where there is no policy: then there is nothing to say. */
export function protectionText({ state, verification }: Protection, now: number): ProtectionText | undefined {
  const age = verification === undefined ? '' : ageText(verification.at, now);
  const when = age === 'now' ? 'just now' : /^\d+ [mh]$/.test(age) ? `${age} ago` : age;
  switch (state) {
    case 'no-policy':
      return undefined;
    case 'protected':
      return { icon: 'shield', short: `Protected · ${age}`, long: `Protected: each rule of the policy was tried and holds. Verified ${when}.`, warns: false };
    case 'unverified':
      return { icon: 'shield', short: 'Policy not verified', long: 'There is a policy, and nothing proves that it holds. Click to apply and verify it.', warns: false };
    case 'stale':
      return { icon: 'shield', short: 'Policy changed since verified', long: `The policy or the agent's settings have changed since they were verified (${when}). Click to apply and verify again.`, warns: false };
    case 'failed': {
      if (verification?.notes.length === 0 && verification.rows.every(({ layers }) => layers.hook === 'absent')) return { icon: 'shield', short: 'Policy not applied', long: 'There is a policy, and the agent\'s settings have no hook that enforces it. Click to apply it.', warns: false };
      const open = verification?.rows.filter(({ holds }) => !holds).length ?? 0;
      return { icon: 'warning', short: 'Policy does not hold', long: `Not protected: ${open === 0 ? 'something stands in the way' : `${open} of ${verification?.rows.length ?? 0} tries were not stopped`}.${(verification?.notes ?? []).map((note) => ` ${note}`).join('')} Verified ${when}. Click to see which.`, warns: true };
    }
  }
}
