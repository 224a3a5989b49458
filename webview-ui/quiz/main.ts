import type { QuizProtocol } from '../../src/protocol/quiz.ts';
import { connectToExtension } from '../protocol/extension.ts';
import '../shared/page.css';
import '../shared/markdown.css';
import './quiz.css';
import { QuizPage } from './page.ts';

const link = connectToExtension<QuizProtocol>({ view: (view) => page.show(view) });
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
const page = new QuizPage({ link, root, load: () => link.state.get(), save: (state) => link.state.set(state) });
void page.start();
