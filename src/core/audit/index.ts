/** The record of what every session tried: a line for each attempt and outcome, chained so that a change is noticed. */
export * from './model.ts';
export { entryOf, type EntryTools } from './entry.ts';
export { ChainReader, chainStart, parseSeen, seenText, type ChainBreak, type ChainLine, type Link, type Seen } from './chain.ts';
export { dayOf, isDay, LEDGER, parsePartName, partName } from './names.ts';
export { parseEntry, parseLedgerLine, type LedgerLine } from './parse.ts';
export { CallFold } from './calls.ts';
export { Marker } from './marks.ts';
export { auditMatcher, parseSince, type AuditFilter } from './filter.ts';
export { auditCsv, auditJson } from './json.ts';
export { breakMessage, verificationText, type AuditBreak, type AuditVerification } from './verification.ts';
export { outcomeEntry, parseSettled, untoldResults, type ToldResult } from './settle.ts';
