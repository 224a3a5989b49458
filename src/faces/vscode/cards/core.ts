/** What this face uses of the domain of cards. */
export * from '../../../core/cards/index.ts';
