/** Cards and worksheets written by a language model; nothing is kept before the user says so. */
export { generateCards, usualCardCount } from './cards.ts';
export { duplicatesOf, type Duplicates } from './duplicates.ts';
export { explainCard, type Explained, type ExplainRequest } from './explain.ts';
export { runHint, worksheetLanguage, worksheetLanguages, type WorksheetLanguage } from './languages.ts';
export type * from './model.ts';
export { generateWorksheet, type Worksheet, type WorksheetRequest } from './worksheet.ts';
export { listWorksheets, saveWorksheet, type SavedWorksheet, type WorksheetShelf } from './worksheetFile.ts';
