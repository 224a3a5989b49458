/** How prompts come from and go to other programs. Secrets are redacted in all that goes. */
export { promptsCsv } from './csv.ts';
export { writeOriginalDatabase, type ExportedDatabase, type MovedPrompt } from './exportDatabase.ts';
export { importedPrompts, readOriginalDatabase, type ImportedPrompts, type OriginalDatabase, type OriginalPrompt } from './importDatabase.ts';
export { localDateTime } from './localTime.ts';
export { checkedNoteId, markdownNoteFile, orgNoteBody, orgNoteFile, promptNote, starsOf, type NoteOptions, type PromptNote } from './note.ts';
export { promptJson, promptsJson, type PromptJson } from './promptJson.ts';
export { dryRunText, noteFile, noteFormatOf, planMemento, publishedText, publishToFolder, publishWithMemento, type MementoCall } from './publish.ts';
export { pythonJson } from './pythonJson.ts';
export { findSecrets, redact, redactPasted, type Secret } from './redact.ts';
export { timelineFileJson, type TimelineFileOptions } from './timelineFile.ts';
export { timelineHtml, type TimelineHtml } from './timelineHtml.ts';
export { isSqlite, withWal } from './walOverlay.ts';
