/** What the hook needs of this domain, without the rest being loaded. */
export type { AuditDecision, AuditEntry } from './model.ts';
export { entryOf, type EntryTools } from './entry.ts';
export { chainStart, parseSeen, seenText, type Link, type Seen } from './chain.ts';
export { dayOf, isDay, LEDGER, partName } from './names.ts';
export { outcomeEntry, parseSettled, untoldResults } from './settle.ts';
