/** What is loaded when notes are first looked at. */
export { showAgentChanges, undoNamed } from './agentChanges.ts';
export { chooseFolders, newNote } from './createNote.ts';
export { copyId, copyLink, reveal } from './links.ts';
export { openNotesFace, type OpenedNotes } from './opened.ts';
export { jsonOf, openNote, showNote } from './openNote.ts';
export { renameNote } from './rename.ts';
export { search } from './search.ts';
export { setVisibility } from './visibility.ts';
