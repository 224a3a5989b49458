export { storageFindings, type Finding, type StorageFacts } from './doctor.ts';
export type { SkippedEvent } from './fold.ts';
export type { Projection } from './projection.ts';
export { openStore, type Store, type StoreHealth, type StoreOptions } from './store.ts';
