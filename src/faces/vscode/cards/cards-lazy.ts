/** What is loaded when the cards are first looked at. */
export { createFromSelection, createPlain } from './create.ts';
export { chooseDeck, deleteDeck, renameDeck, resumeSuspended, setAlgorithm, undoLast } from './decks.ts';
export { extractFromWorksheet, generate, worksheet } from './generate.ts';
export { openLearn, type Learn } from './learn.ts';
export { exportFile, importFile } from './transfer.ts';
export { vocabulary } from './vocabulary.ts';
