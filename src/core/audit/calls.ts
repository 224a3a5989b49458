/** Joins the lines of the record to tool calls: what was tried, who decided, what came of it. */
import { explainMissing, judgeFailure, judgeTranscript } from './infer.ts';
import type { AuditCall, AuditEntry } from './model.ts';

type Open = { -readonly [Field in keyof AuditCall]: AuditCall[Field] } & { digest?: string };

/** What a request for permission waits for, so that the user's answer is known by what follows. */
const ASKED = 'The user was asked.';

/**
 * Folds lines of the record, in their order of each session; sessions may be mixed. It can be asked at
 * any time, and go on after.
 */
export class CallFold {
  readonly #calls: Open[] = [];
  readonly #byCall = new Map<string, Open>();
  /** Those of which nothing final was heard, by session. */
  readonly #open = new Map<string, Set<Open>>();
  readonly #names = new Map<string, string>();
  readonly #changed = new Set<Open>();

  /** @param id Of the line: it becomes the call's, when the line begins one. */
  add(entry: AuditEntry, id: string): void {
    if (entry.name !== undefined) this.#names.set(entry.session, entry.name);
    switch (entry.kind) {
      case 'turn':
        this.#endOf(entry.session);
        return;
      case 'attempt':
        this.#attempt(entry, id);
        return;
      case 'asked': {
        const call = this.#match(entry) ?? this.#begin(entry, id);
        this.#set(call, { decision: 'open', layer: 'user', reason: call.reason ?? ASKED, result: 'none' });
        return;
      }
      case 'denied':
        this.#outcome(entry, id, { decision: 'denied', layer: entry.layer ?? 'agent', result: 'none', reason: entry.reason ?? 'The agent’s own rules or mode denied it.' });
        return;
      case 'succeeded':
        this.#outcome(entry, id, { result: 'ok' });
        return;
      case 'failed':
        this.#outcome(entry, id, entry.from === 'transcript' ? judgeTranscript(entry.error ?? '') : judgeFailure(entry));
    }
  }

  /** In the order in which they were begun to be heard of. */
  get calls(): readonly AuditCall[] {
    return this.#calls;
  }

  nameOf(session: string): string | undefined {
    return this.#names.get(session);
  }

  /** What changed since the last time this was asked. */
  takeChanges(): readonly AuditCall[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  #attempt(entry: AuditEntry, id: string): void {
    const call = this.#begin(entry, id);
    if (entry.verdict === 'denied') this.#close(call, { decision: 'denied', layer: entry.layer ?? 'policy', result: 'none' });
    else if (entry.verdict === 'asked') this.#set(call, { decision: 'open', layer: 'user', result: 'none' });
  }

  #outcome(entry: AuditEntry, id: string, said: Partial<AuditCall>): void {
    const call = this.#match(entry) ?? this.#begin(entry, id);
    // What the hook said counts, in whatever words the agent passed it on.
    if (entry.from === 'transcript' && call.decision === 'denied') return;
    const wasAsked = call.layer === 'user';
    // What was concluded from silence is no more than that.
    if (call.sure === 'inferred') {
      call.sure = 'recorded';
      delete call.reason;
    }
    // It ran, so whoever was asked said yes.
    const ran = said.result === 'ok' || said.result === 'error';
    const decision = said.decision ?? (!ran ? call.decision : wasAsked ? 'granted' : 'allowed');
    const denied = call.decision === 'open' && said.decision === 'denied' && said.layer === 'agent' && entry.from === undefined;
    this.#close(call, {
      ...said,
      decision: denied ? 'refused' : decision,
      layer: denied ? 'user' : (said.layer ?? call.layer),
      ...(decision === 'granted' && call.reason === ASKED && { reason: 'The user allowed it.' }),
      ...(entry.error !== undefined && { error: entry.error }),
      ...(entry.durationMs !== undefined && { durationMs: entry.durationMs }),
    });
  }

  #begin(entry: AuditEntry, id: string): Open {
    const { session, at, agentId, agentType, mode, call: callId, tool = 'unknown', cwd, paths = [], command, input, layer, reason, rule, ruleAt, near, digest } = entry;
    const call: Open = {
      id,
      at,
      session,
      tool,
      paths,
      decision: entry.kind === 'attempt' ? 'allowed' : 'unknown',
      layer: layer ?? 'none',
      sure: 'recorded',
      result: 'pending',
    };
    Object.assign(call, Object.fromEntries(Object.entries({ name: this.#names.get(session), agentId, agentType, mode, call: callId, cwd, command, input, reason, rule, ruleAt, near, digest }).filter(([, value]) => value !== undefined)));
    this.#calls.push(call);
    this.#changed.add(call);
    if (callId !== undefined) this.#byCall.set(`${session} ${callId}`, call);
    let open = this.#open.get(session);
    if (open === undefined) this.#open.set(session, (open = new Set()));
    open.add(call);
    return call;
  }

  /** By the agent's id of the call; a request for permission has none, and belongs to the last open attempt at the same. */
  #match(entry: AuditEntry): Open | undefined {
    if (entry.call !== undefined) return this.#byCall.get(`${entry.session} ${entry.call}`);
    let found: Open | undefined;
    for (const call of this.#open.get(entry.session) ?? []) if (call.digest === entry.digest && call.agentId === entry.agentId) found = call;
    return found;
  }

  /** Of what was under way when a turn ended nothing more will be heard; what kept it follows from what was heard. */
  #endOf(session: string): void {
    for (const call of this.#open.get(session) ?? []) this.#close(call, explainMissing(call));
  }

  #set(call: Open, fields: Partial<AuditCall>): void {
    Object.assign(call, fields);
    this.#changed.add(call);
  }

  #close(call: Open, fields: Partial<AuditCall>): void {
    this.#set(call, fields);
    this.#open.get(call.session)?.delete(call);
  }
}
