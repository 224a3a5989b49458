import { WheelhouseError } from '../../../core/base/errors.ts';
import { isSessionId } from '../../../core/sessions/index.ts';

/**
 * The line that resumes a conversation, for the user to paste: into a POSIX shell, on Windows into
 * PowerShell. Within single quotes both take every character as it is.
 * @throws WheelhouseError `refused` for names that a terminal might take for keys.
 */
export function resumeCommand(folder: string, session: string, windows: boolean): string {
  if (!isSessionId(session) || session.startsWith('-')) throw new WheelhouseError('refused', 'This session has no id that Claude Code could resume.');
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(folder)) throw new WheelhouseError('refused', 'The folder of this session has control characters in its name: change into it by hand, then use "claude --resume".');
  return windows ? `Set-Location -LiteralPath '${folder.replaceAll("'", "''")}'; claude --resume ${session}` : `cd '${folder.replaceAll("'", "'\\''")}' && claude --resume ${session}`;
}
