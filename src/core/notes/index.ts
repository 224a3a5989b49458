/** Notes without pages: reading org and Markdown, the gate, the index, writing. */
export { belongsTo, bodyOf, contextLimits, estimateTokens, GLOBAL_CONTEXT_ID, ruleText, sessionBrief, type ContextNote, type ContextPart, type ContextSources, type SessionBrief } from './context.ts';
export { brokenIn, countOf, countsOf, countsSince, describesLinks, doublesIn, lastKey, leadsTo, notesInFile, notesNamed, oldestOf, orphansIn, pageOf, topicsOf, type NoteScope } from './browse.ts';
export { checkNewNote, newNoteText, type NewNote } from './create.ts';
export { decide, verdictsOf, type GateFacts, type Verdict } from './gate.ts';
export { linkedNotes, type LinkedNotes } from './graph.ts';
export { fileIdOf, isNewId, isNoteFile, slugOf, stemOf } from './ids.ts';
export { generatedSpans, INDEX_ID, indexText, withIndex } from './indexSection.ts';
export { noSuchNote, noteJson, type NoteJson } from './json.ts';
export { linkAt, linkSpans } from './linkSpans.ts';
export { mergeAppended } from './merge.ts';
export type { FoundNote, LinkSpan, Mark, NoteEntry, NoteFormat, NoteLink, ParsedNote, ResolvedLink, Section } from './model.ts';
export { NoteIndex, type FileState, type IndexPlace, type NoteFilter } from './noteIndex.ts';
export { withVisibility } from './publish.ts';
export { ftsQuery, HIT_END, HIT_START } from './query.ts';
export { formatOf, parseNote } from './read.ts';
export { applied, linkText, namePlaces, renamedLinks, renamedNote, type NamePlaces, type NewNames } from './rename.ts';
export { revised, type Revision } from './revise.ts';
export { notesIn, textOf, type Hidden, type View, type VisibleNote } from './visible.ts';
