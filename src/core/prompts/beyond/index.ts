/** What can be learnt from prompts: topics, templates, threads, examples, and what they cost of the model's context. */
export { contextGrowth, type ContextGrowth } from './contextGrowth.ts';
export { examplesNote, examplesOf, type ExampleOptions, type ExamplesNote } from './examples.ts';
export { templatesOf, type PromptTemplate, type TemplateOptions, type TemplateSlot } from './templates.ts';
export { fillTemplate, slotsOf } from './templateText.ts';
export { threadsOf, type Thread } from './threads.ts';
export { topicsOf, type Topic, type TopicOptions, type Topics } from './topics.ts';
export { readUsageLine, type UsageRow } from './usage.ts';
