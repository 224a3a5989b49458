/** What a session says of itself, joined with what it is seen to do. */
import * as z from 'zod';
import { observeSessions } from '../../../adapters/node/sessions/observed.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { reportJson, type CoordinationContext, type ReportJson } from '../../../core/coordination/index.ts';
import { toJson, type SessionJson } from '../../../core/sessions/index.ts';

export const reportSchema = z.object({
  session: z.string().describe('Its id.'),
  pid: z.int().nullable(),
  status: z.enum(['in_progress', 'blocked', 'completed']).nullable().describe('In its own words; null when it has said nothing.'),
  note: z.string(),
  blockers: z.array(z.object({ id: z.string(), text: z.string(), on: z.string().nullable(), since: z.string() })),
  claims: z.array(z.string()),
  waitingOn: z.array(z.string()).describe('Barriers that it waits at.'),
  waitingFor: z.array(z.string()).describe('Sessions that it waits for.'),
  ended: z.boolean(),
  lastSeen: z.string(),
});

export const sessionSchema = z.object({
  session_id: z.string(),
  said: reportSchema.nullable().describe('null: it has not used these tools in this repository.'),
  seen: z
    .object({ agent: z.string(), pid: z.int().nullable(), name: z.string(), cwd: z.string().nullable(), state: z.enum(['waiting', 'error', 'done', 'idle', 'working', 'ended']), reason: z.string(), since: z.string() })
    .nullable()
    .describe('null: no such session is seen on this machine.'),
});

export type SessionAnswer = z.input<typeof sessionSchema>;

export async function allSessions({ ledger }: CoordinationContext, dataRoot: string): Promise<SessionAnswer[]> {
  const seen = (await observeSessions(process.env, dataRoot)).map((session) => toJson(session));
  const said = [...ledger.state.reported.keys()].sort().flatMap((session) => reportJson(ledger, session) ?? []);
  const rest = said.filter((report) => !seen.some((session) => isSame(session, report)));
  return [
    ...seen.map((session) => join(session.id, said.find((report) => isSame(session, report)), session)),
    ...rest.map((report) => join(report.session, report, undefined)),
  ];
}

/** @throws WheelhouseError `not-found`. */
export async function oneSession(context: CoordinationContext, dataRoot: string, id: string): Promise<SessionAnswer> {
  const all = await allSessions(context, dataRoot);
  const found = all.find(({ session_id, said }) => session_id === id || said?.session === id);
  if (found !== undefined) return found;
  if (id === context.agent.session) return join(id, undefined, undefined);
  throw new WheelhouseError('not-found', `There is no session ${JSON.stringify(id)}. list_sessions has all of them.`);
}

function isSame(session: SessionJson, report: ReportJson): boolean {
  return session.id === report.session || (session.pid !== null && session.pid === report.pid);
}

function join(id: string, said: ReportJson | undefined, session: SessionJson | undefined): SessionAnswer {
  const seen = session && { agent: session.agent, pid: session.pid, name: session.name, cwd: session.cwd, state: session.state, reason: session.reason, since: session.since };
  return { session_id: id, said: said ?? null, seen: seen ?? null };
}
