/** Reads a line of the record back. Other versions and other programs write too: nothing is relied on. */
import { auditKinds, type AuditEntry, type AuditKind, type AuditLayer, type AuditPath, type AuditVerdict } from './model.ts';

const layers: readonly AuditLayer[] = ['policy', 'claim', 'agent', 'user', 'sandbox', 'none'];
const verdicts: readonly AuditVerdict[] = ['allowed', 'denied', 'asked'];
const texts = ['name', 'agentId', 'agentType', 'mode', 'call', 'digest', 'tool', 'cwd', 'command', 'input', 'reason', 'rule', 'ruleAt', 'near', 'error'] as const;

/** @returns undefined for what is no entry. */
export function parseEntry(line: string): AuditEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const { at, kind, session, layer, verdict, paths, durationMs } = given;
  if (typeof at !== 'number' || !Number.isFinite(at) || typeof session !== 'string' || !auditKinds.includes(kind as AuditKind)) return undefined;
  return {
    at,
    kind: kind as AuditKind,
    session,
    ...Object.fromEntries(texts.flatMap((field) => (typeof given[field] === 'string' ? [[field, given[field]]] : []))),
    ...(layers.includes(layer as AuditLayer) && { layer: layer as AuditLayer }),
    ...(verdicts.includes(verdict as AuditVerdict) && { verdict: verdict as AuditVerdict }),
    ...(Array.isArray(paths) && { paths: paths.filter(isPath) }),
    ...(typeof durationMs === 'number' && { durationMs }),
    ...(given['interrupted'] === true && { interrupted: true as const }),
    ...(given['from'] === 'transcript' && { from: 'transcript' as const }),
  };
}

function isPath(value: unknown): value is AuditPath {
  if (typeof value !== 'object' || value === null) return false;
  const { asked, real } = value as Record<string, unknown>;
  return typeof asked === 'string' && (real === undefined || typeof real === 'string');
}

/** A line of a day's ledger. */
export type LedgerLine =
  /** The head of a file of that day. */
  | { readonly file: string; readonly head: string }
  /** The ledger of the day before. */
  | { readonly day: string; readonly head: string }
  /** Days up to this one were taken away, as the settings say. */
  | { readonly retired: string };

export function parseLedgerLine(line: string): LedgerLine | undefined {
  try {
    const { file, day, head, retired } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    if (typeof retired === 'string') return { retired };
    if (typeof head !== 'string') return undefined;
    return typeof file === 'string' ? { file, head } : typeof day === 'string' ? { day, head } : undefined;
  } catch {
    return undefined;
  }
}
