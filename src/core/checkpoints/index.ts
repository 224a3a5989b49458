/** Checkpoints: what a session did, as a note for the next one. */
export { ActivityReader } from './activity.ts';
export { hasHappened, stateOf, triggers, type Activity, type ChangedFile, type Command, type Commit, type Facts, type OpenComment, type Trigger, type Words } from './model.ts';
export { checkpointNote, headOf, timeOfId, type CheckpointHead, type CheckpointNote } from './text.ts';
