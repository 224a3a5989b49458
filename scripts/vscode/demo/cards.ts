/** Two decks to learn from. */
export const DEMO_CARDS = [
  { question: 'Why does an append-only log need no lock?', answer: 'Each record is one `write` to a file opened for append: the system puts it at the end as a whole. The order of the lines is the order that everybody agrees on.', project: 'storage', tags: ['journal'], notes: 'True for local disks, not for network drives.' },
  { question: 'What does `git worktree add` share with the main work tree, and what not?', answer: 'Shared: objects, refs, configuration, hooks.\n\nIts own: `HEAD`, index, working files.', project: 'git', tags: ['worktree'] },
  { question: 'What is the difference between these two?\n\n```js\nPromise.all(jobs)\nPromise.allSettled(jobs)\n```', answer: '`all` rejects at the **first** failure; `allSettled` waits for **every** job and tells how each ended.', project: 'javascript', tags: ['promises'] },
  { question: 'Half a cent: why round half to even?', answer: 'Always rounding up adds a little to each sum; half to even cancels out over many.', project: 'money', tags: ['rounding'] },
  { question: 'Which file holds a repository\'s real `.git` folder when you are in a work tree?', answer: 'The file `.git` there: `gitdir: …`. Its `commondir` leads to the shared part.', project: 'git', tags: ['worktree'] },
  { question: 'What does `fsync` guarantee that `write` does not?', answer: 'That the data is on the device after a power cut, not only in the page cache.', project: 'storage', tags: ['durability'] },
  { question: 'When is a `Map` better than an object as a dictionary in JavaScript?', answer: 'With keys from outside (`__proto__`), keys that are no strings, frequent additions and removals, or when the order and size matter.', project: 'javascript', tags: ['collections'] },
  { question: 'What does SM-2 do with the interval after a correct answer?', answer: '1 day, then 6 days, then the last interval times the ease.', project: 'learning', tags: ['sm2'] },
  { question: 'What does FSRS call *stability*?', answer: 'The days after which the chance of recall has fallen to 90 %.', project: 'learning', tags: ['fsrs'] },
  { question: 'Which HTTP header keeps a page from loading scripts of strangers?', answer: '`Content-Security-Policy`, with a nonce or a hash for your own.', project: 'web', tags: ['security'] },
  { question: 'Why is `a@b.example` not enough to know that a mail address works?', answer: 'Only a message that was answered proves it. Check for an `@` and send one.', project: 'web', tags: ['forms'] },
  { question: 'What is wrong here?\n\n```js\nfor (const file of files) await readFile(file)\n```', answer: 'Nothing, if the order or the load matters. Else the reads wait for each other: read them at once, in batches.', project: 'javascript', tags: ['promises'] },
] as const;
