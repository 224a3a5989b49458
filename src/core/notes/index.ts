/** Notes without pages: reading org and Markdown, the gate, the index, writing. */
export { checkNewNote, newNoteText, type NewNote } from './create.ts';
export { decide, verdictsOf, type GateFacts, type Verdict } from './gate.ts';
export { fileIdOf, isNewId, isNoteFile, slugOf, stemOf } from './ids.ts';
export { generatedSpans, INDEX_ID, indexText, withIndex } from './indexSection.ts';
export { noSuchNote, noteJson } from './json.ts';
export { mergeAppended } from './merge.ts';
export type { FoundNote, Mark, NoteEntry, NoteFormat, NoteLink, ParsedNote, ResolvedLink, Section } from './model.ts';
export { NoteIndex, type FileState, type IndexPlace, type NoteFilter } from './noteIndex.ts';
export { withVisibility } from './publish.ts';
export { ftsQuery, HIT_END, HIT_START } from './query.ts';
export { formatOf, parseNote } from './read.ts';
export { revised, type Revision } from './revise.ts';
export { notesIn, textOf, type Hidden, type View, type VisibleNote } from './visible.ts';
