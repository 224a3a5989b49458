import * as z from 'zod';
import { coordinationOfServer } from '../../../adapters/node/coordination/command.ts';
import { waitAt } from '../../../adapters/node/coordination/wait.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import * as core from '../../../core/coordination/index.ts';
import { defineTool, looksOnly, type ToolCall, type ToolGroup } from '../tool.ts';
import { allSessions, oneSession, reportSchema, sessionSchema } from './coordinationSessions.ts';

const changes = { readOnlyHint: false, destructiveHint: false, idempotentHint: true } as const;

/** Waits are cut into slices that every client lives through; it calls again. */
const SLICE = { standard: 50, most: 110, accepted: 1500 } as const;

const paths = {
  path: z.string().min(1).optional().describe('One path: a file (which need not exist yet), a folder, or a glob such as src/**/*.ts. Relative to the workspace, or absolute.'),
  paths: z.array(z.string().min(1)).max(core.limits.targets).optional().describe('Or several of them: all are claimed, or none.'),
};

const barrierSchema = z.object({
  name: z.string(),
  generation: z.int().describe('How often the name was used.'),
  state: z.enum(['waiting', 'open', 'broken']),
  reason: z.string().describe('Why it broke.'),
  required: z.array(z.string()),
  count: z.int(),
  arrived: z.array(z.string()),
  missing: z.array(z.string()),
  deadline: z.string(),
  waiters: z.array(z.object({ session: z.string(), pid: z.int(), since: z.string() })),
});

/** Every call is a sign of life of its session. */
async function open(call: ToolCall): Promise<core.CoordinationContext> {
  const coordination = await coordinationOfServer(call.workspace, process.env);
  await coordination.ledger.refresh();
  await core.renewIfDue(coordination.ledger, coordination.agent, coordination.actor);
  await coordination.ledger.save();
  return coordination;
}

function pathsOf({ path, paths = [] }: { path?: string | undefined; paths?: string[] | undefined }): string[] {
  return [...(path === undefined ? [] : [path]), ...paths];
}

const claim = defineTool({
  name: 'claim_file',
  title: 'Claim files',
  description: 'Claims files, folders or globs for this session before you edit them, so that parallel sessions do not step on each other. All of the paths are claimed, or none: when another session holds one of them, the call fails and says who holds it, why, and for how long. A claim lasts ttl_seconds (15 minutes) after your last activity and is renewed by it; it ends when your session ends. Claim what you are about to change, no more, and release it when you are done. The fence is a number that rises with every claim. Worktrees of one repository share claims.',
  input: z.object({
    ...paths,
    mode: z.enum(['exclusive', 'shared']).default('exclusive').describe('shared: others may share it too, but nobody can have it exclusively.'),
    ttl_seconds: z.int().min(1).max(core.limits.maxTtlSeconds).default(core.limits.defaultTtlSeconds),
    reason: z.string().max(core.limits.text).default('').describe('What for, in a few words: others read it.'),
    idempotency_key: z.string().min(1).max(core.limits.name).optional().describe('The same key with the same claim gives the same answer.'),
  }),
  output: z.object({ paths: z.array(z.string()), mode: z.string(), session: z.string(), fence: z.int(), worktree: z.string(), expires_at: z.string() }),
  annotations: changes,
  run: async ({ mode, ttl_seconds, reason, idempotency_key, ...rest }, call) => {
    const coordination = await open(call);
    const granted = await core.claimPaths(coordination, { paths: pathsOf(rest), mode, ttlSeconds: ttl_seconds, why: reason, ...(idempotency_key !== undefined && { key: idempotency_key }) });
    return { paths: granted.targets.map(core.targetText), mode, session: coordination.agent.session, fence: granted.fence, worktree: granted.worktree, expires_at: core.iso(granted.expiresAt) };
  },
});

const release = defineTool({
  name: 'release_file',
  title: 'Release claimed files',
  description: 'Gives back files, folders or globs that this session has claimed, so that others can have them; with all, everything that it holds. Only your own claims can be released.',
  input: z.object({ ...paths, all: z.boolean().default(false).describe('Everything that this session holds.') }),
  output: z.object({ released: z.array(z.string()) }),
  annotations: changes,
  run: async ({ all, ...rest }, call) => {
    const named = pathsOf(rest);
    if (all === named.length > 0) throw new WheelhouseError('invalid-input', 'Name the paths to release, or set all.');
    return { released: (await core.releasePaths(await open(call), all ? 'all' : named)).map(core.targetText) };
  },
});

const name = z.string().min(1).max(core.limits.name).describe('The name of the barrier.');

const add = defineTool({
  name: 'add_barrier',
  title: 'Add a barrier',
  description: 'Makes a named point where sessions wait for each other: it opens once all required sessions have called arrive_barrier, and breaks when one of them dies before or the deadline passes. Session ids are those of list_sessions. A name whose barrier has opened or broken can be used again and begins its next generation; adding the same barrier twice changes nothing.',
  input: z.object({
    name,
    required: z.array(z.string().min(1)).max(core.limits.members).describe('The ids of the sessions that have to arrive.'),
    deadline_seconds: z.int().min(1).max(core.limits.maxDeadlineSeconds).default(core.limits.defaultDeadlineSeconds),
    count: z.int().min(1).max(core.limits.members).optional().describe('Instead of ids (leave required empty): how many sessions have to arrive, whichever they are.'),
  }),
  output: z.object({ barrier: barrierSchema }),
  annotations: changes,
  run: async ({ name, required, deadline_seconds, count }, call) => {
    const coordination = await open(call);
    return { barrier: core.barrierJson(coordination.ledger, await core.addBarrier(coordination, { name, required, deadlineSeconds: deadline_seconds, ...(count !== undefined && { count }) })) };
  },
});

const arrive = defineTool({
  name: 'arrive_barrier',
  title: 'Arrive at a barrier',
  description: 'Says that this session has done its part. It does not wait: go on with other work, or call wait_for_barrier. Arriving twice is the same as once.',
  input: z.object({ name }),
  output: z.object({ barrier: barrierSchema }),
  annotations: changes,
  run: async ({ name }, call) => {
    const coordination = await open(call);
    return { barrier: core.barrierJson(coordination.ledger, await core.arriveAt(coordination, name)) };
  },
});

const wait = defineTool({
  name: 'wait_for_barrier',
  title: 'Wait for a barrier',
  description: `Waits until the barrier opens or breaks, at most timeout_seconds (${SLICE.standard}; longer waits are cut to ${SLICE.most}). The answer has a state: open: go on. broken: a required session died or the time is up; reason and missing say which. waiting: call again with the resume_token, as often as needed; that is no error. A session that the barrier requires must arrive before it waits. When sessions would wait for each other in a circle, the call is refused and names it.`,
  input: z.object({
    name,
    timeout_seconds: z.int().min(0).max(SLICE.accepted).default(SLICE.standard),
    resume_token: z.string().max(20).optional().describe('From an answer that said waiting: goes on with the same generation of the barrier.'),
  }),
  output: z.object({
    state: z.enum(['open', 'broken', 'waiting']),
    reason: z.string(),
    arrived: z.array(z.string()),
    missing: z.array(z.string()),
    still_to_come: z.int().describe('How many have not arrived; of a barrier that takes any sessions, that is all that is known of them.'),
    generation: z.int(),
    retry_after_seconds: z.int().nullable(),
    resume_token: z.string().nullable().describe('Valid as long as the barrier is known: a day after it opened or broke.'),
  }),
  annotations: looksOnly,
  run: async ({ name, timeout_seconds, resume_token }, call) => {
    const coordination = await open(call);
    const generation = /^g([1-9]\d{0,9})$/.exec(resume_token ?? 'none')?.[1];
    if (resume_token !== undefined && generation === undefined) throw new WheelhouseError('invalid-input', `${JSON.stringify(resume_token)} is no resume_token. Leave it out to wait for the barrier as it is now.`);
    const waited = await waitAt(coordination, name, {
      timeoutMs: Math.min(timeout_seconds, SLICE.most) * 1000,
      signal: call.signal,
      onWaiting: (barrier) => call.progress(`${barrier.arrived.length} of ${barrier.count} arrived; waiting for ${core.missingText(barrier)}`),
      ...(generation !== undefined && { generation: Number(generation) }),
    });
    if (waited.state === 'cancelled') throw new WheelhouseError('cancelled', 'The wait was cancelled.');
    const more = waited.state === 'waiting';
    return {
      state: waited.state,
      reason: waited.reason,
      arrived: waited.generation === waited.barrier.generation ? [...waited.barrier.arrived] : [],
      missing: [...waited.missing],
      still_to_come: waited.state === 'open' ? 0 : waited.generation === waited.barrier.generation ? waited.barrier.count - waited.barrier.arrived.length : waited.missing.length,
      generation: waited.generation,
      retry_after_seconds: more ? 0 : null,
      resume_token: more ? `g${waited.generation}` : null,
    };
  },
});

const getStatus = defineTool({
  name: 'get_session_status',
  title: "A session's status",
  description: 'Tells of one session (this one, when no id is given) what it says of itself, what it holds, what blocks it and whom it waits for, and whether it is seen to work, to wait for its user, or to have ended.',
  input: z.object({ session_id: z.string().min(1).optional().describe('As list_sessions gives it.') }),
  output: z.object({ session: sessionSchema }),
  annotations: looksOnly,
  run: async ({ session_id }, call) => {
    const coordination = await open(call);
    await core.refreshWithDeaths(coordination);
    return { session: await oneSession(coordination, call.workspace.dataRoot, session_id ?? coordination.agent.session) };
  },
});

const setStatus = defineTool({
  name: 'set_session_status',
  title: 'Set your status',
  description: 'Says how the work of this session stands, for the user and for other sessions: in_progress, blocked or completed, with a note of a few words.',
  input: z.object({ status: z.enum(core.sessionStatuses), note: z.string().max(core.limits.text).default('') }),
  output: z.object({ session: reportSchema }),
  annotations: changes,
  run: async ({ status, note }, call) => {
    const coordination = await open(call);
    await core.setStatus(coordination, status, note);
    return { session: theReport(coordination) };
  },
});

const list = defineTool({
  name: 'list_sessions',
  title: 'List sessions',
  description: 'Lists the coding sessions of this machine with their ids, what each is seen to do, and for those of this repository what they say of themselves, what they have claimed and whom they wait for. With since, also what has happened in this repository behind that cursor (0: from the beginning); the answer gives the next cursor.',
  input: z.object({ since: z.int().min(0).optional(), limit: z.int().min(1).max(500).default(100).describe('At most so many events.') }),
  output: z.object({
    sessions: z.array(sessionSchema),
    events: z.array(z.object({ cursor: z.int(), at: z.string(), session: z.string(), what: z.string(), text: z.string(), ok: z.boolean() })),
    cursor: z.int().nullable(),
  }),
  annotations: looksOnly,
  run: async ({ since, limit }, call) => {
    const coordination = await open(call);
    await core.refreshWithDeaths(coordination);
    const feed = since === undefined ? undefined : await coordination.ledger.feed(since, limit);
    return { sessions: await allSessions(coordination, call.workspace.dataRoot), events: feed?.items ?? [], cursor: feed?.cursor ?? null };
  },
});

const block = defineTool({
  name: 'add_blocker',
  title: 'Add a blocker',
  description: 'Says what this session cannot go on without, and, when another session could help, which. Refused when the sessions would wait for each other in a circle. Does not change your status: set it to blocked when you stop for it.',
  input: z.object({ blocker: z.string().min(1).max(core.limits.text).describe('What blocks you, in a few words.'), session_id: z.string().min(1).optional().describe('The session that could help.') }),
  output: z.object({ blocker_id: z.string() }),
  annotations: { ...changes, idempotentHint: false },
  run: async ({ blocker, session_id }, call) => ({ blocker_id: await core.addBlocker(await open(call), blocker, session_id) }),
});

const resolve = defineTool({
  name: 'resolve_blocker',
  title: 'Resolve a blocker',
  description: 'A blocker of this session is no more, or one of another session that named this one.',
  input: z.object({ blocker_id: z.string().min(1) }),
  output: z.object({ session: reportSchema }),
  annotations: changes,
  run: async ({ blocker_id }, call) => {
    const coordination = await open(call);
    await core.resolveBlocker(coordination, blocker_id);
    return { session: theReport(coordination) };
  },
});

function theReport({ ledger, agent }: core.CoordinationContext): core.ReportJson {
  const report = core.reportJson(ledger, agent.session);
  if (report === undefined) throw new WheelhouseError('conflict', 'This session was changed by another process at this moment. Try again.');
  return report;
}

export const coordinationTools: ToolGroup = {
  instructions: 'Working beside other sessions (coordination, claim, lock, lease, barrier, wait, status, blocked): claim_file before you edit a file that others could edit, release_file when done. list_sessions shows who is there. add_barrier, arrive_barrier and wait_for_barrier let sessions wait for each other; wait_for_barrier answers "waiting" after a slice of time, then call it again. set_session_status and add_blocker tell the user and the others how your work stands.',
  tools: [claim, release, add, arrive, wait, getStatus, setStatus, list, block, resolve],
};
