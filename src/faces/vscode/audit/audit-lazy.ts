/** What is loaded when the record is first looked at. */
export { AuditPage } from './page.ts';
export { retireDays } from '../../../adapters/node/audit/retention.ts';
export { resolveDataRoot } from '../../../adapters/node/locations.ts';
