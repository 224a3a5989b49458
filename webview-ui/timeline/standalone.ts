/** The page as a file of its own: its prompts are in the document. */
import './page/page.css';
import './page/standalone.css';
import { readEmbeddedTimeline, timelineDataElement } from '../../src/protocol/timelineFile.ts';
import { embeddedSource } from './embedded/embeddedSource.ts';
import { startPage } from './start.ts';

const root = document.getElementById('root');
const data = document.getElementById(timelineDataElement);
if (root && data) void startPage(root, embeddedSource(readEmbeddedTimeline(data.textContent)));
