/** What an error of the model's service means to the user. The words are those of Claude Code's StopFailure hook and transcript. */
import type { Evidence, Reason } from './model.ts';
import { shortLine } from './shortText.ts';

const logins = new Set(['authentication_failed', 'oauth_org_not_allowed', 'account_on_hold', 'verification_required', 'cloud_credential_error']);
const limits = new Set(['rate_limit']);

/**
 * @param code The agent's word for the error, such as `rate_limit`.
 * @param message For people.
 */
export function failure(code: string | undefined, message: string | undefined): Pick<Evidence, 'state'> & { readonly reason: Reason } {
  const detail = shortLine(message ?? code ?? '').replace(/^API Error:\s*/, '');
  const because = detail !== '' && { detail };
  if (code !== undefined && limits.has(code)) return { state: 'waiting', reason: { kind: 'limit', ...because } };
  if (code !== undefined && logins.has(code)) return { state: 'waiting', reason: { kind: 'login', ...because } };
  return { state: 'error', reason: { kind: 'api', ...because } };
}
