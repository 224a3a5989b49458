/** The record for other programs. */
import type { AuditCall } from './model.ts';

export function auditJson(call: AuditCall): object {
  const { id, at, session, name, agentId, agentType, mode, tool, cwd, paths, command, input, decision, layer, sure, reason, rule, ruleAt, result, error, durationMs, mark } = call;
  return {
    id,
    at: new Date(at).toISOString(),
    session,
    name: name ?? null,
    agentId: agentId ?? null,
    agentType: agentType ?? null,
    mode: mode ?? null,
    tool,
    cwd: cwd ?? null,
    paths: paths.map(({ asked, real }) => ({ asked, real: real ?? asked })),
    command: command ?? null,
    input: input ?? null,
    decision,
    layer,
    sure,
    reason: reason ?? null,
    rule: rule ?? null,
    ruleAt: ruleAt ?? null,
    result,
    error: error ?? null,
    durationMs: durationMs ?? null,
    mark: mark?.kind ?? null,
    why: mark?.why ?? null,
  };
}

const columns = ['at', 'session', 'name', 'agentId', 'tool', 'paths', 'command', 'decision', 'layer', 'sure', 'reason', 'rule', 'result', 'error', 'durationMs', 'mark', 'why'] as const;

/** RFC 4180, with a header. What a spreadsheet would take for a formula begins with an apostrophe. */
export function auditCsv(calls: readonly AuditCall[]): string {
  const rows = calls.map((call) => {
    const fields = { ...(auditJson(call) as Readonly<Record<string, unknown>>), paths: call.paths.map(({ asked, real }) => (real === undefined ? asked : `${asked} → ${real}`)).join('\n') };
    return columns.map((column) => cell(fields[column as keyof typeof fields])).join(',');
  });
  return `${[columns.join(','), ...rows].join('\r\n')}\r\n`;
}

function cell(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
