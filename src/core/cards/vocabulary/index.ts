/** Vocabulary: word pairs in any script, as cards that are asked both ways and read aloud. */
export { languagesOf, spokenText, vocabularyDrafts, vocabularyTag, type Languages, type VocabularyDrafts, type VocabularyOptions } from './cards.ts';
export { guessLanguage, languageTag } from './language.ts';
export { readWordPairs, type ReadPairs, type WordPair } from './pairs.ts';
export { pickWords, type Asked, type Direction, type PickOptions } from './pick.ts';
