/** Three cards as an article prints them: an array of objects with question, answer, tags and notes. */
export const articleCards = [
  { question: 'What does (get m k) return when the key is missing?', answer: 'nil', tags: ['clojure', 'maps'], notes: 'A third argument is the default.' },
  { question: 'What is a transducer?', answer: 'A transformation of a reducing function, independent of its source.', tags: ['clojure'], notes: '' },
  { question: 'When is a lazy sequence realised?', answer: 'When its elements are first needed.', tags: ['clojure'], notes: 'In chunks of 32.' },
];
