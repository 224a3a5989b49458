/**
 * What kept a call when nobody says so in as many words. A rule of the agent's own denies without an
 * event, a user who says no ends the turn without one, and a sandbox shows only in what a command
 * prints. So these are conclusions, and marked as such.
 */
import type { AuditCall, AuditEntry } from './model.ts';

type Said = Partial<Pick<AuditCall, 'decision' | 'layer' | 'result' | 'sure' | 'reason'>>;

/** The words with which Claude Code 2.1 answers for a rule, a folder or a mode of its own. */
const AGENT_DENIED = /denied by your permission settings|^permission (?:to use|for this action) [^]{1,2000}?(?:has been|was) denied|was blocked\. for security|requested permissions? to [^]{1,2000}?but you haven't granted/i;
/** And for the user. */
const USER_REFUSED = /user doesn't want to (?:proceed|take this action)|tool use was rejected|user (?:rejected|declined|denied)/i;
const INTERRUPTED = /request interrupted|interrupted by user/i;
/** A hook's refusal, as the transcript tells it. */
const HOOK_DENIED = /hook .{0,80}(?:denied|blocked)|blocked by .{0,60}hook/i;
const SANDBOX = /operation not permitted|read-only file system|sandbox(?:ed)?[ -](?:violation|error|denied|blocked)|bwrap:|sandbox-exec/i;

/** Why a call failed that an event told of. */
export function judgeFailure({ error = '', tool, interrupted }: AuditEntry): Said {
  if (interrupted === true) return { result: 'error', reason: 'The user interrupted it.' };
  const said = judgeWords(error);
  if (said !== undefined) return said;
  if (tool === 'Bash' && SANDBOX.test(error)) return { decision: 'denied', layer: 'sandbox', result: 'error', sure: 'inferred', reason: 'The command’s error is what the sandbox answers.' };
  return { result: 'error' };
}

/** What the transcript gives as the result of a call that no event told of. */
export function judgeTranscript(text: string): Said {
  return judgeWords(text) ?? (INTERRUPTED.test(text) ? { decision: 'unknown', result: 'unknown', sure: 'inferred', reason: 'The user interrupted it, by the transcript.' } : { result: 'error', sure: 'inferred', reason: 'Its result is in the transcript only.' });
}

function judgeWords(given: string): Said | undefined {
  const text = given.replace(/<\/?tool_use_error>/g, '').trim();
  if (USER_REFUSED.test(text)) return { decision: 'refused', layer: 'user', result: 'none', sure: 'inferred', reason: 'The user said no, by the words of the answer that the agent got.' };
  if (AGENT_DENIED.test(text)) return { decision: 'denied', layer: 'agent', result: 'none', sure: 'inferred', reason: 'A rule of the agent’s own denied it, by the words of the answer that the agent got.' };
  if (HOOK_DENIED.test(text)) return { decision: 'denied', layer: 'agent', result: 'none', sure: 'inferred', reason: 'A hook of somebody else’s denied it, by the words of the answer that the agent got.' };
  return undefined;
}

/** A call of which nothing was heard until its turn was over. */
export function explainMissing({ decision }: AuditCall): Said {
  if (decision === 'open') return { decision: 'refused', layer: 'user', result: 'none', sure: 'inferred', reason: 'The user was asked, and it did not run before the turn ended.' };
  return { decision: 'unknown', result: 'unknown', sure: 'inferred', reason: 'The turn ended without an outcome: a rule of the agent’s own denied it, or it was interrupted.' };
}
