import { plainLine } from '../base/plain.ts';
import type { Agent, Claim } from './model.ts';
import type { Conflict } from './outcome.ts';
import { targetText } from './targets.ts';

/** `12 min`, `40 s`: how long something lasts, for people and models. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

export function who({ session, process }: Agent): string {
  return process === undefined ? session : `${session} (process ${process.pid})`;
}

/** One sentence for one thing that somebody else holds. @param here The work tree of who asks. */
export function conflictText({ target, held, claim, remaining }: Conflict, here?: string): string {
  const asked = targetText(target);
  const through = targetText(held) === asked ? '' : ` (as part of ${targetText(held)})`;
  return `${asked} is claimed by session ${who(claim.agent)}${through}${claim.mode === 'shared' ? ', shared' : ''}${reasonOf(claim)}, for ${duration(remaining)} from now and longer while it works${elsewhere(claim, here)}`;
}

/** The refusal of a claim: the first that stands against it, and how many more there are. */
export function conflictsText(conflicts: readonly Conflict[], here?: string): string {
  const [first] = conflicts;
  if (first === undefined) return '';
  const more = conflicts.length > 1 ? ` ${conflicts.length - 1} more of what you asked for ${conflicts.length === 2 ? 'is' : 'are'} claimed, too.` : '';
  return `${conflictText(first, here)}. Nothing was claimed.${more} Work on something else, or try again later.`;
}

/** What the agent is told instead of being let edit. */
export function editRefusal(conflict: Conflict, here?: string): string {
  return plainLine(`${conflictText(conflict, here)}. Do not edit it, also not by a shell command: work on something else, or claim it (claim_file) once it is released. The user can break the claim: wheelhouse coord release --force ${shellWord(targetText(conflict.held))}`);
}

/** A name as one word of a command that somebody copies into a shell. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function reasonOf({ why }: Claim): string {
  return why === '' ? '' : `: ${JSON.stringify(why)}`;
}

function elsewhere({ worktree }: Claim, here: string | undefined): string {
  return here === undefined || here === worktree ? '' : ` (it works in the work tree ${worktree})`;
}
