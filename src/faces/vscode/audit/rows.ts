/** The record as the page gets it: rows with numbers that stay, and what changed since. */
import type { AuditCall } from '../../../core/audit/index.ts';
import type { AuditDetail, AuditRow } from '../../../protocol/audit.ts';

const MOST_TEXT = 300;
/** Who is further behind asks for all again. */
const MOST_CHANGES = 20_000;

export class AuditRows {
  readonly #calls: AuditCall[] = [];
  readonly #numbers = new Map<string, number>();
  #changes: { readonly revision: number; readonly n: number }[] = [];
  #forgotten = 0;
  #revision = 0;

  /** @returns The new revision. */
  update(changed: readonly AuditCall[]): number {
    if (changed.length === 0) return this.#revision;
    this.#revision++;
    for (const call of changed) {
      const n = this.#numbers.get(call.id) ?? this.#calls.length;
      this.#numbers.set(call.id, n);
      this.#calls[n] = call;
      this.#changes.push({ revision: this.#revision, n });
    }
    if (this.#changes.length > 2 * MOST_CHANGES) {
      const gone = this.#changes.splice(0, this.#changes.length - MOST_CHANGES);
      this.#forgotten = gone.at(-1)?.revision ?? this.#forgotten;
    }
    return this.#revision;
  }

  get revision(): number {
    return this.#revision;
  }

  get total(): number {
    return this.#calls.length;
  }

  call(n: number): AuditCall | undefined {
    return this.#calls[n];
  }

  slice(from: number, count: number, nameOf: (session: string) => string | undefined): AuditRow[] {
    return this.#calls.slice(from, from + count).map((call, index) => rowOf(call, from + index, nameOf));
  }

  /** undefined: that is too long ago. */
  since(revision: number, nameOf: (session: string) => string | undefined): AuditRow[] | undefined {
    if (revision < this.#forgotten || revision > this.#revision) return undefined;
    const numbers = new Set(this.#changes.flatMap((change) => (change.revision > revision ? [change.n] : [])));
    return [...numbers].flatMap((n) => {
      const call = this.#calls[n];
      return call === undefined ? [] : [rowOf(call, n, nameOf)];
    });
  }
}

function rowOf(call: AuditCall, n: number, nameOf: (session: string) => string | undefined): AuditRow {
  const { at, session, name, agentId, tool, command, paths, decision, layer, sure, result, durationMs, mark, cwd } = call;
  const path = paths[0]?.asked;
  const isOwn = command === undefined && path !== undefined && cwd !== undefined && path.startsWith(cwd) && /^[\\/]./.test(path.slice(cwd.length));
  return {
    n,
    at,
    session,
    name: nameOf(session) ?? name ?? '',
    agent: agentId ?? '',
    tool,
    what: (command ?? path ?? call.input ?? '').slice(0, MOST_TEXT),
    own: isOwn && cwd.length + 1 < MOST_TEXT ? cwd.length + 1 : 0,
    decision,
    layer,
    inferred: sure === 'inferred',
    result,
    durationMs: durationMs ?? null,
    mark: mark?.kind ?? null,
    why: mark?.why.slice(0, MOST_TEXT) ?? '',
  };
}

export function detailOf(call: AuditCall, n: number, alive: boolean): AuditDetail {
  const { reason, rule, ruleAt, paths, command, input, error, cwd, mode, agentType, mark, id } = call;
  return {
    n,
    reason: reason ?? '',
    rule: rule ?? '',
    ruleAt: ruleAt ?? '',
    paths: paths.map(({ asked, real }) => ({ asked, real: real ?? asked })),
    command: command ?? '',
    input: input ?? '',
    error: error ?? '',
    cwd: cwd ?? '',
    mode: mode ?? '',
    agentType: agentType ?? '',
    why: mark?.why ?? '',
    line: id,
    alive,
  };
}
