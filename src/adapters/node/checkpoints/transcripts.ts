/** Where the record of a session is, and what it tells. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { ActivityReader, type Activity } from '../../../core/checkpoints/index.ts';
import { redact } from '../../../core/prompts/index.ts';
import { isSessionId, readRegistryRow } from '../../../core/sessions/index.ts';
import { agentOfServer } from '../coordination/agent-process.ts';
import { READ_WITHOUT_WAITING } from '../file-io.ts';
import type { Environment } from '../locations.ts';
import { claudeConfigFolder } from '../sessions/claude-config.ts';

/** Of a longer transcript the beginning is left out. */
const MOST_BYTES = 64 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;
const NEWLINE = 10;

/** The transcript of a conversation of Claude Code, in whatever folder it was held. */
export function findTranscript(env: Environment, session: string): string | undefined {
  if (!isSessionId(session)) return undefined;
  const projects = join(claudeConfigFolder(env), 'projects');
  try {
    return readdirSync(projects).map((folder) => join(projects, folder, `${session}.jsonl`)).find((path) => existsSync(path));
  } catch {
    return undefined;
  }
}

/** What a transcript tells of the session's work, secrets redacted. One that cannot be read tells nothing. */
export async function readActivity(path: string | undefined): Promise<Activity> {
  const reader = new ActivityReader(redact);
  if (path !== undefined) await eachLine(path, (line) => reader.add(line)).catch(() => undefined);
  return reader.activity();
}

async function eachLine(path: string, take: (line: string) => void): Promise<void> {
  const file = await open(path, READ_WITHOUT_WAITING);
  try {
    const { size } = await file.stat();
    let at = Math.max(0, size - MOST_BYTES);
    let isWhole = at === 0;
    let rest = Buffer.alloc(0);
    while (at < size) {
      const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, size - at));
      const { bytesRead } = await file.read(piece, 0, piece.length, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      const bytes = Buffer.concat([rest, piece.subarray(0, bytesRead)]);
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        if (isWhole) take(bytes.toString('utf8', start, end));
        isWhole = true;
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
    if (isWhole && rest.length > 0) take(rest.toString('utf8'));
  } finally {
    await file.close();
  }
}

/** The session that a tool server works for: after `/clear` the agent's register knows it, and the environment does not. */
export async function sessionOfServer(env: Environment): Promise<string | undefined> {
  const { pid } = await agentOfServer(env);
  try {
    const row = readRegistryRow(readFileSync(join(claudeConfigFolder(env), 'sessions', `${pid}.json`), 'utf8'), pid, 0);
    if (row?.facts.sessionId !== undefined) return row.facts.sessionId;
  } catch {
    // It is in no register: a print run, or another agent.
  }
  return env['CLAUDE_CODE_SESSION_ID'] || undefined;
}
